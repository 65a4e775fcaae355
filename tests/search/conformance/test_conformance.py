"""Each engine against the same expectations; which engines there are is in `ENGINES`.

In `make test-services` and `.ci/run` (`SEARCH_ENGINES_REQUIRED`), an engine that does not run is a failure.
"""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection

from search.engines import (
    Engine,
    EngineUnavailable,
    SearchQuery,
    SearchResults,
    Sort,
    Within,
    embedded_engine,
    get_engine,
)
from search.quality import scratch_index
from search.queries import read_query
from tests.search.conformance.corpus import DOCUMENTS

ENGINES = ("embedded", "elasticsearch")

ALL = {document.id for document in DOCUMENTS}
ALIKE = {identifier for identifier in ALL if identifier.startswith("enako")}

FOUND: dict[str, set[str]] = {
    # Words, in any form and spelling
    "kolesarskih stez": {"steza", "pot", "dve-polji", "obrnjeno"},
    "kolesarskih stez mariboru": {"steza"},
    "zepna igrisca": {"igrisca"},
    "žepno IGRIŠČE": {"igrisca"},
    "Ptuju": {"pot"},
    "სკოლებში": {"skola"},
    "skola": {"skola"},
    "boisko": {"boiska"},
    "lodz": {"boiska"},
    "lane": {"lane"},
    "letalo": set(),
    "steza letalo": set(),
    "klopi": ALIKE,
    # Phrases, on the words as written
    '"kolesarska steza"': {"steza"},
    '"kolesarske steze"': {"steza"},
    '"kolesarskih stez"': set(),
    "„kolesarska steza”": {"steza"},
    "»steza kolesarska«": {"obrnjeno"},
    '"steze"': {"steza"},
    '"kolesarska steza" šola': {"steza"},
    '"kolesarska steza" vrtec': set(),
    '"kolesarska pot" "ob reki"': {"pot"},
    # A phrase never crosses from the title into the text.
    '"nova kolesarska steza"': set(),
    '"mariboru zgradili"': set(),
    # A long text
    "beseda0": {"dolgo"},
    "beseda19000": {"dolgo"},
    "sredina konec": {"dolgo", "dolga-beseda"} & {"dolgo"},
    "program beseda5 beseda17000": {"dolgo"},
    '"prva meja odlomka"': {"dolgo"},
    '"beseda168 beseda169 beseda170"': {"dolgo"},
    '"beseda16380 beseda16381 za zadnjim mestom beseda16385"': {"dolgo"},
    '"čisto konec"': {"dolgo"},
    '"beseda5 beseda7"': set(),
    '"zadnjim konec"': set(),
    '"beseda17000 beseda18000"': set(),
    '"' + " ".join(f"beseda{number}" for number in range(300, 332)) + '"': {"dolgo"},
    # One word very often
    "voda": {"pogosto"},
    '"voda voda voda teče"': {"pogosto"},
    '"teče voda"': set(),
    # Tokens of 300 letters: the first 64 count.
    "q" * 300: {"dolga-beseda"},
    "q" * 64: {"dolga-beseda"},
    "q" * 63: set(),
    f'"{"q" * 300} konča"': {"dolga-beseda"},
    # A number of several parts is found as it stands; other words written as one in any form.
    "AJD-2022-04": {"AJD-2022-04", "sklic"},
    "ajd-2022-04": {"AJD-2022-04", "sklic"},
    "AJD-2018-04": {"AJD-2018-04"},
    "sklic AJD-2022-04": {"sklic"},
    "AJD-04-2022": set(),
    "steza-kolesarska": {"steza", "pot", "dve-polji", "obrnjeno"},
    "kolesarske-poti": {"pot"},
    "steza -kolesarska-steza": {"pot", "dve-polji", "obrnjeno"},
    # Short words are not guessed at.
    "ZD": {"dom"},
    "zda": set(),
    # Exclusions
    "kolesarska -reka": {"steza", "dve-polji", "obrnjeno"},
    "kolesarska -reke -Maribor": {"dve-polji", "obrnjeno"},
    'steza -"kolesarska steza"': {"pot", "dve-polji", "obrnjeno"},
    "-klop": ALL - ALIKE,
    '-klop -"program dela" -kolesarska': ALL - ALIKE - {"dolgo", "steza", "pot", "dve-polji", "obrnjeno"},
    "steza -steza": set(),
    "-letalo": ALL,
    # What is no word of the language
    "steza AND OR": set(),
    "NOT steza": set(),
    "steza*": {"steza", "pot", "dve-polji", "obrnjeno"},
    "(steza)": {"steza", "pot", "dve-polji", "obrnjeno"},
    "'steza':*": {"steza", "pot", "dve-polji", "obrnjeno"},
    "title:steza": set(),
}


def is_required() -> bool:
    return bool(os.environ.get("SEARCH_ENGINES_REQUIRED"))


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, db: None, lent_elasticsearch: None) -> Iterator[Engine]:
    """An engine with the documents of the suite and no others."""
    try:
        found = embedded_engine() if request.param == "embedded" else get_engine(request.param)
    except EngineUnavailable as error:
        if is_required():
            pytest.fail(f"{request.param}: {error}")
        pytest.skip(str(error))
    with scratch_index(found, DOCUMENTS) as scratch:
        yield scratch


@pytest.fixture
def find(engine: Engine) -> Callable[..., SearchResults]:
    def run(text: str, **options: Any) -> SearchResults:
        return engine.search(read_query(text, **{"limit": 200, **options}).query)

    return run


def ids(results: SearchResults) -> list[str]:
    return [hit.id for hit in results.hits]


def test_every_query_finds_the_same_documents(engine, find) -> None:
    wrong = {}
    for query, expected in FOUND.items():
        results = find(query)
        found = ids(results)
        if (
            set(found) != expected
            or len(found) != len(expected)
            or results.total != len(expected)
            or engine.count(read_query(query).query) != len(expected)
        ):
            wrong[query[:60]] = sorted(set(found) ^ expected)[:10] or (found, results.total)
    assert wrong == {}


def test_at_least_so_many_words(engine) -> None:
    terms = read_query("kolesarska steza maribor šola").query.terms

    def found(least: int) -> set[str]:
        return {hit.id for hit in engine.search(SearchQuery(terms=terms, least=least)).hits}

    assert found(4) == {"steza"}
    assert found(3) == {"steza"}
    assert found(2) == {"steza", "pot", "dve-polji", "obrnjeno"}
    assert found(1) == found(2)


def test_a_word_still_being_typed(engine) -> None:
    def found(text: str) -> set[str]:
        return {hit.id for hit in engine.search(read_query(text, as_you_type=True).query).hits}

    assert found("kole") == {"steza", "pot", "dve-polji", "obrnjeno"}
    assert found("kolesarska mari") == {"steza"}
    assert found("žepnih igr") == {"igrisca"}
    assert found("ko") == found("kole mari ") == set()


def test_numbers_of_all_facets(find) -> None:
    counts = find("kolesarska").counts
    assert counts["type"] == {"pledge": 4}
    assert counts["language"] == {"sl": 4}
    assert counts["municipality"] == {"maribor": 1, "ptuj": 2, "celje": 1}
    assert counts["region"] == {"podravska": 3, "savinjska": 1}
    assert counts["edition"] == {"2022": 2}
    assert counts["topic"] == {"promet": 2, "okolje": 1}
    assert counts["status"] == {"fulfilled": 1, "in_progress": 1}
    assert counts["hub"] == {"stik": 1}
    everything = find("").counts["type"]
    assert everything == {"pledge": 7, "programme": 1, "news": 4, "project": 3, "event": 49}


def test_each_facet_is_counted_without_its_own_filter(find) -> None:
    results = find("kolesarska", facets={"municipality": ["ptuj"], "topic": ["promet"]})
    assert ids(results) == ["pot"]
    assert results.counts["municipality"] == {"ptuj": 1, "maribor": 1}
    assert results.counts["topic"] == {"promet": 1}
    assert results.counts["region"] == {"podravska": 1}
    several = find("kolesarska", facets={"municipality": ["ptuj", "celje", "nikjer"], "type": ["pledge"]})
    assert set(ids(several)) == {"pot", "dve-polji", "obrnjeno"}
    assert several.counts["municipality"] == {"maribor": 1, "ptuj": 2, "celje": 1}
    assert several.counts["region"] == {"podravska": 2, "savinjska": 1}
    assert find("kolesarska", facets={"status": ["nothing"]}).total == 0


def test_a_scope_holds_for_all_numbers(find, engine) -> None:
    results = find("kolesarska", scope=[Within("municipality", ("ptuj", "celje"))], facets={"region": ["podravska"]})
    assert set(ids(results)) == {"pot", "dve-polji"}
    assert results.counts["municipality"] == {"ptuj": 2}
    assert results.counts["region"] == {"podravska": 2, "savinjska": 1}
    outside = engine.search(SearchQuery(outside=(Within("type", ("event", "pledge")),), limit=50))
    assert {hit.type for hit in outside.hits} == {"programme", "news", "project"}
    both = (Within("municipality", ("ptuj",)), Within("municipality", ("maribor",)))
    assert engine.count(SearchQuery(scope=both)) == 0


def test_orders_end_with_date_and_id(find) -> None:
    newest = ids(find("-klop", sort=Sort.CHANGED))
    assert newest[:5] == ["skola", "pot", "igrisca", "steza", "obrnjeno"]
    assert newest[-3:] == ["boiska", "dolga-beseda", "dolgo"]
    due = ids(find("-klop", sort=Sort.DUE))
    assert due[:4] == ["igrisca", "steza", "skola", "pot"]
    assert due[4:] == [identifier for identifier in newest if identifier in due[4:]]
    # Without words nothing is more relevant.
    assert ids(find("-klop")) == newest
    alike = ids(find("klop"))
    days = {document.id: document.date for document in DOCUMENTS}
    assert alike == sorted(alike, key=lambda each: (-(days[each].toordinal() if days[each] else 0), each))


def test_the_form_as_typed_comes_first(find) -> None:
    assert ids(find("kolesarska steza"))[0] in ("steza", "obrnjeno")
    assert ids(find("Ptuju"))[0] == "pot"


def test_what_has_joined_words_side_by_side_comes_first(find) -> None:
    assert ids(find("steza-kolesarska"))[0] == "obrnjeno"
    assert ids(find("kolesarske-steze"))[0] == "steza"


def test_the_document_with_the_id_comes_first(find) -> None:
    # The other one has it in its title.
    assert ids(find("ajd-2022-04")) == ["AJD-2022-04", "sklic"]


@pytest.mark.parametrize("sort", list(Sort))
def test_paging_reaches_every_hit_once(find, sort: Sort) -> None:
    together = ids(find("", sort=sort))
    by_pages = [each for offset in range(0, 77, 7) for each in ids(find("", sort=sort, offset=offset, limit=7))]
    assert by_pages == together
    assert set(together) == ALL and len(together) == len(ALL)
    pages = [ids(find("klop", sort=sort, offset=offset, limit=8)) for offset in range(0, 56, 8)]
    assert [each for page in pages for each in page] == ids(find("klop", sort=sort))
    beyond = find("klop", offset=48, limit=8)
    assert (list(beyond.hits), beyond.total) == ([], 48)


def test_the_first_hit_alone(engine) -> None:
    hit = engine.first(SearchQuery(facets={"language": ["ka"]}))
    assert hit and hit.id == "skola" and hit.title == "ახალი სკოლა"
    assert engine.first(SearchQuery(facets={"language": ["de"]})) is None
    best = engine.first(read_query("steza maribor").query)
    assert best and best.id == "steza"


def test_the_suite_knows_every_engine_of_this_run() -> None:
    assert connection.vendor in ("sqlite", "postgresql")
