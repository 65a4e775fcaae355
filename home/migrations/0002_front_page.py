"""An empty front page in place of Wagtail's welcome page, and the four languages.

Without it a new site would answer its first visitor with an error: the welcome page has no template here.
"""

import uuid

from django.conf import settings
from django.db import migrations


def create_front_page(apps, schema_editor):
    content_type_model = apps.get_model("contenttypes", "ContentType")
    locale_model = apps.get_model("wagtailcore", "Locale")
    page_model = apps.get_model("wagtailcore", "Page")
    site_model = apps.get_model("wagtailcore", "Site")
    home_model = apps.get_model("home", "HomePage")
    for code, _name in settings.LANGUAGES:
        locale_model.objects.get_or_create(language_code=code)
    if home_model.objects.exists():
        return
    site_model.objects.filter(root_page__depth=2, root_page__content_type__model="page").delete()
    page_model.objects.filter(depth=2, content_type__model="page", numchild=0).delete()
    root = page_model.objects.filter(depth=1).first()
    if root is None:
        return
    content_type, _created = content_type_model.objects.get_or_create(app_label="home", model="homepage")
    used = set(page_model.objects.filter(depth=2).values_list("path", flat=True))
    path = next(step for step in (f"{root.path}{number:04d}" for number in range(1, 10)) if step not in used)
    home = home_model.objects.create(
        title="Zaveza",
        draft_title="Zaveza",
        slug="zaveza",
        url_path="/zaveza/",
        path=path,
        depth=2,
        numchild=0,
        live=True,
        translation_key=uuid.uuid4(),
        locale=locale_model.objects.get(language_code=settings.LANGUAGE_CODE),
        content_type=content_type,
    )
    root.numchild = page_model.objects.filter(depth=2).count()
    root.save(update_fields=["numchild"])
    site_model.objects.get_or_create(
        hostname="localhost",
        port=80,
        defaults={"root_page_id": home.pk, "is_default_site": True, "site_name": "Zaveza"},
    )


class Migration(migrations.Migration):
    dependencies = [("home", "0001_initial"), ("contenttypes", "0002_remove_content_type_name")]

    operations = [
        # The front page may have become an editor's own by the time somebody goes back: it is left alone.
        migrations.RunPython(create_front_page, migrations.RunPython.noop)
    ]
