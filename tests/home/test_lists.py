"""The lists of news, projects and events: filters, paging, the way back, and neighbours."""

import datetime as dt
from urllib.parse import quote

import pytest
from django.test import Client
from django.utils import timezone

from home.factories import (
    EventIndexPageFactory,
    EventPageFactory,
    NewsIndexPageFactory,
    NewsPageFactory,
    ProjectIndexPageFactory,
    ProjectPageFactory,
)
from home.models import NewsIndexPage
from pledges.factories import HubFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def index() -> NewsIndexPage:
    return NewsIndexPageFactory()


def titles(html: str, names: list[str]) -> list[str]:
    """Which of these titles a page shows, in the order of the page."""
    html = html.replace("\xa0", " ")
    return sorted((name for name in names if f">{name}</a>" in html), key=lambda name: html.index(f">{name}</a>"))


def test_news_are_newest_first_and_filtered_by_year_and_hub(client: Client, index: NewsIndexPage) -> None:
    hub = HubFactory(slug="gorjanci", name="Stičišče Gorjanci")
    NewsPageFactory(parent=index, title="Starejša", date=dt.date(2019, 5, 31), hub=hub)
    NewsPageFactory(parent=index, title="Novejša", date=dt.date(2020, 1, 2))
    NewsPageFactory(parent=index, title="Druga iz 2019", date=dt.date(2019, 6, 1))
    names = ["Starejša", "Novejša", "Druga iz 2019"]

    assert titles(client.get("/sl/novice/").content.decode(), names) == ["Novejša", "Druga iz 2019", "Starejša"]
    assert titles(client.get("/sl/novice/?year=2019").content.decode(), names) == ["Druga iz 2019", "Starejša"]
    filtered = client.get("/sl/novice/?year=2019&hub=gorjanci").content.decode()
    assert titles(filtered, names) == ["Starejša"]
    assert '<option value="2019" selected>' in filtered
    assert '<option value="gorjanci" selected>' in filtered


@pytest.mark.parametrize(
    "query", ["year=1800", "year=abc", "year=%C2%B2", "year=99999999999", "hub=bogus", "hub=%22%3E%3Cb%3E"]
)
def test_an_unknown_filter_value_is_ignored_and_said(client: Client, index: NewsIndexPage, query: str) -> None:
    NewsPageFactory(parent=index, title="Edina", date=dt.date(2019, 5, 31))
    response = client.get(f"/sl/novice/?{query}")
    html = response.content.decode()
    assert response.status_code == 200
    assert ">Edina</a>" in html
    assert response.context["notices"]
    assert "><b>" not in html
    assert '<link rel="canonical" href="http://testserver/sl/novice/">' in html


def test_the_canonical_address_keeps_known_filters_in_one_order(client: Client, index: NewsIndexPage) -> None:
    HubFactory(slug="gorjanci")
    hub = HubFactory(slug="most")
    for day in range(1, 25):
        NewsPageFactory(parent=index, date=dt.date(2019, 5, day), hub=hub)
    html = client.get("/sl/novice/?utm=x&year=2019&page=2&hub=most").content.decode()
    assert 'rel="canonical" href="http://testserver/sl/novice/?hub=most&amp;year=2019&amp;page=2"' in html
    html = client.get("/sl/novice/?hub=gorjanci").content.decode()
    assert 'rel="canonical" href="http://testserver/sl/novice/"' in html


@pytest.mark.parametrize("page", ["abc", "0", "-1", "99", "1e9", " ", "²"])
def test_any_page_number_is_answered(client: Client, index: NewsIndexPage, page: str) -> None:
    NewsPageFactory(parent=index, title="Edina")
    response = client.get("/sl/novice/", {"page": page})
    assert response.status_code == 200
    assert "Edina" in response.content.decode()


def test_the_back_link_keeps_page_and_filters(client: Client, index: NewsIndexPage) -> None:
    for day in range(1, 25):
        NewsPageFactory(parent=index, title=f"Novica {day:02d}", slug=f"n-{day:02d}", date=dt.date(2019, 5, day))
    NewsPageFactory(parent=index, title="Iz drugega leta", slug="drugo-leto", date=dt.date(2020, 1, 1))

    listed = client.get("/sl/novice/?year=2019&page=2").content.decode()
    link = "/sl/novice/n-04/?from=year%3D2019%26page%3D2"
    assert link in listed
    article = client.get(link).content.decode()
    assert 'href="/sl/novice/?year=2019&amp;page=2"' in article
    assert 'rel="canonical" href="http://testserver/sl/novice/n-04/"' in article
    # Neighbours of the filtered list; they carry the list on.
    assert 'href="/sl/novice/n-05/?from=year%3D2019%26page%3D2" rel="prev"' in article
    assert 'href="/sl/novice/n-03/?from=year%3D2019%26page%3D2" rel="next"' in article
    newest_of_2019 = client.get("/sl/novice/n-24/?from=year%3D2019").content.decode()
    assert 'rel="prev"' not in newest_of_2019
    assert "drugo-leto" not in newest_of_2019
    # Without a list to come from, the neighbours are those of the whole list.
    assert 'href="/sl/novice/drugo-leto/" rel="prev"' in client.get("/sl/novice/n-24/").content.decode()


@pytest.mark.parametrize(
    "came_from",
    [
        "https://evil.example/",
        "//evil.example/",
        "javascript:alert(1)",
        "next=https://evil.example/",
        "year=//evil.example",
        "page=https://evil.example",
        "hub=../../evil.example",
        "%0d%0aLocation:%20//evil.example",
    ],
)
def test_the_back_link_leads_to_the_list_whatever_it_is_told(
    client: Client, index: NewsIndexPage, came_from: str
) -> None:
    NewsPageFactory(parent=index, slug="edina")
    response = client.get(f"/sl/novice/edina/?from={quote(came_from)}")
    html = response.content.decode()
    assert response.status_code == 200
    assert response.context["back_url"] == "/sl/novice/"
    assert "evil" not in html
    assert "javascript:" not in html


def test_neighbours_of_one_day_follow_the_order_of_the_list(client: Client, index: NewsIndexPage) -> None:
    day = dt.date(2019, 5, 31)
    pages = [NewsPageFactory(parent=index, slug=f"isti-dan-{number}", date=day) for number in range(3)]
    listed = client.get("/sl/novice/").content.decode()
    assert listed.index(pages[2].slug) < listed.index(pages[1].slug) < listed.index(pages[0].slug)
    response = client.get("/sl/novice/isti-dan-1/")
    assert response.context["previous_page"] == pages[2]
    assert response.context["next_page"] == pages[0]


def test_a_draft_hub_is_neither_shown_nor_a_filter(client: Client, index: NewsIndexPage) -> None:
    hub = HubFactory(slug="skrito", name="Skrivno stičišče", published_at=None)
    NewsPageFactory(parent=index, slug="novica", hub=hub)
    for path in ("/sl/novice/", "/sl/novice/novica/", "/sl/novice/?hub=skrito", "/sl/"):
        html = client.get(path).content.decode()
        assert "Skrivno" not in html
        assert "hub=skrito" not in html


def test_news_say_when_there_are_none(client: Client, index: NewsIndexPage) -> None:
    assert 'class="empty"' in client.get("/sl/novice/").content.decode()


def test_projects_are_current_or_archived(client: Client) -> None:
    index = ProjectIndexPageFactory()
    ProjectPageFactory(parent=index, title="Teče", slug="tece", start=dt.date(2020, 1, 1))
    ProjectPageFactory(parent=index, title="Brez datumov", slug="brez")
    ProjectPageFactory(parent=index, title="Končan", slug="koncan", end=dt.date(2015, 6, 30))
    ProjectPageFactory(parent=index, title="Zaprt", slug="zaprt", start=dt.date(2021, 1, 1), archived=True)
    names = ["Teče", "Brez datumov", "Končan", "Zaprt"]
    assert titles(client.get("/sl/projekti/").content.decode(), names) == ["Teče", "Brez datumov"]
    archived = client.get("/sl/projekti/?state=archived").content.decode()
    assert titles(archived, names) == ["Zaprt", "Končan"]
    assert "/sl/projekti/koncan/?from=state%3Darchived" in archived
    assert client.get("/sl/projekti/?state=bogus").context["notices"]

    page = client.get("/sl/projekti/koncan/")
    assert page.context["back_url"] == "/sl/projekti/?state=archived"
    assert page.context["previous_page"].slug == "zaprt"
    assert page.context["next_page"] is None
    assert 'class="notice notice-warn"' in page.content.decode()
    running = client.get("/sl/projekti/tece/")
    assert running.context["back_url"] == "/sl/projekti/"
    assert running.context["next_page"].slug == "brez"
    assert 'class="notice' not in running.content.decode()


def test_a_project_ends_with_its_last_day(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    project = ProjectPageFactory(end=dt.date(2026, 2, 3))
    monkeypatch.setattr("zaveza.clock.now", lambda: dt.datetime(2026, 2, 3, 22, 59, tzinfo=dt.UTC))
    assert not project.is_archived
    monkeypatch.setattr("zaveza.clock.now", lambda: dt.datetime(2026, 2, 3, 23, 1, tzinfo=dt.UTC))
    assert project.is_archived


def test_events_are_upcoming_or_past(client: Client) -> None:
    index = EventIndexPageFactory(empty_text="Naročite obvestilo.")
    assert "Naročite obvestilo." in client.get("/sl/dogodki/").content.decode()
    today = timezone.localdate()
    day = EventPageFactory(parent=index, title="Čez teden", slug="tezen", start_date=today + dt.timedelta(7))
    EventPageFactory(parent=index, title="Še traja", start_date=today - dt.timedelta(2), end_date=today)
    EventPageFactory(parent=index, title="Brez dneva")
    EventPageFactory(parent=index, title="Mimo", slug="mimo", start_date=dt.date(2020, 1, 1))
    EventPageFactory(parent=day, title="Lokacija v kraju", slug="kraj", start_date=today + dt.timedelta(7))
    names = ["Čez teden", "Še traja", "Brez dneva", "Mimo", "Lokacija v kraju"]
    assert titles(client.get("/sl/dogodki/").content.decode(), names) == ["Še traja", "Čez teden", "Brez dneva"]
    assert titles(client.get("/sl/dogodki/?when=past").content.decode(), names) == ["Mimo"]
    assert titles(client.get("/sl/dogodki/tezen/").content.decode(), names) == ["Lokacija v kraju"]
    location = client.get("/sl/dogodki/tezen/kraj/")
    assert location.context["back_url"] == "/sl/dogodki/tezen/"
    assert client.get("/sl/dogodki/mimo/?from=when%3Dpast").context["back_url"] == "/sl/dogodki/?when=past"
