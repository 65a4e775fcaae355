"""What the two engines inside a database share: one condition, counts by group, one page of hits."""

import json
from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import DatabaseError, connection

from zaveza.health import Health

from . import base
from .base import EmbeddedEngine, Hit, SearchQuery, SearchResults

_HIT_COLUMNS = ("document_id", "type", "language", "title", "body", "url", "data", "date", "due")


@dataclass(frozen=True)
class Condition:
    """`FROM` and `WHERE` of a query, with their parameters in the order of the text."""

    sql: str
    parameters: tuple[Any, ...]


_BY_DATE = Condition("0", ())


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

    def count(self, query: SearchQuery) -> int:
        condition = self.condition(query)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) {condition.sql}", condition.parameters)
            return int(cursor.fetchone()[0])

    def search(self, query: SearchQuery) -> SearchResults:
        counts = {facet: self._counts(facet, query) for facet in ("type", "language")}
        chosen = query.facets.get("type", ())
        total = sum(number for code, number in counts["type"].items() if not chosen or code in chosen)
        ranked = min(total, base.RANKED_HITS)
        return SearchResults(hits=self._hits(query, total, ranked), total=total, ranked=ranked, counts=counts)

    def first(self, query: SearchQuery) -> Hit | None:
        return next(iter(self._page(replace(query, offset=0, limit=1), self.score(query))), None)

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

    def _hits(self, query: SearchQuery, total: int, ranked: int) -> Sequence[Hit]:
        """The page: from the ranked hits, from those by date, or where these begin from both."""
        end = min(query.offset + query.limit, total)
        hits: list[Hit] = []
        if query.offset < min(end, ranked):
            part = replace(query, limit=min(end, ranked) - query.offset)
            hits += self._page(part, self.score(part), newest=ranked if ranked < total else None)
        if end > max(ranked, query.offset):
            # By date, the ranked ones are the first: the offset is the same.
            start = max(ranked, query.offset)
            hits += self._page(replace(query, offset=start, limit=end - start), _BY_DATE)
        return hits

    def _page(self, query: SearchQuery, score: Condition, newest: int | None = None) -> Sequence[Hit]:
        """One stretch of the hits by a score; of all of them, or only of the newest so many."""
        condition = self.condition(query)
        columns = ", ".join(f"entry.{name}" for name in _HIT_COLUMNS)
        by_date = f"entry.date DESC NULLS LAST, {self.id_order}"
        source, parameters = condition.sql, condition.parameters
        if newest is not None:
            # The plus keeps the database from looking the words up anew for each of these rows.
            within = f"SELECT entry.id {condition.sql} ORDER BY {by_date} LIMIT {newest:d}"
            source = f"{condition.sql} {'AND' if 'WHERE' in condition.sql else 'WHERE'} +entry.id IN ({within})"
            parameters = (*parameters, *parameters)
        # The ids of the page first: sorting carries no texts along.
        statement = (
            f"SELECT {columns}, page.score FROM (SELECT entry.id AS id, {score.sql} AS score {source} "  # noqa: S608
            f"ORDER BY score DESC, {by_date} LIMIT %s OFFSET %s) AS page "
            f"JOIN search_searchentry AS entry ON entry.id = page.id ORDER BY page.score DESC, {by_date}"
        )
        with connection.cursor() as cursor:
            cursor.execute(statement, (*score.parameters, *parameters, query.limit, query.offset))
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
