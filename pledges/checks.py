"""Is the database able to keep what was published? Asked by `manage.py check` and by `/-/ready`."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections

from zaveza.health import Health

from . import append_only


@register(Tags.database)
def check_append_only(
    app_configs: Any = None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """One warning for each trigger that is missing or altered; none before the first migrate.

    A warning, because an error would stop `migrate`, which is the remedy.
    """
    if databases is not None and DEFAULT_DB_ALIAS not in databases:
        return []
    connection = connections[DEFAULT_DB_ALIAS]
    # To open an SQLite database that is not there would make an empty one.
    if connection.vendor == "sqlite" and connection.connection is None:
        name = str(connection.settings_dict["NAME"])
        if not Path(name).is_file():
            return []
    try:
        found = append_only.problems(connection)
    except DatabaseError:
        return []
    return [
        Warning(
            f"The database does not protect published records: {problem}.",
            hint="Run manage.py migrate: it installs the append-only triggers.",
            id="pledges.W001",
        )
        for problem in found
    ]


def append_only_health() -> Health:
    """Unready while a published row could be changed."""
    found = append_only.problems(connections[DEFAULT_DB_ALIAS])
    return Health("; ".join(found), ready=False) if found else Health()
