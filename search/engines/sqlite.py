"""Search on SQLite: FTS5 over the index table, kept up by triggers."""

import json
from collections.abc import Iterable, Sequence

from django.db import connection
from pyroaring import BitMap64

from ..analysis import Term
from .base import (
    WEIGHT_KEYS_BODY,
    WEIGHT_KEYS_TITLE,
    WEIGHT_SURFACE_BODY,
    WEIGHT_SURFACE_TITLE,
    IndexedRow,
    SearchQuery,
)
from .snapshot import existing_ids
from .sql import Phrase, SqlEngine

_WEIGHTS = f"{WEIGHT_SURFACE_TITLE}, {WEIGHT_SURFACE_BODY}, {WEIGHT_KEYS_TITLE}, {WEIGHT_KEYS_BODY}"
_FROM = "FROM search_entry_fts WHERE search_entry_fts MATCH %s"
# One value instead of a row for each id: reading rows costs more than finding them.
_IDS = f"SELECT json_group_array(rowid) {_FROM}"
_SCORES = f"SELECT rowid, -bm25(search_entry_fts, {_WEIGHTS}) {_FROM}"
# The plus keeps SQLite from looking the words up anew for each of these rows.
_AMONG = " AND +rowid IN (SELECT value FROM json_each(%s))"


class SqliteEngine(SqlEngine):
    """FTS5 with `bm25`. It keeps every position of a text, so a phrase is found anywhere in the longest."""

    name = "sqlite"

    def write(self, rows: Sequence[IndexedRow]) -> None:
        """Nothing to do: the triggers of the migration have written the full-text rows."""

    def with_all(self, terms: Sequence[Term], phrases: Sequence[Phrase]) -> BitMap64:
        return _ids(" AND ".join(_parts(terms, phrases)))

    def with_any(self, terms: Sequence[Term], phrases: Sequence[Phrase]) -> BitMap64:
        return _ids(" OR ".join(_parts(terms, phrases)))

    def scores(self, query: SearchQuery, ids: BitMap64) -> Iterable[tuple[int, float]]:
        words = " AND " if query.needed == len(query.terms) else " OR "
        match = words.join(_parts(query.terms, query.phrases))
        with connection.cursor() as cursor:
            cursor.execute(_SCORES + _AMONG, (match, json.dumps(list(ids))))
            return cursor.fetchall()


def _ids(match: str) -> BitMap64:
    return existing_ids(_IDS, (match,))


def _parts(terms: Sequence[Term], phrases: Sequence[Phrase]) -> list[str]:
    """MATCH expressions; every word in them is a quoted token `[a-z0-9]`."""
    return [*map(_term, terms), *map(_phrase, phrases)]


def _phrase(words: Phrase) -> str:
    return f'({{surface_title surface_body}} : "{" ".join(words)}")'


def _term(term: Term) -> str:
    words = [_keys(term), _surfaces(term)]
    words += [f"({' AND '.join(map(_synonym_word, synonym.words))})" for synonym in term.synonyms]
    return f"({' OR '.join(word for word in words if word)})"


def _synonym_word(word: Term) -> str:
    """Nobody has typed it, so it does not count as typed."""
    return _keys(word) or _surfaces(word)


def _keys(term: Term) -> str:
    return f"{{keys_title keys_body}} : ({_any_of(term.keys)})" if term.keys else ""


def _surfaces(term: Term) -> str:
    beginning = f' OR "{term.surface}" *' if term.prefix else ""
    return f"{{surface_title surface_body}} : ({_any_of(term.surfaces)}{beginning})"


def _any_of(tokens: Iterable[str]) -> str:
    return " OR ".join(f'"{token}"' for token in sorted(tokens))
