"""What the two engines inside a database share: one condition, counts by group, one page of hits."""

import json
from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import DatabaseError, connection

from zaveza.health import Health

from .base import COUNTED_FACETS, EmbeddedEngine, Hit, SearchQuery, SearchResults

_HIT_COLUMNS = ("document_id", "type", "language", "title", "body", "url", "data", "date", "due")


@dataclass(frozen=True)
class Condition:
    """`FROM` and `WHERE` of a query, with their parameters in the order of the text."""

    sql: str
    parameters: tuple[Any, ...]


class SqlEngine(EmbeddedEngine):
    """Search by SQL: one statement for the counts of each facet and one for the page."""

    # The last tie-breaker compares bytes, in every database.
    id_order = "entry.document_id"

    @abstractmethod
    def condition(self, query: SearchQuery) -> Condition:
        """Which rows of the index are hits."""

    @abstractmethod
    def score(self, query: SearchQuery) -> Condition:
        """The expression by which hits are ordered, the highest first."""

    def search(self, query: SearchQuery) -> SearchResults:
        counts = {facet: self._counts(facet, query) for facet in COUNTED_FACETS}
        chosen = query.facets.get("type", ())
        total = sum(number for code, number in counts["type"].items() if not chosen or code in chosen)
        hits = self._page(query) if query.offset < total else []
        return SearchResults(hits=hits, total=total, counts=counts)

    def first(self, query: SearchQuery) -> Hit | None:
        return next(iter(self._page(replace(query, offset=0, limit=1))), None)

    def health(self) -> Health:
        try:
            with connection.cursor() as cursor:
                condition = self.condition(SearchQuery(facets={"type": ["none"]}))
                cursor.execute(f"SELECT 1 {condition.sql} LIMIT 1", condition.parameters)
        except DatabaseError as error:
            return Health(f"index unusable: {type(error).__name__}", ready=False)
        return Health()

    def _counts(self, facet: str, query: SearchQuery) -> Mapping[str, int]:
        others = {code: values for code, values in query.facets.items() if code != facet}
        condition = self.condition(replace(query, facets=others))
        # `facet` is one of COUNTED_FACETS, each a column of the entry.
        statement = f"SELECT entry.{facet}, count(*) {condition.sql} GROUP BY entry.{facet}"
        with connection.cursor() as cursor:
            cursor.execute(statement, condition.parameters)
            return dict(cursor.fetchall())

    def _page(self, query: SearchQuery) -> Sequence[Hit]:
        score, condition = self.score(query), self.condition(query)
        columns = ", ".join(f"entry.{name}" for name in _HIT_COLUMNS)
        # The ids of the page first: sorting carries no texts along.
        statement = (
            f"SELECT {columns}, page.score FROM (SELECT entry.id AS id, {score.sql} AS score {condition.sql} "  # noqa: S608
            f"ORDER BY score DESC, entry.date DESC NULLS LAST, {self.id_order} LIMIT %s OFFSET %s) AS page "
            f"JOIN search_searchentry AS entry ON entry.id = page.id "
            f"ORDER BY page.score DESC, entry.date DESC NULLS LAST, {self.id_order}"
        )
        with connection.cursor() as cursor:
            cursor.execute(statement, (*score.parameters, *condition.parameters, query.limit, query.offset))
            return [_hit(row) for row in cursor.fetchall()]


def _hit(row: Sequence[Any]) -> Hit:
    identifier, kind, language, title, body, url, data, date, due, score = row
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
        score=float(score),
    )
