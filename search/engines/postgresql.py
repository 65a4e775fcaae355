"""Search on PostgreSQL: one `tsvector` for each row, written as a literal from the same tokens as everywhere."""

import logging
from collections.abc import Iterable, Sequence

from django.db import connection
from pyroaring import BitMap64

from ..analysis import LIGHT, Term
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

logger = logging.getLogger(__name__)

# Limits of PostgreSQL (documentation, "Text Search Limitations"): a position beyond the last is the last, more
# positions of one lexeme are dropped, and a longer tsvector is an error. A word itself is never lost to the first two,
# and a phrase is found in the passages.
MAX_POSITION = 16_383
MAX_POSITIONS = 255
MAX_VECTOR = 1_000_000

# Between title and text, so that no phrase matches across them.
_GAP = 10

# Surface words begin with a character that no key has.
_SURFACE = "="

# tsvector has four weights, and ts_rank takes their numbers from D to A.
_A, _B, _C, _D = "A", "B", "C", "D"
_RANKS = ", ".join(
    str(weight / WEIGHT_SURFACE_TITLE)
    for weight in (WEIGHT_KEYS_BODY, WEIGHT_KEYS_TITLE, WEIGHT_SURFACE_BODY, WEIGHT_SURFACE_TITLE)
)

# A text of more words is kept in passages, too, where a phrase has its positions; they overlap by the longest phrase.
PASSAGE = 200
OVERLAP = 31

_WRITE = """
UPDATE search_searchentry AS entry SET vector = written.vector::tsvector
FROM unnest(%s::text[], %s::text[]) AS written (document_id, vector)
WHERE entry.document_id = written.document_id
"""
_FORGET_PASSAGES = """
DELETE FROM search_searchpassage AS passage USING search_searchentry AS entry
WHERE passage.entry_id = entry.id AND entry.document_id = ANY(%s)
"""
_WRITE_PASSAGES = """
INSERT INTO search_searchpassage (entry_id, vector)
SELECT entry.id, written.vector::tsvector FROM unnest(%s::text[], %s::text[]) AS written (document_id, vector)
JOIN search_searchentry AS entry ON entry.document_id = written.document_id
"""
# One value instead of a row for each id: reading rows costs more than finding them.
_IDS = "SELECT array_agg(id) FROM search_searchentry WHERE {condition}"
_HAS = "vector @@ %s::tsquery"
_HAS_PHRASE = """id IN (
    SELECT id FROM search_searchentry WHERE vector @@ %s::tsquery
    UNION ALL SELECT entry_id FROM search_searchpassage WHERE vector @@ %s::tsquery
)"""


class PostgresqlEngine(SqlEngine):
    """`tsvector` under a GIN index, with `ts_rank`."""

    name = "postgresql"

    def write(self, rows: Sequence[IndexedRow]) -> None:
        identifiers = [row.entry.document_id for row in rows]
        passages = [(row.entry.document_id, vector) for row in rows for vector in passage_literals(row)]
        with connection.cursor() as cursor:
            cursor.execute(_WRITE, (identifiers, [vector_literal(row) for row in rows]))
            cursor.execute(_FORGET_PASSAGES, (identifiers,))
            if passages:
                cursor.execute(_WRITE_PASSAGES, tuple(map(list, zip(*passages, strict=True))))

    def with_all(self, terms: Sequence[Term], phrases: Sequence[Phrase]) -> BitMap64:
        conditions, parameters = _phrase_conditions(phrases)
        if terms:
            conditions.append(_HAS)
            parameters.append(" & ".join(map(_term, terms)))
        return _ids(" AND ".join(conditions), parameters)

    def with_any(self, terms: Sequence[Term], phrases: Sequence[Phrase]) -> BitMap64:
        conditions, parameters = _phrase_conditions(phrases)
        if terms:
            conditions.append(_HAS)
            parameters.append(" | ".join(map(_term, terms)))
        return _ids(" OR ".join(conditions), parameters)

    def scores(self, query: SearchQuery, ids: BitMap64) -> Iterable[tuple[int, float]]:
        parts = [*map(_term, query.terms), *map(_words_of, query.phrases)]
        each = " + ".join([f"ts_rank('{{{_RANKS}}}', vector, %s::tsquery)"] * len(parts))
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT id, {each} FROM search_searchentry WHERE id = ANY(%s)",  # noqa: S608 - of fixed parts
                (*parts, list(ids)),
            )
            return [(identifier, float(score)) for identifier, score in cursor.fetchall()]


def _ids(condition: str, parameters: Sequence[str]) -> BitMap64:
    return existing_ids(_IDS.format(condition=condition), parameters)


def _phrase_conditions(phrases: Sequence[Phrase]) -> tuple[list[str], list[str]]:
    conditions, parameters = [], []
    for phrase in phrases:
        match = " <-> ".join(f"'{_SURFACE}{word}'" for word in phrase)
        conditions.append(_HAS_PHRASE)
        parameters += [match, match]
    return conditions, parameters


def _words_of(phrase: Phrase) -> str:
    return " & ".join(f"'{_SURFACE}{word}'" for word in phrase)


def passage_literals(row: IndexedRow) -> list[str]:
    """The `tsvector`s of a long text, in stretches, its title apart: its words as written, with their positions."""
    literals: list[str] = []
    texts = [[word.surface for word in text.words] for text in (row.title, row.body)]
    if sum(map(len, texts)) <= PASSAGE:
        return literals
    for words in texts:
        for start in range(0, max(len(words) - OVERLAP, 1), PASSAGE - OVERLAP):
            places: dict[str, list[int]] = {}
            for position, surface in enumerate(words[start : start + PASSAGE], start=1):
                places.setdefault(surface, []).append(position)
            literals.append(
                " ".join(f"'{_SURFACE}{surface}':{','.join(map(str, at))}" for surface, at in places.items())
            )
    return literals


def vector_literal(row: IndexedRow) -> str:
    """The text form of a row's `tsvector`.

    A text whose vector would be too long keeps the first position of each word; if that is still too long, the forms
    as written give way to the keys, and guessed lemmas to light stems. Beyond some 30,000 different words not even
    these fit, and the log says how many were left out.
    """
    lexemes: dict[str, list[tuple[int, str]]] = {}
    position = 0
    for words, surface_weight, keys_weight in ((row.title.words, _A, _C), (row.body.words, _B, _D)):
        for surface, keys, _written in words:
            position += 1
            _place(lexemes, f"{_SURFACE}{surface}", position, surface_weight)
            for key in keys:
                _place(lexemes, key, position, keys_weight)
        position += _GAP
    if _size(lexemes) > MAX_VECTOR:
        lexemes = {lexeme: places[:1] for lexeme, places in lexemes.items()}
    if _size(lexemes) > MAX_VECTOR:
        lexemes = {lexeme: places for lexeme, places in lexemes.items() if not lexeme.startswith(_SURFACE)}
    if _size(lexemes) > MAX_VECTOR:
        needed = _needed_keys(row)
        lexemes = {lexeme: places for lexeme, places in lexemes.items() if lexeme in needed}
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
    for _surface, keys, _written in (*row.title.words, *row.body.words):
        needed |= {key for key in keys if key.startswith(LIGHT)} or keys
    return needed


def _place(lexemes: dict[str, list[tuple[int, str]]], lexeme: str, position: int, weight: str) -> None:
    places = lexemes.setdefault(lexeme, [])
    # Beyond the last position everything would stand in one place, and phrases be found that are none.
    if position >= MAX_POSITION:
        return
    if len(places) < MAX_POSITIONS and (not places or places[-1][0] != position):
        places.append((position, weight))


def _size(lexemes: dict[str, list[tuple[int, str]]]) -> int:
    return sum(len(lexeme) + 4 + 2 * len(places) for lexeme, places in lexemes.items())


def _term(term: Term) -> str:
    operands = _operands([*term.keys, *_surfaces(term)])
    if term.prefix:
        operands.append(f"'{_SURFACE}{term.surface}':*")
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
