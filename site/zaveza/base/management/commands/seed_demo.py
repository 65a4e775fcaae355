"""`manage.py seed_demo`: fill an empty database with the fictional demo, offline and the same every time."""

import datetime as dt
from importlib import import_module
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from rich.console import Console
from wagtail.signal_handlers import disable_reference_index_auto_update

from zaveza.base.demo_content import forget_demo_day
from zaveza.base.models import DemoContent

DEMO_DAY = dt.date(2026, 2, 3)
# In this order: pages show the record, and the search index is built over both.
DEMO_MODULES = ("pledges.demo", "home.demo", "search.demo")


class Command(BaseCommand):
    """Runs each app's `demo.py` once. A database that has the demo already is left as it is."""

    help = "Fill an empty database with the fictional demo (people and pledges are invented)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--today", default=DEMO_DAY.isoformat(), help="The day on which the demo is seen.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            day = dt.date.fromisoformat(options["today"])
        except ValueError as error:
            raise CommandError(f"--today: {options['today']!r} is not a day like 2026-02-03.") from error
        if settings.SETTINGS_MODULE.endswith(".production"):
            raise CommandError("The demo is fictional and does not belong on a public site.")
        present = DemoContent.objects.first()
        if present:
            if present.seen_on != day:
                raise CommandError(
                    f"This database holds the demo as seen on {present.seen_on}. Facts are never deleted: "
                    "start with an empty data folder for another day."
                )
            self.stdout.write(f"The demo is already here, as seen on {day}.")
            return
        console = Console(stderr=True)
        with console.status("Demo …") as status, transaction.atomic(), disable_reference_index_auto_update():
            # First, so that the services take the demo's day for today.
            DemoContent.objects.create(seen_on=day)
            forget_demo_day()
            for name in DEMO_MODULES:
                import_module(name).seed(day, lambda message, name=name: status.update(f"{name}: {message}"))
        forget_demo_day()
        # Once at the end instead of after each of some thousand rows.
        call_command("rebuild_references_index", verbosity=0)
        self.stdout.write(f"Demo content written, as seen on {day}.")
