"""Nothing that is a draft or restricted shows anywhere but to those who may see it."""

import datetime as dt

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from home.documents import EventSource, NewsSource, PlainPageSource, ProjectSource
from home.factories import (
    EditionPageFactory,
    EventPageFactory,
    HomePageFactory,
    NewsIndexPageFactory,
    NewsPageFactory,
    ProjectPageFactory,
    StandardPageFactory,
    home_page,
)
from pledges.factories import EditionFactory
from tests.home.content import text

pytestmark = pytest.mark.django_db

SECRET = "nezaslisano"


def crawl(client: Client, *paths: str) -> str:
    return "".join(client.get(path).content.decode() for path in paths)


@pytest.fixture
def site_with_drafts() -> None:
    index = NewsIndexPageFactory()
    secret_news = NewsPageFactory(parent=index, slug=SECRET, title=SECRET, date=dt.date(2019, 5, 30), live=False)
    secret_project = ProjectPageFactory(slug=f"{SECRET}-projekt", title=SECRET, live=False)
    link = f'<p><a linktype="page" id="{secret_news.pk}">beseda</a></p>'
    NewsPageFactory(parent=index, slug="javna", date=dt.date(2019, 5, 31), project=secret_project, body=[text(link)])
    NewsPageFactory(parent=index, slug="starejsa", date=dt.date(2019, 5, 29))
    edition = EditionFactory(year=2022)
    EventPageFactory(slug=f"{SECRET}-dogodek", title=SECRET, edition=edition, live=False)
    EditionPageFactory(edition=edition, slug="sola")
    secret_edition = EditionPageFactory(
        edition=EditionFactory(year=2018), slug=f"{SECRET}-izvedba", title=SECRET, live=False
    )
    HomePageFactory(edition_page=secret_edition)
    StandardPageFactory(slug=f"{SECRET}-stran", title=SECRET, live=False)


PATHS = (
    "/sl/",
    "/sl/novice/",
    "/sl/novice/javna/",
    "/sl/novice/starejsa/",
    "/sl/projekti/",
    "/sl/projekti/?state=archived",
    "/sl/dogodki/",
    "/sl/sola/",
    "/sitemap.xml",
)


def test_drafts_are_nowhere(client: Client, site_with_drafts: None) -> None:
    html = crawl(client, *PATHS)
    assert SECRET not in html
    assert "beseda" in html
    for path in (f"/sl/novice/{SECRET}/", f"/sl/projekti/{SECRET}-projekt/", f"/sl/{SECRET}-stran/"):
        assert client.get(path).status_code == 404
    for source in (NewsSource(), ProjectSource(), EventSource(), PlainPageSource()):
        assert not [document for document in source.documents(source.queryset()) if SECRET in str(document)]


def test_an_unpublished_change_is_not_shown(client: Client) -> None:
    page = StandardPageFactory(slug="o-nas", title="O nas")
    page.title = SECRET
    page.save_revision()
    assert SECRET not in crawl(client, "/sl/o-nas/", "/sl/", "/sitemap.xml")


def test_a_restricted_branch_is_in_no_list(client: Client) -> None:
    index = NewsIndexPageFactory()
    NewsPageFactory(parent=index, slug="javna", date=dt.date(2019, 5, 31))
    hidden = NewsPageFactory(parent=index, slug=SECRET, title=SECRET, date=dt.date(2019, 5, 30))
    PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
    assert SECRET not in crawl(client, "/sl/", "/sl/novice/", "/sl/novice/javna/", "/sitemap.xml")
    response = client.get(f"/sl/novice/{SECRET}/")
    assert response.status_code == 302
    assert "login" in response["Location"]
    assert SECRET not in str(list(NewsSource().documents(NewsSource().queryset())))


def test_a_restriction_above_a_page_holds_for_it(client: Client) -> None:
    parent = StandardPageFactory(slug="interno")
    StandardPageFactory(parent=parent, slug="zapisnik", title=SECRET)
    PageViewRestriction.objects.create(page=parent, restriction_type=PageViewRestriction.LOGIN)
    assert client.get("/sl/interno/zapisnik/").status_code == 302
    assert SECRET not in crawl(client, "/sitemap.xml")


def test_an_alias_is_as_restricted_as_its_source(client: Client) -> None:
    source = StandardPageFactory(slug="interno", title=SECRET)
    source.create_alias(parent=home_page(), update_slug="kopija")
    PageViewRestriction.objects.create(page=source, restriction_type=PageViewRestriction.LOGIN)
    assert client.get("/sl/kopija/").status_code == 302


def test_a_page_with_an_end_is_gone_after_it(client: Client) -> None:
    page = StandardPageFactory(slug="zacasno")
    page.unpublish()
    assert client.get("/sl/zacasno/").status_code == 404


def test_page_of_an_edition_that_is_not_published_tells_nothing_of_it(client) -> None:
    """Neither its own page nor the tabs of another edition's page show the year or the state of a draft edition."""
    hidden = EditionFactory(year=2030, published_at=None, state="archived")
    page = EditionPageFactory(edition=hidden, title="Naslednja šola", slug="naslednja")
    other = EditionPageFactory(edition=EditionFactory(year=2022), title="Šola", slug="sola")
    assert "2030" not in client.get(other.url).content.decode()
    own = client.get(page.url).content.decode()
    assert "2030" not in own
    assert "notice-warn" not in own
