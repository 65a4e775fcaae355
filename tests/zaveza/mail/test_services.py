"""Letters leave after the commit, not in the quiet period, and are tried again."""

import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import transaction

from zaveza import clock
from zaveza.mail import services
from zaveza.mail.enums import MailState
from zaveza.mail.factories import OutgoingMailFactory
from zaveza.mail.models import OutgoingMail

pytestmark = pytest.mark.django_db
TITLE = "Park & »tržnica«"
START = dt.datetime(2026, 2, 3, 12, 0, tzinfo=dt.UTC)


def write(**changes) -> OutgoingMail:
    arguments = {"language": "sl", "kind": "trial", "about": "AJD-2022-04", **changes}
    to = arguments.pop("to", ["ana@example.org"])
    return services.send("trial", to, {"title": TITLE}, **arguments)


@pytest.fixture
def no_server(monkeypatch):
    """A mail server that is away."""

    def refuse(self, messages):
        raise ConnectionRefusedError("no server")

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)


def test_leaves_after_the_commit(django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        letter = write(headers={"List-Unsubscribe": "<https://zaveza.example/u/1>"})
        assert mail.outbox == []
    (sent,) = mail.outbox
    assert sent.to == ["ana@example.org"]
    assert sent.subject == f"Zaveza: {TITLE}"
    assert sent.body == f"{TITLE}\n\nhttp://testserver/z/x\n"
    assert sent.extra_headers["List-Unsubscribe"] == "<https://zaveza.example/u/1>"
    assert sent.extra_headers["Auto-Submitted"] == "auto-generated"
    letter.refresh_from_db()
    assert (letter.state, letter.attempts) == (MailState.SENT, 1)
    assert letter.sent_at


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_is_never_sent() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        write()
        raise RuntimeError
    assert mail.outbox == []
    assert not OutgoingMail.objects.exists()


def test_is_written_in_the_language_of_whom_it_goes_to() -> None:
    assert write(language="en").subject == f"Pledge: {TITLE}"
    assert write(language="de").language == "sl"


@pytest.mark.parametrize("to", [["nobody"], ["ana@example.org\nBcc: x@example.org"], ["ana@example.org", ""]])
def test_refuses_what_is_no_address(to) -> None:
    with pytest.raises(ValidationError):
        write(to=to)
    assert not OutgoingMail.objects.exists()


def test_refuses_a_letter_to_nobody() -> None:
    with pytest.raises(ValueError, match="address"):
        write(to=[])


def test_waits_through_the_quiet_period(settings, django_capture_on_commit_callbacks, capsys) -> None:
    settings.QUIET_PERIODS = ["2026-02-03/2026-02-04"]
    with time_machine.travel(START):
        with django_capture_on_commit_callbacks(execute=True):
            letter = write()
        call_command("tick", "mail")
        assert "quiet period: 1 wait" in capsys.readouterr().out
        assert mail.outbox == []
    with time_machine.travel(START + dt.timedelta(days=2)):
        call_command("tick", "mail")
    assert [sent.to for sent in mail.outbox] == [["ana@example.org"]]
    letter.refresh_from_db()
    assert letter.state == MailState.SENT


def test_a_failed_letter_is_tried_again_later_and_later_then_given_up(no_server, caplog) -> None:
    letter = OutgoingMailFactory()
    waits = []
    with time_machine.travel(START, tick=False) as now:
        OutgoingMail.objects.update(next_attempt_at=START)
        for _attempt in range(len(services.BACK_OFF)):
            assert not services.deliver_now(letter.pk)
            letter.refresh_from_db()
            assert letter.state == MailState.FAILED
            waits.append(letter.next_attempt_at - clock.now())
            now.move_to(letter.next_attempt_at - dt.timedelta(seconds=1), tick=False)
            assert services.send_waiting(clock.now()) is None
            now.shift(dt.timedelta(seconds=1))
        assert services.send_waiting(clock.now()) == "0 of 1 sent"
    letter.refresh_from_db()
    assert waits == list(services.BACK_OFF)
    assert (letter.state, letter.next_attempt_at) == (MailState.FAILED, None)
    assert "no server" in letter.last_error
    assert "somebody@example.org" not in caplog.text


def test_is_sent_once_the_server_is_back(no_server, monkeypatch) -> None:
    letter = OutgoingMailFactory(state=MailState.FAILED, attempts=2)
    monkeypatch.undo()
    assert services.send_waiting(clock.now()) == "1 of 1 sent"
    assert services.send_waiting(clock.now()) is None
    assert not services.deliver_now(letter.pk)
    assert len(mail.outbox) == 1


def test_what_another_process_is_sending_is_left_to_it() -> None:
    letter = OutgoingMailFactory()
    assert services._claim(letter.pk, clock.now())
    assert not services._claim(letter.pk, clock.now())
    assert not services.deliver_now(letter.pk)
    assert mail.outbox == []


def test_a_letter_given_up_can_be_put_back_in_line(django_capture_on_commit_callbacks) -> None:
    letter = OutgoingMailFactory(state=MailState.FAILED, attempts=7, next_attempt_at=None)
    with django_capture_on_commit_callbacks(execute=True):
        services.try_again(letter)
    assert len(mail.outbox) == 1


def test_old_letters_are_emptied_but_counted_still() -> None:
    now = clock.now()
    old, new = now - dt.timedelta(days=31), now - dt.timedelta(days=29)
    sent_long_ago = OutgoingMailFactory(state=MailState.SENT, sent_at=old, next_attempt_at=None)
    given_up = OutgoingMailFactory(state=MailState.FAILED, created_at=old, next_attempt_at=None)
    kept = [
        OutgoingMailFactory(state=MailState.SENT, sent_at=new, next_attempt_at=None),
        OutgoingMailFactory(created_at=old),
    ]
    assert services.empty_old(now) == "2 emptied"
    assert services.empty_old(now) is None
    for letter in (sent_long_ago, given_up):
        letter.refresh_from_db()
        assert (letter.to, letter.subject, letter.body, letter.headers) == ([], "", "", {})
        assert letter.emptied_at
        assert letter.kind == "test"
    for letter in kept:
        letter.refresh_from_db()
        assert letter.body


def test_erasing_an_address_takes_its_letters_out_and_stops_what_waits() -> None:
    mine = [OutgoingMailFactory(to=["Ana@Example.org"]), OutgoingMailFactory(to=["b@example.org", "ana@example.org"])]
    other = OutgoingMailFactory(to=["b@example.org"])
    assert services.erase_address("ana@example.org") == 2
    assert services.send_waiting(clock.now()) == "1 of 1 sent"
    assert [sent.to for sent in mail.outbox] == [other.to]
    assert not OutgoingMail.objects.filter(pk__in=[letter.pk for letter in mine]).exclude(body="").exists()
