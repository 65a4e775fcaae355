"""Writing letters and sending them: nothing leaves before the commit, nor in the quiet period."""

import datetime as dt
import functools
import logging
from collections.abc import Mapping, Sequence
from email.utils import make_msgid, parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q
from django.template import Context
from django.template.loader import get_template
from django.utils import translation

from zaveza import clock, quiet
from zaveza.secrets_in_logs import masked

from .enums import MailState
from .models import OutgoingMail

logger = logging.getLogger(__name__)

# Waits before the next attempt; after the last one the letter is given up and shown to administrators.
BACK_OFF = tuple(dt.timedelta(minutes=minutes) for minutes in (5, 15, 60, 240, 720, 1440))
# A process that died while sending leaves its letter to others after so long.
LEASE = dt.timedelta(minutes=10)
KEPT = dt.timedelta(days=30)
BATCH = 200


def send(
    template: str,
    to: Sequence[str],
    context: Mapping[str, Any],
    *,
    language: str,
    kind: str,
    about: str = "",
    headers: Mapping[str, str] | None = None,
) -> OutgoingMail:
    """Write a letter down and have it sent after the commit.

    `templates/email/<template>.subject.txt` and `<template>.txt` are rendered in `language` (an unknown one: the
    site's first); besides `context` they see `site_name` and `site_url` (no slash at the end). Everybody in `to` sees
    the other addresses. `kind` and `about` (a public id) say in the admin what the letter was for. `headers` are added
    as they are, for instance `List-Unsubscribe`. Raises `ValidationError` for an address that is none, `ValueError`
    without one.
    """
    if not to:
        raise ValueError("A letter needs an address.")
    for address in to:
        validate_email(address)
    if language not in dict(settings.LANGUAGES):
        language = settings.LANGUAGE_CODE
    with translation.override(language):
        subject = " ".join(_render(f"email/{template}.subject.txt", context).split())
        body = _render(f"email/{template}.txt", context).strip() + "\n"
    now = clock.now()
    letter = OutgoingMail.objects.create(
        to=list(to),
        subject=subject[:255],
        body=body,
        headers={"Auto-Submitted": "auto-generated", "Message-ID": _message_id(), **(headers or {})},
        language=language,
        kind=kind,
        about=about,
        created_at=now,
        next_attempt_at=now,
    )
    from .tasks import deliver

    transaction.on_commit(functools.partial(deliver.enqueue, letter.pk))
    return letter


def deliver_now(pk: int) -> bool:
    """Try to send one letter that is due; whether it left. A failure is noted and tried again later, never raised."""
    now = clock.now()
    if quiet.is_quiet(now) or not _claim(pk, now):
        return False
    letter = OutgoingMail.objects.get(pk=pk)
    try:
        EmailMessage(letter.subject, letter.body, None, letter.to, headers=letter.headers).send()
    except Exception as error:  # noqa: BLE001 - whatever the server or the network says, the letter is tried again
        _note_failure(letter, error)
        return False
    letter.state, letter.sent_at, letter.next_attempt_at, letter.last_error = MailState.SENT, clock.now(), None, ""
    letter.attempts += 1
    # What opens something stands only in the letter that went out.
    letter.body = masked(letter.body)
    letter.save(update_fields=["state", "sent_at", "next_attempt_at", "last_error", "attempts", "body"])
    return True


def send_waiting(now: dt.datetime) -> str | None:
    """Send what waits: held back, failed before, or left by a process that died. For `manage.py tick`."""
    due = _due(now).order_by("pk")
    if quiet.is_quiet(now):
        waiting = due.count()
        return f"quiet period: {waiting} wait" if waiting else None
    left = tried = last = 0
    while keys := list(due.filter(pk__gt=last).values_list("pk", flat=True)[:BATCH]):
        for pk in keys:
            left += deliver_now(pk)
        tried, last = tried + len(keys), keys[-1]
    return f"{left} of {tried} sent" if tried else None


def try_again(letter: OutgoingMail) -> None:
    """Put a letter that was given up back in line. Nothing happens to one that was sent or emptied."""
    changed = OutgoingMail.objects.filter(pk=letter.pk, state=MailState.FAILED, emptied_at=None).update(
        state=MailState.WAITING, attempts=0, next_attempt_at=clock.now()
    )
    if changed:
        from .tasks import deliver

        transaction.on_commit(functools.partial(deliver.enqueue, letter.pk))


def empty_old(now: dt.datetime) -> str | None:
    """Take addresses, words and headers out of letters that are done with: sent or given up `KEPT` ago."""
    done = Q(state=MailState.SENT, sent_at__lt=now - KEPT) | Q(
        state=MailState.FAILED, next_attempt_at=None, created_at__lt=now - KEPT
    )
    emptied = _empty(OutgoingMail.objects.filter(done, emptied_at=None), now)
    return f"{emptied} emptied" if emptied else None


def erase_address(address: str) -> int:
    """Take out at once every letter to an address, sent or not; how many. What waits is not sent any more."""
    wanted = address.casefold()
    held = OutgoingMail.objects.filter(emptied_at=None).values_list("pk", "to").iterator()
    keys = [pk for pk, to in held if wanted in (one.casefold() for one in to)]
    letters = OutgoingMail.objects.filter(pk__in=keys)
    letters.exclude(state=MailState.SENT).update(state=MailState.FAILED)
    return _empty(letters, clock.now())


def erase_words(texts: Sequence[str]) -> int:
    """Take out at once every letter that repeats one of these texts, sent or not; how many."""
    carrying = Q(pk__in=[])
    for text in texts:
        carrying |= Q(body__contains=text) | Q(subject__contains=text)
    letters = OutgoingMail.objects.filter(carrying, emptied_at=None)
    keys = list(letters.values_list("pk", flat=True))
    letters = OutgoingMail.objects.filter(pk__in=keys)
    letters.exclude(state=MailState.SENT).update(state=MailState.FAILED)
    return _empty(letters, clock.now())


def _empty(letters: Any, now: dt.datetime) -> int:
    emptied: int = letters.update(
        to=[], subject="", body="", headers={}, last_error="", next_attempt_at=None, emptied_at=now
    )
    return emptied


def _due(now: dt.datetime) -> Any:
    return OutgoingMail.objects.exclude(state=MailState.SENT).filter(next_attempt_at__lte=now)


def _claim(pk: int, now: dt.datetime) -> bool:
    """Take a letter for this process; in one statement, so that two never send it."""
    return bool(_due(now).filter(pk=pk).update(next_attempt_at=now + LEASE))


def _note_failure(letter: OutgoingMail, error: Exception) -> None:
    # The message of a mail server may repeat addresses: they stand in this row anyway, and are emptied with it.
    logger.warning("Letter %s was not sent: %s", letter.pk, type(error).__name__)
    wait = BACK_OFF[letter.attempts] if letter.attempts < len(BACK_OFF) else None
    letter.attempts += 1
    letter.state = MailState.FAILED
    letter.last_error = f"{type(error).__name__}: {error}"[:500]
    letter.next_attempt_at = clock.now() + wait if wait else None
    letter.save(update_fields=["attempts", "state", "last_error", "next_attempt_at"])


def _render(name: str, context: Mapping[str, Any]) -> str:
    values = {
        "site_name": settings.WAGTAIL_SITE_NAME,
        "site_url": settings.WAGTAILADMIN_BASE_URL.rstrip("/"),
        **context,
    }
    # Plain text: an apostrophe stays an apostrophe.
    text: str = get_template(name).template.render(Context(values, autoescape=False))  # type: ignore[attr-defined]
    return text


def _message_id() -> str:
    # The same for every attempt, and without the name of this machine.
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return make_msgid(domain=domain or "localhost")
