"""Following a search: what changed, who follows, and what nobody found."""

from django.db import migrations, models

import search.models.following


def note_known_documents(apps, schema_editor):
    """What is in the index is known already; the first write after this fills in its digest without a change."""
    from datetime import UTC, datetime, time

    entries = apps.get_model("search", "SearchEntry")
    changes = apps.get_model("search", "DocumentChange")
    noon = time(12, tzinfo=UTC)
    now = datetime.now(UTC)
    batch = []
    for identifier, date in entries.objects.values_list("document_id", "date").iterator(chunk_size=1000):
        at = min(datetime.combine(date, noon), now) if date else now
        batch.append(changes(document_id=identifier, number=0, at=at, content="", is_new=True))
        if len(batch) == 1000:
            changes.objects.bulk_create(batch)
            batch = []
    changes.objects.bulk_create(batch)


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0006_outbox_and_remote_indexes"),
    ]

    operations = [
        migrations.CreateModel(
            name="DocumentChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("document_id", models.CharField(db_index=True, max_length=255, verbose_name="document id")),
                ("number", models.BigIntegerField(db_index=True, verbose_name="number of the write")),
                ("at", models.DateTimeField(verbose_name="time")),
                ("content", models.CharField(max_length=32, verbose_name="digest of the content")),
                ("is_new", models.BooleanField(default=False, verbose_name="the document is new")),
                ("is_last", models.BooleanField(default=True, verbose_name="the last change of the document")),
                ("marks", models.JSONField(default=list)),
                ("added", models.JSONField(default=list)),
            ],
            options={
                "verbose_name": "change of a document",
                "verbose_name_plural": "changes of documents",
                "ordering": ["-number", "document_id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_last", True)), fields=("document_id",), name="search_last_change"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MissedQuery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("words", models.CharField(max_length=120, verbose_name="words")),
                (
                    "language",
                    models.CharField(
                        choices=[("sl", "Slovene"), ("en", "English"), ("ka", "Georgian"), ("pl", "Polish")],
                        max_length=10,
                        verbose_name="language",
                    ),
                ),
                ("count", models.PositiveIntegerField(default=1, verbose_name="how often")),
                ("first_on", models.DateField(verbose_name="first on")),
                ("last_on", models.DateField(db_index=True, verbose_name="last on")),
            ],
            options={
                "verbose_name": "search without a hit",
                "verbose_name_plural": "searches without a hit",
                "ordering": ["-count", "words", "pk"],
                "constraints": [models.UniqueConstraint(fields=("words", "language"), name="search_missed_once")],
            },
        ),
        migrations.CreateModel(
            name="SearchAlert",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "key",
                    models.CharField(
                        default=search.models.following.new_key, editable=False, max_length=32, unique=True
                    ),
                ),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail address")),
                ("address", models.CharField(db_index=True, editable=False, max_length=32)),
                (
                    "language",
                    models.CharField(
                        choices=[("sl", "Slovene"), ("en", "English"), ("ka", "Georgian"), ("pl", "Polish")],
                        max_length=10,
                        verbose_name="language",
                    ),
                ),
                ("kind", models.SlugField(max_length=20, verbose_name="kind")),
                (
                    "query",
                    models.TextField(
                        blank=True, help_text="A canonical query string.", verbose_name="what is followed"
                    ),
                ),
                ("query_digest", models.CharField(editable=False, max_length=32)),
                ("place", models.BigIntegerField(default=0, verbose_name="number of the last change told")),
                ("created_at", models.DateTimeField(verbose_name="created at")),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="confirmed at")),
                ("run_at", models.DateTimeField(blank=True, null=True, verbose_name="last run")),
            ],
            options={
                "verbose_name": "follow",
                "verbose_name_plural": "follows",
                "ordering": ["-created_at", "-pk"],
                "indexes": [models.Index(fields=["confirmed_at", "run_at"], name="search_alert_due")],
                "constraints": [
                    models.UniqueConstraint(fields=("address", "kind", "query_digest"), name="search_alert_once")
                ],
            },
        ),
        migrations.RunPython(note_known_documents, migrations.RunPython.noop),
    ]
