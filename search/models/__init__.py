from .changes import IndexChange, RemovedEntry
from .entries import SearchEntry
from .remote import RemoteIndex
from .state import IndexState
from .words import SearchName, SearchSynonym

__all__ = [
    "IndexChange",
    "IndexState",
    "RemoteIndex",
    "RemovedEntry",
    "SearchEntry",
    "SearchName",
    "SearchSynonym",
]
