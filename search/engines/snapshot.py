"""Facet values and orders of the whole index as sets of ids in memory.

Numbers of eight facets by SQL would cost more than everything else of a search together (design: search, 6); with
the set of each value at hand, they are sizes of intersections. A process loads the sets anew when the index has
changed, which triggers of the database tell by a random token; `bench.search` measures how long that takes.
"""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from pyroaring import BitMap64

from ..facets import read_facet_token
from ..models import IndexToken

# Below this share of the index it is quicker to sort the hits than to look through the index in its order.
_FEW = 16


@dataclass(frozen=True)
class Snapshot:
    """What the index holds: all ids, those of each facet value, and all ids in two orders.

    `place` is the position of an id in the order `newest`: by date, the newest first, those without one last, then by
    document id.
    """

    token: int | None
    everything: BitMap64
    facets: Mapping[str, Mapping[str, BitMap64]]
    newest: Sequence[int]
    by_due: Sequence[int]
    place: Mapping[int, int]

    def having(self, facet: str, values: Iterable[str]) -> BitMap64:
        """The ids with any of these values."""
        known = self.facets.get(facet, {})
        sets = [known[value] for value in values if value in known]
        return BitMap64.union(*sets) if sets else BitMap64()

    def numbers(self, facet: str, hits: BitMap64) -> dict[str, int]:
        """How many of the hits have each value."""
        counted = ((value, hits.intersection_cardinality(ids)) for value, ids in self.facets.get(facet, {}).items())
        return {value: number for value, number in counted if number}

    def first_of(self, hits: BitMap64, order: Sequence[int], offset: int, limit: int) -> list[int]:
        """A stretch of the hits in an order."""
        if len(hits) * _FEW < len(order) and order is self.newest:
            return sorted(hits, key=self.place.__getitem__)[offset : offset + limit]
        found: list[int] = []
        skipped = 0
        for identifier in order:
            if identifier in hits:
                if skipped < offset:
                    skipped += 1
                    continue
                found.append(identifier)
                if len(found) == limit:
                    break
        return found


_kept: Snapshot | None = None


def current_snapshot(id_order: str) -> Snapshot:
    """The index as it is for this connection, its own uncommitted changes included.

    `id_order` is the SQL expression by which the engine compares document ids, as bytes.
    """
    global _kept
    # Before the rows: what changes in between is read twice, never missed.
    token = IndexToken.objects.values_list("token", flat=True).first()
    kept = _kept
    if kept is None or kept.token != token:
        kept = _kept = _load(token, id_order)
    return kept


def _load(token: int | None, id_order: str) -> Snapshot:
    combinations: dict[str, list[int]] = {}
    newest, due = array("q"), []
    for identifier, facets, day in _rows(id_order):
        newest.append(identifier)
        if day is not None:
            due.append((day, identifier))
        ids = combinations.get(facets)
        if ids is None:
            ids = combinations[facets] = []
        ids.append(identifier)
    sets: dict[str, dict[str, BitMap64]] = {}
    for facets, ids in combinations.items():
        found = BitMap64(ids)
        for facet_token in facets.split():
            code, value = read_facet_token(facet_token)
            values = sets.setdefault(code, {})
            if value in values:
                values[value] |= found
            else:
                values[value] = found.copy()
    due.sort(key=lambda pair: pair[0])  # stable: of one day, the newest first
    with_due = BitMap64([identifier for _day, identifier in due])
    by_due = array("q", [identifier for _day, identifier in due])
    by_due.extend(identifier for identifier in newest if identifier not in with_due)
    return Snapshot(
        token=token,
        everything=BitMap64(newest.tolist()),
        facets=sets,
        newest=newest,
        by_due=by_due,
        place={identifier: place for place, identifier in enumerate(newest)},
    )


def _rows(id_order: str) -> Iterator[Sequence[Any]]:
    statement = (
        "SELECT entry.id, entry.facets, entry.due FROM search_searchentry AS entry "  # noqa: S608 - the engine's own
        f"ORDER BY entry.date DESC NULLS LAST, {id_order}"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement)
        yield from cursor.fetchall()
