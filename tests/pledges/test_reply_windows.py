"""A reply window is the desk's: neither a form nor a file shortens it, ends it, or takes an answer away."""

import datetime as dt
from pathlib import Path

import pytest
import time_machine
from django.urls import reverse
from django.utils import translation

from pledges import factories, services
from pledges.enums import AssessmentKind, LinkPurpose, ReplyState, Stage
from pledges.ledger import contents
from pledges.ledger.verify import text_digest
from pledges.models import Assessment, CandidacyLink, LedgerRow, Reply
from pledges.services import RuleViolation
from pledges.services.desk import _close
from zaveza import clock
from zaveza.mail.enums import MailState
from zaveza.mail.models import OutgoingMail
from zaveza.users.factories import UserFactory

from .admin_people import MONITORS, REVIEWERS, client_of, person
from .exchange.tools import exported, imported, read_csv, refused, write_csv

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 2, 3, 11, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False) as moment, translation.override("en"):
        yield moment


@pytest.fixture
def draft() -> Assessment:
    """An approved draft in its window, by a monitor of the hub."""
    pledge = factories.PledgeFactory(published=True)
    CandidacyLink.objects.create(
        candidacy=pledge.programme.candidacy,
        purpose=LinkPurpose.REPLY,
        email="kandidatka@example.si",
        expires_at=clock.now() + dt.timedelta(days=90),
    )
    author = person(MONITORS, factories.HubFactory(covers=[pledge.municipality]))
    record: Assessment = factories.AssessmentFactory(
        pledge=pledge, author=author, evidence=[factories.EvidenceFactory(pledge=pledge)]
    )
    services.submit_assessment(record, author)
    services.approve_assessment(record, UserFactory())
    OutgoingMail.objects.update(state=MailState.SENT)
    return record


@pytest.fixture
def reply(draft) -> Reply:
    record: Reply = draft.replies.get()
    return record


def form_of(reply: Reply, **values: str) -> dict[str, str]:
    return {"state": reply.state, "language": "sl", "text": "", "editors_note": "", "received_on": "", **values}


def test_no_form_shortens_or_moves_a_window(draft, reply) -> None:
    monitor = client_of(draft.author)
    address = reverse("reply:edit", args=[reply.pk])
    assert monitor.get(address).status_code == 200
    earlier = form_of(reply, invited_on="2026-01-01", due_on="2026-01-02", assessment="", editors_note="Opomba.")
    assert monitor.post(address, earlier).status_code == 302
    stored = Reply.objects.get(pk=reply.pk)
    assert (stored.due_on, stored.assessment, stored.editors_note) == (reply.due_on, draft, "Opomba.")
    assert monitor.post(address, form_of(reply, state=ReplyState.NONE)).status_code == 200


BY_POST = {"channel": "post", "entered_why": "Županja je poslala dopis.", "received_on": "2026-02-03"}


@pytest.mark.parametrize("state", [ReplyState.DECLINED, ReplyState.RECEIVED, ReplyState.LATE])
def test_the_author_enters_no_answer(draft, reply, state) -> None:
    monitor = client_of(draft.author)
    answer = form_of(reply, **{"state": state, "text": "Po pošti.", **BY_POST})
    response = monitor.post(reverse("reply:edit", args=[reply.pk]), answer)
    assert "state" in response.context["form"].errors
    assert Reply.objects.get(pk=reply.pk).state == ReplyState.INVITED
    # Nor as a reply of its own beside the one that was asked for, nor past the form
    new = {
        **answer,
        "pledge": reply.pledge_id,
        "assessment": draft.pk,
        "invited_on": "2026-02-01",
        "due_on": "2026-02-02",
    }
    assert "state" in monitor.post(reverse("reply:add"), new).context["form"].errors
    Reply.objects.filter(pk=reply.pk).update(state=state, text="Po pošti.", channel="post", entered_by=draft.author)
    with translation.override("en"), pytest.raises(RuleViolation, match="The author of an assessment does not enter"):
        services.release_assessment(draft)
    Reply.objects.filter(pk=reply.pk).update(entered_by=None)
    with translation.override("en"), pytest.raises(RuleViolation, match="somebody but the author"):
        services.release_assessment(draft)


@pytest.fixture
def colleague(draft):
    return person(MONITORS, draft.author.hub_membership.hub)


def test_a_colleague_says_how_an_answer_came(draft, reply, colleague, client) -> None:
    address = reverse("reply:edit", args=[reply.pk])
    by_post = form_of(reply, **{"state": ReplyState.RECEIVED, "text": "Most stoji.", **BY_POST})
    monitor = client_of(colleague)
    for name in ("channel", "entered_why", "text", "received_on"):
        assert name in monitor.post(address, {**by_post, name: ""}).context["form"].errors
    assert monitor.post(address, by_post).status_code == 302
    # The author does not touch it any more, but adds a note.
    author = client_of(draft.author)
    assert author.post(address, {**by_post, "text": "Mosta ni."}).status_code == 200
    assert author.post(address, {**by_post, "state": ReplyState.INVITED, "text": ""}).status_code == 200
    assert author.post(address, {**by_post, "editors_note": "Opomba."}).status_code == 302
    services.release_assessment(draft)
    reply.refresh_from_db()
    assert (reply.state, reply.entered_by, reply.text) == (ReplyState.RECEIVED, colleague, "Most stoji.")
    page = client.get(f"/z/{reply.pledge.public_id}", follow=True).text
    assert "Županja je poslala dopis." in page
    values = contents.read("reply", [reply.public_id])[reply.public_id].values
    assert (values["channel"], values["entered_why"]) == ("post", "Županja je poslala dopis.")


def test_the_author_neither_rewrites_nor_removes_it_after_a_return(draft, reply, colleague, tmp_path: Path) -> None:
    by_post = form_of(reply, **{"state": ReplyState.RECEIVED, "text": "Most stoji.", **BY_POST})
    assert client_of(colleague).post(reverse("reply:edit", args=[reply.pk]), by_post).status_code == 302
    services.return_assessment(draft, draft.author, "Še enkrat.")
    client_of(draft.author).post(reverse("reply:delete", args=[reply.pk]))
    row = next(row for row in read_csv(exported(tmp_path / "all") / "replies.csv") if row["id"] == reply.public_id)
    write_csv(tmp_path, "replies", [{**row, "text": "Mosta ni."}])
    assert [p.column for p in refused(tmp_path / "replies.csv", user=draft.author).problems] == ["text"]
    assert Reply.objects.get(pk=reply.pk).text == "Most stoji."


def test_declined_by_hand_does_not_end_the_window(draft, reply, colleague, noon) -> None:
    declined = form_of(reply, **{"state": ReplyState.DECLINED, **BY_POST})
    assert client_of(colleague).post(reverse("reply:edit", args=[reply.pk]), declined).status_code == 302
    with pytest.raises(RuleViolation, match="Čas za odgovor teče do"):
        services.release_assessment(draft)
    # The candidate may still answer.
    assert services.open_invitations(reply.pledge.programme.candidacy) == [reply]
    noon.move_to(dt.datetime.combine(reply.due_on + dt.timedelta(days=1), dt.time(12), dt.UTC), tick=False)
    services.release_assessment(draft)
    assert Reply.objects.get(pk=reply.pk).state == ReplyState.DECLINED


def test_an_answer_by_the_link_takes_the_place_of_declined_by_hand(draft, reply, colleague) -> None:
    declined = form_of(reply, **{"state": ReplyState.DECLINED, **BY_POST})
    assert client_of(colleague).post(reverse("reply:edit", args=[reply.pk]), declined).status_code == 302
    services.record_answer(reply, "Nisem odklonila.", clock.now())
    services.release_assessment(draft)
    stored = Reply.objects.get(pk=reply.pk)
    assert (stored.state, stored.text, stored.channel) == (ReplyState.RECEIVED, "Nisem odklonila.", "")


def test_silence_is_not_said_before_the_day(draft, reply) -> None:
    Reply.objects.filter(pk=reply.pk).update(state=ReplyState.NONE)
    with pytest.raises(RuleViolation, match="is open until"):
        services.release_assessment(draft)


def test_who_was_asked_is_not_deleted(draft, reply) -> None:
    monitor = client_of(draft.author)
    monitor.post(reverse("reply:delete", args=[reply.pk]))
    assert Reply.objects.filter(pk=reply.pk).exists()
    services.record_answer(reply, "Besede županje.", clock.now())
    services.return_assessment(draft, draft.author, "Še enkrat.")
    monitor.post(reverse("reply:delete", args=[reply.pk]))
    assert Reply.objects.get(pk=reply.pk).text == "Besede županje."


def test_no_file_changes_a_window_or_an_answer(draft, reply, tmp_path: Path) -> None:
    row = next(row for row in read_csv(exported(tmp_path / "all") / "replies.csv") if row["id"] == reply.public_id)

    def changed(**values: str) -> Path:
        folder = tmp_path / "-".join(values)
        folder.mkdir(exist_ok=True)
        write_csv(folder, "replies", [{**row, **values}])
        return folder

    for name, value in (
        ("due_on", "2026-02-03"),
        ("state", ReplyState.NONE),
        ("text", "Izmišljeno."),
        ("invited_on", "2026-01-01"),
    ):
        assert [problem.column for problem in refused(changed(**{name: value}), user=draft.author).problems] == [name]
    assert imported(changed(editors_note="Opomba."), user=draft.author).changed == 1
    services.record_answer(reply, "Besede županje.", clock.now())
    row = next(row for row in read_csv(exported(tmp_path / "later") / "replies.csv") if row["id"] == reply.public_id)
    assert [p.column for p in refused(changed(text="Druge besede."), user=draft.author).problems] == ["text"]


def test_no_file_changes_what_a_second_reader_reads(draft, tmp_path: Path) -> None:
    services.return_assessment(draft, draft.author, "Še enkrat.")
    row = read_csv(exported(tmp_path / "all") / "assessments.csv")[0]
    write_csv(tmp_path, "assessments", [{**row, "summary": "Drugače."}])
    other = person(MONITORS, draft.author.hub_membership.hub)
    assert "its author only" in refused(tmp_path / "assessments.csv", user=other, is_confined=True).problems[0].message
    services.submit_assessment(draft, draft.author)
    assert "on the desk" in refused(tmp_path / "assessments.csv", user=draft.author).problems[0].message
    services.return_assessment(draft, draft.author, "Še enkrat.")
    assert imported(tmp_path / "assessments.csv", user=draft.author, is_confined=True).changed == 1


def test_an_answer_that_comes_while_windows_close_is_read_first(draft, reply, noon) -> None:
    noon.move_to(dt.datetime(2026, 3, 3, 11, 0, tzinfo=dt.UTC), tick=False)
    loaded = Reply.objects.select_related("assessment", "pledge").get(pk=reply.pk)
    services.record_answer(reply, "Pozno, a vendar.", clock.now())
    assert not _close(loaded)
    assert Assessment.objects.get(pk=draft.pk).stage == Stage.REPLY_WINDOW


def test_who_signs_signs_what_the_page_showed(draft) -> None:
    services.return_assessment(draft, draft.author, "Še enkrat.")
    services.submit_assessment(draft, draft.author)
    reader = client_of(person(REVIEWERS))
    address = reverse("assessment:approve", args=[draft.pk])
    seen = reader.get(address).context["form"]["seen"].value()
    services.return_assessment(draft, draft.author, "Popravek.")
    draft.summary = "Nekaj drugega."
    draft.save()
    services.submit_assessment(draft, draft.author)
    answer = reader.post(address, {"has_interest": "no", "window": "open", "seen": seen})
    assert "preberite še enkrat" in answer.text
    assert "Nekaj drugega." in answer.text
    seen = answer.context["form"]["seen"].value()
    assert reader.post(address, {"has_interest": "no", "window": "open", "seen": seen}).status_code == 302


def test_what_the_signers_declared_is_hashed(draft) -> None:
    reader = UserFactory()
    services.return_assessment(draft, draft.author, "Še enkrat.")
    services.submit_assessment(draft, draft.author)
    services.approve_assessment(draft, reader, interest="Sestra je svetnica.", skip_window="Na željo kandidatke.")
    row = LedgerRow.objects.get(record=f"assessment-{draft.sequence}")
    content = contents.read(row.kind, [row.record])[row.record]
    assert content.texts["approver_interest"]["text"] == "Sestra je svetnica."
    assert content.values["approver_interest"] == {"digest": text_digest(**content.texts["approver_interest"])}
    assert content.values["window_skipped"] == "Na željo kandidatke."
    assert "author_interest" not in content.values
    assert draft.kind == AssessmentKind.INITIAL
