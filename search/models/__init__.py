from .entries import SearchEntry, SearchPassage
from .state import IndexState, IndexToken
from .words import SearchName, SearchSynonym, SearchWord

__all__ = ["IndexToken", "IndexState", "SearchEntry", "SearchName", "SearchPassage", "SearchSynonym", "SearchWord"]
