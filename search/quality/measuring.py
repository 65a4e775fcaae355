"""Recall, precision and false positives by language."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..documents import SearchDocument
from ..engines import Engine
from ..queries import read_query
from .scratch import SCRATCH_TYPE, scratch_index

COLUMNS = ("lang", "query", "document_form", "match", "note")

# Notes of a pair: a query typed without diacritics; another gender of the same office, which only synonyms find.
WITHOUT_DIACRITICS = "nodia"
GENDER = "gender-synonym"


@dataclass(frozen=True)
class Pair:
    """A query, and a text in a language that it should find or should not."""

    language: str
    query: str
    text: str
    match: bool
    notes: frozenset[str] = frozenset()


@dataclass
class Figures:
    """What was found of the pairs of a language. `missed` and `wrong` name the pairs, for whoever looks for causes."""

    expected: int = 0
    found: int = 0
    false_positives: int = 0
    missed: list[Pair] = field(default_factory=list)
    wrong: list[Pair] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return self.found / self.expected if self.expected else 1.0

    @property
    def precision(self) -> float:
        hits = self.found + self.false_positives
        return self.found / hits if hits else 1.0

    def count(self, pair: Pair, hit: bool) -> None:
        """Add one pair."""
        if pair.match:
            self.expected += 1
            self.found += hit
        elif hit:
            self.false_positives += 1
        if hit != pair.match:
            (self.missed if pair.match else self.wrong).append(pair)

    def as_json(self) -> dict[str, Any]:
        return {
            "recall": round(self.recall, 4),
            "precision": round(self.precision, 4),
            "false_positives": self.false_positives,
            "pairs": self.expected,
        }


@dataclass(frozen=True)
class Quality:
    """Figures of a language: of all pairs, of those typed with and without diacritics, and of the other gender.

    Pairs of the other gender are in none of the first three.
    """

    overall: Figures = field(default_factory=Figures)
    with_diacritics: Figures = field(default_factory=Figures)
    without_diacritics: Figures = field(default_factory=Figures)
    gender: Figures = field(default_factory=Figures)

    def count(self, pair: Pair, hit: bool) -> None:
        """Add one pair where it belongs."""
        if GENDER in pair.notes:
            self.gender.count(pair, hit)
            return
        self.overall.count(pair, hit)
        (self.without_diacritics if WITHOUT_DIACRITICS in pair.notes else self.with_diacritics).count(pair, hit)

    def as_json(self) -> dict[str, Any]:
        return {
            **self.overall.as_json(),
            "with_diacritics": self.with_diacritics.as_json(),
            "without_diacritics": self.without_diacritics.as_json(),
            "gender_synonym": self.gender.as_json(),
        }


def read_pairs(path: Path) -> list[Pair]:
    """The pairs of a file; `ValueError` says what is wrong with it."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        missing = [name for name in COLUMNS if name not in (rows.fieldnames or ())]
        if missing:
            raise ValueError(f"columns are missing: {', '.join(missing)}")
        return [_pair(row, number) for number, row in enumerate(rows, start=2)]


def _pair(row: Mapping[str, str | None], line: int) -> Pair:
    language, query, text, match, note = (row[name] for name in COLUMNS)
    if not language or not query or not text or match not in ("0", "1"):
        raise ValueError(f"line {line}: language, query and document form are needed, and a match of 0 or 1")
    return Pair(language, query, text, match == "1", frozenset((note or "").split(",")))


def measure(pairs: Sequence[Pair], engine: Engine) -> dict[str, Quality]:
    """Search for every query on the engine, as the site does, among the texts of its language."""
    texts = list(dict.fromkeys((pair.language, pair.text) for pair in pairs))
    ids = {text: f"{SCRATCH_TYPE}-{number}" for number, text in enumerate(texts)}
    documents = [
        SearchDocument(ids[language, text], SCRATCH_TYPE, language, title="", body=text, url="/")
        for language, text in texts
    ]
    found: dict[tuple[str, str], set[str]] = {}
    with scratch_index(engine, documents) as scratch:
        for language, query in dict.fromkeys((pair.language, pair.query) for pair in pairs):
            facets = {"type": [SCRATCH_TYPE], "language": [language]}
            read = read_query(query, facets=facets, limit=len(documents)).query
            # A query without a word in it would find everything.
            found[language, query] = {hit.id for hit in scratch.search(read).hits} if not read.is_empty else set()
    qualities: dict[str, Quality] = defaultdict(Quality)
    for pair in pairs:
        qualities[pair.language].count(pair, ids[pair.language, pair.text] in found[pair.language, pair.query])
    return dict(qualities)


def mistakes(qualities: Iterable[Quality]) -> list[Pair]:
    """The pairs that were not as they should be."""
    return [pair for quality in qualities for pair in (*quality.overall.missed, *quality.overall.wrong)]
