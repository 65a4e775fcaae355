"""Beginning and ending a follow. Nothing here tells anybody whether an address is known."""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.utils import translation

from zaveza import clock
from zaveza.mail import services as mail

from ..alert_links import Purpose, address_key, link
from ..follows import Subject
from ..models import IndexState, SearchAlert

# An address that never answered is kept so long.
UNCONFIRMED = dt.timedelta(days=14)
# More would be somebody else's mailbox, or a machine.
MOST_FOLLOWS = 100


def ask_to_follow(email: str, subject: Subject, language: str) -> None:
    """Write a letter to the address: to confirm the follow or, where it follows this already, to say so."""
    now = clock.now()
    address = address_key(email)
    with transaction.atomic():
        of_address = SearchAlert.objects.filter(address=address)
        alert = of_address.filter(kind=subject.kind, query_digest=subject.query_digest).first()
        if alert is None and of_address.count() >= MOST_FOLLOWS:
            template = "follow_full"
        elif alert is None:
            template = "follow_confirm"
            alert = SearchAlert.objects.create(
                email=email,
                address=address,
                language=language,
                kind=subject.kind,
                query=subject.query,
                query_digest=subject.query_digest,
                created_at=now,
            )
        else:
            template = "follow_known" if alert.confirmed_at else "follow_confirm"
            if not alert.confirmed_at:
                # Asked for anew: the time to confirm begins anew, and the language may be another.
                alert.created_at, alert.language, alert.email = now, language, email
                alert.save(update_fields=["created_at", "language", "email"])
        mail.send(
            template,
            [email],
            {
                "title": subject.title,
                "page_url": f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{subject.page_url}",
                "confirm_url": link(Purpose.CONFIRM, alert.key, language) if alert else "",
                "mine_url": link(Purpose.MINE, address, language),
                "days": UNCONFIRMED.days,
                "most": MOST_FOLLOWS,
            },
            language=language,
            kind=template,
        )


def confirm(alert: SearchAlert) -> None:
    """From now on, what changes is told; confirming twice changes nothing."""
    with transaction.atomic():
        # What is written meanwhile comes after the place or before it, never beside it.
        place = IndexState.current().version
        now = clock.now()
        SearchAlert.objects.filter(pk=alert.pk, confirmed_at=None).update(confirmed_at=now, run_at=now, place=place)


def leave(alert: SearchAlert) -> None:
    """End one follow; nothing is kept of it."""
    SearchAlert.objects.filter(pk=alert.pk).delete()


def leave_all(address: str) -> int:
    """End every follow of an address (its key); how many there were."""
    ended, _by_model = SearchAlert.objects.filter(address=address).delete()
    return ended


def erase_follows(email: str) -> int:
    """Erase everything that an e-mail address follows; how many there were. Its letters: `zaveza.mail`."""
    return leave_all(address_key(email))


def tell_of_end(alert: SearchAlert) -> None:
    """End a follow whose subject is gone, and write so to its address."""
    with translation.override(alert.language):
        mail.send(
            "follow_ended",
            [alert.email],
            {"query": alert.query, "mine_url": link(Purpose.MINE, alert.address, alert.language)},
            language=alert.language,
            kind="follow_ended",
        )
    leave(alert)


def erase_unconfirmed(now: dt.datetime) -> str | None:
    """Erase the addresses of those who never confirmed. For `manage.py tick`."""
    erased, _by_model = SearchAlert.objects.filter(
        confirmed_at__isnull=True, created_at__lte=now - UNCONFIRMED
    ).delete()
    return f"{erased} erased" if erased else None
