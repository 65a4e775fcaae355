"""Raw SQL behind the back of Django, for the tests of the append-only triggers."""

# ruff: noqa: S608 - the names in this SQL are those of our own tables

from typing import Any

import pytest
from django.db import IntegrityError, connection, models, transaction

from pledges.models import (
    Amendment,
    Assessment,
    AssessmentEvidence,
    Correction,
    Evidence,
    LedgerRow,
    Pledge,
    PolicyText,
    PolicyVersion,
    Redaction,
    Reply,
)

IS_SQLITE = connection.vendor == "sqlite"
TABLES = {
    model: model._meta.db_table
    for model in (
        Amendment,
        Assessment,
        AssessmentEvidence,
        Correction,
        Evidence,
        LedgerRow,
        Pledge,
        PolicyText,
        PolicyVersion,
        Redaction,
        Reply,
    )
}
# And one more: checks of links are never changed.
TRIGGERS = 3 * len(TABLES) + (0 if IS_SQLITE else len(TABLES)) + 1


def run(sql: str, *values: Any) -> int:
    """Execute raw SQL in a transaction of its own; how many rows it touched."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.rowcount


def refused(sql: str, *values: Any) -> None:
    """The database itself must refuse."""
    with pytest.raises(IntegrityError, match="append-only"):
        run(sql, *values)


def columns(model: type[models.Model]) -> list[str]:
    return [field.column for field in model._meta.concrete_fields]


def copy_row(record: models.Model, verb: str = "INSERT", suffix: str = "", **changes: Any) -> tuple[str, list[Any]]:
    """An INSERT of a row as it stands in the database, with some values changed."""
    names = ", ".join(f'"{name}"' for name in columns(type(record)))
    marks = ", ".join("%s" if name in changes else f'"{name}"' for name in columns(type(record)))
    table = TABLES[type(record)]
    values = [changes[name] for name in columns(type(record)) if name in changes]
    return f'{verb} INTO "{table}" ({names}) SELECT {marks} FROM "{table}" WHERE id = {record.pk} {suffix}', values
