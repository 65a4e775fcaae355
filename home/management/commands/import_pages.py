"""`manage.py import_pages FILE.json`: pages from a file, all or none (docs/page-import.md)."""

import logging
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from home.page_import.problems import ImportRefused
from home.page_import.run import Report, import_pages

# They log every page and every task of it; the report says the same in one line for each page.
_TALKATIVE = ("django_tasks", "wagtail")


@contextmanager
def _quiet_loggers() -> Iterator[None]:
    loggers = [logging.getLogger(name) for name in _TALKATIVE]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.WARNING)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


class Command(BaseCommand):
    """Reports what became of each page; with anything wrong it lists it all, writes nothing and exits with 1."""

    help = "Create and update pages from a JSON file; the format is in docs/page-import.md."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the JSON file; pictures and documents lie beside it or below")
        parser.add_argument("--dry-run", action="store_true", help="check everything and write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            report = self._import(path, options["dry_run"])
        except ImportRefused as refused:
            count = len(refused.problems)
            head = ngettext(
                "Nothing was imported from %(file)s: %(count)d problem.",
                "Nothing was imported from %(file)s: %(count)d problems.",
                count,
            ) % {"file": path, "count": count}
            raise CommandError("\n".join([head, *(f"  {problem}" for problem in refused.problems)])) from refused
        self._tell(report)

    def _import(self, path: Path, dry_run: bool) -> Report:
        """The import behind a progress bar, which only a terminal shows."""
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        console = Console(stderr=True)
        with _quiet_loggers(), Progress(*columns, console=console, disable=not console.is_terminal) as bar:
            task = bar.add_task(_("Importing pages"), total=None)
            return import_pages(
                path, dry_run=dry_run, progress=lambda done, total: bar.update(task, completed=done, total=total)
            )

    def _tell(self, report: Report) -> None:
        for warning in report.warnings:
            self.stderr.write(_("Note: %(warning)s") % {"warning": warning})
        for word, lines in (
            (_("created"), report.created),
            (_("updated"), report.updated),
            (_("unchanged"), report.unchanged),
        ):
            for line in lines:
                self.stdout.write(f"{word}: {line}")
        summary = _("%(created)d created, %(updated)d updated, %(unchanged)d unchanged, %(files)d files stored.") % {
            "created": len(report.created),
            "updated": len(report.updated),
            "unchanged": len(report.unchanged),
            "files": report.files,
        }
        self.stdout.write(summary)
        if report.dry_run:
            self.stdout.write(_("This was a dry run: nothing was written."))
        elif not (report.created or report.updated):
            self.stdout.write(_("Nothing has changed."))
