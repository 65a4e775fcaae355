"""Facet values and orders of the whole index as sets of ids in memory.

Numbers of eight facets by SQL would cost more than everything else of a search together (design: search, 6); with
the set of each value at hand, they are sizes of intersections. Triggers of the database tell by a random token that the
index has changed. A process then reads the rows written since it last looked, by the number of their write, and not the
whole index; `bench.search` measures both.
"""

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import islice
from typing import Any

from django.db import connection
from pyroaring import BitMap64

from ..facets import read_facet_token
from ..models import IndexState

# Sorting a hit takes so many times as long as passing over an entry of the index in its order (measured).
_SORTING = 3

# A date in an order with the newest first: its negated ordinal; none comes last.
_UNDATED = 1

_COLUMNS = "id, facets, date, due, document_id FROM search_searchentry"
_ALL = f"SELECT {_COLUMNS}"
_STATE = "SELECT token FROM search_indextoken ORDER BY id LIMIT 1"
_NEWER = f"{_ALL} WHERE version > %s"
# One value instead of a row for each id: reading rows costs more than finding them.
_IDS = {
    "sqlite": "SELECT json_group_array(id) FROM search_searchentry",
    "postgresql": "SELECT array_agg(id) FROM search_searchentry",
}

Facets = Mapping[str, Mapping[str, BitMap64]]
# Orders by date, the newest first, then by document id (code points order as UTF-8 bytes do); then the id.
Place = tuple[int, str, int]


class Snapshot:
    """What the index holds: all ids, those of each facet value, and all ids in two orders. It never changes.

    `token` is that of the index when it was read; `version` the number of the last write that it surely has.
    """

    def __init__(
        self,
        token: int | None,
        version: int | None,
        facets: Facets,
        places: Sequence[Place],
        due: Mapping[int, int],
    ) -> None:
        self.token = token
        self.version = version
        self.facets = facets
        self.places = places
        self.due = due
        self.newest = [place[2] for place in places]
        self.everything = BitMap64(self.newest)

    @cached_property
    def place(self) -> Mapping[int, int]:
        """The position of each id in the order `newest`."""
        return {identifier: place for place, identifier in enumerate(self.newest)}

    @cached_property
    def by_due(self) -> Sequence[int]:
        """All ids by due date, the earliest first, of one day the newest; then those without one."""
        dated = sorted((identifier for identifier in self.newest if identifier in self.due), key=self.due.__getitem__)
        return [*dated, *(identifier for identifier in self.newest if identifier not in self.due)]

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
        end = offset + limit
        # The more of the index are hits, the fewer entries are passed over until there are enough.
        if order is self.newest and len(hits) ** 2 * _SORTING < end * len(order):
            return sorted(hits, key=self.place.__getitem__)[offset:end]
        return list(islice(filter(hits.__contains__, order), offset, end))


_kept: Snapshot | None = None


def current_snapshot() -> Snapshot:
    """The index as it is for this connection, its own uncommitted changes included."""
    global _kept
    # Before the rows: what changes in between is read twice, never missed.
    token = _token()
    kept = _kept
    if kept is None or kept.token != token:
        kept = _kept = _read(token, kept)
    return kept


def _token() -> int | None:
    """Every search asks for it, so without what the ORM does for each query."""
    with connection.cursor() as cursor:
        cursor.execute(_STATE)
        row = cursor.fetchone()
    return row[0] if row else None


def _read(token: int | None, kept: Snapshot | None) -> Snapshot:
    version = IndexState.current().version if _sees_only_what_is_committed() else None
    if kept is not None and kept.version is not None and version is not None and kept.version <= version:
        changed, removed = _rows(_NEWER, kept.version), _removed(kept)
        # Changed without a number: by hand, or in a restored database.
        if changed or removed:
            return _changed(kept, token, version, changed, removed)
    return _changed(Snapshot(None, None, {}, (), {}), token, version, _rows(_ALL), BitMap64())


def _sees_only_what_is_committed() -> bool:
    """The number of a write that is undone is given again, so nothing is built on what may still be undone."""
    return not connection.in_atomic_block


def _changed(
    kept: Snapshot, token: int | None, version: int | None, rows: Sequence[Sequence[Any]], removed: BitMap64
) -> Snapshot:
    """The snapshot with these rows instead of their earlier state, and without the removed ones."""
    gone = removed | BitMap64([row[0] for row in rows])
    places = [place for place in kept.places if place[2] not in gone]
    due = {identifier: day for identifier, day in kept.due.items() if identifier not in gone}
    combinations: dict[str, list[int]] = {}
    for identifier, facets, day, due_day, document_id in rows:
        places.append((-_ordinal(day) if day else _UNDATED, document_id, identifier))
        if due_day:
            due[identifier] = _ordinal(due_day)
        combinations.setdefault(facets, []).append(identifier)
    # Already in order but for what was added, of which sorting makes use.
    places.sort()
    return Snapshot(token, version, _sets(kept.facets, gone, combinations), places, due)


def _sets(kept: Facets, gone: BitMap64, combinations: Mapping[str, list[int]]) -> Facets:
    """The sets of each facet value, none of them shared with a snapshot that others may be reading, none empty."""
    sets: dict[str, dict[str, BitMap64]] = {}
    for code, known in kept.items():
        left = {value: ids - gone for value, ids in known.items()}
        sets[code] = {value: ids for value, ids in left.items() if ids}
    for facets, ids in combinations.items():
        found = BitMap64(ids)
        for facet_token in facets.split():
            code, value = read_facet_token(facet_token)
            values = sets.setdefault(code, {})
            if value in values:
                values[value] |= found
            else:
                values[value] = found.copy()
    return sets


def _removed(kept: Snapshot) -> BitMap64:
    return kept.everything - existing_ids(_IDS[connection.vendor], ())


def existing_ids(statement: str, parameters: Sequence[Any]) -> BitMap64:
    """The ids that a statement answers with in one value: a JSON array on SQLite, an array on PostgreSQL."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        found = cursor.fetchone()[0]
    return BitMap64((json.loads(found) if isinstance(found, str) else found) or [])


def _rows(statement: str, *parameters: Any) -> list[Sequence[Any]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall()


def _ordinal(day: dt.date | str) -> int:
    """Days since the year 1; SQLite gives dates as text."""
    return (dt.date.fromisoformat(day) if isinstance(day, str) else day).toordinal()
