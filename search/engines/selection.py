"""Which engine answers."""

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

    Elasticsearch is connected but does not search yet, so search runs embedded with or without `ELASTICSEARCH_URL`.
    """
    engine = embedded_engine()
    if name in ("", engine.name):
        return engine
    if name == "elasticsearch":
        raise EngineUnavailable("Elasticsearch does not search yet: search runs in the database.")
    raise EngineUnavailable(f"The engine {name!r} does not run on this database ({connection.vendor}).")
