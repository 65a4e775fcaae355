"""Search on PostgreSQL: one `tsvector` for each row, written as a literal from the same tokens as everywhere."""

import logging
from collections.abc import Iterable, Sequence

from django.db import connection

from ..analysis import LIGHT, Term
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

logger = logging.getLogger(__name__)

# Limits of PostgreSQL (documentation, "Text Search Limitations"): a position beyond the last is the last, more
# positions of one lexeme are dropped, and a longer tsvector is an error. A word itself is never lost to the first two;
# passages of long texts will lift the third.
MAX_POSITION = 16_383
MAX_POSITIONS = 255
MAX_VECTOR = 1_000_000

# Between title and text, so that no phrase matches across them.
_GAP = 10

# Surface words and facet values begin with a character that no key has.
_SURFACE, _FACET = "=", "@"

# tsvector has four weights, and ts_rank takes their numbers from D to A.
_A, _B, _C, _D = "A", "B", "C", "D"
_RANKS = ", ".join(
    str(weight / WEIGHT_SURFACE_TITLE)
    for weight in (WEIGHT_KEYS_BODY, WEIGHT_KEYS_TITLE, WEIGHT_SURFACE_BODY, WEIGHT_SURFACE_TITLE)
)

_WRITE = """
UPDATE search_searchentry AS entry SET vector = written.vector::tsvector
FROM unnest(%s::text[], %s::text[]) AS written (document_id, vector)
WHERE entry.document_id = written.document_id
"""


class PostgresqlEngine(SqlEngine):
    """`tsvector` under a GIN index, with `ts_rank`."""

    name = "postgresql"
    id_order = 'entry.document_id COLLATE "C"'

    def write(self, rows: Sequence[IndexedRow]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(_WRITE, ([row.entry.document_id for row in rows], [vector_literal(row) for row in rows]))

    def condition(self, query: SearchQuery) -> Condition:
        match = _match(query)
        if not match:
            return Condition("FROM search_searchentry AS entry", ())
        return Condition("FROM search_searchentry AS entry WHERE entry.vector @@ %s::tsquery", (match,))

    def score(self, query: SearchQuery) -> Condition:
        if not query.terms:
            return Condition("0", ())
        each = " + ".join([f"ts_rank('{{{_RANKS}}}', entry.vector, %s::tsquery)"] * len(query.terms))
        terms = tuple(_term(term) for term in query.terms)
        if not query.has_related:
            return Condition(f"({each})", terms)
        return Condition(
            f"({each}) * CASE WHEN entry.vector @@ %s::tsquery THEN 1 ELSE {RELATED_FACTOR} END",
            (*terms, _match(query.without_related())),
        )


def vector_literal(row: IndexedRow) -> str:
    """The text form of a row's `tsvector`.

    A text whose vector would be too long keeps the first position of each word; if that is still too long, the forms
    as written give way to the keys, and guessed lemmas to light stems. Beyond some 30,000 different words not even
    these fit, and the log says how many were left out.
    """
    lexemes: dict[str, list[tuple[int, str]]] = {f"{_FACET}{token}": [] for token in row.entry.facets.split()}
    position = 0
    for words, surface_weight, keys_weight in ((row.title.words, _A, _C), (row.body.words, _B, _D)):
        for surface, keys in words:
            position = min(position + 1, MAX_POSITION)
            _place(lexemes, f"{_SURFACE}{surface}", position, surface_weight)
            for key in keys:
                _place(lexemes, key, position, keys_weight)
        position = min(position + _GAP, MAX_POSITION)
    if _size(lexemes) > MAX_VECTOR:
        lexemes = {lexeme: places[:1] for lexeme, places in lexemes.items()}
    if _size(lexemes) > MAX_VECTOR:
        lexemes = {lexeme: places for lexeme, places in lexemes.items() if not lexeme.startswith(_SURFACE)}
    if _size(lexemes) > MAX_VECTOR:
        needed = _needed_keys(row)
        lexemes = {lexeme: places for lexeme, places in lexemes.items() if lexeme in needed or lexeme[0] == _FACET}
    left_out = 0
    while _size(lexemes) > MAX_VECTOR:
        for _times in range(1_000):
            lexemes.popitem()
            left_out += 1
    if left_out:
        logger.warning("Search: %s is too long, its last %d words are not indexed", row.entry.document_id, left_out)
    return " ".join(
        f"'{lexeme}'" + (":" + ",".join(f"{at}{weight}" for at, weight in places) if places else "")
        for lexeme, places in lexemes.items()
    )


def _needed_keys(row: IndexedRow) -> set[str]:
    """The fewest keys with which every word is found: a query has the light stem of any word."""
    needed: set[str] = set()
    for _surface, keys in (*row.title.words, *row.body.words):
        needed |= {key for key in keys if key.startswith(LIGHT)} or keys
    return needed


def _place(lexemes: dict[str, list[tuple[int, str]]], lexeme: str, position: int, weight: str) -> None:
    places = lexemes.setdefault(lexeme, [])
    if len(places) < MAX_POSITIONS and (not places or places[-1][0] != position):
        places.append((position, weight))


def _size(lexemes: dict[str, list[tuple[int, str]]]) -> int:
    return sum(len(lexeme) + 4 + 2 * len(places) for lexeme, places in lexemes.items())


def _match(query: SearchQuery) -> str:
    """The tsquery; every operand in it is a quoted token."""
    parts = [_term(term) for term in query.terms]
    parts += [
        _any_of(f"{_FACET}{facet_token(code, value)}" for value in values)
        for code, values in query.facets.items()
        if values
    ]
    return " & ".join(parts)


def _term(term: Term) -> str:
    operands = _operands([*term.keys, *_surfaces(term)])
    synonyms = [f"({' & '.join(map(_synonym_word, synonym.words))})" for synonym in term.synonyms]
    return f"({' | '.join([*operands, *synonyms])})"


def _synonym_word(word: Term) -> str:
    """Nobody has typed it, so it does not count as typed."""
    return _any_of(word.keys or _surfaces(word))


def _surfaces(term: Term) -> list[str]:
    return [f"{_SURFACE}{surface}" for surface in term.surfaces]


def _any_of(tokens: Iterable[str]) -> str:
    return f"({' | '.join(_operands(tokens))})"


def _operands(tokens: Iterable[str]) -> list[str]:
    return [f"'{token}'" for token in sorted(tokens)]
