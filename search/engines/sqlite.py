"""Search on SQLite: FTS5 over the index table, kept up by triggers."""

from collections.abc import Iterable, Sequence

from ..analysis import Term
from ..facets import facet_token
from .base import (
    RELATED_FACTOR,
    WEIGHT_KEYS_BODY,
    WEIGHT_KEYS_TITLE,
    WEIGHT_SURFACE_BODY,
    WEIGHT_SURFACE_TITLE,
    IndexedRow,
    SearchQuery,
)
from .sql import Condition, SqlEngine

_WEIGHTS = f"{WEIGHT_SURFACE_TITLE}, {WEIGHT_SURFACE_BODY}, {WEIGHT_KEYS_TITLE}, {WEIGHT_KEYS_BODY}, 0"


class SqliteEngine(SqlEngine):
    """FTS5 with `bm25`."""

    name = "sqlite"

    def write(self, rows: Sequence[IndexedRow]) -> None:
        """Nothing to do: the triggers of the migration have written the full-text rows."""

    def condition(self, query: SearchQuery) -> Condition:
        match = _match(query)
        if not match:
            return Condition("FROM search_searchentry AS entry", ())
        return Condition(
            "FROM search_entry_fts JOIN search_searchentry AS entry ON entry.id = search_entry_fts.rowid "
            "WHERE search_entry_fts MATCH %s",
            (match,),
        )

    def score(self, query: SearchQuery) -> Condition:
        if not query.terms:
            return Condition("0", ())
        score = f"-bm25(search_entry_fts, {_WEIGHTS})"
        if not query.has_related:
            return Condition(score, ())
        direct = "SELECT rowid FROM search_entry_fts WHERE search_entry_fts MATCH %s"
        return Condition(
            f"{score} * CASE WHEN entry.id IN ({direct}) THEN 1.0 ELSE {RELATED_FACTOR} END",
            (_match(query.without_related()),),
        )


def _match(query: SearchQuery) -> str:
    """The MATCH expression; every word in it is a quoted token `[a-z0-9]`."""
    parts = [_term(term) for term in query.terms]
    parts += [
        f"(facets : ({_any_of(facet_token(code, value) for value in values)}))"
        for code, values in query.facets.items()
        if values
    ]
    return " AND ".join(parts)


def _term(term: Term) -> str:
    words = [_keys(term), _surfaces(term)]
    words += [f"({' AND '.join(map(_synonym_word, synonym.words))})" for synonym in term.synonyms]
    return f"({' OR '.join(words)})"


def _synonym_word(word: Term) -> str:
    """Nobody has typed it, so it does not count as typed."""
    return _keys(word) if word.keys else _surfaces(word)


def _keys(term: Term) -> str:
    return f"{{keys_title keys_body}} : ({_any_of(term.keys)})"


def _surfaces(term: Term) -> str:
    return f"{{surface_title surface_body}} : ({_any_of(term.surfaces)})"


def _any_of(tokens: Iterable[str]) -> str:
    return " OR ".join(f'"{token}"' for token in sorted(tokens))
