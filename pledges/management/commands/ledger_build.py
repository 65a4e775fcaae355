"""`manage.py ledger_build`: once, for a database that published before there was a ledger."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from pledges import services


class Command(BaseCommand):
    """Write the ledger of everything published so far."""

    help = "Write the ledger rows of everything published so far, in order; refused where the ledger has rows."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            count = services.build_ledger()
        except services.RuleViolation as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"Rows written: {count}.")
