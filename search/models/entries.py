"""The index: one row per searchable document, with its text analysed."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchEntry(models.Model):
    """One document of the index.

    `surface_*` hold the folded words, `keys_*` what their inflected forms share, `facets` one token per facet value:
    all of them only `[a-z0-9 ]`, so every engine reads the same tokens and no input can become query syntax
    (design: search, 6). The engines keep their own structures beside this table, kept up by database triggers
    (SQLite: FTS5) or written with the row (PostgreSQL: the `vector` column, which Django does not know).
    """

    # The small columns come first: SQLite reads past a long text to reach what stands behind it.
    document_id = models.CharField(_("document id"), max_length=255, unique=True)
    type = models.CharField(_("type"), max_length=20)
    object_pk = models.CharField(_("primary key of the record"), max_length=64)
    language = models.CharField(_("language"), max_length=10)
    date = models.DateField(_("date"), null=True, blank=True)
    due = models.DateField(_("due date"), null=True, blank=True)
    generation = models.PositiveIntegerField(_("rebuild that wrote it"), default=0, db_index=True)
    title = models.TextField(_("title"))
    url = models.TextField(_("address"))
    data = models.JSONField(_("what a hit shows"), default=dict)
    facets = models.TextField(blank=True)
    body = models.TextField(_("text"), blank=True)
    surface_title = models.TextField(blank=True)
    surface_body = models.TextField(blank=True)
    keys_title = models.TextField(blank=True)
    keys_body = models.TextField(blank=True)
    # The number of the write that last changed it, by which other indexes follow; a digest of all that it was made of.
    version = models.BigIntegerField(_("number of the write"), default=0, db_index=True)
    digest = models.CharField(max_length=32, blank=True)

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")
        ordering = ["document_id"]
        indexes = [
            models.Index(fields=["type", "object_pk"], name="search_entry_record"),
        ]

    def __str__(self) -> str:
        return self.document_id


class SearchPassage(models.Model):
    """A stretch of a long text, for phrases on PostgreSQL, which keeps no positions so far into a text.

    Its words are in the column `vector`, which Django does not know. Other engines have none.
    """

    entry = models.ForeignKey(SearchEntry, models.CASCADE, related_name="passages", verbose_name=_("search entry"))

    class Meta:
        verbose_name = _("passage of a long text")
        verbose_name_plural = _("passages of long texts")

    def __str__(self) -> str:
        return f"{self.entry} {self.pk}"
