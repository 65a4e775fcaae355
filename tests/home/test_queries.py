"""How many SQL queries a page asks at its second request, and that the number does not grow with what it lists."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

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
)
from home.models import EventPage, GoodPracticePage, NewsPage, ProjectPage
from pledges.factories import (
    AssessmentFactory,
    EditionFactory,
    HubFactory,
    KeyDateFactory,
    MandateFactory,
    MunicipalityFactory,
    PledgeFactory,
)
from tests.home.content import block, document, heading, many_pages, picture, text

pytestmark = pytest.mark.django_db

FEW, MANY = 10, 1000


def queries(client: Client, path: str) -> int:
    """At the second request: what a process keeps (menu, locales, sizes of pictures) is there."""
    assert client.get(path).status_code == 200
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def rich_body(links: list[int], pictures: int = 3) -> list[dict[str, Any]]:
    """Every block, with several pictures and links to other pages."""
    linked = "".join(f'<p><a linktype="page" id="{pk}">stran</a></p>' for pk in links)
    file = document()
    return [
        *(text(linked) for _repeat in range(3)),
        heading("Razdelek"),
        *(
            block("image", image=picture(f"slika-{number}").pk, alt_text="", decorative=False, caption="", credit="")
            for number in range(pictures)
        ),
        block("quote", quote="Beseda", attribution="", url=""),
        block("list", kind="bullets", items=["ena", "dva"]),
        block("steps", steps=[{"heading": "Prvi", "text": "<p>a</p>"}]),
        block("downloads", documents=[{"document": file.pk, "title": "", "note": ""}]),
        *(
            block("link_card", title="Video", url="https://example.org/", picture=picture("okvir").pk, description="")
            for _repeat in range(2)
        ),
        block("callout", kind="info", title="", date=None, text="<p>Pozor</p>"),
        block("numbers", numbers=[{"value": None, "unit": "x", "explanation": "", "as_of": None, "source": ""}]),
        block("funding", levels=[{"label": "", "name": "Sklad"}]),
    ]


def test_lists_ask_the_same_at_ten_and_at_a_thousand_rows(client: Client) -> None:
    hub = HubFactory()
    municipality = MunicipalityFactory(code="AJD")
    edition_page = EditionPageFactory(edition=EditionFactory(year=2022), slug="izvedba")
    HomePageFactory(edition_page=edition_page)
    indexes = {
        "/sl/novice/": (
            NewsIndexPageFactory(),
            NewsPage,
            {"date": lambda number: dt.date(2019, 1, 1) + dt.timedelta(number % 300), "hub": hub},
        ),
        "/sl/projekti/": (ProjectIndexPageFactory(), ProjectPage, {"start": dt.date(2020, 1, 1)}),
        "/sl/dogodki/": (
            EventIndexPageFactory(),
            EventPage,
            {"municipality": municipality, "hub": hub, "edition_id": edition_page.edition_id},
        ),
        "/sl/dobre-prakse/": (
            GoodPracticeIndexPageFactory(),
            GoodPracticePage,
            {"municipality": municipality, "hub": hub, "year": 2024},
        ),
    }
    paths = [*indexes, "/sl/", "/sl/izvedba/", "/sl/novice/?year=2019&page=2", f"/sl/novice/?hub={hub.slug}"]
    paths += ["/sl/novice/newspage-5/", "/sl/novice/newspage-5/?from=year%3D2019", "/sl/projekti/projectpage-5/"]

    def measure(count: int) -> dict[str, int]:
        for index, model, values in indexes.values():
            index.refresh_from_db()
            many_pages(index, model, count - index.numchild, **values)
        return {path: queries(client, path) for path in paths}

    few = measure(FEW)
    many = measure(MANY)
    # A list of one page has no second one to count: nothing else may differ.
    assert many == few
    assert max(few[path] for path in indexes) <= 10
    assert few["/sl/"] <= 12


def test_home_with_records_stays_within_twelve(client: Client) -> None:
    edition = EditionFactory(year=2022)
    for month in (9, 10, 11):
        KeyDateFactory(edition=edition, date=dt.date(2030, month, 1))
    pledges = [PledgeFactory(published=True, programme__candidacy__edition=edition) for _repeat in range(4)]
    for pledge in pledges:
        AssessmentFactory(pledge=pledge, published=True)
        MandateFactory(candidacy=pledge.programme.candidacy)
    hub = HubFactory()
    for number in range(4):
        NewsPageFactory(date=dt.date(2026, 1, 1 + number), hub=hub)
    body = rich_body([])[3:5]
    HomePageFactory(edition_page=EditionPageFactory(edition=edition, slug="sola"), lead="Uvod.")
    assert queries(client, "/sl/") <= 12
    html = client.get("/sl/").content.decode()
    assert 'class="row row-log"' in html
    assert 'class="bar"' in html
    # Pictures of the editors' own sections come on top: two queries, however many there are.
    HomePageFactory(body=body)
    assert queries(client, "/sl/") <= 14


@pytest.mark.parametrize("make", ["article", "project", "event", "edition", "initiatives", "standard"])
def test_pages_with_all_they_can_show_stay_within_sixteen(
    client: Client, make: str, record_property: Callable[[str, object], None]
) -> None:
    hub = HubFactory()
    image = picture("naslovnica")
    project = ProjectPageFactory(slug="projekt")
    others = [StandardPageFactory(slug=f"stran-{number}") for number in range(5)]
    body = rich_body([page.pk for page in others])
    edition = EditionFactory(year=2022)
    common: dict[str, Any] = {"slug": "polna", "body": body, "search_image": image}
    if make == "article":
        for number in range(3):
            NewsPageFactory(date=dt.date(2019, 5, 30 - number), hub=hub)
        NewsPageFactory(**common, date=dt.date(2019, 5, 29), hub=hub, project=project, funding_text="<p>EU</p>")
        path = "/sl/novice/polna/?from=year%3D2019%26page%3D2"
    elif make == "project":
        ProjectPageFactory(**common, start=dt.date(2020, 1, 1), funding_text="<p>EU</p>")
        path = "/sl/projekti/polna/"
    elif make == "event":
        event = EventPageFactory(
            **common, hub=hub, municipality=MunicipalityFactory(code="AJD"), start_date=dt.date(2026, 9, 28)
        )
        for number in range(15):
            EventPageFactory(parent=event, slug=f"kraj-{number}", hub=hub)
        path = "/sl/dogodki/polna/"
    elif make == "edition":
        EditionPageFactory(**common, edition=edition)
        EditionPageFactory(edition=EditionFactory(year=2018), slug="starejsa")
        for number in range(5):
            EventPageFactory(slug=f"dogodek-{number}", edition=edition, hub=hub)
        path = "/sl/polna/"
    elif make == "initiatives":
        InitiativesPageFactory(**common, intro=body)
        path = "/sl/polna/"
    else:
        StandardPageFactory(**common)
        path = "/sl/polna/"
    count = queries(client, path)
    record_property("queries", count)
    assert count <= 16
