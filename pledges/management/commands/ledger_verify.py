"""`manage.py ledger_verify [FILE]`: is the ledger one unbroken chain, and does it agree with the record?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from pledges.ledger import reading, verify


class Command(BaseCommand):
    """Verify the ledger of the database, or a downloaded copy."""

    help = (
        "Verify the ledger of the database or of a downloaded file; the first broken row is named (exit code 1). "
        "Exit code 2: there is none to read."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", help="a downloaded ledger (JSON Lines) instead of the database")
        parser.add_argument("--head", default="", help="the hash that the last row should have, as published")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["file"]:
            try:
                with open(options["file"], "rb") as file:
                    result = verify.verify(verify.lines(file))
            except OSError as error:
                raise CommandError(str(error), returncode=2) from error
        else:
            try:
                result = reading.verify_database()
            except DatabaseError as error:
                raise CommandError(f"The ledger cannot be read: {error}", returncode=2) from error
        self.stdout.write(verify.report(result, options["head"]))
        if result.fault or (options["head"] and options["head"] != result.head):
            raise SystemExit(1)
