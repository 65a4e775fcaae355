"""What the two engines inside a database share.

The database says which rows have the words and how well they fit; filters, numbers and orders come from the sets of the
`Snapshot`. A search is four statements: the token of the snapshot, the ids with the words, their scores, and the rows
of the page (exclusions and related words add one each).
"""

import heapq
import json
from abc import abstractmethod
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db import DatabaseError, connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from pyroaring import BitMap64

from zaveza.health import Health

from ..analysis import Term
from ..models import SearchEntry
from . import base
from .base import COUNTED_FACETS, EmbeddedEngine, Hit, SearchQuery, SearchResults, Sort
from .snapshot import Snapshot, current_snapshot

_HIT_COLUMNS = "id, document_id, type, language, title, body, url, data, date, due"

Phrase = tuple[str, ...]


class SqlEngine(EmbeddedEngine):
    """Search by SQL."""

    @abstractmethod
    def with_all(self, terms: Sequence[Term], phrases: Sequence[Phrase]) -> BitMap64:
        """The ids of the rows that have all of them; at least one is given."""

    @abstractmethod
    def with_any(self, terms: Sequence[Term], phrases: Sequence[Phrase]) -> BitMap64:
        """The ids of the rows that have any of them; at least one is given."""

    @abstractmethod
    def scores(self, query: SearchQuery, ids: BitMap64) -> Iterable[tuple[int, float]]:
        """Each of these ids with its score, the better the higher; related words count as much as others."""

    def search(self, query: SearchQuery) -> SearchResults:
        snapshot = current_snapshot()
        matching = self._matching(query, snapshot)
        filters = {facet: snapshot.having(facet, values) for facet, values in query.facets.items() if values}
        hits = _within(matching, filters.values())
        counts = {
            facet: snapshot.numbers(facet, _without(facet, matching, filters) if facet in filters else hits)
            for facet in COUNTED_FACETS
        }
        ranked = min(len(hits), base.RANKED_HITS) if query.order == Sort.RELEVANCE else len(hits)
        return SearchResults(
            hits=self._page(query, hits, snapshot) if query.limit else [],
            total=len(hits),
            ranked=ranked,
            counts=counts,
        )

    def count(self, query: SearchQuery) -> int:
        return len(self._hits(query, current_snapshot()))

    def first(self, query: SearchQuery) -> Hit | None:
        snapshot = current_snapshot()
        page = self._page(replace(query, offset=0, limit=1), self._hits(query, snapshot), snapshot)
        return next(iter(page), None)

    def entries(self, query: SearchQuery) -> QuerySet[SearchEntry]:
        ids = list(self._hits(query, current_snapshot()))
        # One parameter, however many they are.
        if connection.vendor == "sqlite":
            return SearchEntry.objects.filter(pk__in=RawSQL("SELECT value FROM json_each(%s)", (json.dumps(ids),)))
        return SearchEntry.objects.filter(pk__in=RawSQL("SELECT unnest(%s::bigint[])", (ids,)))

    def health(self) -> Health:
        try:
            self.with_all([Term("none", frozenset())], [])
        except DatabaseError as error:
            return Health(f"index unusable: {type(error).__name__}", ready=False)
        return Health()

    def _hits(self, query: SearchQuery, snapshot: Snapshot) -> BitMap64:
        filters = (snapshot.having(facet, values) for facet, values in query.facets.items() if values)
        return _within(self._matching(query, snapshot), filters)

    def _matching(self, query: SearchQuery, snapshot: Snapshot) -> BitMap64:
        """The hits of the question itself, before any filter."""
        found = snapshot.everything
        if query.needed < len(query.terms):
            found = found & self._with_most(query)
            if query.phrases:
                found &= self.with_all((), query.phrases)
        elif query.has_words:
            # What came since the snapshot was loaded waits for the next search.
            found = found & self.with_all(query.terms, query.phrases)
        if query.excluded or query.excluded_phrases:
            found = found - self.with_any(query.excluded, query.excluded_phrases)
        for within in query.scope:
            found = found & snapshot.having(within.facet, within.values)
        for within in query.outside:
            found = found - snapshot.having(within.facet, within.values)
        return found

    def _with_most(self, query: SearchQuery) -> BitMap64:
        times: Counter[int] = Counter()
        for term in query.terms:
            times.update(self.with_all([term], ()))
        return BitMap64([identifier for identifier, number in times.items() if number >= query.needed])

    def _page(self, query: SearchQuery, hits: BitMap64, snapshot: Snapshot) -> list[Hit]:
        if query.order == Sort.DUE:
            return _read(snapshot.first_of(hits, snapshot.by_due, query.offset, query.limit), {})
        if query.order == Sort.CHANGED:
            return _read(snapshot.first_of(hits, snapshot.newest, query.offset, query.limit), {})
        ranked, end = min(len(hits), base.RANKED_HITS), query.offset + query.limit
        ids: list[int] = []
        scores: dict[int, float] = {}
        if query.offset < ranked:
            newest = hits
            if ranked < len(hits):
                newest = BitMap64(snapshot.first_of(hits, snapshot.newest, 0, ranked))
            scores = self._weighed(query, newest)
            ids += _best(newest, scores, snapshot.place, min(end, ranked))[query.offset :]
        if end > ranked and ranked < len(hits):
            # By date, the ranked ones are the first: the offset is the same.
            start = max(ranked, query.offset)
            ids += snapshot.first_of(hits, snapshot.newest, start, end - start)
        return _read(ids, scores)

    def _weighed(self, query: SearchQuery, ids: BitMap64) -> dict[int, float]:
        scores = dict(self.scores(query, ids))
        if query.has_related and query.needed == len(query.terms):
            direct = query.without_related()
            own = self.with_all(direct.terms, direct.phrases)
            scores = {
                identifier: score if identifier in own else score * base.RELATED_FACTOR
                for identifier, score in scores.items()
            }
        for words in query.joined:
            _raise(scores, self.with_all((), [words]), base.JOINED_FACTOR)
        if query.named:
            named = SearchEntry.objects.filter(document_id__in=query.named).values_list("pk", flat=True)
            _raise(scores, named, base.NAMED_FACTOR)
        return scores


def _raise(scores: dict[int, float], ids: Iterable[int], factor: float) -> None:
    for identifier in ids:
        if identifier in scores:
            scores[identifier] *= factor


def _best(ids: BitMap64, scores: Mapping[int, float], place: Mapping[int, int], number: int) -> list[int]:
    """So many of the ids, the best first, of the same score the newest.

    Only what is as good as the last of them is put in order: of thousands of hits a page shows twenty.
    """
    values = [scores.get(identifier, 0.0) for identifier in ids]
    least = heapq.nlargest(number, values)[-1]
    found = [
        (-score, place[identifier], identifier) for identifier, score in zip(ids, values, strict=True) if score >= least
    ]
    found.sort()
    return [identifier for _score, _place, identifier in found[:number]]


def _within(found: BitMap64, filters: Iterable[BitMap64]) -> BitMap64:
    for ids in filters:
        found = found & ids
    return found


def _without(facet: str, matching: BitMap64, filters: Mapping[str, BitMap64]) -> BitMap64:
    return _within(matching, (ids for code, ids in filters.items() if code != facet))


def _read(ids: Sequence[int], scores: Mapping[int, float]) -> list[Hit]:
    """The rows of a page, in the order of the ids; one deleted meanwhile is left out."""
    if not ids:
        return []
    places = ", ".join(["%s"] * len(ids))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_HIT_COLUMNS} FROM search_searchentry WHERE id IN ({places})", list(ids))  # noqa: S608
        rows = {row[0]: row for row in cursor.fetchall()}
    return [_hit(rows[identifier], scores.get(identifier, 0.0)) for identifier in ids if identifier in rows]


def _hit(row: Sequence[Any], score: float) -> Hit:
    _id, identifier, kind, language, title, body, url, data, date, due = row
    return Hit(
        id=identifier,
        type=kind,
        language=language,
        title=title,
        body=body,
        url=url,
        data=json.loads(data) if isinstance(data, str) else data,
        date=date,
        due=due,
        score=score,
    )
