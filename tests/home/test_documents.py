"""What of the pages can be searched, and that the index follows them."""

import datetime as dt
from urllib.parse import unquote

import pytest

from home import documents
from home.factories import (
    EditionPageFactory,
    EventPageFactory,
    GoodPracticePageFactory,
    HomePageFactory,
    InitiativesPageFactory,
    NewsPageFactory,
    ProjectPageFactory,
    StandardPageFactory,
    home_page,
)
from pledges.factories import EditionFactory, HubFactory, MunicipalityFactory, TopicFactory
from search import services
from search.facets import facet_values
from search.models import SearchEntry
from search.registry import sources
from search.services import ticks
from tests.home.content import block, heading, picture, text
from zaveza import clock

pytestmark = pytest.mark.django_db


def only(source: documents.PageSource) -> documents.SearchDocument:
    found = list(source.documents(source.queryset()))
    assert len(found) == 1
    return found[0]


def test_every_page_type_is_searched() -> None:
    searched = {source.model for source in sources().values()} | set(documents.PLAIN_PAGES)
    from tests.home.test_pages import PAGE_TYPES

    assert set(PAGE_TYPES) <= searched


def test_an_article_is_one_document() -> None:
    hub = HubFactory(slug="gorjanci", name="Stičišče Gorjanci")
    page = NewsPageFactory(
        slug="porocilo",
        title="Teden projekta",
        lead="Pet organizacij.",
        date=dt.date(2019, 5, 31),
        hub=hub,
        places="Novo mesto",
        body=[
            heading("Cilji", note="Ob robu"),
            text("<p>Prvi <b>odstavek</b>.</p><p>Drugi &amp; tretji.</p><ul><li>točka</li></ul>"),
            block("list", kind="letters", items=["analiza potreb", "priročnik"]),
            block("quote", quote="Solidarity", attribution="Ana Primer", url="https://example.org/skrito"),
        ],
        funding_text="<p>Evropa za državljane</p>",
    )
    found = only(documents.NewsSource())
    assert found.id == f"page-{page.translation_key}-sl"
    assert (found.type, found.language, found.title, found.url) == (
        "news",
        "sl",
        "Teden projekta",
        "/sl/novice/porocilo/",
    )
    assert found.date == dt.date(2019, 5, 31)
    assert found.facets == {"hub": ["gorjanci"], "year": ["2019"]}
    assert found.data == {"hub": "Stičišče Gorjanci"}
    for words in (
        "Pet organizacij.",
        "Novo mesto",
        "Cilji Ob robu",
        "Prvi odstavek. Drugi & tretji. točka",
        "analiza potreb priročnik",
        "Solidarity Ana Primer",
        "Evropa za državljane",
    ):
        assert words in found.body
    # Not words of the page: addresses, kinds of lists, levels of headings.
    for noise in ("example.org", "letters", "porocilo", "<"):
        assert noise not in found.body


def test_an_event_is_found_by_place_and_edition() -> None:
    municipality = MunicipalityFactory(code="AJD")
    EventPageFactory(
        slug="dan", municipality=municipality, edition=EditionFactory(year=2022), start_date=dt.date(2026, 9, 28)
    )
    found = only(documents.EventSource())
    assert found.facets == {
        "municipality": [municipality.slug],
        "region": [municipality.region.slug],
        "edition": ["2022"],
        "year": ["2026"],
    }
    assert found.data["place"] == municipality.name


def test_a_draft_edition_is_not_named() -> None:
    EditionPageFactory(edition=EditionFactory(year=2030, published_at=None), slug="sola", title="Šola")
    found = only(documents.EditionSource())
    assert (found.facets, found.data) == ({}, {})


def test_pages_of_other_languages_have_their_language() -> None:
    ka = HomePageFactory(language="ka", title="ზავეზა")
    InitiativesPageFactory(
        parent=ka, slug="პროგრამა", title="პარტნიორობა", initiatives=[("initiative", {"name": "სასწავლო წრეები"})]
    )
    found = only(documents.InitiativesSource())
    assert found.language == "ka"
    assert unquote(found.url) == "/ka/პროგრამა/"
    assert "სასწავლო წრეები" in found.body


def test_aliases_are_found_where_they_were_written() -> None:
    page = StandardPageFactory(slug="o-nas", title="O nas")
    page.create_alias(parent=home_page(), update_slug="kopija")
    source = documents.PlainPageSource()
    assert [found.url for found in source.documents(source.queryset()) if found.title == "O nas"] == ["/sl/o-nas/"]


def test_a_good_practice_is_narrowed_down_by_place_topic_and_hub() -> None:
    municipality = MunicipalityFactory(code="AJD")
    hub = HubFactory(slug="burja", name="Stičišče Burja")
    GoodPracticePageFactory(municipality=municipality, topic=TopicFactory(code="youth"), hub=hub, year=2024)
    found = only(documents.GoodPracticeSource())
    assert found.facets == {
        "hub": ["burja"],
        "municipality": ["ajdovscina"],
        "region": [municipality.region.slug],
        "topic": ["youth"],
    }
    assert found.data == {"hub": "Stičišče Burja", "place": "Ajdovščina"}


def test_a_good_practice_follows_its_place(django_capture_on_commit_callbacks) -> None:
    municipality = MunicipalityFactory(code="AJD")
    with django_capture_on_commit_callbacks(execute=True):
        GoodPracticePageFactory(municipality=municipality, slug="praksa")
        municipality.name = "Ajdovska"
        municipality.save()
    assert SearchEntry.objects.get(type="practice").data["place"] == "Ajdovska"


def test_reading_a_document_asks_nothing(django_assert_num_queries) -> None:
    StandardPageFactory(
        slug="o-nas",
        body=[block("image", image=picture().pk, alt_text="Opis", decorative=False, caption="Napis", credit="")],
    )
    NewsPageFactory(hub=HubFactory(), project=ProjectPageFactory())
    GoodPracticePageFactory(municipality=MunicipalityFactory(code="AJD"), topic=TopicFactory(), hub=HubFactory())
    home_page().url  # noqa: B018 - the roots of the language trees are kept in the cache
    for source in (
        documents.PlainPageSource(),
        documents.NewsSource(),
        documents.ProjectSource(),
        documents.GoodPracticeSource(),
    ):
        pages = list(source.queryset())
        with django_assert_num_queries(0):
            assert list(source.documents(pages))


def indexed() -> dict[str, str]:
    return dict(SearchEntry.objects.exclude(title="Zaveza").values_list("url", "title"))


def test_the_index_follows_the_pages(django_capture_on_commit_callbacks) -> None:
    def follow() -> object:
        return django_capture_on_commit_callbacks(execute=True)

    with follow():
        parent = StandardPageFactory(slug="o-nas", title="O nas")
        child = StandardPageFactory(parent=parent, slug="ekipa", title="Ekipa")
        StandardPageFactory(slug="osnutek", title="Osnutek", live=False)
    assert indexed() == {"/sl/o-nas/": "O nas", "/sl/o-nas/ekipa/": "Ekipa"}
    with follow():
        child.title = "Naša ekipa"
        draft = child.save_revision()
    assert indexed()["/sl/o-nas/ekipa/"] == "Ekipa"
    with follow():
        draft.publish()
    assert indexed()["/sl/o-nas/ekipa/"] == "Naša ekipa"
    with follow():
        parent.refresh_from_db()
        parent.slug = "kdo-smo"
        parent.save_revision().publish()
    assert indexed() == {"/sl/kdo-smo/": "O nas", "/sl/kdo-smo/ekipa/": "Naša ekipa"}
    with follow():
        child.refresh_from_db()
        child.unpublish()
    assert indexed() == {"/sl/kdo-smo/": "O nas"}
    with follow():
        child.save_revision().publish()
        parent.refresh_from_db()
        parent.delete()
    assert indexed() == {}


def test_the_index_follows_moves_restrictions_and_hubs(django_capture_on_commit_callbacks) -> None:
    from wagtail.models import PageViewRestriction

    def follow() -> object:
        return django_capture_on_commit_callbacks(execute=True)

    with follow():
        target = StandardPageFactory(slug="cilj", title="Cilj")
        page = StandardPageFactory(slug="o-nas", title="O nas")
    with follow():
        page.move(target, pos="last-child")
    assert "/sl/cilj/o-nas/" in indexed()
    with follow():
        restriction = PageViewRestriction.objects.create(page=target, restriction_type=PageViewRestriction.LOGIN)
    assert indexed() == {}
    with follow():
        restriction.delete()
    assert len(indexed()) == 2
    with follow():
        hub = HubFactory(name="Staro ime")
        NewsPageFactory(slug="novica", hub=hub)
    with follow():
        hub.name = "Novo ime"
        hub.save()
    assert SearchEntry.objects.get(url="/sl/novice/novica/").data["hub"] == "Novo ime"


def test_a_hub_and_an_edition_that_become_public_by_time(settings) -> None:
    settings.TODAY = "2026-02-03"
    soon = clock.now() + dt.timedelta(hours=12)
    hub = HubFactory(slug="burja", name="Burja", published_at=soon)
    edition = EditionFactory(year=2030, published_at=soon)
    NewsPageFactory(slug="novica", hub=hub)
    EventPageFactory(slug="dogodek", hub=hub, edition=edition)
    EditionPageFactory(slug="izdaja", edition=edition)
    services.rebuild()
    ticks.follow_time(clock.now())
    shown = SearchEntry.objects.filter(type__in=["news", "event", "edition"])
    assert not any("burja" in entry.facets or "2030" in entry.facets for entry in shown.all())
    settings.TODAY = "2026-02-04"
    ticks.follow_time(clock.now())
    facets = {entry.type: facet_values(entry.facets) for entry in shown.all()}
    assert (facets["news"]["hub"], facets["event"]["hub"]) == (["burja"], ["burja"])
    assert (facets["event"]["edition"], facets["edition"]["edition"]) == (["2030"], ["2030"])
    assert [*services.find_drift()] == []
