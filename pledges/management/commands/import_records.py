"""`manage.py import_records DIR_OR_FILE`: the record from tables, all or nothing (docs/record-exchange.md)."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from pledges.exchange import ImportRefused, Report, import_records
from zaveza.users.models import User


class Command(BaseCommand):
    """Reports what became of each table; with anything wrong it lists it all, writes nothing and exits with 1."""

    help = "Import the record from CSV, XLSX or ZIP, all or nothing; the format is in docs/record-exchange.md."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, help="a folder of CSV files, one CSV, an XLSX or a ZIP")
        parser.add_argument("--dry-run", action="store_true", help="check everything and write nothing")
        parser.add_argument("--user", default="", help="e-mail address of the account that writes imported drafts")

    def handle(self, *args: Any, **options: Any) -> None:
        user = None
        if options["user"]:
            user = User.objects.filter(email__iexact=options["user"]).first()
            if user is None:
                raise CommandError(_("There is no account with the address %(email)s.") % {"email": options["user"]})
        try:
            report = self._import(options["path"], user, options["dry_run"])
        except ImportRefused as refused:
            head = ngettext(
                "Nothing was imported from %(path)s: %(count)d problem.",
                "Nothing was imported from %(path)s: %(count)d problems.",
                refused.count,
            ) % {"path": options["path"], "count": refused.count}
            lines = [f"  {problem}" for problem in refused.problems]
            raise CommandError("\n".join([head, *lines])) from refused
        self._tell(report)

    @staticmethod
    def _import(path: Path, user: User | None, dry_run: bool) -> Report:
        """The import behind a progress bar, which only a terminal shows. Stopped, it has written nothing."""
        console = Console(stderr=True)
        columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed}"), TimeElapsedColumn())
        with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
            tasks: dict[str, Any] = {}

            def progress(table: str, done: int) -> None:
                if table not in tasks:
                    tasks[table] = bar.add_task(table, total=None)
                bar.update(tasks[table], completed=done)

            return import_records(path, user=user, dry_run=dry_run, progress=progress)

    def _tell(self, report: Report) -> None:
        for notice in report.notices:
            self.stderr.write(notice)
        for table, counts in report.tables.items():
            self.stdout.write(
                _("%(table)s: %(new)d created, %(changed)d changed, %(unchanged)d unchanged")
                % {"table": table, "new": counts.new, "changed": counts.changed, "unchanged": counts.unchanged}
            )
        self.stdout.write(
            _("%(new)d created, %(changed)d changed, %(files)d files stored.")
            % {"new": report.new, "changed": report.changed, "files": report.files}
        )
        if report.dry_run:
            self.stdout.write(_("This was a dry run: nothing was written."))
        elif not (report.new or report.changed):
            self.stdout.write(_("Nothing has changed."))
