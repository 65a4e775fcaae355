"""The interface of all search engines."""

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

from zaveza.health import Health

from ..analysis import AnalysedText, Term
from ..models import SearchEntry

# How much more a word counts in the title than in the text, and as typed than in another form.
WEIGHT_SURFACE_TITLE, WEIGHT_SURFACE_BODY, WEIGHT_KEYS_TITLE, WEIGHT_KEYS_BODY = 8, 4, 3, 1

# What the score of a document is multiplied with that has a word of the query only as a related one (councillor, man or
# woman).
RELATED_FACTOR = 0.5

# Of very many hits only the newest are ordered by relevance, the others follow by date: scoring is what costs most
# (design: search, 7), and nobody reads so far.
RANKED_HITS = 5_000

# Facets whose numbers come with every search.
COUNTED_FACETS = ("type", "language")


class EngineUnavailable(Exception):
    """The engine asked for cannot answer here; the message says why."""


@dataclass(frozen=True)
class SearchQuery:
    """What is looked for: every term must occur, and of each facet one of the values.

    Without terms, everything within the facets is a hit.
    """

    terms: tuple[Term, ...] = ()
    facets: Mapping[str, Sequence[str]] = field(default_factory=dict)
    offset: int = 0
    limit: int = 20

    @property
    def has_related(self) -> bool:
        """Whether some documents are found by related words alone."""
        return any(synonym.related for term in self.terms for synonym in term.synonyms)

    def without_related(self) -> "SearchQuery":
        """The same query, satisfied by the words themselves and their equals only."""
        terms = tuple(
            replace(term, synonyms=tuple(synonym for synonym in term.synonyms if not synonym.related))
            for term in self.terms
        )
        return replace(self, terms=terms)


@dataclass(frozen=True)
class Hit:
    """One document found."""

    id: str
    type: str
    language: str
    title: str
    body: str
    url: str
    data: Mapping[str, Any]
    date: dt.date | None
    due: dt.date | None
    score: float


@dataclass(frozen=True)
class SearchResults:
    """One page of hits, how many there are in all, and how many there would be under each value of a facet.

    `counts` holds, for each facet of `COUNTED_FACETS`, exact numbers under all filters but its own. The first `ranked`
    hits are the newest, by relevance; with fewer than `total`, the others follow by date.
    """

    hits: Sequence[Hit]
    total: int
    ranked: int
    counts: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class IndexedRow:
    """A saved entry with the analysed words of its text."""

    entry: SearchEntry
    title: AnalysedText
    body: AnalysedText


class Engine(ABC):
    """Finds documents; the same hits for the same query, whichever engine answers."""

    name: ClassVar[str]

    @abstractmethod
    def search(self, query: SearchQuery) -> SearchResults:
        """Hits from the best to the last: by score, then the newest, then by id; so paging is stable to the end.

        Of more than `RANKED_HITS` the newest so many come first, by score, and the others follow by date.
        """

    @abstractmethod
    def first(self, query: SearchQuery) -> Hit | None:
        """The best hit alone, without any counting."""

    @abstractmethod
    def health(self) -> Health:
        """Whether it can answer now."""


class EmbeddedEngine(Engine):
    """An engine inside the database that holds the site; it is always fed."""

    @abstractmethod
    def write(self, rows: Sequence[IndexedRow]) -> None:
        """Index rows that were just saved, in the same transaction."""
