"""Addresses with which a follower acts without an account: to confirm, to end one follow, to see and end all of them.

An address carries `zl_<key>_<signature>`, as all secrets in addresses do (`zaveza.secrets_in_logs`): the key names a
row, the signature is made with the site's secret key and the purpose. An address for one purpose is none for another.
"""

import base64
import re
from enum import StrEnum

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import constant_time_compare, salted_hmac

from zaveza.secrets_in_logs import SECRET_PREFIX

_TOKEN = re.compile(rf"{SECRET_PREFIX}(?P<key>[0-9a-f]{{32}})_(?P<signature>[\w-]{{43}})", re.ASCII)


class Purpose(StrEnum):
    """What an address is for; `CONFIRM` and `LEAVE` name a follow, the others everything of one e-mail address."""

    CONFIRM = "confirm"
    LEAVE = "leave"
    MINE = "mine"
    LEAVE_ALL = "leave-all"


def address_key(email: str) -> str:
    """A keyed hash of an e-mail address, by which its follows are found; case does not matter."""
    return salted_hmac("search.alerts.address", email.strip().casefold(), algorithm="sha256").hexdigest()[:32]


def token_of(purpose: Purpose, key: str) -> str:
    """The secret part of an address."""
    return f"{SECRET_PREFIX}{key}_{_signature(purpose, key)}"


def key_of(purpose: Purpose, token: str) -> str | None:
    """The key that a token was made for; None for every other token."""
    match = _TOKEN.fullmatch(token)
    if match is None or not constant_time_compare(match["signature"], _signature(purpose, match["key"])):
        return None
    return match["key"]


def link(purpose: Purpose, key: str, language: str) -> str:
    """The whole address, in a language."""
    route = {
        Purpose.CONFIRM: "search:follow_confirm",
        Purpose.LEAVE: "search:follow_leave",
        Purpose.MINE: "search:follow_mine",
        Purpose.LEAVE_ALL: "search:follow_leave_all",
    }[purpose]
    with translation.override(language):
        path = reverse(route, args=[token_of(purpose, key)])
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{path}"


def _signature(purpose: Purpose, key: str) -> str:
    digest = salted_hmac("search.alerts", f"{purpose}:{key}", algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
