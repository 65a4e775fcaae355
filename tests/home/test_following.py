"""Lists of pages are followed as the search that finds the same."""

import csv
import datetime as dt
import io
import re
from html import unescape
from xml.etree import ElementTree

import pytest
from django.test import Client

from home.factories import (
    EventIndexPageFactory,
    EventPageFactory,
    HomePageFactory,
    NewsIndexPageFactory,
    NewsPageFactory,
    ProjectIndexPageFactory,
    ProjectPageFactory,
)
from pledges.factories import HubFactory
from search import services

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def links(client: Client, address: str) -> dict[str, str]:
    """The addresses by which a page is followed."""
    main = client.get(address).text.partition("<main")[2]
    found = {}
    for name in ("follow/search/", "feed.atom", "hits.csv"):
        match = re.search(rf'href="([^"]*/search/{re.escape(name)}[^"]*)"', main)
        assert match, name
        found[name] = unescape(match[1])
    return found


def followed(client: Client, address: str) -> set[str]:
    """What the feed and the table of a page hold, which must be the same; the form must open."""
    found = links(client, address)
    feed = ElementTree.fromstring(client.get(found["feed.atom"]).content)  # noqa: S314 - ours
    titles = {entry.findtext(f"{ATOM}title") or "" for entry in feed.findall(f"{ATOM}entry")}
    table = b"".join(client.get(found["hits.csv"]).streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(table)))
    assert {row[2] for row in rows[rows.index([]) + 2 :]} == titles
    assert client.get(found["follow/search/"]).status_code == 200
    return titles


@pytest.fixture
def lists() -> None:
    # This hub watches no municipality.
    hub = HubFactory(slug="burja", name="Burja")
    news, events = NewsIndexPageFactory(), EventIndexPageFactory()
    NewsPageFactory(parent=news, title="Lani", slug="lani", date=dt.date(2025, 5, 31), hub=hub)
    NewsPageFactory(parent=news, title="Letos", slug="letos", date=dt.date(2026, 1, 2), hub=hub)
    NewsPageFactory(parent=news, title="Od drugod", slug="od-drugod", date=dt.date(2026, 1, 3))
    EventPageFactory(parent=events, title="Lanski dan", slug="lanski", start_date=dt.date(2025, 9, 28))
    EventPageFactory(parent=events, title="Dan brez datuma", slug="brez")
    ProjectPageFactory(parent=ProjectIndexPageFactory(), title="Projekt", slug="projekt")
    HomePageFactory(language="en")
    services.rebuild()


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", {"Lani", "Letos", "Od drugod"}),
        ("?year=2026", {"Letos", "Od drugod"}),
        ("?hub=burja", {"Lani", "Letos"}),
        ("?hub=burja&year=2025&page=1", {"Lani"}),
        ("?hub=nobody", {"Lani", "Letos", "Od drugod"}),
    ],
)
def test_news_with_their_filters(client: Client, lists: None, query: str, titles: set[str]) -> None:
    assert followed(client, f"/sl/novice/{query}") == titles


def test_events_and_projects_are_followed_whole_and_it_is_said(client: Client, lists: None) -> None:
    for query in ("", "?when=past"):
        assert followed(client, f"/sl/dogodki/{query}") == {"Lanski dan", "Dan brez datuma"}
        assert "Vsi dogodki, prihodnji in pretekli:" in client.get(f"/sl/dogodki/{query}").text.replace("\xa0", " ")
    assert followed(client, "/sl/projekti/?state=archived") == {"Projekt"}


def test_the_search_keeps_the_year_and_shows_it(client: Client, lists: None) -> None:
    page = client.get("/sl/search/?type=news&year=2025")
    assert [hit.id for hit in page.context["results"].hits]
    assert page.context["results"].total == 1
    assert [chip.label for chip in page.context["chips"]][-1] == "2025"
    assert '<input type="hidden" name="year" value="2025">' in page.text
    for wrong in ("20", "abcd", "٢٠٢٥", "99999"):
        assert client.get(f"/sl/search/feed.atom?year={wrong}").status_code == 400, wrong
