"""Addresses with which a candidate's team acts without an account (design: domain, Roles).

An address carries `zl_<key>_<signature>`: the key names a row of `CandidacyLink`, the signature is made with the site's
secret key and the link's purpose. The row alone opens nothing, a guessed key has no signature, and an address for one
purpose is none for another. Unknown, expired and revoked addresses are answered alike.
"""

import base64
import datetime as dt
import re

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import constant_time_compare, salted_hmac

from zaveza import clock
from zaveza.secrets_in_logs import SECRET_PREFIX

from .enums import KeyDateKind, LinkPurpose
from .models import Candidacy, CandidacyLink

# A reply window is ten working days by default: an address that is sent today outlives it.
SHORTEST_NOTICE = dt.timedelta(days=30)
# A receipt can be fetched so long after the deadline.
AFTER_DEADLINE = dt.timedelta(days=30)
_ROUTES = {LinkPurpose.PROGRAMME: "pledges:hand_in", LinkPurpose.REPLY: "pledges:reply"}
_TOKEN = re.compile(rf"{SECRET_PREFIX}(?P<key>[0-9a-f]{{32}})_(?P<signature>[\w-]{{43}})", re.ASCII)


def token_of(link: CandidacyLink) -> str:
    """The secret part of a link's address."""
    return f"{SECRET_PREFIX}{link.key}_{_signature(link.key, link.purpose)}"


def address_of(link: CandidacyLink) -> str:
    """The whole address of a link, in its language."""
    with translation.override(link.language):
        path = reverse(_ROUTES[LinkPurpose(link.purpose)], args=[token_of(link)])
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{path}"


def find_link(token: str, purpose: LinkPurpose) -> CandidacyLink | None:
    """The open link that a token stands for, with its candidacy; None for every other token."""
    match = _TOKEN.fullmatch(token)
    if match is None or not constant_time_compare(match["signature"], _signature(match["key"], purpose)):
        return None
    link = (
        CandidacyLink.objects.select_related("candidacy__person", "candidacy__municipality", "candidacy__edition")
        .filter(key=match["key"], purpose=purpose)
        .first()
    )
    return link if link and link.is_open else None


def reply_url(candidacy: Candidacy) -> str:
    """The address under which the team of a candidacy replies to assessments: that of its open link, or of a new one.

    Good for at least `SHORTEST_NOTICE` from now, so that it outlives the reply window that it is sent for.
    """
    with transaction.atomic():
        # The candidacy's row is the lock: two invitations at once make one link.
        Candidacy.objects.select_for_update().get(pk=candidacy.pk)
        link = CandidacyLink.objects.filter(
            candidacy=candidacy, purpose=LinkPurpose.REPLY, revoked_at__isnull=True
        ).first()
        if link is None:
            link = CandidacyLink.objects.create(
                candidacy=candidacy,
                purpose=LinkPurpose.REPLY,
                email=contact_of(candidacy),
                language=language_of(candidacy),
                expires_at=default_expiry(candidacy, LinkPurpose.REPLY),
            )
        elif link.expires_at < clock.now() + SHORTEST_NOTICE:
            link.expires_at = default_expiry(candidacy, LinkPurpose.REPLY)
            link.save(update_fields=["expires_at"])
    return address_of(link)


def contact_of(candidacy: Candidacy) -> str:
    """Where mail for a candidacy goes: the address of its newest link that has one; empty where there is none."""
    found = CandidacyLink.objects.filter(candidacy=candidacy, revoked_at__isnull=True).exclude(email="").first()
    return found.email if found else ""


def language_of(candidacy: Candidacy) -> str:
    """The language in which the team of a candidacy is written to."""
    found = CandidacyLink.objects.filter(candidacy=candidacy).first()
    return found.language if found else settings.LANGUAGE_CODE


def default_expiry(candidacy: Candidacy, purpose: LinkPurpose) -> dt.datetime:
    """`CANDIDACY_LINK_DAYS` from now; for handing in a programme at least until a month after it is due."""
    expiry = clock.now() + dt.timedelta(days=settings.CANDIDACY_LINK_DAYS)
    due = programmes_due(candidacy) if purpose == LinkPurpose.PROGRAMME else None
    return max(expiry, due + AFTER_DEADLINE) if due else expiry


def programmes_due(candidacy: Candidacy) -> dt.datetime | None:
    """The last moment at which the programme of a candidacy is accepted; None where the edition names no day."""
    date = candidacy.edition.key_dates.filter(kind=KeyDateKind.PROGRAMMES_DUE).first()
    return clock.end_of_day(date.last_day) if date else None


def _signature(key: str, purpose: str) -> str:
    digest = salted_hmac("pledges.links", f"{purpose}:{key}", algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
