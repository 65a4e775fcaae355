"""Beside the index table: an FTS5 table with its triggers on SQLite, a tsvector column with a GIN index on PostgreSQL.

On SQLite, Django alters a table by copying it, which drops its triggers: a later migration that alters `SearchEntry`
must run `create` again after it.
"""

from django.db import migrations

COLUMNS = ("surface_title", "surface_body", "keys_title", "keys_body", "facets")
NAMES = ", ".join(COLUMNS)
NEW = ", ".join(f"new.{column}" for column in COLUMNS)
OLD = ", ".join(f"old.{column}" for column in COLUMNS)
CHANGED = " OR ".join(f"old.{column} <> new.{column}" for column in COLUMNS)
FORGET = f"INSERT INTO search_entry_fts (search_entry_fts, rowid, {NAMES}) VALUES ('delete', old.id, {OLD});"  # noqa: S608
LEARN = f"INSERT INTO search_entry_fts (rowid, {NAMES}) VALUES (new.id, {NEW});"  # noqa: S608

SQLITE_CREATE = [
    f"CREATE VIRTUAL TABLE search_entry_fts USING fts5 ({NAMES}, content='search_searchentry', content_rowid='id',"
    " tokenize='unicode61')",
    f"CREATE TRIGGER search_entry_insert AFTER INSERT ON search_searchentry BEGIN {LEARN} END",
    f"CREATE TRIGGER search_entry_delete AFTER DELETE ON search_searchentry BEGIN {FORGET} END",
    f"CREATE TRIGGER search_entry_update AFTER UPDATE ON search_searchentry WHEN {CHANGED} BEGIN {FORGET} {LEARN} END",
    "INSERT INTO search_entry_fts (search_entry_fts) VALUES ('rebuild')",
]
SQLITE_DROP = [
    "DROP TRIGGER search_entry_update",
    "DROP TRIGGER search_entry_delete",
    "DROP TRIGGER search_entry_insert",
    "DROP TABLE search_entry_fts",
]
POSTGRESQL_CREATE = [
    "ALTER TABLE search_searchentry ADD COLUMN vector tsvector",
    "CREATE INDEX search_entry_vector ON search_searchentry USING gin (vector)",
]
POSTGRESQL_DROP = [
    "DROP INDEX search_entry_vector",
    "ALTER TABLE search_searchentry DROP COLUMN vector",
]


def _run(schema_editor, sqlite, postgresql):
    statements = {"sqlite": sqlite, "postgresql": postgresql}.get(schema_editor.connection.vendor)
    if statements is None:
        raise NotImplementedError(f"Search does not run on {schema_editor.connection.vendor}.")
    for statement in statements:
        schema_editor.execute(statement)


def create(apps, schema_editor):
    _run(schema_editor, SQLITE_CREATE, POSTGRESQL_CREATE)


def drop(apps, schema_editor):
    _run(schema_editor, SQLITE_DROP, POSTGRESQL_DROP)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_search_index")]

    operations = [migrations.RunPython(create, drop)]
