"""The interface of all search engines."""

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, ClassVar

from django.db.models import QuerySet

from zaveza.health import Health

from ..analysis import AnalysedText, Term
from ..models import SearchEntry

# How much more a word counts in the title than in the text, and as typed than in another form.
WEIGHT_SURFACE_TITLE, WEIGHT_SURFACE_BODY, WEIGHT_KEYS_TITLE, WEIGHT_KEYS_BODY = 8, 4, 3, 1

# What the score of a document is multiplied with that has a word of the query only as a related one (councillor, man or
# woman).
RELATED_FACTOR = 0.5

# That of a document that has words side by side which the query joins (e-uprava), and of the one whose id is typed.
JOINED_FACTOR = 4
NAMED_FACTOR = 1_000

# Of very many hits only the newest are ordered by relevance, the others follow by date: scoring is what costs most
# (design: search, 7), and nobody reads so far.
RANKED_HITS = 5_000

# Facets whose numbers come with every search: exact, for every value that occurs, each as if it were not filtered by
# itself.
COUNTED_FACETS = ("type", "language", "municipality", "region", "edition", "topic", "status", "hub")


class Sort(StrEnum):
    """In which order hits come; each order ends with the newest first, then by id, compared by bytes."""

    RELEVANCE = "relevance"
    CHANGED = "changed"
    DUE = "due"


class EngineUnavailable(Exception):
    """The engine asked for cannot answer here; the message says why."""


@dataclass(frozen=True)
class Within:
    """Documents that have one of the values of a facet."""

    facet: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class SearchQuery:
    """What is looked for.

    A hit has every one of the `terms` (with `least`, at least so many of them), somewhere in title or text, and every
    phrase: words as written, folded, one after the other, all in the title or all in the text. It has none of the
    `excluded` terms in any of their forms, and no excluded phrase. It lies within every `scope` and none of `outside`,
    and has of each of the `facets` one of the values.

    Of the hits, one that has the words of a `joined` phrase side by side comes before others, and one whose id is
    `named` before all.

    Facets are filters: the numbers of each are counted without it. A scope is a part of the question, and holds for
    all numbers. Without terms and phrases, everything else that fits is a hit.
    """

    terms: tuple[Term, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    excluded: tuple[Term, ...] = ()
    excluded_phrases: tuple[tuple[str, ...], ...] = ()
    joined: tuple[tuple[str, ...], ...] = ()
    named: tuple[str, ...] = ()
    scope: tuple[Within, ...] = ()
    outside: tuple[Within, ...] = ()
    facets: Mapping[str, Sequence[str]] = field(default_factory=dict)
    least: int | None = None
    sort: Sort = Sort.RELEVANCE
    offset: int = 0
    limit: int = 20

    @property
    def is_empty(self) -> bool:
        """Whether it asks for nothing but what lies within the facets."""
        return not (self.terms or self.phrases or self.excluded or self.excluded_phrases or self.scope or self.outside)

    @property
    def has_words(self) -> bool:
        """Whether hits must have a word, so that some fit better than others."""
        return bool(self.terms or self.phrases)

    @property
    def order(self) -> Sort:
        """The order of the hits: without words, none is more relevant than another."""
        return self.sort if self.has_words or self.sort != Sort.RELEVANCE else Sort.CHANGED

    @property
    def needed(self) -> int:
        """How many of the terms a hit must have."""
        return len(self.terms) if self.least is None else min(self.least, len(self.terms))

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
    """One document found. Its score is 0 where it was not ranked."""

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

    `counts` holds, for each facet of `COUNTED_FACETS`, exact numbers under all filters but its own, without values
    that have none. Ordered by relevance, the first `ranked` hits are the newest; with fewer than `total`, the others
    follow by date. In another order `ranked` is `total`. `reduced` results come from the engine in the database,
    because Elasticsearch does not answer: no hit is missing, but the order may be another.
    """

    hits: Sequence[Hit]
    total: int
    ranked: int
    counts: Mapping[str, Mapping[str, int]]
    reduced: bool = False


@dataclass(frozen=True)
class IndexedRow:
    """A saved entry with the analysed words of its text; `content` and `marks` as in `DocumentChange`."""

    entry: SearchEntry
    title: AnalysedText
    body: AnalysedText
    content: str = ""
    marks: tuple[str, ...] = ()


class Engine(ABC):
    """Finds documents; the same hits for the same query, whichever engine answers."""

    name: ClassVar[str]

    @abstractmethod
    def search(self, query: SearchQuery) -> SearchResults:
        """Hits in the order asked for, a page of them; paging is stable to the end.

        By relevance: by score, then the newest (without a date last), then by id; of more than `RANKED_HITS` an engine
        may score the newest so many only, and the others follow by date. `changed`: the newest first. `due`: the
        earliest due date first, without one last, then as `changed`.
        """

    @abstractmethod
    def count(self, query: SearchQuery) -> int:
        """How many hits there are, without anything else."""

    @abstractmethod
    def first(self, query: SearchQuery) -> Hit | None:
        """The first hit alone, without any counting."""

    @abstractmethod
    def health(self) -> Health:
        """Whether it can answer now."""


class EmbeddedEngine(Engine):
    """An engine inside the database that holds the site; it is always fed."""

    @abstractmethod
    def write(self, rows: Sequence[IndexedRow]) -> None:
        """Index rows that were just saved, in the same transaction."""

    @abstractmethod
    def entries(self, query: SearchQuery) -> QuerySet[SearchEntry]:
        """The rows of all hits, in no order, to be used within another query."""
