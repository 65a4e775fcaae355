"""What the search in the masthead can be narrowed to.

`zaveza` knows no app: `search` names the types that it finds in its `AppConfig.ready()`.
"""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class SearchScope:
    """One choice of the masthead search: the value of the parameter `type` and its (lazily translated) label."""

    code: str
    label: Any


_scopes: dict[str, SearchScope] = {}


def register_search_scope(code: str, label: Any) -> None:
    """Offer a type in the masthead search, after those offered before; the same code again replaces its label."""
    _scopes[code] = SearchScope(code, label)


def search_scopes() -> list[SearchScope]:
    """The types on offer, in the order of their registration."""
    return list(_scopes.values())
