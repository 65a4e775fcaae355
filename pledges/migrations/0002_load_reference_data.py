"""The 12 regions and 212 municipalities, so that a new database can be worked in at once."""

from django.db import migrations

from pledges import reference


def load(apps, schema_editor):
    reference.load(apps.get_model("pledges", "Region"), apps.get_model("pledges", "Municipality"))


def unload(apps, schema_editor):
    """Take the rows out again; refused by the database's own rules where records point to them."""
    municipalities = [row["iso_code"] for row in reference.rows("municipalities")]
    regions = [row["nuts3"] for row in reference.rows("regions")]
    apps.get_model("pledges", "Municipality").objects.filter(iso_code__in=municipalities).delete()
    apps.get_model("pledges", "Region").objects.filter(nuts3__in=regions).delete()


class Migration(migrations.Migration):
    dependencies = [("pledges", "0001_initial")]

    operations = [migrations.RunPython(load, unload)]
