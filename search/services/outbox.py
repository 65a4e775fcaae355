"""The outbox: what has changed is noted in the same transaction and written to the index after it."""

import logging
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import F

from ..models import IndexState, OutboxEntry, SearchEntry
from ..registry import get_source
from .rows import CHUNK, documents_of, remove, rows_of, write_rows

logger = logging.getLogger(__name__)


def reindex(type_code: str, pks: Iterable[Any]) -> None:
    """Bring these records' documents up to date once the running transaction is committed.

    Call it whenever a record or something that its documents show has changed, appeared or gone. A failure is logged
    and never reaches the one who saved: the change waits in the outbox, and `manage.py tick` tries again.
    """
    wanted = list(dict.fromkeys(str(pk) for pk in pks))
    if not wanted:
        return
    get_source(type_code)
    OutboxEntry.objects.bulk_create([OutboxEntry(type=type_code, object_pk=pk) for pk in wanted], batch_size=1_000)
    _AfterCommit.ask()


class _AfterCommit:
    """Has the outbox drained, once for a transaction however often it was asked for."""

    def __init__(self) -> None:
        self.is_done = False

    @classmethod
    def ask(cls) -> None:
        # One whose savepoint was rolled back is gone with it, and made anew.
        for _savepoints, hook, _robust in transaction.get_connection().run_on_commit:
            if isinstance(hook, cls) and not hook.is_done:
                return
        transaction.on_commit(cls(), robust=True)

    def __call__(self) -> None:
        # A test that captures hooks runs them and leaves them waiting: what comes later needs one of its own.
        self.is_done = True
        from ..tasks import follow_changes

        follow_changes.enqueue()


def drain(again: bool = False) -> int:
    """Write what waits in the outbox to the index in the database; how many changes were done.

    Changes that failed before are left alone unless `again`. One record that cannot be made into documents holds up
    no other.
    """
    done, after = 0, 0
    while True:
        # Without the lock: most of the time there is nothing to do.
        waiting = OutboxEntry.objects.filter(pk__gt=after)
        if not again:
            waiting = waiting.filter(attempts=0)
        if not waiting.exists():
            return done
        changes: list[OutboxEntry] = []
        try:
            with transaction.atomic():
                state = IndexState.next_write()
                changes = list(waiting.order_by("pk")[:CHUNK])
                _write_changes(changes, state)
            done += len(changes)
        except Exception:
            if not changes:
                raise
            logger.exception("Search: a part of the outbox failed and is tried record by record")
            done += _drain_one_by_one(changes)
        after = changes[-1].pk if changes else after


def _drain_one_by_one(changes: Sequence[OutboxEntry]) -> int:
    done = 0
    for change in changes:
        try:
            with transaction.atomic():
                _write_changes([change], IndexState.next_write())
            done += 1
        except Exception:
            logger.exception("Search: %s cannot be indexed", change)
            OutboxEntry.objects.filter(pk=change.pk).update(attempts=F("attempts") + 1)
    return done


def _write_changes(changes: Sequence[OutboxEntry], state: IndexState) -> None:
    wanted: dict[str, dict[str, None]] = defaultdict(dict)
    for change in changes:
        wanted[change.type][change.object_pk] = None
    for type_code, pks in wanted.items():
        _write_records(type_code, list(pks), state)
    OutboxEntry.objects.filter(pk__in=[change.pk for change in changes]).delete()


def reindex_now(type_code: str, pks: Sequence[Any]) -> int:
    """Write the documents of the public ones among these records and drop the others'; how many were written."""
    written = 0
    for start in range(0, len(pks), CHUNK):
        with transaction.atomic():
            written += _write_records(type_code, pks[start : start + CHUNK], IndexState.next_write())
    return written


def _write_records(type_code: str, pks: Sequence[Any], state: IndexState) -> int:
    """One chunk, as part of a write. What is in the index as it should be is left as it is."""
    try:
        source = get_source(type_code)
    except KeyError:
        # The app that wrote the change is gone, and so are its documents with the next rebuild.
        return 0
    documents = documents_of(source, source.queryset().filter(pk__in=pks))
    mine = SearchEntry.objects.filter(type=type_code, object_pk__in=[str(pk) for pk in pks])
    remove(mine.exclude(document_id__in=list(documents)), state)
    rows = rows_of(documents.values(), state)
    # A row of an older generation is written again, or the end of a rebuild would take it away.
    stored = dict(
        SearchEntry.objects.filter(document_id__in=list(documents), generation=state.generation).values_list(
            "document_id", "digest"
        )
    )
    write_rows([row for row in rows if stored.get(row.entry.document_id) != row.entry.digest])
    return len(rows)
