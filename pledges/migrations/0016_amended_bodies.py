"""The responsible body is frozen with the rest, and amended in public."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("pledges", "0015_amended_readings"),
    ]

    operations = [
        migrations.AlterField(
            model_name="amendment",
            name="part",
            field=models.CharField(
                choices=[
                    ("quote", "quote"),
                    ("quote_prefix", "text before the quote"),
                    ("quote_suffix", "text after the quote"),
                    ("page", "page"),
                    ("paragraph", "paragraph"),
                    ("success_criteria", "success criteria"),
                    ("interpretation", "interpretation"),
                    ("indicator_target", "target of the indicator"),
                    ("responsible_body", "responsible body"),
                ],
                max_length=20,
                verbose_name="what is amended",
            ),
        ),
    ]
