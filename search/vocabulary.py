"""The vocabulary of this site: what editors wrote, and the names of the records that apps register.

Each process keeps it until a record behind it changes; processes without a common cache follow within minutes.
"""

import uuid
from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.cache import cache
from django.db import models, transaction
from django.db.models.signals import post_delete, post_save

from .analysis import SynonymGroup, Vocabulary, fold, name_forms, name_words
from .models import SearchName, SearchSynonym

_CACHE_KEY = "search:vocabulary"
_SECONDS = 300


class NameSource(ABC):
    """Names of one kind of records, whose forms readers may type.

    `models` are those whose rows they come from: a change of one makes the vocabulary anew.
    """

    models: Sequence[type[models.Model]]

    @abstractmethod
    def names(self) -> Iterable[str]:
        """The public names, in one query."""


_sources: list[NameSource] = []
_kept: tuple[str, Vocabulary] | None = None


def register_names(source: NameSource) -> None:
    """Make the names of an app known to the search."""
    _sources.append(source)
    for model in source.models:
        _follow(model)


def current_vocabulary() -> Vocabulary:
    """The vocabulary as it is now; no query as long as nothing has changed."""
    global _kept
    token = cache.get(_CACHE_KEY)
    if token is None or _kept is None or _kept[0] != token:
        token = token or uuid.uuid4().hex
        _kept = (token, _read())
        cache.set(_CACHE_KEY, token, _SECONDS)
    return _kept[1]


def forget(**kwargs: Any) -> None:
    """The records have changed: the next search reads them."""
    transaction.on_commit(lambda: cache.delete(_CACHE_KEY), robust=True)


def follow_own_models() -> None:
    """Notice what editors change."""
    for model in (SearchSynonym, SearchName):
        _follow(model)


def _follow(model: type[models.Model]) -> None:
    for signal in (post_save, post_delete):
        signal.connect(forget, sender=model, dispatch_uid=f"search.vocabulary.{model._meta.label}")


def _read() -> Vocabulary:
    groups = [SynonymGroup.read(synonym.members, synonym.related) for synonym in SearchSynonym.objects.all()]
    forms: dict[str, set[str]] = defaultdict(set)
    for source in _sources:
        for name in source.names():
            for word in name_words(name):
                forms[word] |= name_forms(word)
    for entry in SearchName.objects.all():
        forms[fold(entry.name)] |= {form for typed in entry.forms.replace(",", " ").split() if (form := fold(typed))}
    return Vocabulary.of(groups, forms)
