"""What readers follow, what changed for them, and what nobody found."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class DocumentChange(models.Model):
    """One change of what a document says; feeds and digests are made of them.

    A document that is written anew with the same content (another analysis, a rebuild) has not changed. `number` is
    that of the write (`IndexState.version`), so changes are numbered in the order of their commits. `marks` are the
    public ids of everything that stands with the document, such as assessments and corrections; `added` those that this
    change brought.
    """

    document_id = models.CharField(_("document id"), max_length=255, db_index=True)
    number = models.BigIntegerField(_("number of the write"), db_index=True)
    at = models.DateTimeField(_("time"))
    content = models.CharField(_("digest of the content"), max_length=32)
    is_new = models.BooleanField(_("the document is new"), default=False)
    is_last = models.BooleanField(_("the last change of the document"), default=True)
    marks: Any = models.JSONField(default=list)
    added: Any = models.JSONField(default=list)

    class Meta:
        verbose_name = _("change of a document")
        verbose_name_plural = _("changes of documents")
        ordering = ["-number", "document_id"]
        constraints = [
            models.UniqueConstraint(fields=["document_id"], condition=models.Q(is_last=True), name="search_last_change")
        ]

    def __str__(self) -> str:
        return f"{self.document_id} {self.number}"


def new_key() -> str:
    """The key of a follow: 32 hexadecimal digits."""
    return uuid.uuid4().hex


class SearchAlert(models.Model):
    """A follow: somebody gets a letter when something changed in a search or a list; active once confirmed.

    `kind` and `query` say what is followed (`search.follows`); `place` is the number of the last change that its
    letters have told of. `address` is a keyed hash of the e-mail address, by which its own links find it. A follow that
    is ended is deleted.
    """

    key = models.CharField(max_length=32, unique=True, default=new_key, editable=False)
    email = models.EmailField(_("e-mail address"))
    address = models.CharField(max_length=32, db_index=True, editable=False)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    kind = models.SlugField(_("kind"), max_length=20)
    query = models.TextField(_("what is followed"), blank=True, help_text=_("A canonical query string."))
    query_digest = models.CharField(max_length=32, editable=False)
    place = models.BigIntegerField(_("number of the last change told"), default=0)
    created_at = models.DateTimeField(_("created at"))
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    run_at = models.DateTimeField(_("last run"), null=True, blank=True)

    class Meta:
        verbose_name = _("follow")
        verbose_name_plural = _("follows")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["address", "kind", "query_digest"], name="search_alert_once"),
        ]
        indexes = [models.Index(fields=["confirmed_at", "run_at"], name="search_alert_due")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class MissedQuery(models.Model):
    """Words that found nothing on so many `days`, in one language; who typed them is not known."""

    words = models.CharField(_("words"), max_length=120)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    count = models.PositiveIntegerField(_("how often"), default=1)
    days = models.PositiveIntegerField(_("on different days"), default=1)
    first_on = models.DateField(_("first on"))
    last_on = models.DateField(_("last on"), db_index=True)

    class Meta:
        verbose_name = _("search without a hit")
        verbose_name_plural = _("searches without a hit")
        ordering = ["-count", "words", "pk"]
        constraints = [models.UniqueConstraint(fields=["words", "language"], name="search_missed_once")]

    def __str__(self) -> str:
        return self.words
