"""The ledger as rows to download and to verify, in one pass and constant memory."""

import datetime as dt
import gc
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet

from zaveza import clock

from ..enums import LedgerKind, PledgeState
from ..models import Amendment, Assessment, Correction, LedgerRow, Pledge, Reply
from . import contents
from .erasures import numbered_record, unannounced
from .verify import LINKED, Fault, Result, verify

CHUNK = 2000


def public_rows() -> Iterator[dict[str, Any]]:
    """What anybody may download: each row, its content where the record is public, the texts that are not erased."""
    now = clock.now()
    for rows in _chunks(LedgerRow.objects.filter(at__lte=now)):
        read = _contents(rows)
        about = {content.pledge for found in read.values() for content in found.values() if content.pledge}
        public = contents.public_pledges(about, now)
        for entry in rows:
            content = read[entry["kind"]].get(entry["record"])
            if content and (content.pledge is None or content.pledge in public):
                entry["content"] = content.values
                if content.texts:
                    entry["texts"] = content.texts
            yield entry


def public_lines() -> Iterator[str]:
    """The same as JSON Lines."""
    for entry in public_rows():
        yield json.dumps(entry, ensure_ascii=False, separators=(",", ":")) + "\n"


def verify_database() -> Result:
    """Verify every row with its record, and that everything published has a row."""
    with _no_cycles():
        result = verify(_all_rows())
    if result.fault is None:
        missing = next(unrecorded(), None)
        if missing:
            kind, record = missing
            fault = f"{record} is published and has no row ({kind}): it was deleted, or written past the services"
            result.fault = Fault(result.rows + 1, "deleted", fault)
    if result.fault is None and result.erased:
        gone = next(unannounced(), None)
        if gone:
            sequence, record, name = gone
            fault = f"{record} has no {name} any more, and no redaction says that the law had it erased"
            result.fault = Fault(sequence, "altered", fault)
    return result


@contextmanager
def _no_cycles() -> Iterator[None]:
    """The rows hold no reference in a circle: looking for some took a fifth of the time and freed nothing."""
    looking = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if looking:
            gc.enable()


def _all_rows() -> Iterator[dict[str, Any]]:
    for rows in _chunks(LedgerRow.objects.all()):
        yield from _with_records(rows)


def _with_records(rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Each row with its record; one whose record holds what is no value of its kind says so."""
    try:
        read = _contents(rows)
    except ValueError as error:
        if len(rows) == 1:
            yield {**rows[0], "unreadable": str(error)}
            return
        for row in rows:
            yield from _with_records([row])
        return
    for row in rows:
        content = read[row["kind"]].get(row["record"])
        if content is None:
            row["missing"] = True
        else:
            row["content"], row["texts"] = content.values, content.texts
        yield row


def _contents(rows: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, contents.Content]]:
    """By kind and id of the record; a kind that there is not has none."""
    by_kind: defaultdict[str, list[str]] = defaultdict(list)
    for row in rows:
        by_kind[row["kind"]].append(row["record"])
    return {kind: contents.read(kind, records) if kind in LedgerKind else {} for kind, records in by_kind.items()}


def _chunks(rows: QuerySet[LedgerRow]) -> Iterator[list[dict[str, Any]]]:
    """The rows as the chain hashes and publishes them (as `chain.linked`), some at a time."""
    last = -1
    rows = rows.order_by("sequence").values(*LINKED, "hash")
    while chunk := _read(rows.filter(sequence__gt=last)[:CHUNK]):
        for row in chunk:
            row["at"] = contents.as_text(row["at"])
        yield chunk
        last = chunk[-1]["sequence"]


def _read(rows: QuerySet) -> list[dict[str, Any]]:
    """The rows; one whose moment is none says so: on SQLite such a column takes any text."""
    try:
        return list(rows)
    except ValueError:
        return [_read_one(sequence) for sequence in rows.values_list("sequence", flat=True)]


def _read_one(sequence: int) -> dict[str, Any]:
    row = LedgerRow.objects.filter(sequence=sequence)
    try:
        return row.values(*LINKED, "hash").get()
    except ValueError as error:
        others = [name for name in LINKED if name != "at"]
        return {**row.values(*others, "hash").get(), "at": None, "unreadable": str(error)}


def published() -> dict[LedgerKind, tuple[QuerySet, str]]:
    """What of each kind belongs into the ledger, annotated with its `record` id, and the field with its moment."""
    closed = Pledge.objects.filter(closed_at__isnull=False).annotate(record=F("public_id"))
    answered = Reply.objects.filter(published_at__isnull=False, concluded_at__isnull=False)
    return {
        LedgerKind.ASSESSMENT: (
            Assessment.objects.filter(published_at__isnull=False).annotate(record=numbered_record()),
            "published_at",
        ),
        LedgerKind.REPLY: (answered.annotate(record=F("public_id")), "concluded_at"),
        LedgerKind.CORRECTION: (
            Correction.objects.filter(published_at__isnull=False).annotate(record=F("public_id")),
            "published_at",
        ),
        LedgerKind.AMENDMENT: (
            Amendment.objects.filter(published_at__isnull=False).annotate(record=F("public_id")),
            "published_at",
        ),
        LedgerKind.WITHDRAWAL: (closed.filter(state=PledgeState.WITHDRAWN), "closed_at"),
        LedgerKind.MERGE: (closed.filter(state=PledgeState.MERGED), "closed_at"),
    }


def unrecorded() -> Iterator[tuple[str, str]]:
    """Kind and id of everything published that has no row."""
    for kind, (records, moment) in published().items():
        rows = LedgerRow.objects.filter(kind=kind, record=OuterRef("record"))
        found = records.filter(~Exists(rows)).order_by(moment, "pk")
        for record in found.values_list("record", flat=True).iterator():
            yield kind.value, record


def in_order() -> Iterator[tuple[dt.datetime, LedgerKind, Any]]:
    """Everything published, the oldest first: for `services.build_ledger`."""
    entries = []
    for order, (kind, (records, moment)) in enumerate(published().items()):
        entries += [(at, order, pk, kind) for at, pk in records.values_list(moment, "pk").iterator()]
    for at, _order, pk, kind in sorted(entries):
        yield at, kind, pk
