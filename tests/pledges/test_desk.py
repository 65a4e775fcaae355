"""The way of an assessment over the desk: two people, a reply window, publication, and no way around."""

import datetime as dt
import threading

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.utils import translation

from pledges import services
from pledges.enums import AssessmentKind, DeskStepKind, Direction, EditionState, LinkPurpose, ReplyState, Stage, Status
from pledges.factories import (
    AssessmentFactory,
    EvidenceFactory,
    HubCoverageFactory,
    HubFactory,
    HubMemberFactory,
    OrganisationFactory,
    PledgeFactory,
)
from pledges.models import Assessment, CandidacyLink, LedgerRow, Pledge, Reply
from pledges.services import RuleViolation
from zaveza import clock
from zaveza.mail.enums import MailState
from zaveza.mail.models import OutgoingMail
from zaveza.users.factories import UserFactory

from .desk import approved

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 2, 3, 11, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False) as moment, translation.override("en"):
        yield moment


@pytest.fixture
def author():
    return UserFactory(first_name="Ana", last_name="Spremljevalka")


@pytest.fixture
def reader():
    return UserFactory(first_name="Bor", last_name="Pregledovalec")


@pytest.fixture
def pledge() -> Pledge:
    record: Pledge = PledgeFactory(published=True)
    reachable(record)
    return record


def reachable(pledge: Pledge, email: str = "kandidatka@example.si") -> None:
    CandidacyLink.objects.create(
        candidacy=pledge.programme.candidacy,
        purpose=LinkPurpose.REPLY,
        email=email,
        expires_at=clock.now() + dt.timedelta(days=90),
    )


def draft_of(pledge: Pledge, author, **fields) -> Assessment:
    fields.setdefault("evidence", [EvidenceFactory(pledge=pledge)])
    draft: Assessment = AssessmentFactory(pledge=pledge, author=author, **fields)
    return draft


def in_window(pledge: Pledge, author, reader, **fields) -> Assessment:
    """With an open window, the invitation taken by the mail server."""
    draft = services.submit_assessment(draft_of(pledge, author, **fields), author)
    services.approve_assessment(draft, reader)
    OutgoingMail.objects.update(state=MailState.SENT)
    return draft


def refused(words: str):
    return pytest.raises(RuleViolation, match=words)


def steps(assessment: Assessment) -> list[str]:
    return list(assessment.steps.values_list("kind", flat=True))


class TestPath:
    def test_from_draft_to_publication_without_an_answer(self, pledge, author, reader, noon):
        draft = draft_of(pledge, author)
        services.submit_assessment(draft, author)
        assert draft.stage == Stage.SECOND_READER
        services.approve_assessment(draft, reader)
        assert draft.stage == Stage.REPLY_WINDOW
        reply = draft.replies.get()
        assert (reply.invited_on, reply.due_on) == (dt.date(2026, 2, 3), dt.date(2026, 2, 17))
        assert (reply.state, reply.published_at) == (ReplyState.INVITED, None)
        OutgoingMail.objects.update(state=MailState.SENT)
        noon.move_to(dt.datetime(2026, 2, 17, 22, 0, tzinfo=dt.UTC), tick=False)
        call_command("tick", "reply_windows")
        draft.refresh_from_db()
        assert draft.stage == Stage.REPLY_WINDOW, "the last day counts"
        noon.move_to(dt.datetime(2026, 2, 17, 23, 1, tzinfo=dt.UTC), tick=False)
        call_command("tick", "reply_windows")
        draft.refresh_from_db()
        reply.refresh_from_db()
        assert (draft.stage, draft.approver, draft.published_at) == (Stage.PUBLISHED, reader, clock.now())
        assert (reply.state, reply.published_at, reply.concluded_at) == (
            ReplyState.NONE,
            draft.published_at,
            draft.published_at,
        )
        assert list(LedgerRow.objects.order_by("sequence").values_list("kind", flat=True)) == ["assessment", "reply"]
        assert steps(draft) == ["submitted", "approved", "asked", "published", "unanswered"] or steps(draft) == [
            "submitted",
            "approved",
            "asked",
            "unanswered",
            "published",
        ]
        assert draft.steps.get(kind=DeskStepKind.PUBLISHED).by is None

    def test_an_answer_is_read_by_people_before_it_is_published(self, pledge, author, reader, noon):
        draft = in_window(pledge, author, reader)
        reply = draft.replies.get()
        services.record_answer(reply, "Delo je <b>končano</b>.\n\nHvala.", clock.now())
        assert steps(draft)[-1] == "answered"
        noon.move_to(NOON + dt.timedelta(days=30), tick=False)
        call_command("tick", "reply_windows")
        draft.refresh_from_db()
        assert draft.stage == Stage.REPLY_WINDOW
        services.release_assessment(draft, reader)
        reply.refresh_from_db()
        assert (reply.text, reply.state) == ("Delo je <b>končano</b>.\n\nHvala.", ReplyState.RECEIVED)
        assert reply.concluded_at == draft.published_at

    def test_an_answer_ends_the_window_for_people_at_once(self, pledge, author, reader):
        draft = in_window(pledge, author, reader)
        services.record_answer(draft.replies.get(), "Drži.", clock.now())
        services.release_assessment(draft, reader)
        assert draft.stage == Stage.PUBLISHED

    def test_the_window_is_skipped_with_a_reason_that_stays(self, pledge, author, reader):
        draft = services.submit_assessment(draft_of(pledge, author), author)
        services.approve_assessment(draft, reader, skip_window="Županja je že odgovorila na seji.")
        draft.refresh_from_db()
        assert (draft.stage, draft.window_skipped) == (Stage.PUBLISHED, "Županja je že odgovorila na seji.")
        assert not draft.replies.exists()
        assert draft.steps.get(kind=DeskStepKind.NOT_ASKED).comment == draft.window_skipped

    def test_returned_changed_and_given_again(self, pledge, author, reader):
        draft = services.submit_assessment(draft_of(pledge, author), author)
        services.return_assessment(draft, reader, "Kje je zapisnik?")
        assert (draft.stage, draft.approver) == (Stage.DRAFT, None)
        draft.summary = "Po zapisniku 12. seje."
        draft.save()
        services.submit_assessment(draft, author)
        assert steps(draft) == ["submitted", "returned", "submitted"]

    def test_taken_back_out_of_the_window_nobody_is_asked_any_more(self, pledge, author, reader):
        draft = in_window(pledge, author, reader)
        services.return_assessment(draft, author, "Nova dejstva.")
        assert not draft.replies.exists()
        assert OutgoingMail.objects.latest("pk").kind == "assessment_returned"
        assert OutgoingMail.objects.filter(kind="reply_not_needed", to=["kandidatka@example.si"]).exists()
        services.submit_assessment(draft, author)
        services.approve_assessment(draft, reader)
        assert draft.replies.count() == 1

    def test_an_answer_stays_when_the_draft_is_taken_back(self, pledge, author, reader):
        draft = in_window(pledge, author, reader)
        services.record_answer(draft.replies.get(), "Ni res.", clock.now())
        services.return_assessment(draft, reader, "Preveri.")
        services.submit_assessment(draft, author)
        services.approve_assessment(draft, reader, skip_window="Odgovor že imamo.")
        assert draft.replies.get().concluded_at == draft.published_at

    def test_confirmation_in_one_step_needs_the_second_person_and_no_window(self, pledge, author, reader):
        cited = EvidenceFactory(pledge=pledge)
        AssessmentFactory(pledge=pledge, published=True, evidence=[cited])
        draft = services.confirm_unchanged(pledge, author)
        assert (draft.stage, draft.kind) == (Stage.SECOND_READER, AssessmentKind.CONFIRMATION)
        assert list(draft.evidence.all()) == [cited]
        with refused("own assessment"):
            services.approve_assessment(draft, author)
        services.approve_assessment(draft, reader)
        assert draft.stage == Stage.PUBLISHED
        assert draft.window_skipped
        pledge.current.refresh_from_db()
        assert pledge.current.last_checked == draft.published_at

    def test_a_second_confirmation_waits_for_the_first(self, pledge, author):
        AssessmentFactory(pledge=pledge, published=True)
        services.confirm_unchanged(pledge, author)
        with refused("on the desk already"):
            services.confirm_unchanged(pledge, author)

    def test_correction_and_retraction_go_the_same_way(self, pledge, author, reader):
        wrong = AssessmentFactory(pledge=pledge, published=True, status=Status.FULFILLED)
        correction = draft_of(pledge, author, supersedes=wrong, status=Status.PARTLY)
        services.submit_assessment(correction, author)
        services.approve_assessment(correction, reader, skip_window="Popravek je prosila županja.")
        retraction = draft_of(
            pledge, author, supersedes=correction, kind=AssessmentKind.RETRACTION, status=Status.PARTLY, evidence=[]
        )
        services.submit_assessment(retraction, author)
        services.approve_assessment(retraction, reader, skip_window="Umik napačne ocene.")
        assert services.current_assessment(pledge) is None


class TestRefused:
    def test_publishing_while_the_window_is_open(self, pledge, author, reader, noon):
        draft = in_window(pledge, author, reader)
        noon.move_to(dt.datetime(2026, 2, 17, 22, 59, tzinfo=dt.UTC), tick=False)
        with refused("open until 17 February 2026"):
            services.release_assessment(draft, reader)
        with refused("open until"):
            services.publish_assessment(draft, reader)
        assert not Assessment.objects.public().exists()

    def test_approving_ones_own(self, pledge, author):
        draft = services.submit_assessment(draft_of(pledge, author), author)
        with refused("own assessment"):
            services.approve_assessment(draft, author)
        with pytest.raises(IntegrityError), transaction.atomic():
            Assessment.objects.filter(pk=draft.pk).update(approver=author)

    def test_publishing_what_nobody_read(self, pledge, author, reader):
        draft = draft_of(pledge, author)
        for stage in ("draft", "second_reader"):
            with refused("second reader approves"):
                services.publish_assessment(draft, reader)
            with refused("second reader approves"):
                services.release_assessment(draft, reader)
            if stage == "draft":
                services.submit_assessment(draft, author)
        for stage in (Stage.REPLY_WINDOW, Stage.PUBLISHED):
            with pytest.raises(IntegrityError), transaction.atomic():
                Assessment.objects.filter(pk=draft.pk).update(stage=stage)

    def test_skipping_without_a_reason(self, pledge, author, reader):
        draft = approved(draft_of(pledge, author), reader, window_skipped="")
        with refused("no reason says why"):
            services.publish_assessment(draft, reader)

    def test_publishing_in_another_name(self, pledge, author, reader):
        draft = approved(draft_of(pledge, author), reader)
        with refused("Somebody else has approved"):
            services.publish_assessment(draft, UserFactory())

    @pytest.mark.parametrize("what", ["words", "evidence", "copy", "citation"])
    def test_changing_after_the_approval(self, pledge, author, reader, what):
        draft = approved(draft_of(pledge, author), reader)
        if what == "words":
            Assessment.objects.filter(pk=draft.pk).update(summary="Nekaj drugega.")
        elif what == "evidence":
            pledge.evidence.update(title="Nekaj drugega")
        elif what == "copy":
            pledge.evidence.update(sha256="b" * 64)
        else:
            draft.citations.all().delete()
        with refused("changed after it was approved"):
            services.publish_assessment(draft, reader)

    def test_a_copy_that_comes_after_the_approval(self, pledge, author, reader):
        draft = approved(draft_of(pledge, author), reader)
        evidence = draft.evidence.get()
        with refused("its copy stays as it was read"):
            services.ask_for_copy(evidence)
        services.publish_assessment(draft, reader)
        services.ask_for_copy(evidence)

    def test_what_the_caller_holds_is_not_what_is_published(self, pledge, author, reader):
        draft = approved(draft_of(pledge, author), reader)
        draft.summary = "Podtaknjeno."
        services.publish_assessment(draft, reader)
        assert Assessment.objects.get(pk=draft.pk).summary != "Podtaknjeno."

    def test_without_evidence(self, pledge, author):
        with refused("at least one source"):
            services.submit_assessment(draft_of(pledge, author, evidence=[]), author)
        against = EvidenceFactory(pledge=pledge, direction=Direction.CONTRADICTS)
        with refused("source that supports"):
            services.submit_assessment(draft_of(pledge, author, evidence=[against], status=Status.FULFILLED), author)
        services.submit_assessment(draft_of(pledge, author, evidence=[], status=Status.NO_INFORMATION), author)

    def test_somebody_elses_draft(self, pledge, author, reader):
        with refused("Only its author"):
            services.submit_assessment(draft_of(pledge, author), reader)

    def test_a_withdrawn_pledge(self, pledge, author, reader):
        draft = draft_of(pledge, author)
        other = services.submit_assessment(draft_of(pledge, author), author)
        services.withdraw_pledge(pledge, "Napaka.", reader)
        with refused("Only a published pledge"):
            services.submit_assessment(draft, author)
        with refused("Only a published pledge"):
            services.approve_assessment(other, reader)

    def test_an_archived_edition_takes_final_ones_only(self, pledge, author, reader):
        pledge.edition.state = EditionState.ARCHIVED
        pledge.edition.save()
        with refused("archived"):
            services.submit_assessment(draft_of(pledge, author), author)
        AssessmentFactory(pledge=pledge, published=True)
        with refused("archived"):
            services.confirm_unchanged(pledge, author)
        assert not Assessment.objects.filter(stage=Stage.DRAFT, kind="confirmation").exists()

    def test_asking_without_an_address(self, author, reader):
        draft = services.submit_assessment(draft_of(PledgeFactory(published=True), author), author)
        with refused("no address"):
            services.approve_assessment(draft, reader)
        draft.refresh_from_db()
        assert draft.stage == Stage.SECOND_READER

    def test_returning_without_a_comment(self, pledge, author, reader):
        draft = services.submit_assessment(draft_of(pledge, author), author)
        with refused("what has to change"):
            services.return_assessment(draft, reader, "  ")

    def test_returning_what_is_published(self, pledge, author, reader):
        with refused("on the desk"):
            services.return_assessment(AssessmentFactory(pledge=pledge, published=True), reader, "Ne.")

    def test_a_reply_to_a_draft_is_not_published_alone(self, pledge, author, reader):
        reply = in_window(pledge, author, reader).replies.get()
        with refused("together with it"):
            services.publish_reply(reply)


class TestInterest:
    def fund(self, user, pledge, note="Letna pogodba z občino, 4.000 €"):
        hub = HubFactory()
        HubMemberFactory(user=user, hub=hub)
        HubCoverageFactory(hub=hub, municipality=pledge.municipality, funding_note=note)
        return hub

    def test_a_funded_hub_says_so_and_another_one_approves(self, pledge, author, reader):
        hub = self.fund(author, pledge)
        draft = services.submit_assessment(draft_of(pledge, author), author, interest="Sem sošolka županje.")
        assert draft.author_interest == f"{hub}: Letna pogodba z občino, 4.000 €\nSem sošolka županje."
        services.approve_assessment(draft, reader, skip_window="Poskus.")
        assert Assessment.objects.get(pk=draft.pk).author_interest

    def test_a_funded_hub_is_never_the_only_assessor(self, pledge, author, reader):
        hub = self.fund(author, pledge)
        HubMemberFactory(user=reader, hub=hub)
        draft = services.submit_assessment(draft_of(pledge, author), author)
        with refused("somebody without one"):
            services.approve_assessment(draft, reader, skip_window="Poskus.")

    def test_nor_are_two_with_an_interest_of_their_own(self, pledge, author, reader):
        draft = services.submit_assessment(draft_of(pledge, author), author, interest="Delam na občini.")
        with refused("somebody without one"):
            services.approve_assessment(draft, reader, interest="Kandidiral sem.")
        services.approve_assessment(draft, UserFactory(), skip_window="Poskus.")

    def test_money_from_elsewhere_or_long_ago_is_none(self, pledge, author):
        hub = self.fund(author, PledgeFactory(published=True))
        HubCoverageFactory(
            hub=hub, municipality=pledge.municipality, end=clock.today() - dt.timedelta(days=1), funding_note="Nekoč"
        )
        assert services.submit_assessment(draft_of(pledge, author), author).author_interest == ""


class TestReplies:
    def test_late_answers_are_called_late(self, pledge, author, reader, noon):
        reply = in_window(pledge, author, reader).replies.get()
        noon.move_to(NOON + dt.timedelta(days=20), tick=False)
        answered = services.record_answer(reply, "Oprostite.", clock.now(), language="en")
        assert (answered.state, answered.received_on, answered.language) == (ReplyState.LATE, clock.today(), "en")

    def test_after_no_answer_was_published_it_is_a_reply_of_its_own(self, pledge, author, reader, noon):
        draft = in_window(pledge, author, reader)
        reply = draft.replies.get()
        noon.move_to(NOON + dt.timedelta(days=20), tick=False)
        call_command("tick", "reply_windows")
        late = services.record_answer(reply, "Vseeno.", clock.now())
        assert late.pk != reply.pk
        assert (late.state, late.published_at, late.assessment) == (ReplyState.LATE, None, draft)
        services.publish_reply(late)
        assert Reply.objects.public().count() == 2

    @pytest.mark.parametrize("text", ["", "  \n"])
    def test_an_empty_answer_is_none(self, pledge, author, reader, text):
        with refused("empty"):
            services.record_answer(in_window(pledge, author, reader).replies.get(), text, clock.now())

    def test_answers_come_once(self, pledge, author, reader):
        reply = in_window(pledge, author, reader).replies.get()
        services.record_answer(reply, "Prvi.", clock.now())
        with refused("an answer already"):
            services.record_answer(reply, "Drugi.", clock.now())

    def test_open_invitations_are_those_of_the_candidacy(self, pledge, author, reader):
        other = PledgeFactory(published=True)
        reachable(other)
        in_window(other, author, reader)
        mine = in_window(pledge, author, reader).replies.get()
        assert services.open_invitations(pledge.programme.candidacy) == [mine]
        services.record_answer(mine, "Da.", clock.now())
        assert services.open_invitations(pledge.programme.candidacy) == []

    def test_who_was_never_reached_is_not_said_to_be_silent(self, pledge, author, reader, noon, capsys):
        draft = in_window(pledge, author, reader)
        OutgoingMail.objects.filter(kind="reply_invitation").update(state=MailState.FAILED)
        noon.move_to(NOON + dt.timedelta(days=20), tick=False)
        call_command("tick", "reply_windows")
        assert "not delivered" in capsys.readouterr().out
        draft.refresh_from_db()
        assert draft.stage == Stage.REPLY_WINDOW
        with refused("not delivered"):
            services.release_assessment(draft, reader)

    def test_asked_in_public_and_not_answered_by_the_date(self, pledge, noon):
        reply = Reply.objects.create(
            pledge=pledge, invited_on=clock.today(), due_on=clock.today() + dt.timedelta(days=3)
        )
        services.publish_reply(reply)
        noon.move_to(NOON + dt.timedelta(days=4), tick=False)
        call_command("tick", "reply_windows")
        reply.refresh_from_db()
        assert (reply.state, reply.concluded_at) == (ReplyState.NONE, clock.now())

    def test_the_window_can_be_of_another_length(self, settings):
        settings.PLEDGES_REPLY_WORKING_DAYS = 5
        assert services.due_day() == dt.date(2026, 2, 10)


class TestQuietPeriod:
    def test_nothing_is_published_and_the_window_begins_afterwards(self, settings, pledge, author, reader, noon):
        draft = in_window(pledge, author, reader)
        settings.QUIET_PERIODS = ["2026-02-18/2026-02-22T19:00"]
        noon.move_to(dt.datetime(2026, 2, 18, 12, tzinfo=dt.UTC), tick=False)
        call_command("tick")
        draft.refresh_from_db()
        assert draft.stage == Stage.REPLY_WINDOW
        other = PledgeFactory(published=True)
        reachable(other)
        late = services.submit_assessment(draft_of(other, author), author)
        services.approve_assessment(late, reader)
        assert late.replies.get().due_on == dt.date(2026, 3, 6)
        assert mail.outbox == []
        noon.move_to(dt.datetime(2026, 2, 22, 18, 1, tzinfo=dt.UTC), tick=False)
        call_command("tick")
        draft.refresh_from_db()
        assert draft.stage == Stage.PUBLISHED
        assert any(letter.to == ["kandidatka@example.si"] for letter in mail.outbox)


class TestNgoPledge:
    def test_the_organisation_is_asked_without_a_link(self, author, reader):
        ngo = OrganisationFactory(email="drustvo@example.si")
        pledge = PledgeFactory(published=True, organisation=ngo)
        draft = services.submit_assessment(draft_of(pledge, author), author)
        services.approve_assessment(draft, reader)
        letter = OutgoingMail.objects.get(kind="reply_invitation")
        assert letter.to == ["drustvo@example.si"]
        assert "/zl_" not in letter.body


@pytest.mark.django_db(transaction=True)
def test_of_two_who_approve_at_once_one_signs(author):
    pledge = PledgeFactory(published=True)
    reachable(pledge)
    draft = services.submit_assessment(draft_of(pledge, author), author)
    readers = [UserFactory(), UserFactory()]
    together, outcomes = threading.Barrier(2), []

    def run(reader):
        try:
            together.wait()
            services.approve_assessment(Assessment.objects.get(pk=draft.pk), reader)
            outcomes.append(reader)
        except RuleViolation as refusal:
            outcomes.append(str(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(reader,)) for reader in readers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    signed = [outcome for outcome in outcomes if outcome in readers]
    assert len(signed) == 1, outcomes
    draft.refresh_from_db()
    assert draft.approver == signed[0]
    assert draft.replies.count() == 1
    assert draft.steps.filter(kind=DeskStepKind.APPROVED).count() == 1
