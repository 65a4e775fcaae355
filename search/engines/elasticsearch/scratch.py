"""An index beside that of the site, for a measurement."""

import re
import time
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.conf import settings
from elasticsearch import Elasticsearch

from ...analysis import analysis_version
from ...models import SearchEntry
from ..base import EngineUnavailable
from . import indexes, writing
from .connection import connect, reachable
from .engine import ElasticsearchEngine

# Seconds after which one was left behind by a measurement that was killed.
_FORGOTTEN = 24 * 60 * 60
_PATIENCE = 30.0


@contextmanager
def scratch_engine(entries: Iterable[SearchEntry]) -> Iterator[ElasticsearchEngine]:
    """The engine on an index with these entries, which is dropped at the end."""
    actions = (writing.Action(entry.document_id, 0, writing.source_of(entry)) for entry in entries)
    with scratch_index_of(actions) as (engine, _name):
        yield engine


@contextmanager
def scratch_index_of(actions: Iterable[writing.Action]) -> Iterator[tuple[ElasticsearchEngine, str]]:
    """The engine on an index with what these actions write, and the index's name."""
    client = connect(settings.ELASTICSEARCH_BULK_TIMEOUT)
    _drop_forgotten(client)
    start = f"{settings.ELASTICSEARCH_INDEX_PREFIX}-scratch-{time.time():.0f}-{uuid.uuid4().hex[:8]}"
    name, alias = f"{start}-index", f"{start}-alias"
    try:
        indexes.create(client, name, alias, analysis_version())
        refusals = writing.write(client, alias, actions, _PATIENCE)
        if refusals:
            raise EngineUnavailable(f"Elasticsearch refuses {refusals[0].id}: {refusals[0].reason}")
        indexes.finish(client, name)
        yield ElasticsearchEngine(alias), name
    finally:
        indexes.drop(client, name)


def _drop_forgotten(client: Elasticsearch) -> None:
    prefix = f"{settings.ELASTICSEARCH_INDEX_PREFIX}-scratch-"
    with reachable():
        names = client.indices.get(index=f"{prefix}*", features=["aliases"]).body
    for name in names:
        made = re.fullmatch(re.escape(prefix) + r"(\d+)-[0-9a-f]{8}-index", name)
        if made and time.time() - int(made[1]) > _FORGOTTEN:
            indexes.drop(client, name)
