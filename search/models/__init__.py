from .entries import SearchEntry
from .state import IndexState
from .words import SearchName, SearchSynonym

__all__ = ["IndexState", "SearchEntry", "SearchName", "SearchSynonym"]
