"""`manage.py load_reference_data`: bring regions and municipalities up to the files in `pledges/reference/`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from pledges import reference
from pledges.models import Municipality, Region


class Command(BaseCommand):
    """Load the reference data again after its files changed."""

    help = "Update regions and municipalities from the files in pledges/reference/. Adds and updates, never deletes."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = reference.load(Region, Municipality)
        except reference.ReferenceDataError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"Regions and municipalities: {loaded.added} added, {loaded.changed} changed, {loaded.unchanged} unchanged."
        )
        self.stdout.write(f"Source: {reference.SOURCE}")
