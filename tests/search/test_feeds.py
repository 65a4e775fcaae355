"""Feeds and tables of searches."""

import csv
import io
from xml.etree import ElementTree

import pytest
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from search import exports, services
from search.models import MissedQuery

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
FEED, TABLE = "/sl/search/feed.atom", "/sl/search/hits.csv"


def entries(answer) -> list[ElementTree.Element]:
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(answer.content).findall(f"{ATOM}entry")  # noqa: S314 - ours


def rows(answer) -> list[list[str]]:
    assert answer.status_code == 200
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


class TestFeed:
    def test_entries_have_permanent_ids_and_the_time_of_their_change(self, client, pledges, settings):
        settings.TODAY = "2026-02-03"
        first = pledges.index("Stara steza", body="Besede & <znaki>\x0b.")
        pledges.index("Vrtec")
        settings.TODAY = "2026-02-04"
        pledges.index("Nova steza")
        found = entries(client.get(FEED, {"q": "steza"}))
        assert [entry.findtext(f"{ATOM}title") for entry in found] == ["Nova steza", "Stara steza"]
        assert found[1].findtext(f"{ATOM}id").endswith(f"/z/pledge-{first.pk:04}")
        assert found[1].findtext(f"{ATOM}updated").startswith("2026-02-03")
        root = ElementTree.fromstring(client.get(FEED, {"q": "steza"}).content)  # noqa: S314
        assert root.findtext(f"{ATOM}updated").startswith("2026-02-04")
        assert root.findtext(f"{ATOM}author/{ATOM}name")
        assert root.find(f"{ATOM}link[@rel='self']").get("href").endswith("/sl/search/feed.atom?q=steza")
        assert root.findtext(f"{ATOM}id") == root.find(f"{ATOM}link[@rel='self']").get("href")
        same = {entry.findtext(f"{ATOM}id") for entry in entries(client.get("/en/search/feed.atom", {"q": "steza"}))}
        assert same == {entry.findtext(f"{ATOM}id") for entry in found}

    def test_a_rebuild_changes_nothing_in_it(self, client, pledges):
        pledges.index("Steza")
        before = client.get(FEED)
        services.rebuild(fresh=True)
        assert client.get(FEED).content == before.content

    def test_who_has_it_gets_304(self, client, pledges):
        group = pledges.index("Steza")
        first = client.get(FEED, {"q": "steza"})
        assert first["Last-Modified"]
        again = client.get(FEED, {"q": "steza"}, headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == first["ETag"]
        pledges.fields[group.pk]["body"] = "Drugače"
        services.reindex_now("pledge", [group.pk])
        assert client.get(FEED, {"q": "steza"}, headers={"If-None-Match": first["ETag"]}).status_code == 200

    def test_an_empty_one_is_the_same_tomorrow(self, client, pledges, settings):
        settings.TODAY = "2026-02-03"
        first = client.get(FEED, {"q": "nič"})
        assert entries(first) == []
        settings.TODAY = "2026-02-04"
        assert client.get(FEED, {"q": "nič"}).content == first.content

    @pytest.mark.parametrize("query", ["type=gone", "typ=pledge", "in=municipality:gone", "sort=oldest", "edition=x"])
    @pytest.mark.parametrize("path", [FEED, TABLE])
    def test_what_does_not_exist_is_an_error(self, client, pledges, path, query):
        assert client.get(f"{path}?{query}").status_code == 400
        assert client.post(f"{path}?q=a").status_code == 405

    @pytest.mark.parametrize("path", [FEED, TABLE, "/sl/search/follow/search/"])
    def test_a_text_without_a_word_is_not_the_whole_site(self, client, pledges, path):
        pledges.index("Steza")
        for text in ('"', "-", "😀", "…"):
            answer = client.get(path, {"q": text})
            assert answer.status_code == 400, text
            assert "iskalnem nizu" in answer.text.replace("\xa0", " "), text
            assert client.get("/sl/search/", {"q": text}).context.get("page_obj") is None
            # With a filter the page shows what lies within it, and so do these.
            assert client.get(path, {"q": text, "type": "pledge"}).status_code == 200, text
        for query in ("", "q=%20%20", "q=-steza", "q=%22steza"):
            assert client.get(f"{path}?{query}").status_code == 200, query

    def test_the_page_tells_of_it(self, client, pledges):
        pledges.index("Steza")
        page = client.get("/sl/search/?q=steza&sort=due&page=1").text
        assert 'href="/sl/search/feed.atom?q=steza"' in page
        assert 'href="/sl/search/hits.csv?q=steza"' in page
        assert 'href="/sl/search/follow/search/?q=steza"' in page
        assert "csrf" not in page

    def test_as_many_queries_however_many_entries(self, client, pledges, django_assert_max_num_queries):
        for number in range(40):
            pledges.index(f"Steza {number}")
        with django_assert_max_num_queries(9):
            entries(client.get(FEED, {"q": "steza"}))


class TestTable:
    def test_every_hit_with_what_was_asked(self, client, pledges, settings, monkeypatch):
        settings.TODAY = "2026-02-03"
        monkeypatch.setattr(exports, "_CHUNK", 3)
        for number in range(10):
            pledges.index(f"Steza {number}")
        found = rows(client.get(TABLE, {"q": "steza"}))
        head = found.index([])
        about = dict(found[:head])
        assert list(about.values())[0] == "»steza«"
        assert list(about.values())[2].startswith("2026-02-03T")
        assert list(about.values())[3:] == ["sqlite", "10"] or list(about.values())[3:] == ["postgresql", "10"]
        assert found[head + 1][0] == "id"
        assert sorted(row[2] for row in found[head + 2 :]) == [f"Steza {number}" for number in range(10)]

    def test_formulas_are_not_run(self, client, pledges):
        pledges.index('=HYPERLINK("http://x") steza')
        found = rows(client.get(TABLE, {"q": "steza"}))
        assert found[-1][2].startswith("'=HYPERLINK")

    def test_it_ends_at_the_most_rows_and_says_so(self, client, pledges, monkeypatch):
        monkeypatch.setattr(exports, "MOST_ROWS", 2)
        for number in range(4):
            pledges.index(f"Steza {number}")
        found = rows(client.get(TABLE, {"q": "steza"}))
        head = found.index([])
        assert found[head - 1][1] == "2"
        assert len(found) == head + 4


class TestMissed:
    def test_words_that_find_nothing_are_counted(self, client, pledges, settings):
        settings.TODAY = "2026-02-03"
        pledges.index("Steza")
        for query in ("Neznana  BESEDA", "neznana beseda", "steza"):
            client.get("/sl/search/", {"q": query})
        client.get("/pl/search/", {"q": "neznana beseda"})
        client.get("/sl/search/", {"q": "neznana beseda", "type": "pledge"})
        client.get("/sl/search/", {"q": "neznana beseda", "page": "2"})
        assert set(MissedQuery.objects.values_list("words", "language", "count")) == {
            ("neznana beseda", "sl", 2),
            ("neznana beseda", "pl", 1),
        }

    @pytest.mark.parametrize(
        "query",
        [
            "ana.novak@example.si",
            "klic 041 123 456",
            "+386 41/123-456",
            "1234567",
            "https://example.si/oseba",
            "to je dolga poved o sosedu ki ima bolezen",
            "b" * 80,
        ],
    )
    def test_what_may_tell_of_somebody_is_not(self, client, pledges, query):
        client.get("/sl/search/", {"q": query})
        assert not MissedQuery.objects.exists()

    def test_it_is_erased_after_its_period(self, client, pledges, settings):
        from search.services.missed import erase_old_missed
        from zaveza import clock

        settings.TODAY = "2026-02-03"
        client.get("/sl/search/", {"q": "neznano"})
        MissedQuery.objects.update(days=3)
        settings.TODAY = "2026-08-02"
        assert erase_old_missed(clock.now()) is None
        settings.TODAY = "2026-08-03"
        assert erase_old_missed(clock.now()) == "1 erased"

    def test_a_machine_fills_no_more_than_so_much(self, client, pledges, monkeypatch):
        from search.services import missed

        monkeypatch.setattr(missed, "MOST_ROWS", 2)
        for word in ("aaaa", "bbbb", "cccc", "aaaa"):
            client.get("/sl/search/", {"q": word})
        assert dict(MissedQuery.objects.values_list("words", "count")) == {"aaaa": 2, "bbbb": 1}


_TEXT = st.text(max_size=120) | st.sampled_from(["-", '"', "type:", "=1+1", "\x00", "\ud800", "a" * 3000, "občina:x"])


@hypothesis_settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(
    path=st.sampled_from(
        [
            "",
            "suggest/",
            "feed.atom",
            "hits.csv",
            "follow/search/",
            "follow/pledges/",
            "follow/pledge/",
            "follow/person/",
        ]
    ),
    language=st.sampled_from(["sl", "en", "ka", "pl"]),
    text=_TEXT,
    name=st.sampled_from(["type", "in", "edition", "sort", "page", "id", "status", "q", "due"]) | st.text(max_size=8),
    value=_TEXT,
    email=st.none() | st.emails() | _TEXT,
)
def test_nothing_that_is_asked_makes_it_fail(pledges, path, language, text, name, value, email):
    if not pledges.fields:
        pledges.index("Kolesarska steza")
    client = Client(raise_request_exception=True)

    def clean(given: str) -> str:
        return given.encode("utf-8", "surrogatepass").decode("utf-8", "replace")

    address = f"/{language}/search/{path}"
    query = {"q": clean(text), clean(name): clean(value)}
    answers = [client.get(address, query)]
    if path.startswith("follow/") and email is not None:
        from urllib.parse import urlencode

        answers.append(client.post(f"{address}?{urlencode(query)}", {"email": clean(email)}))
    for answer in answers:
        assert answer.status_code < 500
        if answer.streaming:
            b"".join(answer.streaming_content)
        elif answer.status_code == 200 and path == "feed.atom":
            ElementTree.fromstring(answer.content)  # noqa: S314


@hypothesis_settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    token=st.text(max_size=80).filter(lambda text: "/" not in text and "\x00" not in text)
    | st.just("zl_" + "0" * 32 + "_" + "A" * 43)
)
def test_no_guessed_link_opens_anything(client, token):
    from urllib.parse import quote

    for what in ("confirm", "leave", "leave-all", "mine"):
        path = f"/sl/search/follow/{what}/{quote(token.encode('utf-8', 'replace'))}/"
        assert client.get(path).status_code in (301, 302, 404, 429)
        assert client.post(path).status_code in (301, 302, 404, 405, 429)
