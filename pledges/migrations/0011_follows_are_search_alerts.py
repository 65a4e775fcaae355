"""Following is a matter of the search now (`search.SearchAlert`); nothing was ever written here."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("pledges", "0010_exchange"),
    ]

    operations = [
        migrations.DeleteModel(name="Subscription"),
    ]
