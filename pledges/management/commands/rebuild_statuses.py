"""`manage.py rebuild_statuses`: write, or only check, the projection of the pledges' statuses."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from pledges import services
from pledges.models import Pledge


class Command(BaseCommand):
    """Rebuild or check the status of every pledge."""

    help = "Write the current status of every pledge anew from its published assessments."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check",
            action="store_true",
            help="write nothing; name every pledge whose stored status differs and exit with 1",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        # The bar goes to the error stream, so that the output can be piped.
        console = Console(file=self.stderr, stderr=True)  # type: ignore[arg-type]
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
            task = progress.add_task("Pledges", total=Pledge.objects.count())
            if options["check"]:
                drifts = services.check_statuses(lambda count: progress.advance(task, count))
            else:
                written = services.rebuild_statuses(progress=lambda count: progress.advance(task, count))
        if not options["check"]:
            self.stdout.write(f"Statuses rewritten: {written}.")
            return
        for drift in drifts:
            self.stdout.write(drift)
        if drifts:
            self.stderr.write(f"{len(drifts)} statuses differ from the record. Run: manage.py rebuild_statuses")
            raise SystemExit(1)
        self.stdout.write("Every status agrees with the record.")
