"""The outbox, and what indexes outside the database need to follow: numbered writes and removals."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0005_facet_sets_passages_words"),
    ]

    operations = [
        migrations.CreateModel(
            name="OutboxEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("type", models.CharField(max_length=20, verbose_name="type")),
                ("object_pk", models.CharField(max_length=64, verbose_name="primary key of the record")),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="failed attempts")),
            ],
            options={
                "verbose_name": "change for the search index",
                "verbose_name_plural": "changes for the search index",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="RemoteIndex",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("prefix", models.CharField(max_length=100, verbose_name="prefix")),
                ("number", models.PositiveIntegerField(verbose_name="generation")),
                ("name", models.CharField(max_length=200, unique=True, verbose_name="name")),
                ("uuid", models.CharField(max_length=40)),
                ("place", models.BigIntegerField(default=-1, verbose_name="number of the last write in it")),
                ("is_current", models.BooleanField(default=False, verbose_name="searches are answered from it")),
                ("analysis", models.CharField(blank=True, max_length=80, verbose_name="version of the text analysis")),
                ("refused", models.PositiveIntegerField(default=0, verbose_name="documents that it refused")),
                ("problem", models.TextField(blank=True, verbose_name="last refusal")),
                ("started_at", models.DateTimeField(verbose_name="begun")),
            ],
            options={
                "verbose_name": "remote search index",
                "verbose_name_plural": "remote search indexes",
                "ordering": ["prefix", "number"],
            },
        ),
        migrations.CreateModel(
            name="RemovedEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("document_id", models.CharField(max_length=255, verbose_name="document id")),
                ("version", models.BigIntegerField(db_index=True, verbose_name="number of the write")),
            ],
            options={
                "verbose_name": "removed search entry",
                "verbose_name_plural": "removed search entries",
                "ordering": ["version", "pk"],
            },
        ),
        migrations.AddField(
            model_name="indexstate",
            name="unfinished",
            field=models.CharField(blank=True, max_length=80, verbose_name="analysis of the unfinished rebuild"),
        ),
        migrations.AddField(
            model_name="indexstate",
            name="unfinished_after",
            field=models.CharField(blank=True, max_length=64, verbose_name="record it has come to"),
        ),
        migrations.AddField(
            model_name="indexstate",
            name="unfinished_type",
            field=models.CharField(blank=True, max_length=20, verbose_name="type it has come to"),
        ),
        migrations.AddField(
            model_name="indexstate",
            name="version",
            field=models.BigIntegerField(default=0, verbose_name="number of the last write"),
        ),
        migrations.SeparateDatabaseAndState(
            # In SQL: Django would copy the table on SQLite, which drops the triggers of the full-text index.
            database_operations=[
                migrations.RunSQL(
                    "ALTER TABLE search_searchentry ADD COLUMN version bigint NOT NULL DEFAULT 0",
                    "ALTER TABLE search_searchentry DROP COLUMN version",
                ),
                migrations.RunSQL(
                    "ALTER TABLE search_searchentry ADD COLUMN digest varchar(32) NOT NULL DEFAULT ''",
                    "ALTER TABLE search_searchentry DROP COLUMN digest",
                ),
                migrations.RunSQL(
                    "CREATE INDEX search_entry_version ON search_searchentry (version)",
                    "DROP INDEX search_entry_version",
                ),
            ],
            state_operations=[
                migrations.AddField(
                    model_name="searchentry",
                    name="version",
                    field=models.BigIntegerField(db_index=True, default=0, verbose_name="number of the write"),
                ),
                migrations.AddField(
                    model_name="searchentry",
                    name="digest",
                    field=models.CharField(blank=True, max_length=32),
                ),
            ],
        ),
    ]
