"""What the index holds, and what it should hold."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import models

from ..analysis import analysis_version
from ..engines import EngineUnavailable, availability
from ..models import IndexState, OutboxEntry, SearchEntry
from ..registry import sources
from . import mirroring


@dataclass(frozen=True)
class RemoteStatus:
    """The generation on Elasticsearch from which searches are answered, as far as there is one.

    `backlog` counts documents that it has still to be sent. `problem` says why searches are answered by the database,
    or what the server refused.
    """

    name: str = ""
    documents: int | None = None
    backlog: int = 0
    refused: int = 0
    analysis_current: bool = True
    problem: str = ""


@dataclass(frozen=True)
class IndexStatus:
    """What the index in the database holds, and what it should hold."""

    generation: int
    analysis: str
    analysis_current: bool
    rebuilt_at: Any
    is_unfinished: bool
    waiting: int
    failed: int
    documents: dict[str, int]
    records: dict[str, int]


def status() -> IndexStatus:
    """Documents in the index and public records, by type, and whether the words went through today's analysis."""
    state = IndexState.current()
    counted = SearchEntry.objects.order_by().values_list("type").annotate(number=models.Count("pk"))
    return IndexStatus(
        generation=state.generation,
        analysis=state.analysis,
        analysis_current=state.analysis == analysis_version(),
        rebuilt_at=state.rebuilt_at,
        is_unfinished=bool(state.unfinished),
        waiting=OutboxEntry.objects.filter(attempts=0).count(),
        failed=OutboxEntry.objects.filter(attempts__gt=0).count(),
        documents=dict(counted),
        records={source.type: source.queryset().count() for source in sources().values()},
    )


def remote_status() -> RemoteStatus | None:
    """That of Elasticsearch; `None` where it is not in use."""
    if not settings.ELASTICSEARCH_URL:
        return None
    from ..engines import SearchQuery
    from ..engines.elasticsearch import ElasticsearchEngine

    remote = mirroring.current()
    if remote is None:
        return RemoteStatus(problem="no index: run manage.py search_index rebuild")
    documents, problem = None, availability.why_reduced() or remote.problem
    try:
        documents = ElasticsearchEngine().count(SearchQuery())
    except EngineUnavailable as error:
        problem = str(error)
    return RemoteStatus(
        name=remote.name,
        documents=documents,
        backlog=mirroring.backlog(remote),
        refused=remote.refused,
        analysis_current=remote.analysis == analysis_version(),
        problem=problem,
    )
