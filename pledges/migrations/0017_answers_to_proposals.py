"""What became of a proposal is called an answer to it, as readers see it."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("pledges", "0016_amended_bodies"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="proposaluptake",
            options={"verbose_name": "answer to a proposal", "verbose_name_plural": "answers to proposals"},
        ),
    ]
