"""The synonyms that a new site begins with."""

from django.db import migrations

from search import reference


def load(apps, schema_editor):
    reference.load(apps.get_model("search", "SearchSynonym"))


def unload(apps, schema_editor):
    words = [words for words, _related in reference.groups()]
    apps.get_model("search", "SearchSynonym").objects.filter(words__in=words).delete()


class Migration(migrations.Migration):
    dependencies = [("search", "0003_vocabulary")]

    operations = [migrations.RunPython(load, unload)]
