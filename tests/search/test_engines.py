"""What every engine inside a database must do; runs on the database of the test run."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.engines import EngineUnavailable, SearchQuery, embedded_engine, get_engine
from search.queries import MAX_TERMS


def ids(results) -> list[str]:
    return [hit.id for hit in results.hits]


def test_other_forms_without_diacritics_are_found(pledges, find) -> None:
    wanted = pledges.index("Kolesarska steza v Mariboru")
    pledges.index("Kolesarska pot na Ptuju")
    found = find("kolesarskih stez mariboru")
    assert [hit.url for hit in found.hits] == [f"/pledge/{wanted.pk}/"]
    assert found.total == 1
    pledges.index("Prenova", body="Županja bo prenovila žepna igrišča v občini.")
    assert find("zepna igrisca").total == 1


def test_every_word_must_occur_in_any_field(pledges, find) -> None:
    pledges.index("Kolesarska steza", body="V Mariboru.")
    assert find("steza mariboru").total == 1
    assert find("steza ljubljana").total == 0


def test_georgian_and_polish_texts_are_found(pledges, find) -> None:
    pledges.index("ახალი სკოლა", language="ka")
    pledges.index("Sieć wiejskich szkół i boisk", language="pl")
    assert find("სკოლებში").total == 1
    assert find("skola").total >= 1
    assert find("boiska wiejskie").total == 1


def test_the_form_as_typed_comes_first_and_the_title_before_the_text(pledges, find) -> None:
    for number in range(10):
        pledges.index(f"Vrtec {number}", body="Nekaj drugega.")
    other_form = pledges.index("Prenova igrišča", body="Otroci.")
    in_text = pledges.index("Prenova", body="Otroci in igrišč.")
    as_typed = pledges.index("Prenova igrišč", body="Otroci.")
    assert ids(find("igrišč"))[0] == f"pledge-{as_typed.pk:04}"
    assert set(ids(find("igrišč"))[1:]) == {f"pledge-{other_form.pk:04}", f"pledge-{in_text.pk:04}"}


def test_filters_narrow_and_counts_leave_out_their_own(pledges, news, find) -> None:
    pledges.index("Steza", facets={"municipality": ["nova-gorica"]})
    pledges.index("Steza", facets={"municipality": ["nova"], "edition": ["2022"]})
    news.index("Steza", language="pl", facets={"municipality": ["nova-gorica"]})
    everything = find("steza")
    assert (everything.total, everything.counts["type"]) == (3, {"pledge": 2, "news": 1})
    only_news = find("steza", type=["news"])
    assert only_news.total == 1
    assert only_news.counts["type"] == {"pledge": 2, "news": 1}
    assert only_news.counts["language"] == {"pl": 1}
    assert find("steza", municipality=["nova-gorica"]).counts["type"] == {"pledge": 1, "news": 1}
    assert find("steza", municipality=["nova"]).total == 1
    assert find("steza", municipality=["nova", "nova-gorica"], type=["pledge"]).total == 2
    assert find("steza", municipality=["nova"], edition=["2018"]).total == 0


def test_without_words_everything_within_the_filters_is_a_hit(pledges, news, find) -> None:
    pledges.index("Steza")
    news.index("Vrtec")
    assert find("").total == 2
    assert find("", type=["news"]).total == 1
    hit = get_engine().first(SearchQuery(facets={"type": ["news"]}))
    assert hit and hit.title == "Vrtec"
    assert get_engine().first(SearchQuery(facets={"type": ["event"]})) is None


def test_paging_reaches_every_hit_once(pledges, find) -> None:
    for number in range(53):
        day = dt.date(2026, 1, 1 + number % 5) if number % 3 else None
        pledges.index("Steza", date=day)
    seen = [hit for offset in range(0, 60, 10) for hit in find("steza", offset=offset, limit=10).hits]
    assert len(seen) == len({hit.id for hit in seen}) == 53
    assert [hit.id for hit in seen] == ids(find("steza", limit=100))
    # All score the same: the newest first, then by id, those without a date last.
    order = [(-(hit.date.toordinal() if hit.date else 0), hit.id) for hit in seen]
    assert order == sorted(order)
    assert find("steza", offset=60).hits == []
    assert find("steza", offset=60).total == 53


def test_of_very_many_hits_the_newest_are_ranked_and_the_others_follow_by_date(pledges, find, monkeypatch) -> None:
    monkeypatch.setattr("search.engines.base.RANKED_HITS", 10)
    days = {}
    for number in range(25):
        body = "steza steza steza" if number == 20 else f"{'beseda ' * (1 + number % 4)}"
        group = pledges.index("Steza", body=body, date=dt.date(2026, 1, 1 + number))
        days[f"pledge-{group.pk:04}"] = number
    assert find("steza").ranked == 10
    assert find("steza", type=["news"]).ranked == 0
    everything = [days[identifier] for identifier in ids(find("steza", limit=100))]
    assert set(everything[:10]) == set(range(15, 25))
    assert everything[0] == 20
    assert everything[10:] == list(range(14, -1, -1))
    by_pages = [days[hit.id] for offset in range(0, 28, 4) for hit in find("steza", offset=offset, limit=4).hits]
    assert by_pages == everything


def test_a_hit_carries_all_that_is_shown(pledges, find) -> None:
    pledges.index(
        "Steza",
        body="Beseda <b>",
        language="sl",
        date=dt.date(2025, 11, 5),
        due=dt.date(2026, 9, 1),
        data={"titles": {"en": "Cycle lane"}, "edition": 2022},
    )
    (hit,) = find("steza").hits
    assert (hit.title, hit.body, hit.language) == ("Steza", "Beseda <b>", "sl")
    assert (hit.date, hit.due) == (dt.date(2025, 11, 5), dt.date(2026, 9, 1))
    assert hit.data == {"titles": {"en": "Cycle lane"}, "edition": 2022}


def test_words_of_a_long_text_are_all_found(pledges, find) -> None:
    words = [f"beseda{number}" for number in range(20_000)]
    pledges.index("Program", body=" ".join([*words, *["steza"] * 400, "konec"]))
    for word in ("beseda0", "beseda9999", "beseda19999", "steza", "konec"):
        assert find(word).total == 1, word


def test_a_text_of_very_many_different_words_is_found(pledges, find) -> None:
    pledges.index("Program", body=" ".join(f"zelodolgabeseda{number:08}" for number in range(30_000)))
    for word in ("zelodolgabeseda00000000", "zelodolgabeseda00029999", "program"):
        assert find(word).total == 1, word


@pytest.mark.parametrize(
    "typed",
    [
        '"steza',
        "steza*",
        "steza NEAR mesto",
        "NOT steza",
        "^steza",
        "(steza",
        "title:steza AND OR",
        "steza & ! | <->",
        "'steza':*",
        "ste\x00za",
        "a\\'b",
        "steza; DROP TABLE search_searchentry",
        "%s %(x)s",
        "😀 steza",
        "a" * 10_000,
        "steza " * 2_000,
        " ".join(f"beseda{number}" for number in range(MAX_TERMS)),
        "სტეზა",
        "\ud800".encode("utf-16", "surrogatepass").decode("utf-16", "replace"),
    ],
)
def test_no_query_fails(pledges, find, typed: str) -> None:
    pledges.index("Kolesarska steza")
    assert find(typed).total in (0, 1)


@given(st.text(max_size=200))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_at_all_fails(pledges, find, typed: str) -> None:
    find(typed)
    find("x", municipality=[typed])


def test_the_engine_is_the_one_of_the_database(db) -> None:
    engine = get_engine()
    assert engine.name == embedded_engine().name
    assert get_engine(engine.name).name == engine.name
    assert engine.health().ready


def test_an_engine_that_is_not_in_use_says_so(db) -> None:
    with pytest.raises(EngineUnavailable, match="ELASTICSEARCH_URL is not set"):
        get_engine("elasticsearch")
    with pytest.raises(EngineUnavailable, match="does not run on this database"):
        get_engine("solr")


def test_the_database_answers_while_elasticsearch_does_not(pledges, find, settings, monkeypatch) -> None:
    pledges.index("Steza")
    settings.ELASTICSEARCH_URL = ["http://127.0.0.1:1", "http://127.0.0.1:2"]
    assert find("steza").reduced and find("steza").total == 1
    assert get_engine().count(SearchQuery()) == 1
    first = get_engine().first(SearchQuery())
    assert first and first.title == "Steza"
    # It is left alone for a while.
    monkeypatch.setattr(
        "search.engines.elasticsearch.ElasticsearchEngine.search", lambda *given: pytest.fail("it was asked again")
    )
    assert find("steza").reduced
    with pytest.raises(EngineUnavailable):
        get_engine("elasticsearch").count(SearchQuery())
    settings.ELASTICSEARCH_URL = []
    assert not find("steza").reduced
