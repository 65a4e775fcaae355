"""`manage.py end_mandate`: close mandates on a day, with the reason, and name what is due for a final assessment."""

import datetime as dt
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from pledges import services
from pledges.enums import MandateEndReason
from pledges.models import Mandate


class Command(BaseCommand):
    """End one mandate, several, or all open ones of an edition. Each is closed by itself: it can be run again."""

    help = "Close mandates; their pledges are then due for their final assessment."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("mandates", nargs="*", metavar="ID", help="public ids, such as mandate-12")
        parser.add_argument("--edition", type=int, metavar="YEAR", help="every open mandate won in that edition")
        parser.add_argument("--on", required=True, metavar="DATE", help="the last day, as 2026-12-04")
        parser.add_argument("--reason", default=MandateEndReason.TERM, choices=MandateEndReason.values)
        parser.add_argument("--dry-run", action="store_true", help="write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            end = dt.date.fromisoformat(options["on"])
        except ValueError as error:
            raise CommandError(f"--on: {options['on']} is no day; write it as 2026-12-04.") from error
        mandates = self._chosen(options["mandates"], options["edition"])
        refused, due = 0, 0
        console = Console(file=self.stderr, stderr=True)  # type: ignore[arg-type]
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
            for mandate in progress.track(mandates, description="Mandates"):
                try:
                    pledges = services.end_mandate(
                        mandate, end, MandateEndReason(options["reason"]), only_preview=options["dry_run"]
                    )
                except services.RuleViolation as error:
                    refused += 1
                    self.stderr.write(f"{mandate.public_id} {mandate}: {' '.join(error.messages)}")
                    continue
                if not options["dry_run"]:
                    count = pledges.count()
                    due += count
                    self.stdout.write(
                        f"{mandate.public_id} {mandate}: closed, {count} pledges due for a final assessment"
                    )
                else:
                    self.stdout.write(f"{mandate.public_id} {mandate}: would be closed")
        self.stdout.write(f"{len(mandates) - refused} mandates, {refused} refused, {due} final assessments due.")
        if refused:
            raise SystemExit(1)

    @staticmethod
    def _chosen(ids: list[str], year: int | None) -> list[Mandate]:
        if bool(ids) == bool(year):
            raise CommandError("Name mandates by their ids, or an edition with --edition.")
        rows = Mandate.objects.select_related("person", "municipality")
        if year:
            return list(rows.filter(candidacy__edition__year=year, end__isnull=True).order_by("municipality__slug"))
        found = {row.public_id: row for row in rows.filter(public_id__in=ids)}
        missing = [public_id for public_id in ids if public_id not in found]
        if missing:
            raise CommandError(f"There is no such mandate: {', '.join(missing)}.")
        return [found[public_id] for public_id in ids]
