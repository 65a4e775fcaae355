"""`manage.py tick`: run the scheduled jobs that are due."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from zaveza import ticking


class Command(BaseCommand):
    """Runs each due job and prints what it did; exits with 1 where one failed. Two never run at the same time."""

    help = "Run the scheduled jobs that are due; to be called every few minutes by cron or a timer."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("jobs", nargs="*", help="only these, whether due or not")

    def handle(self, *args: Any, **options: Any) -> None:
        has_failed = False
        try:
            for outcome in ticking.tick(options["jobs"] or None):
                has_failed |= outcome.has_failed
                stream = self.stderr if outcome.has_failed else self.stdout
                stream.write(f"{outcome.name}: {outcome.message or 'done'}")
        except ticking.AlreadyTicking:
            # No error: a timer that is faster than the work is nothing to be woken for.
            self.stdout.write("Another tick is at work.")
        except KeyError as error:
            raise CommandError(f"There is no job called {error}.") from error
        if has_failed:
            raise SystemExit(1)
