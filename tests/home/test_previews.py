"""Editors see what they are about to publish: drafts, and pages that are not saved yet."""

import pytest
from django.utils.translation import override
from wagtail.models import Page

from home.factories import (
    EditionPageFactory,
    EventIndexPageFactory,
    EventPageFactory,
    GoodPracticeIndexPageFactory,
    HomePageFactory,
    InitiativesPageFactory,
    NewsIndexPageFactory,
    NewsPageFactory,
    ProjectIndexPageFactory,
    ProjectPageFactory,
    StandardPageFactory,
    home_page,
)
from home.models import EventPage, GoodPracticePage, NewsPage, ProjectPage, StandardPage
from pledges.factories import EditionFactory, HubFactory
from tests.home.content import text

pytestmark = pytest.mark.django_db


def preview(page: Page) -> str:
    response = page.make_preview_request()
    assert response.status_code == 200
    if hasattr(response, "render"):
        response.render()
    return response.content.decode()


@pytest.mark.parametrize(
    "make",
    [
        HomePageFactory,
        NewsIndexPageFactory,
        NewsPageFactory,
        ProjectIndexPageFactory,
        ProjectPageFactory,
        EventIndexPageFactory,
        EventPageFactory,
        InitiativesPageFactory,
        StandardPageFactory,
        lambda title: EditionPageFactory(edition=EditionFactory(year=2022), title=title, slug="sola"),
    ],
)
def test_every_page_type_can_be_previewed(make) -> None:
    page = make(title="Objavljeno")
    page.title = "Osnutek naslova"
    page.save_revision()
    assert "Osnutek naslova</h1>" in preview(page.get_latest_revision_as_object())


def test_a_draft_in_another_language() -> None:
    en = HomePageFactory(language="en")
    page = StandardPageFactory(parent=en, slug="about", title="About us", live=False)
    with override("sl"):
        html = preview(page)
    assert "About us</h1>" in html
    assert '<html lang="en">' in html


@pytest.mark.parametrize(
    ("parent", "model", "values"),
    [
        (NewsIndexPageFactory, NewsPage, {"body": [("text", {"text": "<p>Besedilo</p>"})]}),
        (ProjectIndexPageFactory, ProjectPage, {}),
        (EventIndexPageFactory, EventPage, {}),
        (GoodPracticeIndexPageFactory, GoodPracticePage, {"year": 2024}),
        (home_page, StandardPage, {"body": [("text", {"text": "<p>Besedilo</p>"})]}),
    ],
)
def test_a_page_that_is_not_saved_yet(parent, model: type[Page], values: dict[str, object]) -> None:
    above = parent()
    page = model(title="Nova stran", slug="nova", locale=above.locale, **values)
    # As the admin does for a page that is being written for the first time.
    page.depth = above.depth + 1
    page.path = page._get_path(above.path, page.depth, 1)
    page.set_url_path(above)
    if model is NewsPage:
        page.hub = HubFactory()
    assert "Nova stran</h1>" in preview(page)


def test_the_preview_of_a_change_keeps_the_published_page() -> None:
    page = StandardPageFactory(title="Prvotno", body=[text("<p>Staro</p>")])
    page.body = [("text", {"text": "<p>Novo</p>"})]
    revision = page.save_revision()
    assert "<p>Novo</p>" in preview(revision.as_object())
    assert "Novo" not in str(StandardPage.objects.get(pk=page.pk).body.raw_data[0])
