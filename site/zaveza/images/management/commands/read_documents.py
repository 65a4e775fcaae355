"""`manage.py read_documents`: read the text of documents that no task has read, for instance after an upgrade."""

from collections import Counter
from typing import IO, Any, cast

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from zaveza.images import services
from zaveza.images.models import CustomDocument
from zaveza.texts.wording import problem_words


class Command(BaseCommand):
    """Each text is stored as soon as it is read: stopped and run again, the command goes on where it was."""

    help = "Reads the text of documents that have not been read, for the search. Run again, it continues."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--again", action="store_true", help="read every document, also those that have been read")

    def handle(self, *args: Any, **options: Any) -> None:
        quiet = options["verbosity"] == 0
        documents = CustomDocument.objects.order_by("pk") if options["again"] else services.unread()
        number, failed, problems = 0, [], Counter[str]()
        with self._bar(quiet) as bar:
            shown = bar.add_task("documents", total=documents.count())
            for document, text in services.read_all(documents):
                bar.advance(shown)
                if text is None:
                    failed.append(document)
                    continue
                number += 1
                problems.update(text.problems)
        if not quiet:
            self.stdout.write(f"Documents read: {number}.")
            for problem, count in problems.most_common():
                self.stdout.write(f"{count}\t{problem_words(problem)}")
        if failed:
            keys = ", ".join(str(document.pk) for document in failed)
            raise CommandError(f"Not stored, run the command again: documents {keys}.")

    def _bar(self, quiet: bool) -> Progress:
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        return Progress(*columns, console=Console(file=cast(IO[str], self.stderr), quiet=quiet))
