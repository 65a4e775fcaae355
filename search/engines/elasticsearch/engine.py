"""The engine on Elasticsearch."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from django.core.cache import cache
from elasticsearch import Elasticsearch

from zaveza.health import Health

from ..base import Engine, EngineUnavailable, Hit, SearchQuery, SearchResults
from . import indexes, requests
from .connection import connect, reachable

# Seconds for which an index that was found in order is not looked at again.
_TRUSTED = 60
# A point in time lives so long between two requests.
_KEEP = "1m"
_VERIFIED = "search:elasticsearch:verified"


class ElasticsearchEngine(Engine):
    """Search in the current generation, or in an index of its own (`alias`)."""

    name = "elasticsearch"

    def __init__(self, alias: str = "") -> None:
        self.alias = alias or indexes.read_alias()

    def search(self, query: SearchQuery) -> SearchResults:
        with self._client() as client:
            if query.offset + query.limit <= requests.WINDOW:
                answer = self._ask(client, requests.search_request(query))
                hits = [_hit(each) for each in answer["hits"]["hits"]]
            else:
                answer = self._ask(client, requests.search_request(replace(query, offset=0, limit=0)))
                hits = self._far(client, query, answer["hits"]["total"]["value"])
        total = answer["hits"]["total"]["value"]
        return SearchResults(hits=hits, total=total, ranked=total, counts=requests.read_counts(answer["aggregations"]))

    def count(self, query: SearchQuery) -> int:
        with self._client() as client:
            return int(self._ask(client, requests.count_request(query))["hits"]["total"]["value"])

    def first(self, query: SearchQuery) -> Hit | None:
        with self._client() as client:
            hits = self._ask(client, requests.first_request(query))["hits"]["hits"]
        return _hit(hits[0]) if hits else None

    def health(self) -> Health:
        """Never unready: the database answers instead."""
        try:
            with reachable():
                indexes.find(connect(), self.alias)
            self.count(SearchQuery(limit=0))
        except EngineUnavailable as error:
            return Health(str(error))
        return Health()

    @contextmanager
    def _client(self) -> Iterator[Elasticsearch]:
        client = connect()
        trusted = f"{_VERIFIED}:{self.alias}"
        if not cache.get(trusted):
            # An index of another mapping finds nothing rather than fail.
            indexes.find(client, self.alias)
            cache.set(trusted, True, _TRUSTED)
        try:
            with reachable():
                yield client
        except EngineUnavailable:
            cache.delete(trusted)
            raise

    def _ask(self, client: Elasticsearch, body: Mapping[str, Any]) -> Mapping[str, Any]:
        # Rather no answer than one from a part of the index.
        answer = client.search(index=self.alias, body=dict(body), allow_partial_search_results=False)
        found: Mapping[str, Any] = answer.body
        return found

    def _far(self, client: Elasticsearch, query: SearchQuery, total: int) -> list[Hit]:
        """A page beyond the reach of `from`: walked to over a point in time, from the nearer end."""
        end = min(query.offset + query.limit, total)
        if query.offset >= end:
            return []
        from_end = query.offset > total // 2
        skip = total - end if from_end else query.offset
        point = client.open_point_in_time(index=self.alias, keep_alive=_KEEP)["id"]
        try:
            hits = list(_walk(client, query, point, skip, end - query.offset, from_end))
        finally:
            client.close_point_in_time(id=point)
        return hits[::-1] if from_end else hits


def _walk(
    client: Elasticsearch, query: SearchQuery, point: str, skip: int, wanted: int, from_end: bool
) -> Iterator[Hit]:
    after: Sequence[Any] | None = None
    while skip or wanted:
        size = min(skip or wanted, requests.WINDOW)
        body = requests.walk_request(query, size, from_end, shown=not skip)
        body["pit"] = {"id": point, "keep_alive": _KEEP}
        if after is not None:
            body["search_after"] = after
        found = client.search(body=body).body["hits"]["hits"]
        if not found:
            return
        after = found[-1]["sort"]
        if skip:
            skip -= len(found)
        else:
            wanted -= len(found)
            yield from (_hit(each) for each in found)


def _hit(found: Mapping[str, Any]) -> Hit:
    try:
        source = found["_source"]
        return Hit(
            id=source["id"],
            type=source["facet_type"][0],
            language=source["facet_language"][0],
            title=source["title"],
            body=source["body"],
            url=source["url"],
            data=source["data"],
            date=_day(source.get("date")),
            due=_day(source.get("due")),
            score=float(found["_score"] or 0),
        )
    except (LookupError, TypeError, ValueError) as error:
        raise EngineUnavailable(f"Elasticsearch: {found.get('_id')} is no document of ours") from error


def _day(written: str | None) -> dt.date | None:
    return dt.date.fromisoformat(written) if written else None
