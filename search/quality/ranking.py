"""How well the best hits come first: nDCG@10 on queries with graded pledges of the demo.

The file has a row for each query and kind of pledge that answers it: `qid`, `query`, `grade` (3 answers it, 2 partly,
1 touches it) and `title`, a part of the Slovene title; the demo has the same promise in several municipalities. All
other pledges are 0.
"""

import csv
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ..engines import Engine, Hit, SearchQuery
from ..queries import read_query

DEPTH = 10
JUDGEMENTS = Path(__file__).with_name("ranking.tsv")
TYPE = "pledge"
_COLUMNS = ("qid", "query", "grade", "title")
# Enough for every pledge that a demo has.
_ALL = 5_000


@dataclass(frozen=True)
class Judged:
    """A query with the grades of the pledges that have a part in their title."""

    qid: str
    query: str
    grades: Mapping[str, int] = field(default_factory=dict)

    def grade(self, title: str) -> int:
        """The grade of a pledge."""
        return max((grade for part, grade in self.grades.items() if part in title), default=0)


def read_judgements(path: Path = JUDGEMENTS) -> list[Judged]:
    """The queries of a file; `ValueError` names the line that is wrong."""
    queries: dict[str, tuple[str, dict[str, int]]] = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        missing = [name for name in _COLUMNS if name not in (rows.fieldnames or ())]
        if missing:
            raise ValueError(f"columns are missing: {', '.join(missing)}")
        for line, row in enumerate(rows, start=2):
            if row["grade"] not in ("1", "2", "3") or not row["qid"] or not row["query"] or not row["title"]:
                raise ValueError(f"line {line}: qid, query, title and a grade of 1 to 3 are needed")
            queries.setdefault(row["qid"], (row["query"], {}))[1][row["title"]] = int(row["grade"])
    return [Judged(qid, query, grades) for qid, (query, grades) in queries.items()]


def measure_ranking(judgements: Sequence[Judged], engine: Engine) -> dict[str, float]:
    """nDCG@10 of each query over the pledges of the index; `ValueError` where it has none that a query asks for."""
    facets = {"type": [TYPE]}
    titles = [hit.title for hit in engine.search(SearchQuery(facets=facets, limit=_ALL)).hits]
    found = {}
    for judged in judgements:
        ideal = sorted((grade for title in titles if (grade := judged.grade(title))), reverse=True)
        if not ideal:
            raise ValueError(f"no pledge of the index answers {judged.query!r}: this is not the demo's content")
        hits = engine.search(read_query(judged.query, facets=facets, limit=DEPTH).query).hits
        found[judged.query] = _gain(_grades(judged, hits)) / _gain(ideal[:DEPTH])
    return found


def _grades(judged: Judged, hits: Iterable[Hit]) -> list[int]:
    return [judged.grade(hit.title) for hit in hits]


def _gain(grades: Iterable[int]) -> float:
    return sum((2**grade - 1) / math.log2(place + 1) for place, grade in enumerate(grades, start=1))
