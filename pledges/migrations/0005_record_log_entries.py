"""The admin's history of confined records moves into a table that is read within the reader's hub only."""

import django.core.serializers.json
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

CONFINED = [
    "amendment",
    "assessment",
    "candidacy",
    "correction",
    "evidence",
    "hubcoverage",
    "mandate",
    "person",
    "pledge",
    "programme",
    "proposal",
    "recognition",
    "reply",
    "tip",
]
COPIED = (
    "content_type_id",
    "label",
    "action",
    "data",
    "timestamp",
    "uuid",
    "user_id",
    "revision_id",
    "content_changed",
    "deleted",
    "object_id",
)


def move(apps, source, target):
    entries = source.objects.filter(content_type__app_label="pledges", content_type__model__in=CONFINED)
    target.objects.bulk_create(
        (target(**values) for values in entries.order_by("pk").values(*COPIED).iterator()), batch_size=500
    )
    entries.delete()


def move_in(apps, schema_editor):
    move(apps, apps.get_model("wagtailcore", "ModelLogEntry"), apps.get_model("pledges", "RecordLogEntry"))


def move_out(apps, schema_editor):
    move(apps, apps.get_model("pledges", "RecordLogEntry"), apps.get_model("wagtailcore", "ModelLogEntry"))


class Migration(migrations.Migration):
    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("pledges", "0004_standings"),
        ("wagtailcore", "0098_apitoken"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RecordLogEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("label", models.TextField()),
                ("action", models.CharField(blank=True, db_index=True, max_length=255)),
                (
                    "data",
                    models.JSONField(blank=True, default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder),
                ),
                ("timestamp", models.DateTimeField(db_index=True, verbose_name="timestamp (UTC)")),
                (
                    "uuid",
                    models.UUIDField(
                        blank=True,
                        editable=False,
                        help_text="Log entries that happened as part of the same user action are assigned the same UUID",
                        null=True,
                    ),
                ),
                ("content_changed", models.BooleanField(db_index=True, default=False)),
                ("deleted", models.BooleanField(default=False)),
                ("object_id", models.CharField(db_index=True, max_length=255)),
                (
                    "content_type",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="contenttypes.contenttype",
                        verbose_name="content type",
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="wagtailcore.revision",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "log entry of a record",
                "verbose_name_plural": "log entries of records",
                "ordering": ["-timestamp", "-id"],
                "abstract": False,
                "indexes": [models.Index(fields=["uuid", "action", "-timestamp"], name="pledges_rec_uuid_24b68d_idx")],
            },
        ),
        migrations.RunPython(move_in, move_out),
    ]
