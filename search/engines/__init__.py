"""Search engines behind one interface; which one answers depends on the settings and on the running database."""

from .base import (
    COUNTED_FACETS,
    EmbeddedEngine,
    Engine,
    EngineUnavailable,
    Hit,
    IndexedRow,
    SearchQuery,
    SearchResults,
    Sort,
    Within,
)
from .selection import embedded_engine, get_engine

__all__ = [
    "COUNTED_FACETS",
    "EmbeddedEngine",
    "Engine",
    "EngineUnavailable",
    "Hit",
    "IndexedRow",
    "SearchQuery",
    "SearchResults",
    "Sort",
    "Within",
    "embedded_engine",
    "get_engine",
]
