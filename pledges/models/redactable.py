"""Texts that the law may have erased, while the ledger still proves that they were not changed.

Beside a redactable text stand its digest, which stays, and the digest's salt, which goes with the text.
"""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


def digest_field() -> models.CharField:
    """The SHA-256 of salt and text, set at publication; empty where there is no text."""
    return models.CharField(_("digest"), max_length=64, blank=True, default="", editable=False)


def salt_field() -> models.CharField:
    """Random; emptied with the text."""
    return models.CharField(_("salt"), max_length=32, blank=True, default="", editable=False)


def fields_of(name: str) -> tuple[str, str, str]:
    """The names of a text, its salt and its digest."""
    return name, f"{name}_salt", f"{name}_digest"


def erased(record: Any, name: str) -> bool:
    """Whether there was a text that is erased now."""
    text, _salt, digest = fields_of(name)
    return bool(getattr(record, digest)) and not getattr(record, text)
