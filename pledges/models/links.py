"""Links with which a candidate's team acts without an account, and what it has entered but not handed in yet."""

import secrets
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zaveza import clock

from ..enums import LinkPurpose
from .people import Candidacy
from .programmes import Programme


def link_key() -> str:
    """What tells a link apart: 16 random bytes. The address also carries a signature over it (`pledges.links`)."""
    return secrets.token_hex(16)


class CandidacyLink(models.Model):
    """The right to do one thing for one candidacy, for whoever knows the address.

    The address is not stored: it is the key with a signature, so that a copy of the database opens nothing. A new key
    (`services.renew_link`) ends the earlier address.
    """

    candidacy = models.ForeignKey(
        Candidacy, verbose_name=_("candidacy"), on_delete=models.CASCADE, related_name="links"
    )
    purpose = models.CharField(_("purpose"), max_length=10, choices=LinkPurpose)
    key = models.CharField(max_length=32, unique=True, default=link_key, editable=False)
    email = models.EmailField(
        _("e-mail address"),
        blank=True,
        help_text=_("Of the candidate or the team; erased once nobody is asked any more."),
    )
    language = models.CharField(
        _("language"), max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    expires_at = models.DateTimeField(_("expires at"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True, editable=False)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True, editable=False)
    last_used_at = models.DateTimeField(_("last used at"), null=True, blank=True, editable=False)
    made_at = models.DateTimeField(_("made at"), default=clock.now, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("made by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )

    class Meta:
        verbose_name = _("link for a candidate")
        verbose_name_plural = _("links for candidates")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["candidacy", "purpose"],
                condition=Q(revoked_at__isnull=True),
                name="pledges_candidacylink_one_open",
                violation_error_message=_("There is a link for this already: send it again, renew it or revoke it."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.candidacy}: {self.get_purpose_display()}"

    @property
    def is_open(self) -> bool:
        """Neither revoked nor expired."""
        return self.revoked_at is None and clock.now() < self.expires_at


class HandInDraft(models.Model):
    """What a candidate's team has entered so far: never public, gone once it is handed in."""

    candidacy = models.OneToOneField(
        Candidacy, verbose_name=_("candidacy"), on_delete=models.CASCADE, related_name="hand_in_draft"
    )
    # Counts the saves: who saves an older one is told so instead of overwriting what another window saved.
    revision = models.PositiveIntegerField(default=0)
    language = models.CharField(
        _("language"), max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    file = models.FileField(_("file"), upload_to="hand-ins/", blank=True)
    file_name = models.CharField(_("name of the file"), max_length=255, blank=True)
    file_size = models.PositiveIntegerField(_("file size in bytes"), null=True, blank=True)
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True)
    # As typed, one {"quote", "title", "due", "check"} for each pledge; checked when it is handed in.
    pledges = models.JSONField(_("pledges"), default=list, blank=True)
    saved_at = models.DateTimeField(_("saved at"), default=clock.now)

    class Meta:
        verbose_name = _("draft of a programme")
        verbose_name_plural = _("drafts of programmes")

    def __str__(self) -> str:
        return str(self.candidacy)


class HandIn(models.Model):
    """The receipt of one version handed in through a link: what was entered, word for word. Never changed."""

    programme = models.OneToOneField(
        Programme, verbose_name=_("programme"), on_delete=models.PROTECT, related_name="hand_in"
    )
    file_name = models.CharField(_("name of the file"), max_length=255)
    pledges = models.JSONField(_("pledges"), default=list)
    pledges_sha256 = models.CharField(_("SHA-256 of the pledges"), max_length=64)

    class Meta:
        verbose_name = _("receipt of a programme")
        verbose_name_plural = _("receipts of programmes")

    def __str__(self) -> str:
        return str(self.programme)

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise ValueError("A receipt is never changed.")
        super().save(*args, **kwargs)
