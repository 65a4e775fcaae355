"""What the index as a whole was last built with, and how far a rebuild has come."""

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _


class IndexState(models.Model):
    """The one row that says which rebuild is the current one and which analysis its words went through."""

    ONLY = 1

    generation = models.PositiveIntegerField(_("current rebuild"), default=0)
    analysis = models.CharField(_("version of the text analysis"), max_length=80, blank=True)
    rebuilt_at = models.DateTimeField(_("last complete rebuild"), null=True, blank=True)
    version = models.BigIntegerField(_("number of the last write"), default=0)
    followed_until = models.DateTimeField(_("records that became public until then are indexed"), null=True, blank=True)
    # A rebuild under way or interrupted: the analysis it uses, and the type and record it has come to.
    unfinished = models.CharField(_("analysis of the unfinished rebuild"), max_length=80, blank=True)
    unfinished_type = models.CharField(_("type it has come to"), max_length=20, blank=True)
    unfinished_after = models.CharField(_("record it has come to"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("state of the search index")
        verbose_name_plural = _("state of the search index")

    def __str__(self) -> str:
        return str(self.generation)

    @classmethod
    def current(cls) -> "IndexState":
        """The row, or an unsaved empty one before the first rebuild."""
        return cls.objects.filter(pk=cls.ONLY).first() or cls(pk=cls.ONLY)

    @classmethod
    def next_generation(cls, analysis: str) -> int:
        """Start a rebuild: from here on, whatever is written belongs to the new generation."""
        cls.objects.get_or_create(pk=cls.ONLY)
        cls.objects.filter(pk=cls.ONLY).update(
            generation=F("generation") + 1, unfinished=analysis, unfinished_type="", unfinished_after=""
        )
        return cls.objects.values_list("generation", flat=True).get(pk=cls.ONLY)

    @classmethod
    def next_write(cls) -> "IndexState":
        """Begin to write the index; to be called first in a transaction.

        The row stays locked until the commit, so writers come one after the other, each sees what the one before has
        committed, and the numbers (`version`) are in the order of the commits.
        """
        if not cls.objects.filter(pk=cls.ONLY).update(version=F("version") + 1):
            cls.objects.get_or_create(pk=cls.ONLY)
            cls.objects.filter(pk=cls.ONLY).update(version=F("version") + 1)
        return cls.objects.get(pk=cls.ONLY)


class IndexToken(models.Model):
    """The one row whose random token is another after each change of the index; triggers of the database write it.

    By it a process knows whether what it keeps of the index in memory still holds.
    """

    token = models.BigIntegerField(_("token"), default=0)

    class Meta:
        verbose_name = _("token of the search index")
        verbose_name_plural = _("tokens of the search index")

    def __str__(self) -> str:
        return str(self.token)
