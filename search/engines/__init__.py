"""Search engines behind one interface; which one answers depends on the settings and on the running database."""

from .base import EmbeddedEngine, Engine, EngineUnavailable, Hit, IndexedRow, SearchQuery, SearchResults
from .selection import embedded_engine, get_engine

__all__ = [
    "EmbeddedEngine",
    "Engine",
    "EngineUnavailable",
    "Hit",
    "IndexedRow",
    "SearchQuery",
    "SearchResults",
    "embedded_engine",
    "get_engine",
]
