"""Following lists, pledges and people: what is told, in which words, and what takes no followers any more."""

import datetime as dt
from xml.etree import ElementTree

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import translation

from pledges import services
from pledges.enums import AmendedField, AssessmentKind, EditionState, ReplyState, Status
from pledges.factories import (
    AmendmentFactory,
    AssessmentFactory,
    CandidacyFactory,
    CorrectionFactory,
    PledgeFactory,
    ProgrammeFactory,
    ReplyFactory,
)
from pledges.follows import refresh_overdue
from search import services as search
from search.follows import UnknownSubject, subject_of
from search.models import DocumentChange, SearchAlert
from search.services import alerts
from zaveza import clock
from zaveza.mail.models import OutgoingMail
from zaveza.ticking import tick
from zaveza.users.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def day(settings):
    settings.TODAY = "2026-02-03"


@pytest.fixture
def pledge():
    programme = ProgrammeFactory(candidacy=CandidacyFactory(municipality__code="AJD"))
    record = PledgeFactory(programme=programme, title="Pešpoti", published=True)
    search.rebuild()
    return record


def follow(kind: str, query: str) -> SearchAlert:
    with translation.override("en"):
        alerts.ask_to_follow("bralka@example.si", subject_of(kind, QueryDict(query)), "en")
    alert = SearchAlert.objects.latest("pk")
    alerts.confirm(alert)
    return alert


def letter(settings, days: int = 1) -> str:
    """What the next day's run writes."""
    settings.TODAY = (dt.date.fromisoformat(settings.TODAY) + dt.timedelta(days=days)).isoformat()
    before = OutgoingMail.objects.filter(kind="follow_digest").count()
    [outcome] = tick(["follow_digests"])
    assert not outcome.has_failed, outcome.message
    letters = OutgoingMail.objects.filter(kind="follow_digest").order_by("pk")
    return letters.last().body if letters.count() > before else ""


@pytest.mark.parametrize(
    ("kind", "query"),
    [
        ("pledge", "id={pledge}"),
        ("person", "id={person}"),
        ("pledges", ""),
        ("pledges", "municipality=ajdovscina&edition=2022"),
        ("search", "in=municipality:ajdovscina"),
        ("search", "q=pešpot"),
    ],
)
def test_a_new_assessment_reaches_whoever_follows(settings, pledge, kind, query):
    person = pledge.programme.candidacy.person.public_id
    follow(kind, query.format(pledge=pledge.public_id, person=person))
    assert letter(settings) == ""
    AssessmentFactory(pledge=pledge, status=Status.STALLED, summary="Dela stojijo.", published=True)
    told = letter(settings)
    assert "New assessment, stalled: Dela stojijo." in told
    assert f"/en/pledges/{pledge.public_id}/" in told
    assert letter(settings) == ""


def test_corrections_retractions_and_the_rest_are_named(settings, pledge):
    first = AssessmentFactory(pledge=pledge, status=Status.STALLED, published=True)
    search.drain()
    follow("pledge", f"id={pledge.public_id}")
    AssessmentFactory(
        pledge=pledge, status=Status.STALLED, supersedes=first, kind=AssessmentKind.RETRACTION, published=True
    )
    services.publish_correction(CorrectionFactory(pledge=pledge, wrong="Tri klopi.", right="Dve klopi."))
    services.publish_reply(ReplyFactory(pledge=pledge, state=ReplyState.RECEIVED, text="Ne drži."))
    amendment = AmendmentFactory(pledge=pledge, part=AmendedField.QUOTE, after="Drugače.", reason="Tipkarska napaka.")
    services.publish_amendment(amendment, UserFactory())
    told = letter(settings)
    assert "Retraction: an earlier assessment does not hold any more" in told
    assert "Correction: Wrong: Tri klopi. Right: Dve klopi." in told
    assert "Reply of the mayor or candidate" in told
    assert "The words of the pledge were amended: Tipkarska napaka." in told
    assert told.count(f"* Pledge: {pledge.title}") == 1
    assert letter(settings) == ""


def test_what_is_no_change_of_the_pledge_is_not_told(settings, pledge):
    follow("pledge", f"id={pledge.public_id}")
    AssessmentFactory(pledge=pledge)
    services.publish_reply(ReplyFactory(pledge=pledge, state=ReplyState.INVITED))
    pledge.save()
    search.rebuild(fresh=True)
    search.sync()
    assert letter(settings) == ""


def test_an_archived_edition_takes_no_new_followers(client, settings, pledge):
    alert = follow("pledge", f"id={pledge.public_id}")
    pledge.edition.state = EditionState.ARCHIVED
    pledge.edition.save()
    person = pledge.programme.candidacy.person.public_id
    for kind, query in (
        ("pledge", f"id={pledge.public_id}"),
        ("person", f"id={person}"),
        ("pledges", "edition=2022"),
        ("search", "q=a&edition=2022"),
        ("search", "in=edition:2022"),
    ):
        path = f"/en/search/follow/{kind}/?{query}"
        assert "takes no new followers" in client.get(path).text, path
        client.post(path, {"email": "nova@example.si"})
    assert SearchAlert.objects.get() == alert
    assert "follow/pledge" not in client.get(f"/en/pledges/{pledge.public_id}/").text
    candidacy = pledge.programme.candidacy.public_id
    assert "follow/person" not in client.get(f"/en/candidates/{candidacy}/").text
    # What lies elsewhere, too, can be followed, and who follows already is told on.
    assert "takes no new followers" not in client.get("/en/search/follow/search/?q=a").text
    letter(settings)
    services.publish_correction(CorrectionFactory(pledge=pledge, wrong="Tri.", right="Dve."))
    assert "Correction (after the end of the edition)" in letter(settings)


def test_pages_offer_it_without_a_token(client, pledge):
    candidacy = pledge.programme.candidacy
    for path, target in (
        (reverse("pledges:pledge_list") + "?status=not_assessed", "/follow/pledges/?status=not_assessed"),
        (reverse("pledges:pledge", args=[pledge.public_id]), f"/follow/pledge/?id={pledge.public_id}"),
        (reverse("pledges:candidate", args=[candidacy.public_id]), f"/follow/person/?id={candidacy.person.public_id}"),
        (reverse("pledges:municipality", args=["ajdovscina"]), "/follow/search/?in=municipality:ajdovscina"),
    ):
        answer = client.get(path)
        assert target in answer.text, path
        assert "csrf" not in answer.text
        assert not answer.cookies
    assert "follow/pledges" not in client.get("/sl/pledges/?as-of=2025-01-01").text


def test_what_cannot_be_followed(pledge):
    draft = PledgeFactory(programme=pledge.programme)
    for kind, query in (
        ("pledges", "status=gone"),
        ("pledges", "nothing=1"),
        ("pledges", "as-of=2025-01-01"),
        ("pledge", ""),
        ("pledge", "id=AJD-2022-99"),
        ("pledge", f"id={pledge.public_id}&q=a"),
        ("pledge", f"id={draft.public_id}"),
        ("person", "id=person-999999"),
    ):
        with pytest.raises(UnknownSubject):
            subject_of(kind, QueryDict(query))


def test_the_feed_of_a_list(client, pledge):
    AssessmentFactory(pledge=pledge, status=Status.STALLED, published=True)
    search.sync()
    address = "/en/pledges/feed.atom?status=stalled"
    answer = client.get(address)
    assert answer.status_code == 200
    assert f"/z/{pledge.public_id}" in answer.text
    assert "New assessment, stalled" in answer.text
    ElementTree.fromstring(answer.content)  # noqa: S314 - ours
    assert client.get(address, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    assert f"/z/{pledge.public_id}" not in client.get("/en/pledges/feed.atom?status=fulfilled").text
    assert client.get("/en/pledges/feed.atom?status=gone").status_code == 400
    assert "/en/pledges/feed.atom?status=stalled" in client.get("/en/pledges/?status=stalled").text


def test_becoming_overdue_is_a_change(settings, pledge):
    late = PledgeFactory(programme=pledge.programme, due_date=dt.date(2026, 2, 10), published=True)
    search.rebuild()
    follow("pledges", "due=overdue")
    assert letter(settings) == ""
    settings.TODAY = "2026-02-11"
    assert refresh_overdue(clock.now()) == "1 overdue"
    search.drain()
    assert refresh_overdue(clock.now()) is None
    told = letter(settings)
    assert late.title in told
    assert "Past its due date" in told
    assert DocumentChange.objects.filter(document_id=late.public_id).count() == 2
