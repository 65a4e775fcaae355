"""Fields of a query, such as `občina:Sevnica`: each app registers those of its records in its `facets.py`.

A field has a name in every language of the site and the values of one facet, which readers may type in any language,
in another form or without diacritics.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any, ClassVar

from django.conf import settings
from django.utils import translation

from ..analysis import Term, analyse, fold, query_terms
from ..analysis.text import Word
from ..vocabulary import current_vocabulary

# A value that fits more records than this says nothing.
MAX_VALUES = 20


@dataclass(frozen=True)
class Named:
    """A value of a facet with its names by language; names of people and places are in the language they have."""

    value: str
    names: Mapping[str, str]

    @property
    def label(self) -> str:
        """In the reader's language, else the source language, else any."""
        return (
            self.names.get(translation.get_language() or "")
            or self.names.get(settings.LANGUAGE_CODE)
            or next(iter(self.names.values()), self.value)
        )


class Field(ABC):
    """A facet that can be typed. `code` is the facet's, `label` its translated name, one word in each language."""

    code: ClassVar[str]
    label: ClassVar[Any]
    # How the values are called above their filter, where that is another word.
    legend: ClassVar[Any] = ""

    @abstractmethod
    def values(self) -> Iterable[Named]:
        """All public values, in the order in which readers are offered them."""

    def labelled(self, wanted: Iterable[str]) -> dict[str, str]:
        """The labels of these values; of an unknown one the value itself."""
        known = {named.value: named.label for named in self.values()}
        return {value: known.get(value, value) for value in wanted}

    def find(self, typed: str) -> tuple[str, ...]:
        """The values meant: of this code, else all with just this name, else those with these words in their name.

        More than `MAX_VALUES` say nothing.
        """
        terms = _terms_of(typed)
        code = typed.strip().lower()
        fits: dict[int, list[str]] = {}
        for named in self.values():
            if named.value.lower() == code:
                return (named.value,)
            if terms:
                fits.setdefault(_fit(terms, named), []).append(named.value)
        return next((tuple(fits[fit]) for fit in (_AS_TYPED, _IN_ANOTHER_FORM, _IN_PART) if fit in fits), ())

    def find_longest(self, texts: Sequence[str]) -> tuple[int, tuple[str, ...]]:
        """The place of the first of these texts that is the whole name of a value, and the values of this name.

        As it is typed before another form of it; where no text is a whole name, what the last is a part of.
        """
        last = len(texts) - 1
        if last:
            terms = [_terms_of(text) for text in texts]
            fits: dict[tuple[int, int], list[str]] = {}
            for named in self.values():
                for place, words in enumerate(terms):
                    if words and (fit := _fit(words, named)) < _IN_PART:
                        fits.setdefault((fit, place), []).append(named.value)
            best = min(fits, default=(_NOT, last))
            if best[1] != last:
                return best[1], tuple(fits[best])
        return last, self.find(texts[last])


_AS_TYPED, _IN_ANOTHER_FORM, _IN_PART, _NOT = range(4)


def _terms_of(typed: str) -> list[Term]:
    return [replace(term, synonyms=()) for term in current_vocabulary().widened(query_terms(typed))]


def _fit(terms: Sequence[Term], named: Named) -> int:
    return min((_fit_of(terms, name, language) for language, name in named.names.items()), default=_NOT)


def _fit_of(terms: Sequence[Term], name: str, language: str) -> int:
    words = _words_of(name, language)
    if [term.surface for term in terms] == [word.surface for word in words]:
        return _AS_TYPED
    if not all(any(term.finds(word.surface, word.keys) for word in words) for term in terms):
        return _NOT
    return _IN_ANOTHER_FORM if len(terms) == len(words) else _IN_PART


@lru_cache(maxsize=20_000)
def _words_of(name: str, language: str) -> Sequence[Word]:
    """A query with a field of thousands of names compares each of them a few times."""
    return analyse(name, language).words


_fields: dict[str, Field] = {}


def register_field(field: Field) -> Field:
    """Make a field known, in the place of one of the same code."""
    _fields[field.code] = field
    _names.cache_clear()
    return field


def known_fields() -> Mapping[str, Field]:
    """All fields by code, in the order of their registration."""
    return _fields


def field_of(typed: str) -> Field | None:
    """The field of this name, in any language, case and spelling."""
    return _names().get(fold(typed))


@cache
def _names() -> dict[str, Field]:
    return {fold(name): field for field in _fields.values() for name in (*_labels(field), field.code)}


def _labels(field: Field) -> Iterator[str]:
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            yield str(field.label)
