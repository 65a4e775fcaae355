"""The number of SQL queries of each public page, the same at 10 and at 1,000 rows."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from pledges.enums import ReplyState, Status
from pledges.factories import (
    AssessmentFactory,
    CandidacyFactory,
    CorrectionFactory,
    EvidenceFactory,
    HubFactory,
    MandateFactory,
    MunicipalityFactory,
    OrganisationFactory,
    PersonFactory,
    ProgrammeFactory,
    RecognitionFactory,
    ReplyFactory,
    SimilarityGroupFactory,
)
from pledges.models import Pledge

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


def counts_before_and_after(client: Any, path: str, grow: Callable[[], Any]) -> tuple[int, int]:
    before = queries_of(client, path)
    grow()
    after = queries_of(client, path)
    assert len(before) == len(after), "\n".join(after)
    return len(before), len(after)


@pytest.mark.parametrize("query", ["", FILTERS, "?page=2"])
def test_list_with_its_counts(client, mayor, query):
    if query == "?page=2":
        many_pledges(mayor, 30, first=2000)
    before, after = counts_before_and_after(client, f"/sl/pledges/{query}", lambda: more_pledges(mayor))
    assert after <= 20


def test_pledge(client, mayor):
    group = SimilarityGroupFactory()
    pledge = Pledge.objects.get(number=1)
    source = Pledge.objects.get(number=2)
    Pledge.objects.filter(pk=pledge.pk).update(similarity_group=group, carried_over_from=source)
    Pledge.objects.filter(number=3).update(similarity_group=group)
    pledge.refresh_from_db()

    def assess(count: int) -> None:
        for number in range(count):
            assessment = AssessmentFactory(
                pledge=pledge,
                status=Status.STALLED if number % 2 else Status.IN_PROGRESS,
                evidence=[EvidenceFactory(pledge=pledge)],
                published=True,
            )
            ReplyFactory(pledge=pledge, assessment=assessment, state=ReplyState.NONE, published_at=AT)
            CorrectionFactory(pledge=pledge, assessment=assessment, published_at=AT)

    def grow() -> None:
        assess(40)
        more_pledges(mayor)
        Pledge.objects.exclude(pk=pledge.pk).update(similarity_group=group)

    assess(2)
    before, after = counts_before_and_after(client, f"/sl/pledges/{pledge.public_id}/", grow)
    assert after <= 12


def grow_municipality(mayor: Any) -> None:
    municipality, edition = mayor.candidacy.municipality, mayor.candidacy.edition
    more_pledges(mayor)
    for _number in range(20):
        ProgrammeFactory(
            candidacy=CandidacyFactory(
                municipality=municipality, edition=edition, person=PersonFactory(), elected=False
            )
        )
        RecognitionFactory(candidacy=mayor.candidacy, published_at=AT)
    HubFactory(covers=[municipality])


def test_municipality(client, mayor):
    many_pledges(mayor, 2, first=5000, promised_by="ngo", organisation=OrganisationFactory())
    before, after = counts_before_and_after(client, "/sl/municipalities/ajdovscina/", lambda: grow_municipality(mayor))
    assert after <= 12


def test_candidate(client, mayor):
    before, after = counts_before_and_after(
        client, f"/sl/candidates/{mayor.candidacy.public_id}/", lambda: more_pledges(mayor)
    )
    assert after <= 12


def test_programme(client, mayor):
    before, after = counts_before_and_after(client, f"/sl/programmes/{mayor.public_id}/", lambda: more_pledges(mayor))
    assert after <= 12


def test_municipality_list(client, mayor):
    before, after = counts_before_and_after(
        client, "/sl/municipalities/", lambda: [ProgrammeFactory() for _number in range(20)]
    )
    assert after <= 6
