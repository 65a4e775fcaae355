from .changes import OutboxEntry, RemovedEntry
from .entries import SearchEntry, SearchPassage
from .remote import RemoteIndex
from .state import IndexState, IndexToken
from .words import SearchName, SearchSynonym, SearchWord

__all__ = [
    "IndexState",
    "IndexToken",
    "OutboxEntry",
    "RemoteIndex",
    "RemovedEntry",
    "SearchEntry",
    "SearchName",
    "SearchPassage",
    "SearchSynonym",
    "SearchWord",
]
