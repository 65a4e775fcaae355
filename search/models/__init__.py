from .changes import OutboxEntry, RemovedEntry
from .entries import SearchEntry
from .remote import RemoteIndex
from .state import IndexState
from .words import SearchName, SearchSynonym

__all__ = [
    "OutboxEntry",
    "IndexState",
    "RemoteIndex",
    "RemovedEntry",
    "SearchEntry",
    "SearchName",
    "SearchSynonym",
]
