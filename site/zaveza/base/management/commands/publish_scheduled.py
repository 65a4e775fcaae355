"""`manage.py publish_scheduled`: Wagtail's, but not in the quiet period."""

from typing import Any

from wagtail.management.commands import publish_scheduled

from zaveza import quiet


class Command(publish_scheduled.Command):
    """Publishes and takes offline what editors scheduled, unless the quiet period holds it back."""

    def handle(self, *args: Any, **options: Any) -> None:
        if quiet.is_quiet() and not options["dryrun"]:
            self.stdout.write("The quiet period: nothing scheduled is published.")
            return
        super().handle(*args, **options)
