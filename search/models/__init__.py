from .changes import OutboxEntry, RemovedEntry
from .entries import SearchEntry, SearchPassage
from .following import DocumentChange, MissedQuery, SearchAlert
from .remote import RemoteIndex
from .state import IndexState, IndexToken
from .words import SearchName, SearchSynonym, SearchWord

__all__ = [
    "DocumentChange",
    "IndexState",
    "IndexToken",
    "MissedQuery",
    "OutboxEntry",
    "RemoteIndex",
    "RemovedEntry",
    "SearchAlert",
    "SearchEntry",
    "SearchName",
    "SearchPassage",
    "SearchSynonym",
    "SearchWord",
]
