"""As at day T: pages, lists and numbers answer from what was published by then."""

import datetime as dt
import re

import pytest
from django.http import QueryDict

from home.factories import HomePageFactory
from pledges import as_of, services
from pledges.counting import count_pledges
from pledges.documents import PledgeSource
from pledges.enums import MandateEndReason, ReplyState, Status
from pledges.factories import (
    AmendmentFactory,
    AssessmentFactory,
    CandidacyFactory,
    CorrectionFactory,
    MandateFactory,
    MunicipalityFactory,
    PledgeFactory,
    ProgrammeFactory,
    ReplyFactory,
    SimilarityGroupFactory,
)
from pledges.filters import PledgeFilterSet
from pledges.models import Pledge, PledgeStanding
from zaveza.users.factories import UserFactory

from .public_pages import many_pledges, queries_of

pytestmark = pytest.mark.django_db


def at(day: str, hour: int = 12) -> dt.datetime:
    return dt.datetime.combine(dt.date.fromisoformat(day), dt.time(hour), dt.UTC)


@pytest.fixture(autouse=True)
def day(settings):
    settings.TODAY = "2026-02-03"


@pytest.fixture
def mayor():
    candidacy = CandidacyFactory(municipality=MunicipalityFactory(code="AJD"), elected=True)
    MandateFactory(candidacy=candidacy)
    return candidacy


@pytest.fixture
def pledge(mayor):
    """In progress since 2024, fulfilled since 2025, corrected to partly a month later."""
    pledge = PledgeFactory(
        programme=ProgrammeFactory(candidacy=mayor),
        published=True,
        quote="Prvotne besede.",
        due_date=dt.date(2024, 6, 30),
    )
    steps = [(Status.IN_PROGRESS, "2024-03-01"), (Status.FULFILLED, "2025-03-01")]
    for status, when in steps:
        last = AssessmentFactory(pledge=pledge, status=status, effective_date=when, published_at=at(when))
    AssessmentFactory(
        pledge=pledge, status=Status.PARTLY, supersedes=last, effective_date="2025-03-01", published_at=at("2025-04-01")
    )
    return pledge


class TestReading:
    @pytest.mark.parametrize("text", ["", "2026-02-03", " "])
    def test_today(self, text):
        assert as_of.read(QueryDict(f"as-of={text}")) == as_of.AsOf()

    @pytest.mark.parametrize(
        "text", ["2026-02-04", "9999-12-31", "2025-02-30", "yesterday", "20250203", "2025-W01-1", "0001-01-01"]
    )
    def test_impossible_and_future_days_give_today_with_a_notice(self, text, client, pledge):
        asked = as_of.read(QueryDict(f"as-of={text}"))
        assert (asked.day, bool(asked.problem)) == (None, True)
        for path in ("pledges/", f"pledges/{pledge.public_id}/", "municipalities/ajdovscina/"):
            response = client.get(f"/en/{path}?as-of={text}")
            page = response.content.decode()
            assert response.status_code == 200
            assert asked.problem.split(";")[0][-12:] or page
            assert 'role="note"' in page
            assert 'class="asof"' not in page
            assert "Memento-Datetime" not in response

    def test_an_earlier_day(self):
        asked = as_of.read(QueryDict("as-of=2025-02-03"))
        assert asked.day == dt.date(2025, 2, 3)
        assert asked.at == dt.datetime(2025, 2, 3, 22, 59, 59, 999999, tzinfo=dt.UTC)


class TestList:
    @pytest.mark.parametrize(
        ("when", "status"),
        [
            ("2024-02-29", "not_assessed"),
            ("2024-03-01", "in_progress"),
            ("2025-02-28", "in_progress"),
            ("2025-03-01", "fulfilled"),
            ("2025-03-31", "fulfilled"),
            ("2025-04-01", "partly"),
        ],
    )
    def test_numbers_rows_and_facets_agree(self, pledge, when, status):
        filterset = PledgeFilterSet(QueryDict(f"as-of={when}&status={status}"))
        assert [row.standing.status if row.standing else "not_assessed" for row in filterset.rows] == [status]
        assert filterset.count.by_status == {status: 1}
        facet = next(facet for facet in filterset.facets if facet.name == "status")
        assert {option.value: option.count for option in facet.all_options if option.count} == {status: 1}
        other = PledgeFilterSet(QueryDict(f"as-of={when}&status=stalled"))
        assert list(other.rows) == []

    def test_same_rows_as_the_rule_itself(self, pledge):
        for number in range(0, 900, 30):
            moment = at("2024-01-01") + dt.timedelta(days=number)
            row = Pledge.objects.known(moment).for_listing().get()
            expected = services.standing_of(pledge.assessments.all(), moment)
            found = row.standing
            assert (found.status if found else "not_assessed") == expected.status
            assert (found.last_changed if found else None) == expected.last_changed
            assert (found.last_checked if found else None) == expected.last_checked

    def test_pledges_by_publication_merge_and_withdrawal(self, pledge, mayor):
        programme = pledge.programme
        later = PledgeFactory(programme=programme, published_at=at("2025-01-10"))
        merged, withdrawn = (PledgeFactory(programme=programme, published=True) for _number in range(2))
        services.merge_pledge(merged, pledge, "Isto.", UserFactory(), closed_at=at("2025-06-01"))
        services.withdraw_pledge(withdrawn, "Ni zaveza.", UserFactory(), closed_at=at("2025-07-01"))

        def ids(when: str) -> set[str]:
            return {row.public_id for row in PledgeFilterSet(QueryDict(f"as-of={when}")).rows}

        assert ids("2025-01-09") == {pledge.public_id, merged.public_id, withdrawn.public_id}
        assert ids("2025-01-10") == ids("2025-01-09") | {later.public_id}
        assert ids("2025-06-01") == {pledge.public_id, later.public_id, withdrawn.public_id}
        assert ids("2025-07-01") == {pledge.public_id, later.public_id}

    def test_gate_by_the_dates_of_the_candidacy(self, mayor):
        lost = CandidacyFactory(municipality=mayor.municipality, edition=mayor.edition, elected=False)
        PledgeFactory(programme=ProgrammeFactory(candidacy=lost), published=True)
        before, after = Pledge.objects.known(at("2022-11-10")), Pledge.objects.known(at("2022-11-21"))
        assert count_pledges(before).by_gate == {}
        assert count_pledges(after).by_gate == {"not_in_office": 1}

    def test_due_and_overdue(self, pledge):
        for when, found in (("2024-06-30", 0), ("2024-07-01", 1), ("2025-03-02", 0)):
            assert PledgeFilterSet(QueryDict(f"as-of={when}&due=overdue")).count.total == found

    @pytest.mark.parametrize("sort", ["changed", "checked", "due", "municipality"])
    def test_orders(self, client, pledge, sort):
        assert client.get(f"/sl/pledges/?as-of=2025-01-01&sort={sort}").status_code == 200

    def test_page(self, client, pledge):
        page = client.get("/en/pledges/?as-of=2025-03-15&status=fulfilled&sort=checked").content.decode()
        assert 'data-as-of="2025-03-15"' in page
        assert 'href="/en/pledges/?sort=checked&amp;status=fulfilled">Back to today' in page
        assert f'href="/en/pledges/{pledge.public_id}/?as-of=2025-03-15"' in page
        assert '<input type="hidden" name="as-of" value="2025-03-15">' in page
        assert '<meta name="robots" content="noindex">' in page
        assert "status=fulfilled" in page
        today = client.get("/en/pledges/").content.decode()
        assert 'class="asof"' not in today
        assert 'name="as-of"' in today, "the stamp asks for another day"
        assert "noindex" not in today

    def test_same_queries_however_many_rows(self, client, mayor):
        programme = ProgrammeFactory(candidacy=mayor)
        pledges = many_pledges(programme, 10)
        path = "/sl/pledges/?as-of=2025-09-30"
        PledgeStanding.objects.bulk_create(
            PledgeStanding(pledge=row, since=at("2025-01-01"), status=Status.STALLED) for row in pledges
        )
        before = len(queries_of(client, path))
        more = many_pledges(programme, 200, first=11)
        PledgeStanding.objects.bulk_create(
            PledgeStanding(pledge=row, since=at("2025-01-01"), status=Status.STALLED) for row in more
        )
        assert len(queries_of(client, path)) == before <= 20


class TestPledgePage:
    def page(self, client, pledge, when: str) -> str:
        return client.get(f"/en/pledges/{pledge.public_id}/?as-of={when}").content.decode()

    def test_status_and_history(self, client, pledge):
        before, then = self.page(client, pledge, "2024-02-01"), self.page(client, pledge, "2025-03-15")
        assert 'id="z1"' not in before
        assert 'id="z2"' in then
        assert 'id="z3"' not in then
        assert "As at" in then
        assert 'href="?">Back to today' in then

    def test_words_follow_the_amendments(self, client, pledge):
        amendment = AmendmentFactory(pledge=pledge, after="Poznejše besede.", reason="Napaka pisarja.")
        services.publish_amendment(amendment, UserFactory(), published_at=at("2025-08-01"))
        before, after = self.page(client, pledge, "2025-07-31"), self.page(client, pledge, "2025-08-01")
        assert "Prvotne besede." in before
        assert "Poznejše besede." not in before
        assert "Napaka pisarja." in after
        assert "<del>Prvotne besede." in after
        assert "Poznejše besede." in client.get(f"/sl/pledges/{pledge.public_id}/").content.decode()

    def test_a_reorganised_body_stays_what_it_was_on_earlier_days(self, client, mayor):
        pledge = PledgeFactory(
            programme=ProgrammeFactory(candidacy=mayor), published=True, responsible_body="Oddelek za promet"
        )
        amendment = AmendmentFactory(
            pledge=pledge, part="responsible_body", after="Oddelek za mobilnost", reason="Nov odlok."
        )
        services.publish_amendment(amendment, UserFactory(), published_at=at("2025-08-01"))
        before, after = self.page(client, pledge, "2025-07-31"), self.page(client, pledge, "2025-08-01")
        assert "Oddelek za promet" in before
        assert "Oddelek za mobilnost" not in before
        assert "Amended: responsible body" in after
        assert "<del>Oddelek za promet" in after
        assert after.count("Oddelek za mobilnost") == 2, "among the facts, and where it was amended"

    def test_replies_and_corrections(self, client, pledge):
        reply = ReplyFactory(pledge=pledge, text="")
        services.publish_reply(reply, published_at=at("2025-05-01"))
        reply.state, reply.text, reply.answered_at = ReplyState.RECEIVED, "Kar smo rekli.", reply.published_at
        reply.received_on = dt.date(2025, 5, 10)
        reply.save()
        assert "Kar smo rekli." not in client.get(f"/sl/pledges/{pledge.public_id}/").content.decode(), "not public yet"
        services.publish_reply(reply, published_at=at("2025-06-01"))
        correction = CorrectionFactory(pledge=pledge, wrong="Napačen znesek.")
        services.publish_correction(correction, published_at=at("2025-07-01"))
        asked, answered = self.page(client, pledge, "2025-05-20"), self.page(client, pledge, "2025-06-01")
        assert "We asked and wait for the answer." in asked
        assert "Kar smo rekli." not in asked
        assert "Kar smo rekli." in answered
        assert "Napačen znesek." not in answered
        assert "Napačen znesek." in self.page(client, pledge, "2025-07-01")

    def test_before_its_publication_there_is_none(self, client, pledge):
        assert client.get(f"/en/pledges/{pledge.public_id}/?as-of=2022-10-01").status_code == 404

    def test_withdrawn_and_merged_by_then(self, client, pledge):
        other = PledgeFactory(programme=pledge.programme, published=True)
        services.merge_pledge(other, pledge, "Isto.", UserFactory(), closed_at=at("2025-06-01"))
        services.withdraw_pledge(pledge, "Ni zaveza.", UserFactory(), closed_at=at("2025-07-01"))
        address = f"/en/pledges/{other.public_id}/"
        assert client.get(f"{address}?as-of=2025-05-31").status_code == 200
        merged = client.get(f"{address}?as-of=2025-06-15")
        assert (merged.status_code, merged["Location"]) == (302, f"/en/pledges/{pledge.public_id}/?as-of=2025-06-15")
        assert client.get(merged["Location"]).status_code == 200
        assert client.get(f"/en/pledges/{pledge.public_id}/?as-of=2025-07-01").status_code == 410

    def test_drafts_do_not_leak(self, client, pledge):
        AssessmentFactory(pledge=pledge, summary="skritaocena")
        ReplyFactory(pledge=pledge, text="skritodgovor")
        CorrectionFactory(pledge=pledge, wrong="skritpopravek")
        AmendmentFactory(pledge=pledge, after="skritasprememba")
        assert "skrit" not in self.page(client, pledge, "2025-12-31")


def test_search_finds_the_amended_words(pledge):
    services.publish_amendment(AmendmentFactory(pledge=pledge, after="Poznejše besede."), UserFactory())
    source = PledgeSource()
    (document,) = source.documents(source.queryset())
    assert "Poznejše besede." in document.body
    assert "Prvotne besede." not in document.body


class TestMunicipalityPage:
    def test_numbers_and_links_of_that_day(self, client, pledge):
        page = client.get("/en/municipalities/ajdovscina/?as-of=2025-03-15").content.decode()
        assert "<b>1</b> of <b>1</b> pledge</b>" in page or "<b>1</b> of <b>1</b>" in page
        assert "as-of=2025-03-15&amp;edition=2022" in page
        today = client.get("/en/municipalities/ajdovscina/").content.decode()
        assert "<b>0</b> of <b>1</b>" in today

    def test_mandates_by_their_dates(self, client, mayor, pledge):
        mandate = mayor.mandate
        mandate.end, mandate.end_reason = dt.date(2025, 9, 1), MandateEndReason.RESIGNATION
        mandate.save()
        reason = mandate.get_end_reason_display()
        path = "/sl/municipalities/ajdovscina/"
        assert str(reason) in client.get(path).content.decode()
        assert str(reason) in client.get(f"{path}?as-of=2025-09-01").content.decode()
        assert str(reason) not in client.get(f"{path}?as-of=2025-08-31").content.decode()
        assert client.get(f"{path}?as-of=2022-10-15").status_code == 200

    def test_same_queries_as_today(self, client, pledge):
        path = "/sl/municipalities/ajdovscina/"
        assert len(queries_of(client, f"{path}?as-of=2025-03-15")) == len(queries_of(client, path))


class TestWords:
    """`q` looks for the words as they stood on the day asked for."""

    def found(self, words: str, when: str) -> int:
        return PledgeFilterSet(QueryDict(f"q={words}&as-of={when}")).count.total

    def test_amended_and_not(self, pledge):
        other = PledgeFactory(programme=pledge.programme, published=True, quote="Tretje besede.")
        for after, when in (("Drugotne besede.", "2025-08-01"), ("Končne BESEDE.", "2025-09-01")):
            services.publish_amendment(
                AmendmentFactory(pledge=pledge, after=after), UserFactory(), published_at=at(when)
            )
        services.publish_amendment(
            AmendmentFactory(pledge=other, part="success_criteria", after="Prvotne vrstice."),
            UserFactory(),
            published_at=at("2025-10-01"),
        )
        AmendmentFactory(pledge=other, after="Prvotne skice.")
        by_day = {
            "2025-07-31": {"prvotne": 1, "drugotne": 0, "končne": 0, "tretje": 1, "besede": 2},
            "2025-08-15": {"prvotne": 0, "drugotne": 1, "končne": 0, "tretje": 1, "besede": 2},
            "2026-02-03": {"prvotne": 0, "drugotne": 0, "končne": 1, "tretje": 1, "besede": 2, "končne+tretje": 0},
        }
        for when, numbers in by_day.items():
            assert {words: self.found(words, when) for words in numbers} == numbers, when

    def test_rows_without_a_title_show_the_words_of_the_day(self, client, pledge):
        pledge.texts.all().delete()
        services.publish_amendment(
            AmendmentFactory(pledge=pledge, after="Poznejše besede."), UserFactory(), published_at=at("2025-08-01")
        )
        for path in ("pledges/", "municipalities/ajdovscina/"):
            before = client.get(f"/sl/{path}?as-of=2025-07-31").content.decode()
            assert "Prvotne besede." in before
            assert "Poznejše besede." not in before
            assert "Poznejše besede." in client.get(f"/sl/{path}").content.decode()


class TestOtherPages:
    def test_candidate(self, client, mayor, pledge, settings):
        type(mayor).objects.filter(pk=mayor.pk).update(first_round_share="56.10")
        path = f"/en/candidates/{mayor.public_id}/"
        page = client.get(f"{path}?as-of=2025-03-15").content.decode()
        assert 'data-as-of="2025-03-15"' in page
        assert f'href="/en/pledges/{pledge.public_id}/?as-of=2025-03-15"' in page
        assert "as-of=2025-03-15&amp;edition=2022" in page
        assert 'href="/en/municipalities/ajdovscina/?as-of=2025-03-15"' in page
        assert "56.1" in page
        assert "56.1" not in client.get(f"{path}?as-of=2022-11-19").content.decode(), "before the election"
        assert client.get(f"{path}?as-of=2022-08-01").status_code == 404
        settings.TODAY = "2027-03-01"
        assert "Former mayor" in client.get(path).content.decode()
        assert "Former mayor" not in client.get(f"{path}?as-of=2025-03-15").content.decode()
        settings.TODAY = "2026-02-03"
        assert len(queries_of(client, f"{path}?as-of=2025-03-15")) == len(queries_of(client, path))

    def test_programme(self, client, pledge):
        programme = pledge.programme
        type(programme).objects.filter(pk=programme.pk).update(
            suitability="suitable", decided_on="2022-10-18", decision_reason="Roki so jasni.", jury="Vera Liparjeva"
        )
        path = f"/en/programmes/{programme.public_id}/"
        assert "Vera Liparjeva" in client.get(f"{path}?as-of=2022-10-18").content.decode()
        before = client.get(f"{path}?as-of=2022-10-17").content.decode()
        assert "Vera Liparjeva" not in before
        assert "Roki so jasni." not in before
        assert (
            f'href="/en/pledges/{pledge.public_id}/?as-of=2025-03-15"'
            in client.get(f"{path}?as-of=2025-03-15").content.decode()
        )
        assert len(queries_of(client, f"{path}?as-of=2025-03-15")) == len(queries_of(client, path))

    def test_list_of_municipalities(self, client, pledge):
        path = "/en/municipalities/"
        watched = '<b><a href="/en/municipalities/ajdovscina/'
        assert watched in client.get(path).content.decode()
        assert f'{watched}?as-of=2025-01-01"' in client.get(f"{path}?as-of=2025-01-01").content.decode()
        assert watched not in client.get(f"{path}?as-of=2022-10-01").content.decode()
        found = client.get(f"{path}?q=ajdov&as-of=2025-01-01")
        assert found["Location"] == "/en/municipalities/ajdovscina/?as-of=2025-01-01"

    def test_numbers_on_the_home_page(self, client, pledge):
        HomePageFactory(language="en")
        today = client.get("/en/").content.decode()
        then = client.get("/en/?as-of=2025-03-15").content.decode()
        assert "<b>0</b> of <b>1</b>" in today
        assert "<b>1</b> of <b>1</b>" in then
        assert 'class="asof"' in then
        assert 'class="asof"' not in today
        assert f'href="/en/pledges/{pledge.public_id}/?as-of=2025-03-15"' in then
        assert "status=fulfilled" in then
        assert "as-of=2025-03-15&amp;edition=2022" in then
        assert "has not come yet" in client.get("/en/?as-of=2030-01-01").content.decode()
        assert client.get("/en/?as-of=2017-01-01").status_code == 200
        assert len(queries_of(client, "/en/?as-of=2025-03-15")) == len(queries_of(client, "/en/"))

    def test_similar_pledges(self, client, pledge):
        group = SimilarityGroupFactory()
        other = PledgeFactory(
            programme=pledge.programme, published_at=at("2025-01-10"), similarity_group=group, title="Podobna"
        )
        Pledge.objects.filter(pk=pledge.pk).update(similarity_group=group)
        path = f"/en/pledges/{pledge.public_id}/"
        assert "Podobna" not in client.get(f"{path}?as-of=2025-01-09").content.decode()
        then = client.get(f"{path}?as-of=2025-01-10").content.decode()
        assert f'href="/en/pledges/{other.public_id}/?as-of=2025-01-10"' in then


class TestMemento:
    @pytest.fixture(params=["pledge", "municipality"])
    def path(self, request, pledge):
        return {"pledge": f"/en/pledges/{pledge.public_id}/", "municipality": "/en/municipalities/ajdovscina/"}[
            request.param
        ]

    @staticmethod
    def links(response) -> dict[str, str]:
        """Addresses by relation."""
        found = re.findall(r'<([^>]+)>; rel="([^"]+)"', response["Link"])
        return {relation: address for address, relations in found for relation in relations.split()}

    def test_a_page_of_an_earlier_day_is_a_memento(self, client, path):
        response = client.get(f"{path}?as-of=2025-03-15")
        assert response["Memento-Datetime"] == "Sat, 15 Mar 2025 22:59:59 GMT"
        assert self.links(response) == {
            "original": f"http://testserver{path}",
            "timegate": f"http://testserver{path}",
            "timemap": f"http://testserver{path}timemap/",
            "memento": f"http://testserver{path}?as-of=2025-03-15",
        }
        assert 'datetime="Sat, 15 Mar 2025 22:59:59 GMT"' in response["Link"]
        assert 'type="application/link-format"' in response["Link"]
        assert client.head(f"{path}?as-of=2025-03-15").headers == response.headers

    def test_the_page_itself_is_the_timegate(self, client, path):
        response = client.get(path)
        assert "Memento-Datetime" not in response
        assert "Accept-Datetime" in response["Vary"]
        assert set(self.links(response)) == {"original", "timegate", "timemap"}
        for wanted, found in (
            ("Sat, 15 Mar 2025 22:59:59 GMT", "2025-03-15"),
            ("Sat, 15 Mar 2025 12:00:00 GMT", "2025-03-14"),
        ):
            response = client.get(path, headers={"accept-datetime": wanted})
            assert (response.status_code, response["Location"]) == (302, f"{path}?as-of={found}")
            assert "Accept-Datetime" in response["Vary"]
            assert self.links(response)["original"] == f"http://testserver{path}"

    def test_earlier_than_the_first_is_the_first(self, client, path):
        first = {"/en/p": "2022-11-01", "/en/m": "2022-09-01"}[path[:5]]
        for wanted in ("Sat, 15 Mar 1997 12:00:00 GMT", "Sat, 01 Jan 0001 00:00:00 GMT"):
            response = client.get(path, headers={"accept-datetime": wanted})
            assert (response.status_code, response["Location"]) == (302, f"{path}?as-of={first}")
            assert client.get(response["Location"]).status_code == 200

    def test_later_than_now_is_now_and_nonsense_is_refused(self, client, path):
        for wanted in ("Sat, 15 Mar 2036 12:00:00 GMT", "Fri, 31 Dec 9999 23:59:59 GMT"):
            assert client.get(path, headers={"accept-datetime": wanted}).status_code == 200
        assert client.get(path, headers={"accept-datetime": "last week"}).status_code == 400

    def test_timemap(self, client, path, pledge):
        PledgeFactory(programme=pledge.programme, published_at=at("2025-05-05"))
        AssessmentFactory(pledge=pledge, summary="draft")
        response = client.get(f"{path}timemap/")
        assert response["Content-Type"] == "application/link-format"
        lines = response.content.decode().strip().split(",\n")
        assert lines[0] == f'<http://testserver{path}>; rel="original timegate"'
        assert lines[1].startswith(
            f'<http://testserver{path}timemap/>; rel="self"; type="application/link-format"; from='
        )
        days = re.findall(r"as-of=([0-9-]+)>", response.content.decode())
        of_pledge = ["2022-11-01", "2024-03-01", "2025-03-01", "2025-04-01"]
        of_municipality = sorted([*of_pledge, "2022-09-01", "2022-11-20", "2022-12-12", "2025-05-05"])
        assert days == (of_pledge if path.startswith("/en/p") else of_municipality)
        assert 'rel="first memento"; datetime="' in lines[2]
        assert 'rel="last memento"; datetime="' in lines[-1]
        for day in days:
            memento = client.get(f"{path}?as-of={day}")
            assert memento.status_code == 200
            assert memento["Memento-Datetime"] in response.content.decode()

    def test_timemap_of_a_closed_pledge_and_of_none(self, client, pledge):
        path = f"/en/pledges/{pledge.public_id}/timemap/"
        services.withdraw_pledge(pledge, "Ni zaveza.", UserFactory(), closed_at=at("2025-07-01"))
        days = re.findall(r"as-of=([0-9-]+)>", client.get(path).content.decode())
        assert days[-1] == "2025-04-01"
        type(pledge.edition).objects.update(published_at=None)
        assert client.get(path).status_code == 404
        assert client.get("/en/pledges/AJD-2022-99/timemap/").status_code == 404
        assert client.get("/en/municipalities/nikjer/timemap/").status_code == 404

    def test_timemap_asks_the_same_however_much_there_is(self, client, pledge):
        path = "/sl/municipalities/ajdovscina/timemap/"
        before = len(queries_of(client, path))
        many_pledges(pledge.programme, 50, first=50)
        assert len(queries_of(client, path)) == before <= 15
