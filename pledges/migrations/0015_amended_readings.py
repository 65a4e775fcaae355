"""The interpretation and the target of the indicator are frozen with the rest, and amended in public."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("pledges", "0014_answers_by_hand"),
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
                ],
                max_length=20,
                verbose_name="what is amended",
            ),
        ),
    ]
