"""What the index still has to follow: changed records, and documents that are gone."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OutboxEntry(models.Model):
    """The outbox: a record whose documents must be written anew.

    It is added in the transaction that changes the record, so one is never without the other, and it goes in the
    transaction that writes the index. The same record may wait more than once.
    """

    type = models.CharField(_("type"), max_length=20)
    object_pk = models.CharField(_("primary key of the record"), max_length=64)
    # Failed attempts to make the documents; those that failed wait for the next tick or sync.
    attempts = models.PositiveSmallIntegerField(_("failed attempts"), default=0)

    class Meta:
        verbose_name = _("change for the search index")
        verbose_name_plural = _("changes for the search index")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.type} {self.object_pk}"


class RemovedEntry(models.Model):
    """A document that was dropped from the index, kept until every index outside the database has dropped it."""

    document_id = models.CharField(_("document id"), max_length=255)
    version = models.BigIntegerField(_("number of the write"), db_index=True)

    class Meta:
        verbose_name = _("removed search entry")
        verbose_name_plural = _("removed search entries")
        ordering = ["version", "pk"]

    def __str__(self) -> str:
        return self.document_id
