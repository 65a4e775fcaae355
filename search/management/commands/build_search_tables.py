"""`manage.py build_search_tables [sl en ka pl]`: learn the inflected forms of the languages."""

from typing import IO, Any, cast

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from search.analysis.tables import LANGUAGES, missing_tables, table_path
from search.analysis.tables.building import PROCESSES, build, work_of
from search.analysis.tables.dictionaries import dictionary_version


class Command(BaseCommand):
    help = "Builds the tables of inflected forms that search uses, unless they are there. Takes about a minute."
    requires_system_checks: list[str] = []  # one of them says that the tables are missing

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("languages", nargs="*", metavar="language", help=f"{', '.join(LANGUAGES)} (default: all)")
        parser.add_argument("--force", action="store_true", help="build also what is there")
        parser.add_argument(
            "--processes",
            type=int,
            default=PROCESSES,
            help=f"at the same time, up to 1 GB of memory each (default: {PROCESSES})",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        languages = tuple(dict.fromkeys(options["languages"])) or LANGUAGES
        unknown = [language for language in languages if language not in LANGUAGES]
        if unknown:
            raise CommandError(f"No dictionary for {', '.join(unknown)}; there are {', '.join(LANGUAGES)}.")
        if options["processes"] < 1:
            raise CommandError("--processes must be 1 or more.")
        wanted = languages if options["force"] else missing_tables(languages)
        if not wanted:
            return
        if not dictionary_version():
            raise CommandError("The package simplemma is not installed (requirements/base.txt).")
        console = Console(file=cast(IO[str], self.stderr), quiet=options["verbosity"] == 0)
        columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
        with Progress(*columns, console=console) as bar:
            task = bar.add_task("Search tables", total=work_of(wanted))
            for step in build(wanted, options["processes"]):
                bar.advance(task, step.work)
        if options["verbosity"] > 0:
            for language in wanted:
                self.stdout.write(f"{table_path(language)} ({table_path(language).stat().st_size / 1e6:.1f} MB)")
