import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import zaveza.clock


def published_stage(apps, schema_editor):
    """What was published before there were stages is published; every other row is a draft."""
    rows = apps.get_model("pledges", "Assessment").objects.using(schema_editor.connection.alias)
    rows.filter(published_at__isnull=False).update(stage="published")


class Migration(migrations.Migration):
    dependencies = [
        ("pledges", "0008_evidence_policies_and_tips"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DeskStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("submitted", "given to the second reader"),
                            ("returned", "returned to the author"),
                            ("approved", "approved"),
                            ("asked", "reply window opened"),
                            ("not_asked", "reply window skipped"),
                            ("answered", "answered"),
                            ("unanswered", "no answer by the date"),
                            ("published", "published"),
                        ],
                        max_length=12,
                        verbose_name="step",
                    ),
                ),
                ("at", models.DateTimeField(default=zaveza.clock.now, verbose_name="at")),
                ("comment", models.TextField(blank=True, verbose_name="comment")),
            ],
            options={
                "verbose_name": "step of an assessment",
                "verbose_name_plural": "steps of assessments",
                "ordering": ["at", "pk"],
            },
        ),
        migrations.AddField(
            model_name="assessment",
            name="approved_digest",
            field=models.CharField(
                blank=True, editable=False, max_length=64, verbose_name="digest of what was approved"
            ),
        ),
        migrations.AddField(
            model_name="assessment",
            name="approver_interest",
            field=models.TextField(
                blank=True, default="", editable=False, verbose_name="interest of the second reader"
            ),
        ),
        migrations.AddField(
            model_name="assessment",
            name="author_interest",
            field=models.TextField(blank=True, default="", editable=False, verbose_name="interest of the author"),
        ),
        migrations.AddField(
            model_name="assessment",
            name="stage",
            field=models.CharField(
                choices=[
                    ("draft", "draft"),
                    ("second_reader", "with the second reader"),
                    ("reply_window", "in the reply window"),
                    ("published", "published"),
                ],
                db_index=True,
                default="draft",
                editable=False,
                max_length=15,
                verbose_name="stage",
            ),
        ),
        migrations.AddField(
            model_name="assessment",
            name="window_skipped",
            field=models.TextField(
                blank=True, default="", editable=False, verbose_name="why nobody was asked for a reply"
            ),
        ),
        migrations.AddField(
            model_name="reply",
            name="answered_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="answered at"),
        ),
        migrations.RunPython(published_stage, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("published_at__isnull", False), ("stage", "published")),
                    models.Q(models.Q(("stage", "published"), _negated=True), ("published_at__isnull", True)),
                    _connector="OR",
                ),
                name="pledges_assessment_published_stage",
            ),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("stage", "reply_window"), _negated=True),
                    models.Q(("approver__isnull", False), models.Q(("approved_digest", ""), _negated=True)),
                    _connector="OR",
                ),
                name="pledges_assessment_window_approved",
            ),
        ),
        migrations.AddField(
            model_name="deskstep",
            name="assessment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="steps",
                to="pledges.assessment",
                verbose_name="assessment",
            ),
        ),
        migrations.AddField(
            model_name="deskstep",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="by",
            ),
        ),
    ]
