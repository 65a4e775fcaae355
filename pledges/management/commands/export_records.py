"""`manage.py export_records DIR`: the record as tables that `import_records` reads (docs/record-exchange.md)."""

import datetime as dt
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from pledges.exchange import export_records
from pledges.exchange.scope import Scope
from pledges.exchange.xlsx import TooLong
from zaveza import clock


class Command(BaseCommand):
    """Writes what any reader may see, or with `--full` the whole record for those who look after it."""

    help = "Export the record as CSV files or as one XLSX; the format is in docs/record-exchange.md."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="a folder that is empty or not there yet")
        parser.add_argument("--xlsx", action="store_true", help="one workbook instead of CSV files")
        parser.add_argument("--as-of", default="", help="a day like 2026-02-03: the record as known then")
        parser.add_argument("--full", action="store_true", help="drafts and e-mail addresses of signatories, too")

    def handle(self, *args: Any, **options: Any) -> None:
        scope = self._scope(options["as_of"], options["full"])
        console = Console(stderr=True)
        columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed}"), TimeElapsedColumn())
        with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
            tasks: dict[str, Any] = {}

            def progress(table: str, done: int) -> None:
                if table not in tasks:
                    tasks[table] = bar.add_task(table, total=None)
                if done % 100 == 0:
                    bar.update(tasks[table], completed=done)

            try:
                counts = export_records(options["folder"], scope, xlsx=options["xlsx"], progress=progress)
            except (OSError, TooLong) as error:
                raise CommandError(str(error)) from error
        for table, count in counts.items():
            self.stdout.write(f"{table}: {count}")

    @staticmethod
    def _scope(as_of: str, full: bool) -> Scope:
        if not as_of:
            return Scope.everything() if full else Scope.public()
        if full:
            raise CommandError(_("A full export is of today: it holds drafts, which have no past."))
        try:
            day = dt.date.fromisoformat(as_of)
        except ValueError as error:
            raise CommandError(_("“%(day)s” is not a day like 2026-02-03.") % {"day": as_of}) from error
        if day > clock.today():
            raise CommandError(_("The day %(day)s has not come yet.") % {"day": as_of})
        return Scope.public(None if day == clock.today() else day)
