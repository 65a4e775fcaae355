"""Writing many rows of one table without what the ORM does for each of them."""

import json
from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import connection, models


def insert_rows(objects: Sequence[models.Model], unique: str = "") -> None:
    """Insert rows, over those with the same value of the field `unique` where one is named.

    The objects get no primary key and no signal is sent. On SQLite one prepared statement takes them all, which costs a
    fifth of what `bulk_create` does there; PostgreSQL is as quick with `bulk_create`.
    """
    if not objects:
        return
    model = type(objects[0])
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    if connection.vendor != "sqlite":
        written = [field.name for field in fields if field.name != unique]
        conflict: dict[str, Any] = (
            {"update_conflicts": True, "unique_fields": [unique], "update_fields": written} if unique else {}
        )
        model._default_manager.bulk_create(objects, **conflict)
        return
    # Numbers and texts are what SQLite takes as they are.
    converted = [
        field if isinstance(field, models.JSONField | models.DateField | models.DateTimeField) else None
        for field in fields
    ]
    names = [field.attname for field in fields]
    with connection.cursor() as cursor:
        cursor.executemany(
            _statement(model, unique),
            [
                [
                    getattr(each, name) if field is None else _converted(field, getattr(each, name))
                    for name, field in zip(names, converted, strict=True)
                ]
                for each in objects
            ],
        )


def _converted(field: models.Field, value: Any) -> Any:
    if isinstance(field, models.JSONField):
        return json.dumps(value, cls=field.encoder)
    return None if value is None else field.get_db_prep_save(value, connection)


@cache
def _statement(model: type[models.Model], unique: str) -> str:
    columns = [str(field.column) for field in model._meta.concrete_fields if not field.primary_key]
    conflict = ""
    if unique:
        changed = ", ".join(f"{column} = excluded.{column}" for column in columns if column != unique)
        conflict = f" ON CONFLICT ({unique}) DO UPDATE SET {changed}"
    places = ", ".join(["%s"] * len(columns))
    return f"INSERT INTO {model._meta.db_table} ({', '.join(columns)}) VALUES ({places}){conflict}"  # noqa: S608
