"""Indexes outside the database, which follow the one inside."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RemoteIndex(models.Model):
    """One generation of an index on Elasticsearch, and how far it has followed.

    `place` is the number of the last write (`SearchEntry.version`, `RemovedEntry.version`) that it holds. Numbers are
    given in the order of the commits, so everything up to `place` is there and all beyond it is to be sent.
    """

    prefix = models.CharField(_("prefix"), max_length=100)
    number = models.PositiveIntegerField(_("generation"))
    name = models.CharField(_("name"), max_length=200, unique=True)
    # The server's own id of it: another one means that somebody made the index anew.
    uuid = models.CharField(max_length=40)
    # Below the first number: rows from before there were numbers have 0.
    place = models.BigIntegerField(_("number of the last write in it"), default=-1)
    is_current = models.BooleanField(_("searches are answered from it"), default=False)
    analysis = models.CharField(_("version of the text analysis"), max_length=80, blank=True)
    refused = models.PositiveIntegerField(_("documents that it refused"), default=0)
    problem = models.TextField(_("last refusal"), blank=True)
    started_at = models.DateTimeField(_("begun"))

    class Meta:
        verbose_name = _("remote search index")
        verbose_name_plural = _("remote search indexes")
        ordering = ["prefix", "number"]

    def __str__(self) -> str:
        return self.name
