"""`manage.py search_index rebuild | status`."""

from typing import IO, Any, cast

from django.core.management.base import BaseCommand, CommandParser
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from search import services


class Command(BaseCommand):
    help = "Builds the search index anew from the public records, or says what it holds."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "action",
            choices=["rebuild", "status"],
            help="rebuild: write every document anew and drop stale ones; status: compare index and records",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["action"] == "rebuild":
            self._rebuild(quiet=options["verbosity"] == 0)
        else:
            self._status()

    def _rebuild(self, quiet: bool) -> None:
        console = Console(file=cast(IO[str], self.stderr), quiet=quiet)
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=console) as bar:
            tasks: dict[str, Any] = {}

            def show(type_code: str, done: int, total: int) -> None:
                if type_code not in tasks:
                    tasks[type_code] = bar.add_task(type_code, total=total)
                bar.update(tasks[type_code], completed=done, total=total)

            written = services.rebuild(show)
        if not quiet:
            self.stdout.write(f"{written} documents in the index.")

    def _status(self) -> None:
        state = services.status()
        table = Table("type", "documents", "public records")
        for code in sorted(state.documents | state.records):
            table.add_row(code, str(state.documents.get(code, 0)), str(state.records.get(code, "no source")))
        Console(file=cast(IO[str], self.stdout)).print(table)
        rebuilt = state.rebuilt_at.isoformat(timespec="seconds") if state.rebuilt_at else "never"
        self.stdout.write(f"Last rebuild: {rebuilt}; generation {state.generation}.")
        if not state.analysis_current:
            self.stdout.write(self.style.WARNING("The index needs a rebuild: its words went through another analysis."))
