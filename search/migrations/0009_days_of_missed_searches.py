"""On how many days a search found nothing: only what several days ask for is shown."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0008_followed_until")]

    operations = [
        migrations.AddField(
            model_name="missedquery",
            name="days",
            field=models.PositiveIntegerField(default=1, verbose_name="on different days"),
        ),
    ]
