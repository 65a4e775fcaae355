"""How far the passing of time has been followed: what becomes public by it is indexed by the scheduled jobs."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0007_following")]

    operations = [
        migrations.AddField(
            model_name="indexstate",
            name="followed_until",
            field=models.DateTimeField(
                blank=True, null=True, verbose_name="records that became public until then are indexed"
            ),
        ),
    ]
