"""`manage.py flush`, which Django's test cases call too: refused where a public record would be lost."""

from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands.flush import Command as FlushCommand
from django.db import connections

from pledges import append_only


class Command(FlushCommand):
    """Django's command, past the append-only triggers where (and only where) the test settings allow it."""

    def handle(self, *args: Any, **options: Any) -> None:
        if not append_only.flush_is_possible():
            raise CommandError("Published assessments and pledges are never deleted. Remove the database itself.")
        with append_only.flush_allowed(connections[options["database"]]):
            super().handle(*args, **options)
