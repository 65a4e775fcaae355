from .entries import SearchEntry, SearchPassage
from .state import IndexChange, IndexState
from .words import SearchName, SearchSynonym, SearchWord

__all__ = ["IndexChange", "IndexState", "SearchEntry", "SearchName", "SearchPassage", "SearchSynonym", "SearchWord"]
