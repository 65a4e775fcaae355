"""The public log of corrections: page, filters, feed, an earlier day, and how many queries it takes."""

import datetime as dt

import pytest
from defusedxml import ElementTree
from django.test import Client

from pledges import services
from pledges.enums import AmendedField, AssessmentKind, EditionState, Status
from pledges.factories import (
    AmendmentFactory,
    AssessmentFactory,
    CandidacyFactory,
    CorrectionFactory,
    MunicipalityFactory,
    PledgeFactory,
    ProgrammeFactory,
)
from pledges.models import Correction, Redaction
from zaveza.users.factories import UserFactory

from .public_pages import queries_of

pytestmark = pytest.mark.django_db

PAGE, FEED = "/en/corrections/", "/en/corrections/feed/"
ATOM = "{http://www.w3.org/2005/Atom}"


def at(day: str) -> dt.datetime:
    return dt.datetime.fromisoformat(f"{day}T12:00+00:00")


@pytest.fixture(autouse=True)
def day(settings):
    settings.TODAY = "2026-02-03"


@pytest.fixture
def record():
    """One entry of each kind, in the order of their days."""
    pledge = PledgeFactory(published=True, programme__candidacy__municipality__code="AJD")
    wrong = AssessmentFactory(pledge=pledge, status=Status.FULFILLED, published_at=at("2024-02-01"))
    retraction = AssessmentFactory(
        pledge=pledge,
        kind=AssessmentKind.RETRACTION,
        status=Status.FULFILLED,
        supersedes=wrong,
        summary="Umaknjena ocena.",
        published_at=at("2024-03-01"),
    )
    correction = services.publish_correction(CorrectionFactory(pledge=pledge), published_at=at("2024-04-01"))
    amendment = services.publish_amendment(
        AmendmentFactory(pledge=pledge, part=AmendedField.SUCCESS_CRITERIA, after="Novo merilo."),
        UserFactory(email="bralka@example.si"),
        published_at=at("2024-05-01"),
    )
    redaction = Redaction.objects.create(
        pledge=pledge, record="reply-7", parts="text", ground="court", published_at=at("2024-06-01")
    )
    return [redaction, amendment, correction, retraction]


@pytest.fixture
def replacement():
    """An assessment that corrects another one, with no entry of its own by hand."""
    pledge = PledgeFactory(published=True, programme__candidacy__municipality__code="BOH")
    wrong = AssessmentFactory(pledge=pledge, status=Status.FULFILLED, published_at=at("2024-05-10"))
    return AssessmentFactory(
        pledge=pledge, status=Status.STALLED, supersedes=wrong, summary="Most ni odprt.", published_at=at("2024-05-15")
    )


def anchors(client: Client, query: str = "") -> list[str]:
    return [entry.anchor for entry in client.get(PAGE + query).context["entries"]]


class TestPage:
    def test_all_kinds_the_newest_first(self, client: Client, record):
        redaction, amendment, correction, retraction = record
        expected = [
            redaction.public_id,
            amendment.public_id,
            correction.public_id,
            f"assessment-{retraction.sequence}",
        ]
        assert anchors(client) == expected
        page = client.get(PAGE).content.decode()
        for words in (correction.wrong, correction.right, "Umaknjena ocena.", "Novo merilo.", "reply-7"):
            assert words in page

    def test_an_assessment_that_corrects_another(self, client: Client, record, replacement):
        anchor = f"assessment-{replacement.sequence}"
        assert anchors(client).index(anchor) == 1
        assert anchors(client, "?kind=replacement") == [anchor]
        assert anchors(client, "?as-of=2024-05-14&kind=replacement") == []
        page = client.get(PAGE, {"kind": "replacement"}).content.decode()
        assert "Most ni odprt." in page
        assert "(fulfilled). Right is: stalled." in page
        assert "Most ni odprt." in client.get(FEED).content.decode()

    def test_a_draft_is_not_corrected_in_public(self, client: Client):
        draft = AssessmentFactory()
        for pledge in (None, draft.pledge):
            with pytest.raises(services.RuleViolation):
                services.publish_correction(CorrectionFactory(pledge=pledge, assessment=draft))
        assert anchors(client) == []

    def test_a_correction_is_about_the_pledge_of_its_assessment(self, client: Client, replacement):
        with pytest.raises(services.RuleViolation):
            services.publish_correction(CorrectionFactory(assessment=replacement))
        correction = services.publish_correction(CorrectionFactory(pledge=None, assessment=replacement))
        assert Correction.objects.get(pk=correction.pk).pledge == replacement.pledge
        assert correction.public_id in anchors(client, "?municipality=bohinj")

    def test_filters(self, client: Client, record):
        redaction, *_others = record
        assert anchors(client, "?kind=redaction") == [redaction.public_id]
        assert len(anchors(client, "?municipality=ajdovscina&edition=2022")) == 4
        MunicipalityFactory(code="BOH")
        assert anchors(client, "?municipality=bohinj") == []
        page = client.get(PAGE, {"kind": "neznano", "edition": "1999", "municipality": "x"})
        assert len(page.context["notices"]) == 3
        assert len(page.context["entries"]) == 4

    def test_as_known_on_a_day(self, client: Client, record):
        _redaction, _amendment, correction, retraction = record
        assert anchors(client, "?as-of=2024-04-01") == [correction.public_id, f"assessment-{retraction.sequence}"]
        assert anchors(client, "?as-of=2024-03-31&kind=correction") == []
        assert 'data-as-of="2024-04-01"' in client.get(PAGE, {"as-of": "2024-04-01"}).content.decode()
        assert client.get(PAGE, {"as-of": "2030-01-01"}).context["notices"]

    def test_what_is_not_public_is_not_in_it(self, client: Client):
        CorrectionFactory()
        services.publish_correction(CorrectionFactory(pledge=None, assessment=None, wrong="Vse."))
        hidden = ProgrammeFactory(candidacy=CandidacyFactory(published_at=None))
        pledge = PledgeFactory(programme=hidden)
        pledge.number, pledge.public_id, pledge.state = 9, "AJD-2022-09", "published"
        pledge.published_at = at("2024-01-01")
        pledge.save()
        CorrectionFactory(pledge=pledge, wrong="Skrito.", published_at=at("2024-04-01"))
        page = client.get(PAGE)
        assert [entry.record.wrong for entry in page.context["entries"]] == ["Vse."]
        assert client.get(PAGE, {"edition": "2022"}).context["entries"] == []

    def test_what_is_corrected_after_the_end_is_marked(self, client: Client, record):
        edition = record[0].pledge.edition
        edition.state = EditionState.ARCHIVED
        edition.save()
        assert "made after the end of the edition" in client.get(PAGE).content.decode()

    def test_a_withdrawn_pledge_keeps_its_corrections(self, client: Client, record):
        services.withdraw_pledge(record[0].pledge, "Podvojena.", UserFactory())
        assert len(anchors(client)) == 4

    def test_pages(self, client: Client, record):
        many(record[2].pledge, 30)
        assert len(anchors(client)) == 25
        assert len(anchors(client, "?page=2")) == 9
        assert client.get(PAGE, {"page": "99"}).context["notices"]


def many(pledge, count: int) -> None:
    # Beyond any number that a sequence of PostgreSQL, which no test turns back, may have come to.
    first = Correction.objects.count() + 1_000_000
    Correction.objects.bulk_create(
        Correction(
            public_id=f"correction-{first + number}",
            pledge=pledge,
            wrong="Napak",
            right="Prav",
            severity="fact",
            requested_by="reader",
            published_at=at("2024-01-02"),
        )
        for number in range(count)
    )


@pytest.mark.parametrize(
    ("path", "queries"), [(PAGE, 12), (PAGE + "?municipality=ajdovscina&kind=correction", 5), (FEED, 10)]
)
def test_the_number_of_queries(client: Client, record, path: str, queries: int):
    many(record[2].pledge, 10)
    few = queries_of(client, path)
    many(record[2].pledge, 1000)
    assert len(queries_of(client, path)) == len(few) == queries


class TestFeed:
    def test_entries(self, client: Client, record):
        response = client.get(FEED)
        assert response["Content-Type"].startswith("application/atom+xml")
        root = ElementTree.fromstring(response.content)
        entries = root.findall(f"{ATOM}entry")
        assert len(entries) == 4
        assert entries[0].find(f"{ATOM}link").get("href").endswith(f"/en/corrections/#{record[0].public_id}")
        assert entries[2].find(f"{ATOM}summary").text.startswith("Wrong: ")
        assert len({entry.find(f"{ATOM}id").text for entry in entries}) == 4

    def test_the_page_names_the_feed_with_its_filters(self, client: Client, record):
        page = client.get(PAGE, {"kind": "correction"}).content.decode()
        assert f'type="application/atom+xml" title="Corrections" href="{FEED}?kind=correction"' in page
        root = ElementTree.fromstring(client.get(FEED, {"kind": "correction"}).content)
        assert len(root.findall(f"{ATOM}entry")) == 1

    @pytest.mark.parametrize("query", ["kind=x", "edition=1999", "municipality=x", "as-of=x"])
    def test_an_unknown_value_is_an_error(self, client: Client, query: str):
        response = client.get(f"{FEED}?{query}")
        assert response.status_code == 400
        assert "“" in response.content.decode()
