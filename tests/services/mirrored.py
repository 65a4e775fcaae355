"""What tests ask of a site whose index is mirrored on Elasticsearch."""

import time

from django.core.cache import cache

from search.engines import SearchResults, availability, get_engine
from search.engines.elasticsearch import connect, indexes
from search.models import OutboxEntry, SearchEntry
from search.queries import read_query
from search.services import remote_drift


def search(text: str) -> SearchResults:
    """As a reader does, in no more than two seconds."""
    start = time.monotonic()
    results = get_engine().search(read_query(text).query)
    assert time.monotonic() - start < 2
    return results


def on_server(text: str) -> int:
    """What the server itself finds."""
    indexes.refresh(connect(), indexes.read_alias())
    return get_engine("elasticsearch").search(read_query(text).query).total


def rested() -> None:
    """Half a minute later, as far as the memory of a server that was down goes."""
    cache.delete(availability._DOWN)


def is_complete() -> None:
    """Both indexes hold the same, each document once, and nothing waits."""
    assert not OutboxEntry.objects.exists()
    indexes.refresh(connect(), indexes.read_alias())
    assert connect().count(index=indexes.read_alias())["count"] == SearchEntry.objects.count()
    assert remote_drift.sync_remote() == []
