"""The number of SQL queries of each public page, the same at 10 and at 1,000 rows."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from pledges.enums import ReplyState, Stage, Status
from pledges.factories import (
    CandidacyFactory,
    HubFactory,
    MandateFactory,
    MunicipalityFactory,
    OrganisationFactory,
    ProgrammeFactory,
    ProposalFactory,
    RecognitionFactory,
    SimilarityGroupFactory,
    TopicFactory,
)
from pledges.models import (
    Assessment,
    AssessmentEvidence,
    Candidacy,
    Correction,
    Evidence,
    HubCoverage,
    Organisation,
    Person,
    Pledge,
    Programme,
    Proposal,
    ProposalUptake,
    Recognition,
    Reply,
)
from pledges.services import rebuild_statuses
from zaveza.users.factories import UserFactory

from .public_pages import many_pledges, queries_of

pytestmark = pytest.mark.django_db

AT = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)
FILTERS = (
    "?q=pot&status=fulfilled&status=partly&region=goriska&municipality=ajdovscina&topic=roads&promised_by=candidate"
    "&edition=2022&list=Lista+za+kraj&testability=testable&in_office=yes&due=2026&due=overdue&sort=due"
)
SMALL, LARGE = 10, 1000


@pytest.fixture(autouse=True)
def day(settings):
    settings.TODAY = "2026-02-03"


@pytest.fixture
def mayor():
    candidacy = CandidacyFactory(municipality=MunicipalityFactory(code="AJD"))
    MandateFactory(candidacy=candidacy)
    programme = ProgrammeFactory(candidacy=candidacy)
    RecognitionFactory(candidacy=candidacy, published_at=AT)
    HubFactory(covers=[candidacy.municipality])
    many_pledges(programme, SMALL)
    return programme


def more_pledges(programme: Any) -> None:
    many_pledges(programme, LARGE - SMALL, first=SMALL + 1)


def gather_statistics() -> None:
    """Tell PostgreSQL of a thousand rows written a moment ago: in a transaction it cannot learn of them by itself."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def same_count(client: Any, path: str, grow: Callable[[], Any]) -> int:
    """How many queries the page takes, which is the same before and after it has grown."""
    before = queries_of(client, path)
    grow()
    gather_statistics()
    after = queries_of(client, path)
    assert len(before) == len(after), "\n".join(after)
    return len(after)


def assess_often(pledge: Pledge, count: int) -> None:
    """A history of `count` assessments, each with its evidence, a reply and a correction."""
    author, approver = UserFactory(email="author@example.si"), UserFactory(email="approver@example.si")
    first = pledge.assessments.count()
    drafts = Assessment.objects.bulk_create(
        Assessment(
            pledge=pledge,
            kind="change" if number else "initial",
            status=Status.STALLED if number % 2 else Status.IN_PROGRESS,
            effective_date=dt.date(2023, 1, 1) + dt.timedelta(days=number % 700),
            author=author,
            summary=f"Ocena {number}.",
            methodology_version="1.0",
        )
        for number in range(first, first + count)
    )
    sources = Evidence.objects.bulk_create(
        Evidence(pledge=pledge, kind="news", title=f"Vir {draft.pk}", published_on=draft.effective_date)
        for draft in drafts
    )
    AssessmentEvidence.objects.bulk_create(
        AssessmentEvidence(assessment=draft, evidence=source) for draft, source in zip(drafts, sources, strict=True)
    )
    for number, draft in enumerate(drafts, start=first + 1):
        draft.sequence, draft.published_at = number, AT + dt.timedelta(minutes=number)
        draft.approver, draft.author_name, draft.approver_name = approver, "A. B.", "C. D."
        draft.stage = Stage.PUBLISHED
    fields = ["sequence", "stage", "published_at", "approver", "author_name", "approver_name"]
    Assessment.objects.bulk_update(drafts, fields, batch_size=50)
    Reply.objects.bulk_create(
        Reply(
            pledge=pledge,
            assessment=draft,
            invited_on=AT.date(),
            due_on=AT.date(),
            state=ReplyState.NONE,
            published_at=AT,
        )
        for draft in drafts
    )
    Correction.objects.bulk_create(
        Correction(
            pledge=pledge,
            assessment=draft,
            wrong="Šest.",
            right="Pet.",
            severity="fact",
            requested_by="reader",
            published_at=AT,
        )
        for draft in drafts
    )
    rebuild_statuses([pledge])


@pytest.mark.parametrize("query", ["", FILTERS, "?page=2"])
def test_list_with_its_counts(client, mayor, query):
    if query == "?page=2":
        many_pledges(mayor, 30, first=2000)
    count = same_count(client, f"/sl/pledges/{query}", lambda: more_pledges(mayor))
    assert count <= 20


def test_pledge(client, mayor):
    group = SimilarityGroupFactory()
    pledge = Pledge.objects.get(number=1)
    source = Pledge.objects.get(number=2)
    Pledge.objects.filter(pk=pledge.pk).update(similarity_group=group, carried_over_from=source)
    Pledge.objects.filter(number=3).update(similarity_group=group)
    pledge.refresh_from_db()

    def grow() -> None:
        assess_often(pledge, LARGE - SMALL)
        more_pledges(mayor)
        Pledge.objects.exclude(pk=pledge.pk).update(similarity_group=group)

    assess_often(pledge, SMALL)
    count = same_count(client, f"/sl/pledges/{pledge.public_id}/", grow)
    assert count <= 12


def grow_municipality(mayor: Any) -> None:
    municipality, edition = mayor.candidacy.municipality, mayor.candidacy.edition
    more_pledges(mayor)
    more_recognitions(mayor.candidacy)
    extra = range(LARGE - SMALL)
    persons = Person.objects.bulk_create(
        Person(name=f"Oseba {number}", public_id=f"person-more-{number}") for number in extra
    )
    candidacies = Candidacy.objects.bulk_create(
        Candidacy(
            person=person,
            municipality=municipality,
            edition=edition,
            elected=False,
            published_at=AT,
            public_id=f"candidacy-more-{person.pk}",
        )
        for person in persons
    )
    Programme.objects.bulk_create(
        Programme(
            candidacy=candidacy,
            submitted_at=AT,
            channel="form",
            published_at=AT,
            public_id=f"programme-more-{candidacy.pk}",
        )
        for candidacy in candidacies
    )
    HubCoverage.objects.bulk_create(
        HubCoverage(hub=hub, municipality=municipality, start=dt.date(2022, 12, 5))
        for hub in Organisation.objects.bulk_create(
            Organisation(name=f"Stičišče {number}", slug=f"sticisce-more-{number}", kind="hub", published_at=AT)
            for number in extra
        )
    )


def more_recognitions(candidacy: Candidacy) -> None:
    Recognition.objects.bulk_create(
        Recognition(candidacy=candidacy, kind="Priznanje", date=AT.date(), published_at=AT)
        for _number in range(LARGE - SMALL)
    )


def more_versions(programme: Programme) -> None:
    Programme.objects.bulk_create(
        Programme(
            candidacy=programme.candidacy,
            version=number,
            submitted_at=AT,
            channel="form",
            published_at=AT,
            public_id=f"programme-version-{number}",
        )
        for number in range(programme.version + 1, programme.version + 1 + LARGE - SMALL)
    )


def test_municipality(client, mayor):
    many_pledges(mayor, 2, first=5000, promised_by="ngo", organisation=OrganisationFactory())
    count = same_count(client, "/sl/municipalities/ajdovscina/", lambda: grow_municipality(mayor))
    assert count <= 13


def test_candidate(client, mayor):
    def grow() -> None:
        more_pledges(mayor)
        more_recognitions(mayor.candidacy)
        more_versions(mayor)

    assert same_count(client, f"/sl/candidates/{mayor.candidacy.public_id}/", grow) <= 12


def test_programme(client, mayor):
    def grow() -> None:
        more_pledges(mayor)
        more_versions(mayor)

    assert same_count(client, f"/sl/programmes/{mayor.public_id}/", grow) <= 12


def take_up(proposal: Proposal, mayor: Programme) -> None:
    """Every pledge of the mayor takes it up."""
    taken = set(proposal.uptakes.values_list("pledge", flat=True))
    ProposalUptake.objects.bulk_create(
        ProposalUptake(proposal=proposal, candidacy=mayor.candidacy, pledge=pledge, extent="partly")
        for pledge in Pledge.objects.filter(programme=mayor).exclude(pk__in=taken)
    )


@pytest.mark.parametrize("place", ["proposal", "programme", "municipality"])
def test_proposals(client, mayor, place):
    candidacy, organisation = mayor.candidacy, OrganisationFactory()

    def propose() -> Proposal:
        return ProposalFactory(
            edition=candidacy.edition,
            organisation=organisation,
            municipality=candidacy.municipality,
            topic=TopicFactory(code="roads"),
            published_at=AT,
        )

    def grow() -> None:
        more_pledges(mayor)
        take_up(first, mayor)
        for _number in range(LARGE - SMALL if place != "proposal" else 0):
            ProposalUptake.objects.create(proposal=propose(), candidacy=candidacy, extent="declined")

    first = propose()
    take_up(first, mayor)
    address = {
        "proposal": f"/sl/proposals/{first.public_id}/",
        "programme": f"/sl/programmes/{mayor.public_id}/",
        "municipality": "/sl/municipalities/ajdovscina/",
    }[place]
    assert same_count(client, address, grow) <= 13


def test_municipality_list(client, mayor):
    count = same_count(client, "/sl/municipalities/", lambda: [ProgrammeFactory() for _number in range(20)])
    assert count <= 6
