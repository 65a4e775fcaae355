"""Whether Elasticsearch is to be asked, as all processes with a common cache remember it.

`down`: it did not answer, so nobody waits for it again for half a minute. `behind`: it could not be written to, so it
lacks what was published since; that lasts until it has caught up.
"""

from django.core.cache import cache

_DOWN, _BEHIND = "search:elasticsearch:down", "search:elasticsearch:behind"

# Seconds.
_REST = 30
_LONG = 7 * 24 * 60 * 60


def why_reduced() -> str:
    """Why searches are answered by the database for now; empty when they are not."""
    found = cache.get_many([_DOWN, _BEHIND])
    return str(found.get(_DOWN) or found.get(_BEHIND) or "")


def is_down() -> bool:
    return bool(cache.get(_DOWN))


def note_down(reason: str) -> None:
    cache.set(_DOWN, reason, _REST)


def note_behind(reason: str) -> None:
    cache.set(_BEHIND, reason, _LONG)


def note_well() -> None:
    """It answers and has everything."""
    cache.delete_many([_DOWN, _BEHIND])
