"""Who wrote a pledge is stored with it: from now on nobody publishes what they wrote, whoever submitted it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models.functions import Cast


def credit(apps, schema_editor):
    """Of what is there: whom the log names before the publication, and who marked the words at the extraction desk."""
    alias = schema_editor.connection.alias
    user_app, user_name = settings.AUTH_USER_MODEL.split(".")
    pledge_author = apps.get_model("pledges", "PledgeAuthor")
    pledges = dict(apps.get_model("pledges", "Pledge").objects.using(alias).values_list("pk", "published_at"))
    users = set(apps.get_model(user_app, user_name).objects.using(alias).values_list("pk", flat=True))
    entries = (
        apps.get_model("pledges", "RecordLogEntry")
        .objects.using(alias)
        .filter(
            content_type__app_label="pledges",
            content_type__model="pledge",
            action__in=("wagtail.create", "wagtail.edit"),
            user__isnull=False,
        )
        .annotate(record=Cast("object_id", models.BigIntegerField()))
        .values_list("record", "user_id", "timestamp")
    )
    found = {
        (pledge, user)
        for pledge, user, at in entries.iterator()
        if pledge in pledges and user in users and (pledges[pledge] is None or at < pledges[pledge])
    }
    decisions = apps.get_model("pledges", "MarkDecision").objects.using(alias)
    for prefix in ("", "merged_into__decision__"):
        found |= set(
            decisions.filter(**{f"{prefix}pledge__isnull": False}).values_list(
                f"{prefix}pledge", "mark__extraction__extractor"
            )
        )
    pledge_author.objects.using(alias).bulk_create(
        [pledge_author(pledge_id=pledge, user_id=user) for pledge, user in sorted(found)], batch_size=500
    )


class Migration(migrations.Migration):
    dependencies = [
        ("pledges", "0011_follows_are_search_alerts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PledgeAuthor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "pledge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="authorships",
                        to="pledges.pledge",
                        verbose_name="pledge",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
            ],
            options={
                "verbose_name": "author of a pledge",
                "verbose_name_plural": "authors of pledges",
            },
        ),
        migrations.AddField(
            model_name="pledge",
            name="authors",
            field=models.ManyToManyField(
                editable=False,
                related_name="written_pledges",
                through="pledges.PledgeAuthor",
                to=settings.AUTH_USER_MODEL,
                verbose_name="written by",
            ),
        ),
        migrations.AddConstraint(
            model_name="pledgeauthor",
            constraint=models.UniqueConstraint(fields=("pledge", "user"), name="pledges_pledgeauthor_once"),
        ),
        migrations.RunPython(credit, migrations.RunPython.noop),
    ]
