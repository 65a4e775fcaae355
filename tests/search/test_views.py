"""The search page."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from search import services
from search.models import SearchEntry

PAGE = "/sl/search/"


def page(client, path: str = PAGE, **parameters) -> str:
    response = client.get(path, parameters)
    assert response.status_code == 200
    return response.content.decode()


def hits(html: str) -> list[str]:
    start = html.index('<ol class="ledger">')
    return re.findall(r'<a href="([^"]+)"', html[start : html.index("</ol>", start)])


def test_without_words_it_says_how_to_search(client, db) -> None:
    for parameters in ({}, {"q": ""}, {"q": '*"… '}):
        html = page(client, **parameters)
        assert 'id="search-hints"' in html
        assert '<ol class="ledger">' not in html


def test_hits_are_marked_and_lead_to_the_record(client, pledges) -> None:
    group = pledges.index("Kolesarska steza", body="V <Mariboru> & okolici.")
    html = page(client, q="kolesarskih stez mariboru")
    assert hits(html) == [f"/pledge/{group.pk}/"]
    assert "<mark>Kolesarska</mark> <mark>steza</mark>" in html
    assert "V\xa0&lt;<mark>Mariboru</mark>&gt; &amp; okolici." in html
    assert "<em>kolesarska, steza</em>" in html or "<em>steza, kolesarska</em>" in html


def test_it_is_never_indexed_by_others(client, pledges) -> None:
    pledges.index("Steza")
    for query in ("", "steza", "nothing at all"):
        assert '<meta name="robots" content="noindex">' in page(client, q=query)


def test_the_query_is_escaped(client, pledges) -> None:
    html = page(client, q='<script>alert("1")</script>')
    assert "<script>alert" not in html
    assert "&lt;script&gt;" in html


def test_a_hit_in_another_language_says_so(client, pledges) -> None:
    pledges.index("Sieć boisk", language="pl", body="Boiska we wsi.")
    html = page(client, q="boisk")
    assert re.search(r'<a href="/pledge/\d+/" lang="pl">', html)
    assert re.search(r'<p class="small" lang="pl">', html)
    assert "poljščina" in html.lower() or "Polish" in html


def test_a_record_of_all_languages_opens_in_the_readers(client, pledges) -> None:
    pledges.index(
        "Kolesarska steza",
        body="Zgradili bomo.",
        url="/pledges/AJD-2022-04/",
        data={"language_neutral": True, "titles": {"en": "Cycle lane"}, "quoted": len("Zgradili bomo.")},
    )
    html = page(client, "/en/search/", q="kolesarska steza")
    assert hits(html) == ["/en/pledges/AJD-2022-04/"]
    assert re.search(r'<a href="/en/pledges/AJD-2022-04/"\s*>Cycle lane</a>', html)
    assert '<q class="said">' in html


def test_only_the_quotation_is_shown_as_one(client, pledges) -> None:
    quotation = "Igrišče bomo prenovili."
    pledges.index("Prenova", body=f"{quotation}\nMerilo je poročilo občine.", data={"quoted": len(quotation)})
    html = page(client, q="igrišče")
    assert re.search(r'<q class="said"><mark>Igrišče</mark> bomo prenovili\.</q>', html)
    assert "poročilo" not in html
    html = page(client, q="poročilo")
    assert "<mark>poročilo</mark>" in html and '<q class="said">' not in html
    assert '<q class="said">' in page(client, q="prenova")


def test_facts_stand_below_a_hit(client, news) -> None:
    news.index(
        "Steza",
        date=dt.date(2025, 11, 5),
        due=dt.date(2026, 9, 1),
        data={"place": "Sevnica", "number": "SEV-2022-08", "edition": 2022, "hub": "Stičišče <A>"},
    )
    html = page(client, q="steza")
    assert "SEV-2022-08" in html and "Sevnica" in html and "Stičišče &lt;A&gt;" in html
    assert '<time datetime="2026-09-01">' in html
    assert '<time datetime="2025-11-05">' in html


def test_filters_have_counts_and_stay_checked(client, pledges, news) -> None:
    pledges.index("Steza")
    pledges.index("Steza")
    news.index("Steza")
    html = page(client, q="steza", type="news")
    assert len(hits(html)) == 1
    choice = r'name="type"\s+value="(\w+)"\s*(checked)?>\s*<span>\w+</span>\s*<span class="n">(\d+)</span>'
    counts = re.findall(choice, html)
    assert counts == [("pledge", "", "2"), ("news", "checked", "1")]


def test_unknown_filters_are_named_and_left_out(client, pledges) -> None:
    pledges.index("Steza")
    html = page(client, q="steza", type=["bogus", "pledge"], language="xx", municipality="<nowhere>")
    assert len(hits(html)) == 1
    assert "bogus" in html and "xx" in html and "&lt;nowhere&gt;" in html
    assert "»colour«" in page(client, q="steza", colour="red")


@pytest.mark.parametrize("parameter", [{"in": "municipality:sevnica"}, {"type": "municipality:sevnica"}])
def test_a_search_within_a_municipality(client, pledges, news, parameter) -> None:
    pledges.index("Steza", facets={"municipality": ["sevnica"]}, type="municipality", url="/municipalities/sevnica/")
    pledges.index("Steza v kraju", facets={"municipality": ["sevnica"]})
    news.index("Steza drugod")
    html = page(client, q="steza", **parameter)
    assert len(hits(html)) == 2
    assert "<strong>Steza</strong>" in html
    assert '<input type="hidden" name="in" value="municipality:sevnica">' in html


def test_a_search_within_an_edition(client, pledges, news) -> None:
    pledges.index("Steza", facets={"edition": ["2022"]})
    news.index("Steza")
    html = page(client, q="steza", **{"in": "edition:2022"})
    assert len(hits(html)) == 1 and "<strong>" in html


def test_nothing_found_says_what_to_do(client, pledges) -> None:
    pledges.index("Steza")
    html = page(client, q="letalo")
    assert 'class="empty"' in html
    assert "?q=steza" in page(client, q="steza", type="news")


def test_pages_are_stable_and_odd_page_numbers_are_answered(client, pledges) -> None:
    for _number in range(45):
        pledges.index("Steza")
    pages = [hits(page(client, q="steza", page=str(number))) for number in (1, 2, 3)]
    assert [len(each) for each in pages] == [20, 20, 5]
    assert len({url for each in pages for url in each}) == 45
    for odd in ("abc", "0", "-3", "99", "9" * 30, "1e3"):
        html = page(client, q="steza", page=odd)
        assert hits(html) in pages
        assert 'class="notice' in html


@pytest.mark.parametrize(
    "typed", ['"', "steza*", "NEAR(", "^", "((", "😀", "სკოლა", "…", "OR AND NOT", "ž" * 600, "a " * 1_500, "%"]
)
def test_odd_queries_are_answered(client, pledges, typed) -> None:
    pledges.index("Steza")
    page(client, q=typed)


def test_too_long_an_address_and_a_nul_byte_get_their_answer(client, db) -> None:
    assert client.get(PAGE, {"q": "a" * 10_000}).status_code == 414
    assert client.get(PAGE, {"q": "a\x00b"}).status_code == 400


def test_a_cut_query_is_told(client, pledges) -> None:
    assert 'class="notice' in page(client, q=" ".join(f"beseda{number}" for number in range(40)))


def test_drafts_are_never_found(client, pledges) -> None:
    group = pledges.index("Skrivnostnica")
    pledges.hidden.add(group.pk)
    services.reindex_now("pledge", [group.pk])
    assert "/pledge/" not in page(client, q="skrivnostnica")
    draft = pledges.add("Skrivnostnica")
    pledges.hidden.add(draft.pk)
    services.rebuild()
    assert not SearchEntry.objects.filter(title="Skrivnostnica").exists()


def test_the_number_of_queries_does_not_grow(client, pledges) -> None:
    def queries(**parameters) -> int:
        page(client, **parameters)
        with CaptureQueriesContext(connection) as context:
            page(client, **parameters)
        return len(context)

    asked = {"q": "steza", "type": "pledge", "municipality": "sevnica"}
    pks = [pledges.add("Steza", facets={"municipality": ["sevnica"]}).pk for _number in range(10)]
    services.reindex_now("pledge", pks)
    few = queries(**asked)
    pks = [pledges.add("Steza", facets={"municipality": ["sevnica"]}).pk for _number in range(990)]
    services.reindex_now("pledge", pks)
    assert queries(**asked) == few
    assert few <= 12


@given(typed=st.text(max_size=120), more=st.sampled_from(["", "-", '"', "občina:", "status:", "oseba:"]))
@hypothesis_settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_fails_on_the_page(client, pledges, typed: str, more: str) -> None:
    answer = client.get(PAGE, {"q": more + typed})
    assert answer.status_code in (200, 400 if "\x00" in typed else 200, 414 if len(typed) > 100 else 200)
    answer = client.get("/sl/search/suggest/", {"q": more + typed})
    assert answer.status_code in (200, 400 if "\x00" in typed else 200, 414 if len(typed) > 100 else 200)


def test_the_page_says_when_search_is_reduced(client, pledges, settings) -> None:
    pledges.index("Kolesarska steza")
    assert "reduced" not in client.get("/en/search/?q=steza").content.decode().lower()
    settings.ELASTICSEARCH_URL = ["http://127.0.0.1:1"]
    answer = client.get("/en/search/?q=steza")
    assert answer.status_code == 200
    assert "Reduced search" in answer.content.decode()
    assert "Kolesarska" in answer.content.decode()


def test_words_of_a_synonym_of_several_are_no_other_forms(client, pledges) -> None:
    pledges.index("Novi ZD", body="Dom in zdravstveni delavci.")
    pledges.index("Zdravstveni dom", body="Nov zdravstveni dom.")
    context = client.get(PAGE, {"q": "ZD"}).context
    assert context["results"].total == 2
    assert context["other_forms"] == []
    # A synonym of one word is one.
    pledges.index("Županja")
    assert client.get(PAGE, {"q": "župan"}).context["other_forms"] == ["županja"]
