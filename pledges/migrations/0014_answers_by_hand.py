"""An answer that somebody entered by hand says how it came, why, and (within the house) who entered it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("pledges", "0013_erasable_declarations"),
    ]

    operations = [
        migrations.AddField(
            model_name="reply",
            name="channel",
            field=models.CharField(
                blank=True,
                choices=[
                    ("post", "by post"),
                    ("email", "by e-mail"),
                    ("phone", "by telephone"),
                    ("in_person", "in person"),
                    ("other", "in another way"),
                ],
                default="",
                max_length=10,
                verbose_name="how it came",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="reply",
            name="entered_why",
            field=models.CharField(
                blank=True,
                default="",
                help_text="Readers see it beside the answer. No addresses, no names of private persons.",
                max_length=255,
                verbose_name="why it was entered by hand",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="reply",
            name="entered_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="entered_replies",
                to=settings.AUTH_USER_MODEL,
                verbose_name="entered by",
            ),
        ),
    ]
