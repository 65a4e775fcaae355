"""The message catalogues: bring them up to date, check them, compile them."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from zaveza.base import catalogues


class Command(BaseCommand):
    """Without GNU gettext: see `zaveza.base.catalogues`."""

    help = "Update, check or compile the catalogues in locale/ (needs no system tool)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--update", action="store_true", help="collect all strings, keep translations")
        what.add_argument(
            "--check", action="store_true", help="fail when a string or a required translation is missing"
        )
        what.add_argument("--compile", action="store_true", help="compile what changed since the last time")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["compile"]:
            if compiled := catalogues.compile_catalogues():
                self.stdout.write(f"Compiled messages: {', '.join(compiled)}")
            return
        found = catalogues.collect()
        if options["update"]:
            for language in catalogues.PLURALS:
                missing = catalogues.update(language, found)
                self.stdout.write(f"{language}: {len(found)} messages, {missing} without a translation")
            return
        lines = [line for language in catalogues.PLURALS for line in catalogues.problems(language, found)]
        if lines:
            raise CommandError(
                "\n".join(lines)
                + "\n\nRun `manage.py messages --update`, then translate in locale/*/LC_MESSAGES/django.po."
            )
        self.stdout.write(f"{len(found)} messages, complete where they must be.")
