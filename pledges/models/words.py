"""Facts are single rows; the words about them that need translation are rows beside them, one per language."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel


class Words(models.Model):
    """Words about one record in one language. Subclasses name the record's foreign key with `related_name="texts"`."""

    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)

    class Meta:
        abstract = True


class HasWords(ClusterableModel):
    """A record whose words are in `texts`."""

    class Meta:
        abstract = True

    def words_in(self, language: str | None) -> Any | None:
        """The words in this language, else in the site's source language, else in any; None where there are none.

        The row's own `language` says which it became, for the `lang` attribute.
        """
        texts = {text.language: text for text in self.texts.all()}  # type: ignore[attr-defined]
        return texts.get(language or "") or texts.get(settings.LANGUAGE_CODE) or next(iter(texts.values()), None)

    @cached_property
    def words(self) -> Any | None:
        """The words in the reader's language, as `words_in` chooses them."""
        return self.words_in(get_language())


class PublishedRecord(models.Model):
    """A record that is public from `published_at` on; empty means draft."""

    published_at = models.DateTimeField(_("published at"), null=True, blank=True, db_index=True)

    class Meta:
        abstract = True
