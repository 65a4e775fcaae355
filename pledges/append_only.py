"""Triggers with which the database itself keeps what was published, whoever writes to it (docs/adr/0004).

One function installs them; it runs after every migrate, because a migration that rebuilds a table on SQLite drops its
triggers without a word. A system check and `/-/ready` report what is missing or altered. How rows may change:

- a published assessment: never, but for emptying a redactable text with its salt; nor may its citations change;
- evidence cited by a published assessment: a stored copy may be added, its excerpt emptied, nothing else of substance;
- a pledge once published: its frozen fields never;
- none of them is deleted, replaced (`INSERT OR REPLACE`, `UPDATE OR REPLACE`) or truncated.

Test settings alone build the triggers with a switch that lets a test case flush its database.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from .append_only_rules import PREFIX, Guard, guards

_flushing: set[str] = set()


def install_triggers(connection: BaseDatabaseWrapper) -> list[str]:
    """Create what is missing or altered, remove what is no longer wanted, and return the names of the triggers touched.

    A table that does not exist (yet, or after migrating backwards) is passed over.
    """
    wanted = {guard.name: guard for guard in _guards(connection)}
    present = _present(connection)
    touched = []
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for name, (table, _definition) in present.items():
            if name not in wanted or not _is_right(wanted[name], present, connection.vendor):
                _drop(cursor, connection.vendor, name, table)
                touched.append(name)
        for name, guard in wanted.items():
            if not _is_right(guard, present, connection.vendor):
                for statement in guard.statements(connection.vendor):
                    cursor.execute(statement)
                touched.append(name)
    return sorted(set(touched))


def make_way(connection: BaseDatabaseWrapper, *, backwards: bool) -> None:
    """Before a migration on SQLite, which fails at a trigger that names another table, or a column that goes.

    A table that is rebuilt loses its own triggers; backwards, columns are dropped without a rebuild.
    """
    present = _present(connection)
    with connection.cursor() as cursor:
        for guard in _guards(connection):
            if (backwards or guard.reads_other_tables) and guard.name in present:
                _drop(cursor, connection.vendor, guard.name, guard.table)


def problems(connection: BaseDatabaseWrapper) -> list[str]:
    """Each trigger that is missing or not as it should be, by name; empty when the record is protected."""
    present = _present(connection)
    found = []
    for guard in _guards(connection):
        if guard.name not in present:
            found.append(f"missing trigger {guard.name} on {guard.table}")
        elif not _is_right(guard, present, connection.vendor):
            found.append(f"altered trigger {guard.name} on {guard.table}")
    return found


def flush_is_possible() -> bool:
    """Whether the triggers have the switch: in the tests only."""
    return bool(settings.APPEND_ONLY_ALLOW_FLUSH)


@contextmanager
def flush_allowed(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Let a test case empty its tables. Raises `ImproperlyConfigured` outside the test settings."""
    if not flush_is_possible():
        raise ImproperlyConfigured("Only test settings may switch the append-only triggers off.")
    _switch(connection, on=True)
    try:
        yield
    finally:
        _switch(connection, on=False)


def teach_connection(connection: BaseDatabaseWrapper) -> None:
    """Give a new SQLite connection the function that the triggers of a test database ask.

    A connection without it cannot delete at all from a table that has such triggers.
    """
    if connection.vendor == "sqlite" and flush_is_possible():
        connection.connection.create_function("zaveza_flush_allowed", 0, lambda: connection.alias in _flushing)


def _switch(connection: BaseDatabaseWrapper, *, on: bool) -> None:
    (_flushing.add if on else _flushing.discard)(connection.alias)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('zaveza.allow_flush', %s, false)", ["on" if on else "off"])


def _guards(connection: BaseDatabaseWrapper) -> list[Guard]:
    """The triggers for the tables that exist, with the columns that they have now."""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))

        def columns(table: str) -> list[str]:
            if table not in tables:
                return []
            return [column.name for column in connection.introspection.get_table_description(cursor, table)]

        return guards(columns, connection.vendor, with_switch=flush_is_possible())


def _present(connection: BaseDatabaseWrapper) -> dict[str, tuple[str, str]]:
    """Our triggers in the database: table and definition by name; a disabled one counts as none."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s", [f"{PREFIX}%"]
            )
        else:
            cursor.execute(
                "SELECT t.tgname, c.relname, t.tgtype::text || ':' || t.tgenabled::text || ':' || p.prosrc "
                "FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid "
                "WHERE t.tgname LIKE %s AND t.tgqual IS NULL AND pg_table_is_visible(c.oid)",
                [f"{PREFIX}%"],
            )
        return {name: (table, definition) for name, table, definition in cursor.fetchall()}


def _is_right(guard: Guard, present: dict[str, tuple[str, str]], vendor: str) -> bool:
    return present.get(guard.name) == (guard.table, guard.stored_definition(vendor))


def _drop(cursor: object, vendor: str, name: str, table: str) -> None:
    on_table = "" if vendor == "sqlite" else f' ON "{table}"'
    cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"{on_table}')  # type: ignore[attr-defined]
