import hashlib
import secrets

import django.db.models.deletion
import modelcluster.fields
import wagtail.fields
from django.conf import settings
from django.db import migrations, models

import pledges.models.public_ids


def hash_codes(apps, schema_editor):
    """From now on the code itself is not stored."""
    tips = apps.get_model("pledges", "Tip")
    for pk, code in tips.objects.values_list("pk", "tracking_digest"):
        tips.objects.filter(pk=pk).update(tracking_digest=hashlib.sha256(code.encode()).hexdigest())


def give_new_codes(apps, schema_editor):
    """A hash leads back to no code."""
    tips = apps.get_model("pledges", "Tip")
    for pk in tips.objects.values_list("pk", flat=True):
        tips.objects.filter(pk=pk).update(tracking_digest=secrets.token_hex(8))


class Migration(migrations.Migration):
    dependencies = [
        ("pledges", "0007_links_and_hand_ins"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="EvidenceState",
            fields=[
                (
                    "evidence",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="state",
                        serialize=False,
                        to="pledges.evidence",
                    ),
                ),
                (
                    "link",
                    models.CharField(
                        choices=[
                            ("unchecked", "not checked yet"),
                            ("works", "works"),
                            ("unsure", "cannot be told"),
                            ("failing", "failed lately"),
                            ("broken", "broken"),
                        ],
                        db_index=True,
                        default="unchecked",
                        max_length=10,
                        verbose_name="link",
                    ),
                ),
                ("failures", models.PositiveSmallIntegerField(default=0, verbose_name="failures in a row")),
                ("checked_at", models.DateTimeField(blank=True, null=True, verbose_name="link checked at")),
                ("worked_at", models.DateTimeField(blank=True, null=True, verbose_name="link last worked at")),
                (
                    "next_check_at",
                    models.DateTimeField(blank=True, db_index=True, null=True, verbose_name="next check of the link"),
                ),
                (
                    "copy",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("waiting", "is being fetched"),
                            ("failed", "could not be fetched"),
                            ("stored", "stored"),
                        ],
                        default="",
                        max_length=10,
                        verbose_name="copy",
                    ),
                ),
                (
                    "copy_problem",
                    models.CharField(blank=True, default="", max_length=255, verbose_name="why there is no copy"),
                ),
            ],
            options={
                "verbose_name": "state of evidence",
                "verbose_name_plural": "states of evidence",
            },
        ),
        migrations.AlterModelOptions(
            name="tip",
            options={
                "ordering": ["-received_at", "-pk"],
                "permissions": [("erase_personal_data", "Can erase personal data by law")],
                "verbose_name": "tip",
                "verbose_name_plural": "tips",
            },
        ),
        migrations.AddField(
            model_name="evidence",
            name="copied_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="copied at"),
        ),
        migrations.AddField(
            model_name="evidence",
            name="copy_is_public",
            field=models.BooleanField(
                default=False,
                help_text="Only where its licence or the law allows it, as with official documents. Readers see the excerpt, the link and the hash of the copy in any case.",
                verbose_name="readers may open the stored copy",
            ),
        ),
        migrations.AddField(
            model_name="evidence",
            name="copy_type",
            field=models.CharField(
                blank=True, default="", editable=False, max_length=5, verbose_name="type of the copy"
            ),
        ),
        migrations.AlterField(
            model_name="tip",
            name="tracking_code",
            field=models.CharField(editable=False, max_length=64, unique=True),
        ),
        migrations.RenameField(model_name="tip", old_name="tracking_code", new_name="tracking_digest"),
        migrations.RunPython(hash_codes, give_new_codes),
        migrations.CreateModel(
            name="LinkCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("checked_at", models.DateTimeField(db_index=True, verbose_name="checked at")),
                ("url", models.URLField(max_length=1000, verbose_name="address")),
                (
                    "result",
                    models.CharField(
                        choices=[("works", "works"), ("unsure", "cannot be told"), ("failed", "failed")],
                        max_length=10,
                        verbose_name="result",
                    ),
                ),
                ("status", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="HTTP status")),
                ("final_url", models.CharField(blank=True, max_length=2000, verbose_name="address after redirects")),
                ("problem", models.CharField(blank=True, max_length=255, verbose_name="problem")),
                (
                    "evidence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="link_checks",
                        to="pledges.evidence",
                        verbose_name="evidence",
                    ),
                ),
            ],
            options={
                "verbose_name": "check of a link",
                "verbose_name_plural": "checks of links",
                "ordering": ["-checked_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="PolicyVersion",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("methodology", "Methodology"),
                            ("corrections", "Corrections"),
                            ("funding", "Funding"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "version",
                    models.CharField(
                        help_text="As assessments name it, for example 2.1.", max_length=20, verbose_name="version"
                    ),
                ),
            ],
            options={
                "verbose_name": "version of a policy",
                "verbose_name_plural": "versions of policies",
                "ordering": ["kind", "-published_at", "-pk"],
                "permissions": [("publish_policyversion", "Can publish a version of a policy")],
                "constraints": [models.UniqueConstraint(fields=("kind", "version"), name="pledges_policyversion_once")],
            },
        ),
        migrations.CreateModel(
            name="Redaction",
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
                ("record", models.CharField(max_length=60, verbose_name="record")),
                ("parts", models.CharField(max_length=100, verbose_name="what was erased")),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("personal_data", "personal data"),
                            ("court", "decision of a court or an authority"),
                            ("rights", "rights of others"),
                        ],
                        max_length=20,
                        verbose_name="ground",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="made by",
                    ),
                ),
                (
                    "pledge",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="redactions",
                        to="pledges.pledge",
                        verbose_name="pledge",
                    ),
                ),
            ],
            options={
                "verbose_name": "redaction",
                "verbose_name_plural": "redactions",
                "ordering": ["-published_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="PolicyText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "language",
                    models.CharField(
                        choices=[("sl", "Slovene"), ("en", "English"), ("ka", "Georgian"), ("pl", "Polish")],
                        max_length=10,
                        verbose_name="language",
                    ),
                ),
                ("title", models.CharField(max_length=255, verbose_name="title")),
                (
                    "changes",
                    models.TextField(
                        blank=True,
                        help_text="Against the version before, in a few sentences.",
                        verbose_name="what changed",
                    ),
                ),
                ("body", wagtail.fields.RichTextField(verbose_name="text")),
                (
                    "policy",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="texts", to="pledges.policyversion"
                    ),
                ),
            ],
            options={
                "verbose_name": "words of a policy",
                "verbose_name_plural": "words of policies",
                "constraints": [
                    models.UniqueConstraint(fields=("policy", "language"), name="pledges_policytext_language")
                ],
            },
        ),
    ]
