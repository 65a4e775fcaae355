"""Keeping the index in step with the records: the only writers of the index inside the database and of those outside.

A change goes through these hands: `reindex` (the outbox, in the transaction of the change), `drain` (the index in the
database), `mirroring.catch_up` (Elasticsearch, which follows that index write by write).
"""

from .drift import Drift, find_drift, sync
from .outbox import drain, reindex, reindex_now
from .rebuilding import rebuild
from .rows import CHUNK, Progress, indexed_row, write_rows
from .standing import IndexStatus, RemoteStatus, remote_status, status

__all__ = [
    "CHUNK",
    "Drift",
    "IndexStatus",
    "Progress",
    "RemoteStatus",
    "drain",
    "find_drift",
    "indexed_row",
    "rebuild",
    "reindex",
    "reindex_now",
    "remote_status",
    "status",
    "sync",
    "write_rows",
]
