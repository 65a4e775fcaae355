"""Letters that the site has sent or is to send."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .enums import MailState


class OutgoingMail(models.Model):
    """One letter as it goes out. Addresses, words and headers are emptied some time after it was sent.

    Several addresses of one letter see each other; those who must not get a letter each.
    """

    to: Any = models.JSONField(_("to"), default=list, help_text=_("Addresses."))
    subject = models.CharField(_("subject"), max_length=255, blank=True)
    body = models.TextField(_("text"), blank=True)
    headers: Any = models.JSONField(_("headers"), default=dict, blank=True)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    kind = models.SlugField(_("kind"), max_length=60, help_text=_("What it is for, such as second_reader."))
    about = models.CharField(_("about"), max_length=100, blank=True, help_text=_("Public id or key of a record."))
    state = models.CharField(_("state"), max_length=10, choices=MailState, default=MailState.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_attempt_at = models.DateTimeField(_("next attempt"), null=True, blank=True)
    last_error = models.CharField(_("last error"), max_length=500, blank=True)
    created_at = models.DateTimeField(_("created at"))
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    emptied_at = models.DateTimeField(_("emptied at"), null=True, blank=True)

    class Meta:
        verbose_name = _("outgoing mail")
        verbose_name_plural = _("outgoing mail")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["state", "next_attempt_at"], name="mail_waiting"),
            models.Index(fields=["kind", "about"], name="mail_about"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}, {self.created_at:%Y-%m-%d}"
