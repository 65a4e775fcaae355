"""Which engine answers."""

from django.conf import settings
from django.db import connection

from .base import EmbeddedEngine, Engine, EngineUnavailable


def embedded_engine() -> EmbeddedEngine:
    """The engine inside the running database."""
    if connection.vendor == "sqlite":
        from .sqlite import SqliteEngine

        return SqliteEngine()
    if connection.vendor == "postgresql":
        from .postgresql import PostgresqlEngine

        return PostgresqlEngine()
    raise EngineUnavailable(f"Search does not run on {connection.vendor}.")


def get_engine(name: str = "") -> Engine:
    """The engine that answers, or the named one; `EngineUnavailable` says why that one cannot.

    With `ELASTICSEARCH_URL` that is Elasticsearch, with the database's own behind it for when it is down; the one that
    is asked for by name has nobody behind it.
    """
    engine = embedded_engine()
    if name == engine.name or (not name and not settings.ELASTICSEARCH_URL):
        return engine
    if name not in ("", "elasticsearch"):
        raise EngineUnavailable(f"The engine {name!r} does not run on this database ({connection.vendor}).")
    if not settings.ELASTICSEARCH_URL:
        raise EngineUnavailable("Elasticsearch is not in use: ELASTICSEARCH_URL is not set.")
    from .elasticsearch import ElasticsearchEngine
    from .falling_back import FallingBackEngine

    elasticsearch = ElasticsearchEngine()
    return elasticsearch if name else FallingBackEngine(elasticsearch, engine)
