"""Telling the search index what readers now see differently."""

from collections.abc import Iterable
from typing import Any

from search import registry
from search import services as search_services


def refresh(type_code: str, keys: Iterable[Any]) -> None:
    """Have the documents of these records written anew after the commit; nothing where the type is not searchable."""
    if type_code in registry.sources():
        search_services.reindex(type_code, keys)
