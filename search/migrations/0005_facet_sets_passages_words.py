"""What the engines in the database need for facets, phrases in long texts and suggestions.

Facets are counted in memory now, so the full-text tables hold words only; triggers tell when the index has changed.
"""

import importlib

import django.db.models.deletion
from django.db import migrations, models

full_text = importlib.import_module("search.migrations.0002_full_text")

COLUMNS = ("surface_title", "surface_body", "keys_title", "keys_body")
NAMES = ", ".join(COLUMNS)
NEW = ", ".join(f"new.{column}" for column in COLUMNS)
OLD = ", ".join(f"old.{column}" for column in COLUMNS)
CHANGED = " OR ".join(f"old.{column} <> new.{column}" for column in COLUMNS)
FORGET = f"INSERT INTO search_entry_fts (search_entry_fts, rowid, {NAMES}) VALUES ('delete', old.id, {OLD});"  # noqa: S608
LEARN = f"INSERT INTO search_entry_fts (rowid, {NAMES}) VALUES (new.id, {NEW});"  # noqa: S608
# Not INSERT OR REPLACE: in a trigger SQLite follows the outer statement, and an upsert knows no replacing.
TELL = "DELETE FROM search_indextoken; INSERT INTO search_indextoken (id, token) VALUES (1, random());"

SQLITE_CREATE = [
    f"CREATE VIRTUAL TABLE search_entry_fts USING fts5 ({NAMES}, content='search_searchentry', content_rowid='id',"
    " tokenize='unicode61')",
    f"CREATE TRIGGER search_entry_insert AFTER INSERT ON search_searchentry BEGIN {LEARN} {TELL} END",
    f"CREATE TRIGGER search_entry_delete AFTER DELETE ON search_searchentry BEGIN {FORGET} {TELL} END",
    f"CREATE TRIGGER search_entry_update AFTER UPDATE ON search_searchentry WHEN {CHANGED} BEGIN {FORGET} {LEARN} END",
    "CREATE TRIGGER search_entry_changed AFTER UPDATE OF document_id, facets, date, due ON search_searchentry"
    " WHEN old.document_id IS NOT new.document_id OR old.facets IS NOT new.facets OR old.date IS NOT new.date"
    f" OR old.due IS NOT new.due BEGIN {TELL} END",
    "INSERT INTO search_entry_fts (search_entry_fts) VALUES ('rebuild')",
]
SQLITE_DROP = ["DROP TRIGGER search_entry_changed", *full_text.SQLITE_DROP]
POSTGRESQL_CREATE = [
    "ALTER TABLE search_searchpassage ADD COLUMN vector tsvector",
    "CREATE INDEX search_passage_vector ON search_searchpassage USING gin (vector)",
    "CREATE FUNCTION search_index_changed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    " INSERT INTO search_indextoken (id, token) VALUES (1, (random() * 9007199254740991)::bigint)"
    " ON CONFLICT (id) DO UPDATE SET token = excluded.token; RETURN NULL; END $$",
    "CREATE TRIGGER search_entry_changed AFTER INSERT OR DELETE OR TRUNCATE OR UPDATE OF document_id, facets, date, due"
    " ON search_searchentry FOR EACH STATEMENT EXECUTE FUNCTION search_index_changed()",
]
POSTGRESQL_DROP = [
    "DROP TRIGGER search_entry_changed ON search_searchentry",
    "DROP FUNCTION search_index_changed()",
    "DROP INDEX search_passage_vector",
    "ALTER TABLE search_searchpassage DROP COLUMN vector",
]


def _run(schema_editor, sqlite, postgresql):
    for statement in sqlite if schema_editor.connection.vendor == "sqlite" else postgresql:
        schema_editor.execute(statement)


def create(apps, schema_editor):
    _run(schema_editor, [*full_text.SQLITE_DROP, *SQLITE_CREATE], POSTGRESQL_CREATE)


def drop(apps, schema_editor):
    _run(schema_editor, [*SQLITE_DROP, *full_text.SQLITE_CREATE], POSTGRESQL_DROP)


class Migration(migrations.Migration):
    dependencies = [("search", "0004_load_synonyms")]

    operations = [
        migrations.CreateModel(
            name="IndexToken",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token", models.BigIntegerField(default=0, verbose_name="token")),
            ],
            options={
                "verbose_name": "token of the search index",
                "verbose_name_plural": "tokens of the search index",
            },
        ),
        migrations.CreateModel(
            name="SearchPassage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="passages",
                        to="search.searchentry",
                        verbose_name="search entry",
                    ),
                ),
            ],
            options={
                "verbose_name": "passage of a long text",
                "verbose_name_plural": "passages of long texts",
            },
        ),
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                (
                    "word",
                    models.CharField(max_length=64, primary_key=True, serialize=False, verbose_name="folded word"),
                ),
                ("spelling", models.CharField(max_length=200, verbose_name="spelling")),
                ("documents", models.IntegerField(default=0, verbose_name="documents that have it")),
            ],
            options={
                "verbose_name": "word of the texts",
                "verbose_name_plural": "words of the texts",
                "ordering": ["word"],
            },
        ),
        migrations.RunPython(create, drop),
    ]
