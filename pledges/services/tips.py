"""Readers' tips: taken in, found again by their code, and erased after their period."""

import datetime as dt
import functools
import hashlib
from typing import Any

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from zaveza import clock

from ..models import Municipality, Pledge, Tip
from ..models.replies import tracking_code
from .rules import RuleViolation


def tracking_digest(code: str) -> str:
    """What is stored of a code. It is long and random, so a plain hash keeps it."""
    return hashlib.sha256(code.strip().lower().encode()).hexdigest()


def receive_tip(
    code: str,
    message: str,
    *,
    pledge: Pledge | None = None,
    municipality: Municipality | None = None,
    contact: str = "",
    file: File | None = None,
) -> tuple[Tip, str]:
    """Take in a tip under a code (`models.replies.tracking_code`); sent twice under one code it is one tip.

    Another tip under the same code (the reader went back and wrote anew) gets a code of its own. Returns the tip and
    the code under which it is kept. Raises `RuleViolation` where the edition is archived.
    """
    if pledge and pledge.edition.is_archived:
        raise RuleViolation(_("The edition is archived: it takes no new tips."))
    today = clock.today()
    with transaction.atomic():
        tip, is_new = Tip.objects.get_or_create(
            tracking_digest=tracking_digest(code),
            defaults={
                "pledge": pledge,
                "municipality": municipality,
                "message": message,
                "contact": contact,
                "file": file or "",
                "erase_on": today + dt.timedelta(days=settings.TIP_RETENTION_DAYS),
            },
        )
        if not is_new and not _is_same(tip, message, contact, pledge, municipality, file):
            return receive_tip(
                tracking_code(), message, pledge=pledge, municipality=municipality, contact=contact, file=file
            )
    return tip, code


def _is_same(
    tip: Tip, message: str, contact: str, pledge: Pledge | None, municipality: Municipality | None, file: File | None
) -> bool:
    """Whether a tip is the stored one sent again. Of one that is erased nobody can tell."""
    kept = tip.file.open("rb").read() if tip.file else b""
    sent = b""
    if file:
        sent = file.read()
        file.seek(0)
    return (tip.message, tip.contact, tip.pledge, tip.municipality, kept) == (
        message, contact, pledge, municipality, sent
    )  # fmt: skip


def tip_by_code(code: str) -> Tip | None:
    """The tip that was sent under a code, as long as it is kept."""
    return Tip.objects.filter(tracking_digest=tracking_digest(code)).first()


def erase_tip(tip: Tip) -> Tip:
    """Take out what the reader wrote, the contact and the file; that there was a tip, and its state, stays."""
    storage, name = tip.file.storage, tip.file.name
    with transaction.atomic():
        tip.message = tip.contact = ""
        tip.file = ""
        tip.erased_at = clock.now()
        tip.save(update_fields=["message", "contact", "file", "erased_at"])
        if name:
            transaction.on_commit(functools.partial(storage.delete, name))
    return tip


def erase_due_tips(now: dt.datetime) -> int:
    """Erase the tips whose period is over; how many. Begun anew it goes on where it stopped."""
    today = now.astimezone(clock.SITE_ZONE).date()
    due: Any = Tip.objects.filter(erase_on__lte=today, erased_at__isnull=True).order_by("pk")
    erased = 0
    for tip in due.iterator(chunk_size=200):
        erase_tip(tip)
        erased += 1
    return erased
