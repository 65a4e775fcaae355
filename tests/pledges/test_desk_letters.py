"""A letter at each step, to the right people, in their language."""

import datetime as dt

import pytest
from django.urls import reverse
from wagtail.users.models import UserProfile

from pledges import desk_letters, services
from pledges.enums import LinkPurpose, Status
from pledges.factories import AssessmentFactory, EvidenceFactory, HubFactory, HubMemberFactory, PledgeFactory
from pledges.models import Assessment, CandidacyLink, Pledge
from zaveza import clock
from zaveza.mail.enums import MailState
from zaveza.mail.models import OutgoingMail

from .admin_people import ADMINISTRATORS, MONITORS, REVIEWERS, person

pytestmark = pytest.mark.django_db
ASKED = "kandidatka@example.si"


@pytest.fixture
def pledge() -> Pledge:
    record: Pledge = PledgeFactory(published=True)
    CandidacyLink.objects.create(
        candidacy=record.programme.candidacy,
        purpose=LinkPurpose.REPLY,
        email=ASKED,
        language="pl",
        expires_at=clock.now() + dt.timedelta(days=90),
    )
    return record


@pytest.fixture
def hub(pledge):
    return HubFactory(covers=[pledge.municipality], email="sticisce@example.si")


@pytest.fixture
def author(hub):
    return person(MONITORS, hub)


@pytest.fixture
def reader():
    user = person(REVIEWERS)
    UserProfile.objects.create(user=user, preferred_language="en")
    return user


@pytest.fixture
def draft(pledge, author) -> Assessment:
    record: Assessment = AssessmentFactory(
        pledge=pledge, author=author, evidence=[EvidenceFactory(pledge=pledge)], summary="Dela so na pol poti."
    )
    return record


def letters(kind: str) -> list[OutgoingMail]:
    found = list(OutgoingMail.objects.filter(kind=kind).order_by("pk"))
    for letter in found:
        assert letter.subject
        assert "{" not in letter.body
        assert "&#" not in letter.body
    return found


def address_of(draft: Assessment) -> str:
    return f"http://testserver{reverse('assessment:inspect', args=[draft.pk])}"


def test_second_readers_are_asked(draft, author, reader) -> None:
    person(ADMINISTRATORS)
    elsewhere = person(REVIEWERS)
    HubMemberFactory(user=elsewhere, hub=HubFactory())
    away = person(REVIEWERS)
    away.is_active = False
    away.save()
    services.submit_assessment(draft, author)
    (letter,) = letters("second_reader_wanted")
    assert letter.to == [reader.email]
    assert letter.language == "en"
    assert letter.subject == f"{draft.pledge.public_id}: an assessment is waiting for a second reader"
    assert str(author) in letter.body
    assert address_of(draft) in letter.body
    assert draft.summary not in letter.body, "a draft does not travel by mail to whom it is not meant to convince"


def test_administrators_are_asked_where_there_is_nobody_else(draft, author) -> None:
    administrator = person(ADMINISTRATORS)
    services.submit_assessment(draft, author)
    assert [letter.to for letter in letters("second_reader_wanted")] == [[administrator.email]]


def test_the_author_gets_the_comment(draft, author, reader) -> None:
    services.submit_assessment(draft, author)
    services.return_assessment(draft, reader, "Kje je »zapisnik« & priloga?")
    (letter,) = letters("assessment_returned")
    assert (letter.to, letter.language) == ([author.email], "sl")
    assert "Kje je »zapisnik« & priloga?" in letter.body
    assert str(reader) in letter.body


def test_whoever_promised_it_is_asked_and_the_author_told(draft, author, reader) -> None:
    services.submit_assessment(draft, author)
    services.approve_assessment(draft, reader)
    (asked,) = letters(desk_letters.INVITATION)
    reply = draft.replies.get()
    assert (asked.to, asked.language, asked.about) == ([ASKED], "pl", reply.public_id)
    assert asked.headers["Reply-To"] == "sticisce@example.si"
    for words in (draft.pledge.quote, draft.summary, "/reply/zl_" if "/reply/zl_" in asked.body else "zl_"):
        assert words in asked.body
    assert str(reply.due_on.day) in asked.body
    assert "/admin/" not in asked.body
    (told,) = letters("assessment_approved")
    assert told.to == [author.email]
    assert str(reader) in told.body


def test_an_answer_goes_to_both_who_signed(draft, author, reader) -> None:
    services.submit_assessment(draft, author)
    services.approve_assessment(draft, reader)
    services.record_answer(draft.replies.get(), "Skrivnost.", clock.now())
    assert [letter.to for letter in letters("reply_received")] == [[author.email], [reader.email]]
    assert all("Skrivnost" not in letter.body for letter in letters("reply_received"))


def test_publication_is_told_to_both_and_to_who_was_asked(draft, author, reader) -> None:
    services.submit_assessment(draft, author)
    services.approve_assessment(draft, reader)
    services.record_answer(draft.replies.get(), "Drži.", clock.now())
    services.release_assessment(draft, reader)
    assert [letter.to for letter in letters("assessment_published")] == [[author.email], [reader.email]]
    (told,) = letters("assessment_published_respondent")
    assert (told.to, told.language) == ([ASKED], "pl")
    assert f"http://testserver/z/{draft.pledge.public_id}" in told.body


def test_a_window_that_was_skipped_tells_nobody_outside(draft, author, reader) -> None:
    services.submit_assessment(draft, author)
    services.approve_assessment(draft, reader, skip_window="Poskus.")
    assert not OutgoingMail.objects.filter(to=[ASKED]).exists()
    assert len(letters("assessment_published")) == 2


def test_a_draft_taken_back_is_not_asked_about_any_more(draft, author, reader) -> None:
    services.submit_assessment(draft, author)
    services.approve_assessment(draft, reader)
    services.return_assessment(draft, author, "Nova dejstva.")
    (letter,) = letters("reply_not_needed")
    assert (letter.to, letter.language) == ([ASKED], "pl")
    assert draft.summary not in letter.body


def test_a_replay_writes_no_letter(pledge) -> None:
    AssessmentFactory(pledge=pledge, published=True, status=Status.STALLED)
    assert not OutgoingMail.objects.exists()


def test_all_of_it_waits_through_the_quiet_period(
    settings, draft, author, reader, mailoutbox, django_capture_on_commit_callbacks
) -> None:
    today = clock.today()
    settings.QUIET_PERIODS = [f"{today}/{today + dt.timedelta(days=1)}"]
    with django_capture_on_commit_callbacks(execute=True):
        services.submit_assessment(draft, author)
        services.approve_assessment(draft, reader)
    assert mailoutbox == []
    assert set(OutgoingMail.objects.values_list("state", flat=True)) == {MailState.WAITING}
