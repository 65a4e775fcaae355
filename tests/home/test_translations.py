"""Languages: translated, not translated, and translated with wagtail-localize."""

import pytest
from django.test import Client
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from home.factories import (
    EditionPageFactory,
    HomePageFactory,
    NewsIndexPageFactory,
    NewsPageFactory,
    ProjectIndexPageFactory,
    ProjectPageFactory,
    StandardPageFactory,
    home_page,
)
from home.models import NewsPage, StandardPage
from pledges.factories import EditionFactory
from tests.home.content import read, text

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/ka/", "/en/"])
def test_a_language_without_a_home_page_leads_to_where_the_text_is(client: Client, path: str) -> None:
    home_page()
    response = client.get(path)
    assert response.status_code == 302
    assert response["Location"] == f"/sl/?untranslated={path.strip('/')}"
    arrived = client.get(response["Location"])
    assert arrived.status_code == 200
    assert len(arrived.context["notices"]) == 1
    assert 'rel="canonical" href="http://testserver/sl/"' in arrived.content.decode()


def test_a_draft_home_page_is_no_home_page(client: Client) -> None:
    home_page()
    HomePageFactory(language="ka", title="სამუშაო ვერსია", live=False)
    assert client.get("/ka/").status_code == 302


@pytest.mark.parametrize("value", ["xx", "sl", "<b>", "ka%00"])
def test_the_notice_of_a_missing_translation_cannot_be_made_up(client: Client, value: str) -> None:
    home_page()
    response = client.get(f"/sl/?untranslated={value}")
    assert response.status_code in (200, 400)
    if response.status_code == 200:
        assert response.context["notices"] == []


def test_a_page_below_a_language_that_has_no_home_page(client: Client) -> None:
    StandardPageFactory(slug="o-nas")
    response = client.get("/pl/o-nas/")
    assert (response.status_code, response["Location"]) == (302, "/sl/o-nas/?untranslated=pl")
    HomePageFactory(language="pl")
    assert client.get("/pl/o-nas/").status_code == 404


def test_the_root_leads_to_the_readers_language(client: Client) -> None:
    home_page()
    for header, path in (("ka,en;q=0.5", "/ka/"), ("de", "/sl/"), ("", "/sl/"), ("pl-PL", "/pl/")):
        response = client.get("/", headers={"accept-language": header})
        assert (response.status_code, response["Location"]) == (302, path)
        assert "Accept-Language" in response["Vary"]


def test_alternates_are_the_published_translations_only(client: Client) -> None:
    page = StandardPageFactory(slug="o-nas")
    en, ka, pl = (HomePageFactory(language=code) for code in ("en", "ka", "pl"))
    StandardPageFactory(parent=en, translation_of=page, title="About")
    StandardPageFactory(parent=ka, translation_of=page, title="osnutek", live=False)
    page.create_alias(parent=pl, update_locale=pl.locale)
    html = read(client, "/sl/o-nas/")
    assert 'hreflang="en" href="http://testserver/en/o-nas/"' in html
    assert 'hreflang="ka" href=' not in html
    assert 'hreflang="pl" href=' not in html


def test_an_alias_names_the_original_as_its_address(client: Client) -> None:
    page = StandardPageFactory(slug="o-nas")
    pl = HomePageFactory(language="pl")
    page.create_alias(parent=pl, update_locale=pl.locale)
    response = client.get("/pl/o-nas/")
    assert response.status_code == 200
    assert 'rel="canonical" href="http://testserver/sl/o-nas/"' in response.content.decode()


def test_related_pages_are_shown_in_the_language_of_the_page(client: Client) -> None:
    project = ProjectPageFactory(slug="projekt", title="Slovenski projekt")
    news = NewsPageFactory(slug="novica", project=project)
    en = HomePageFactory(language="en")
    en_news = NewsIndexPageFactory(parent=en, translation_of=news.get_parent())
    NewsPageFactory(parent=en_news, translation_of=news, project=project)
    assert 'href="/sl/projekti/projekt/"' in read(client, "/en/novice/novica/")
    en_projects = ProjectIndexPageFactory(parent=en, translation_of=project.get_parent())
    ProjectPageFactory(parent=en_projects, translation_of=project, title="English project")
    html = read(client, "/en/novice/novica/")
    assert 'href="/en/projekti/projekt/"' in html
    assert "Slovenski projekt" not in html


def test_home_shows_the_edition_in_its_own_language_or_the_source(client: Client) -> None:
    edition_page = EditionPageFactory(edition=EditionFactory(year=2022), slug="sola", title="Šola 2022")
    HomePageFactory(edition_page=edition_page)
    en = HomePageFactory(language="en", edition_page=edition_page)
    html = read(client, "/en/")
    assert 'href="/sl/sola/"' in html
    assert 'lang="sl">Šola 2022</h2>' in html
    EditionPageFactory(parent=en, translation_of=edition_page, edition=edition_page.edition, title="School 2022")
    assert 'href="/en/sola/"' in read(client, "/en/")


def translate(page: StandardPage | NewsPage, language: str, words: dict[str, str]) -> None:
    """As an editor would: submit, translate string by string, publish."""
    source, _created = TranslationSource.get_or_create_from_instance(page)
    translation = Translation.objects.create(source=source, target_locale=Locale.objects.get(language_code=language))
    for segment in source.stringsegment_set.select_related("string", "context"):
        StringTranslation.objects.create(
            translation_of=segment.string,
            locale=translation.target_locale,
            context=segment.context,
            data=words[segment.string.data],
            translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
        )
    translation.save_target()


def test_a_page_is_translated_string_by_string(
    client: Client,
    django_capture_on_commit_callbacks,
) -> None:
    page = StandardPageFactory(slug="o-nas", title="O nas", lead="Kdo smo", body=[text("<p>Stičišča</p>")])
    HomePageFactory(language="ka")
    with django_capture_on_commit_callbacks(execute=True):
        translate(page, "ka", {"O nas": "ჩვენ შესახებ", "Kdo smo": "ვინ ვართ", "Stičišča": "ცენტრები"})
    response = client.get("/ka/o-nas/")
    html = response.content.decode()
    assert response.status_code == 200
    assert "<h1>ჩვენ შესახებ</h1>" in html
    assert "<p>ცენტრები</p>" in html
    assert "Stičišča" not in html
