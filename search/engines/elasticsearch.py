"""The connection to Elasticsearch, from the settings; the only module that imports `elasticsearch.dsl`.

Search itself still runs in the database (`selection.get_engine`). Import this module late: the client takes a quarter
of a second to load.
"""

from django.conf import settings
from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch
from elasticsearch.dsl import connections

from zaveza.health import Health

from .base import EngineUnavailable

ALIAS = "zaveza"


def connect() -> Elasticsearch:
    """The connection of this process, also known to `elasticsearch.dsl` under `ALIAS`.

    `EngineUnavailable` when no address is set.
    """
    if not settings.ELASTICSEARCH_URL:
        raise EngineUnavailable("ELASTICSEARCH_URL is not set.")
    try:
        return connections.get_connection(ALIAS)
    except KeyError:
        return connections.create_connection(
            ALIAS,
            hosts=settings.ELASTICSEARCH_URL,
            request_timeout=settings.ELASTICSEARCH_TIMEOUT,
            retry_on_timeout=False,
            max_retries=1,
        )


def index_name(name: str) -> str:
    """The name of an index of this site on a server that others may use too."""
    return f"{settings.ELASTICSEARCH_INDEX_PREFIX}-{name}"


def health() -> Health:
    """The state of the cluster. Never unready: search is answered by the database."""
    try:
        # Asked this way and not by ping: the distribution that the tests run has no root page (design: search, 9).
        answer = connect().cluster.health()
    except (ApiError, TransportError) as error:
        return Health(f"unreachable: {type(error).__name__}")
    return Health(str(answer["status"]))
