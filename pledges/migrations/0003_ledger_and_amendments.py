import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import pledges.models.public_ids


def conclude_replies(apps, schema_editor):
    """What was public before counts as concluded when it was published."""
    replies = apps.get_model("pledges", "Reply").objects.using(schema_editor.connection.alias)
    replies.filter(published_at__isnull=False).exclude(state="invited").update(concluded_at=models.F("published_at"))


class Migration(migrations.Migration):
    dependencies = [
        ("pledges", "0002_load_reference_data"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="assessment",
            name="reasoning_digest",
            field=models.CharField(blank=True, default="", editable=False, max_length=64, verbose_name="digest"),
        ),
        migrations.AddField(
            model_name="assessment",
            name="reasoning_salt",
            field=models.CharField(blank=True, default="", editable=False, max_length=32, verbose_name="salt"),
        ),
        migrations.AddField(
            model_name="assessment",
            name="summary_digest",
            field=models.CharField(blank=True, default="", editable=False, max_length=64, verbose_name="digest"),
        ),
        migrations.AddField(
            model_name="assessment",
            name="summary_salt",
            field=models.CharField(blank=True, default="", editable=False, max_length=32, verbose_name="salt"),
        ),
        migrations.AddField(
            model_name="assessmentevidence",
            name="sha256",
            field=models.CharField(
                blank=True,
                default="",
                editable=False,
                max_length=64,
                verbose_name="SHA-256 of the copy when it was cited",
            ),
        ),
        migrations.AddField(
            model_name="correction",
            name="right_digest",
            field=models.CharField(blank=True, default="", editable=False, max_length=64, verbose_name="digest"),
        ),
        migrations.AddField(
            model_name="correction",
            name="right_salt",
            field=models.CharField(blank=True, default="", editable=False, max_length=32, verbose_name="salt"),
        ),
        migrations.AddField(
            model_name="correction",
            name="wrong_digest",
            field=models.CharField(blank=True, default="", editable=False, max_length=64, verbose_name="digest"),
        ),
        migrations.AddField(
            model_name="correction",
            name="wrong_salt",
            field=models.CharField(blank=True, default="", editable=False, max_length=32, verbose_name="salt"),
        ),
        migrations.AddField(
            model_name="evidence",
            name="excerpt_digest",
            field=models.CharField(blank=True, default="", editable=False, max_length=64, verbose_name="digest"),
        ),
        migrations.AddField(
            model_name="evidence",
            name="excerpt_salt",
            field=models.CharField(blank=True, default="", editable=False, max_length=32, verbose_name="salt"),
        ),
        migrations.AddField(
            model_name="reply",
            name="concluded_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="outcome published at"),
        ),
        migrations.AddField(
            model_name="reply",
            name="editors_note_digest",
            field=models.CharField(blank=True, default="", editable=False, max_length=64, verbose_name="digest"),
        ),
        migrations.AddField(
            model_name="reply",
            name="editors_note_salt",
            field=models.CharField(blank=True, default="", editable=False, max_length=32, verbose_name="salt"),
        ),
        migrations.AddField(
            model_name="reply",
            name="text_digest",
            field=models.CharField(blank=True, default="", editable=False, max_length=64, verbose_name="digest"),
        ),
        migrations.AddField(
            model_name="reply",
            name="text_salt",
            field=models.CharField(blank=True, default="", editable=False, max_length=32, verbose_name="salt"),
        ),
        migrations.CreateModel(
            name="LedgerRow",
            fields=[
                (
                    "sequence",
                    models.PositiveBigIntegerField(primary_key=True, serialize=False, verbose_name="ledger number"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("assessment", "assessment"),
                            ("reply", "reply"),
                            ("correction", "correction"),
                            ("amendment", "amendment"),
                            ("withdrawal", "withdrawal"),
                            ("merge", "merge"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("at", models.DateTimeField(db_index=True, verbose_name="published at")),
                ("record", models.CharField(max_length=60, verbose_name="record")),
                ("format", models.PositiveSmallIntegerField(verbose_name="format version")),
                ("content_sha256", models.CharField(max_length=64, verbose_name="SHA-256 of the content")),
                ("previous", models.CharField(max_length=64, verbose_name="hash of the previous row")),
                ("hash", models.CharField(max_length=64, verbose_name="hash")),
            ],
            options={
                "verbose_name": "row of the ledger",
                "verbose_name_plural": "rows of the ledger",
                "ordering": ["-sequence"],
                "constraints": [models.UniqueConstraint(fields=("kind", "record"), name="pledges_ledgerrow_once")],
            },
        ),
        migrations.CreateModel(
            name="Amendment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "published_at",
                    models.DateTimeField(blank=True, db_index=True, null=True, verbose_name="published at"),
                ),
                (
                    "public_id",
                    pledges.models.public_ids.PublicIdField(
                        blank=True, editable=False, max_length=40, null=True, unique=True, verbose_name="public id"
                    ),
                ),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("quote", "quote"),
                            ("quote_prefix", "text before the quote"),
                            ("quote_suffix", "text after the quote"),
                            ("page", "page"),
                            ("paragraph", "paragraph"),
                            ("success_criteria", "success criteria"),
                        ],
                        max_length=20,
                        verbose_name="what is amended",
                    ),
                ),
                ("before", models.TextField(blank=True, editable=False, verbose_name="read until then")),
                ("after", models.TextField(blank=True, verbose_name="reads from now on")),
                ("reason", models.TextField(help_text="Readers see it.", verbose_name="reason")),
                (
                    "language",
                    models.CharField(
                        choices=[("sl", "Slovene"), ("en", "English"), ("ka", "Georgian"), ("pl", "Polish")],
                        default="sl",
                        max_length=10,
                        verbose_name="language of the reason",
                    ),
                ),
                ("author_name", models.CharField(blank=True, editable=False, max_length=255, verbose_name="signed by")),
                (
                    "approver_name",
                    models.CharField(blank=True, editable=False, max_length=255, verbose_name="approved by"),
                ),
                (
                    "approver",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="approved_amendments",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="approver",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="amendments",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="author",
                    ),
                ),
                (
                    "pledge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="amendments",
                        to="pledges.pledge",
                        verbose_name="pledge",
                    ),
                ),
            ],
            options={
                "verbose_name": "amendment",
                "verbose_name_plural": "amendments",
                "ordering": ["-published_at", "-pk"],
                "permissions": [("approve_amendment", "Can approve and publish an amendment that someone else wrote")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("published_at__isnull", True), ("approver__isnull", False), _connector="OR"
                        ),
                        name="pledges_amendment_approved",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approver__isnull", True),
                            models.Q(("approver", models.F("author")), _negated=True),
                            _connector="OR",
                        ),
                        name="pledges_amendment_two_people",
                        violation_error_message="Nobody approves their own amendment.",
                    ),
                ],
            },
        ),
        migrations.RunPython(conclude_replies, migrations.RunPython.noop),
    ]
