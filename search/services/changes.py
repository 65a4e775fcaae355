"""Which documents say something new, and since which write: what feeds and digests are made of."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import Min

from zaveza import clock

from ..engines import IndexedRow
from ..models import DocumentChange, IndexState, SearchAlert

_NOON = dt.time(12)


def note_document_changes(rows: Sequence[IndexedRow], *, at_their_dates: bool = False) -> None:
    """Note which of these rows say something else than before; in the transaction that writes them."""
    told = [row for row in rows if row.content]
    known = {
        change.document_id: change
        for change in DocumentChange.objects.filter(
            document_id__in=[row.entry.document_id for row in told], is_last=True
        )
    }
    now = clock.now()
    changed: list[DocumentChange] = []
    replaced: list[int] = []
    for row in told:
        last = known.get(row.entry.document_id)
        if last and last.content == row.content:
            continue
        if last and not last.content:
            # In the index since before changes were noted.
            DocumentChange.objects.filter(pk=last.pk).update(content=row.content, marks=list(row.marks))
            continue
        if last:
            replaced.append(last.pk)
        before = set(last.marks) if last else set()
        changed.append(
            DocumentChange(
                document_id=row.entry.document_id,
                number=row.entry.version,
                at=_moment(row.entry.date, now) if at_their_dates and not last else now,
                content=row.content,
                is_new=last is None,
                marks=list(row.marks),
                # What stood there from the first is told by the document itself.
                added=[mark for mark in row.marks if mark not in before] if last else [],
            )
        )
    if replaced:
        DocumentChange.objects.filter(pk__in=replaced).update(is_last=False)
    DocumentChange.objects.bulk_create(changed)


def _moment(day: dt.date | None, now: dt.datetime) -> dt.datetime:
    return min(dt.datetime.combine(day, _NOON, clock.SITE_ZONE), now) if day else now


def forget_changes(ids: Sequence[str]) -> None:
    """Documents that left the index: should they come back, they are new."""
    DocumentChange.objects.filter(document_id__in=ids).delete()


def prune_changes(now: dt.datetime) -> str | None:
    """Drop changes that later ones replaced and of which every follower has been told. For `manage.py tick`."""
    told = SearchAlert.objects.filter(confirmed_at__isnull=False).aggregate(place=Min("place"))["place"]
    if told is None:
        told = IndexState.current().version
    dropped, _by_model = DocumentChange.objects.filter(is_last=False, number__lte=told).delete()
    return f"{dropped} dropped" if dropped else None
