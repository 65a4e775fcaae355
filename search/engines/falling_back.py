"""Elasticsearch while it answers, the engine in the database while it does not."""

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from zaveza.health import Health

from . import availability
from .base import Engine, EngineUnavailable, Hit, SearchQuery, SearchResults

logger = logging.getLogger(__name__)

Answer = TypeVar("Answer")


class FallingBackEngine(Engine):
    """Nobody waits for a server that did not answer a moment ago, and no search fails because of it."""

    def __init__(self, preferred: Engine, embedded: Engine) -> None:
        self.preferred = preferred
        self.embedded = embedded

    @property
    def name(self) -> str:  # type: ignore[override]
        return self.preferred.name

    def search(self, query: SearchQuery) -> SearchResults:
        results, is_reduced = self._ask(lambda engine: engine.search(query))
        return replace(results, reduced=True) if is_reduced else results

    def count(self, query: SearchQuery) -> int:
        return self._ask(lambda engine: engine.count(query))[0]

    def first(self, query: SearchQuery) -> Hit | None:
        return self._ask(lambda engine: engine.first(query))[0]

    def health(self) -> Health:
        """That of the engine in the database, which must work; `reduced` while it answers alone."""
        health = self.embedded.health()
        if not health.ready:
            return health
        if not availability.why_reduced():
            answer = self.preferred.health()
            if answer == Health():
                return health
            availability.note_down(answer.state)
        return Health("reduced")

    def _ask(self, question: Callable[[Engine], Answer]) -> tuple[Answer, bool]:
        """The answer, and whether it is the database's."""
        if not availability.why_reduced():
            try:
                return question(self.preferred), False
            except EngineUnavailable as error:
                logger.warning("Search: the database answers for now. %s", error)
                availability.note_down(str(error))
        return question(self.embedded), True
