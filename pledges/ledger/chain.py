"""Adding a row to the ledger, and sealing the texts that it hashes."""

import datetime as dt
import secrets
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from ..enums import LedgerKind
from ..models import LedgerRow
from ..models.redactable import fields_of
from . import contents
from .verify import GENESIS, canonical, row_hash, sha256, text_digest


def head() -> LedgerRow | None:
    """The last row. Only within `one_writer` it stays the last one."""
    return LedgerRow.objects.order_by("-sequence").first()


def append(kind: LedgerKind, record: str, at: dt.datetime) -> LedgerRow:
    """Add the row of a record that was published in this transaction; to be called within `one_writer`.

    Raises `LookupError` where the record is not published.
    """
    content = contents.read(kind, [record]).get(record)
    if content is None:
        raise LookupError(f"{record} is not published")
    last = head()
    row = link(last, kind, record, at, content)
    row.save(force_insert=True)
    return row


def append_all(last: LedgerRow | None, entries: Sequence[tuple[LedgerKind, str, dt.datetime]]) -> LedgerRow | None:
    """Add rows of many records after `last`, in this order and in one go; the last row. As `append` otherwise."""
    wanted: defaultdict[LedgerKind, list[str]] = defaultdict(list)
    for kind, record, _at in entries:
        wanted[kind].append(record)
    read = {kind: contents.read(kind, records) for kind, records in wanted.items()}
    rows = []
    for kind, record, at in entries:
        if record not in read[kind]:
            raise LookupError(f"{record} is not published")
        last = link(last, kind, record, at, read[kind][record])
        rows.append(last)
    LedgerRow.objects.bulk_create(rows)
    return last


def link(
    last: LedgerRow | None, kind: LedgerKind, record: str, at: dt.datetime, content: contents.Content
) -> LedgerRow:
    """The row that follows `last`, not saved."""
    row = LedgerRow(
        sequence=last.sequence + 1 if last else 1,
        kind=kind,
        at=at,
        record=record,
        format=contents.FORMAT,
        content_sha256=sha256(canonical(content.values)),
        previous=last.hash if last else GENESIS,
    )
    row.hash = row_hash(linked(row))
    return row


def linked(row: LedgerRow) -> dict[str, Any]:
    """A row as the chain hashes and publishes it."""
    return {
        "format": row.format,
        "sequence": row.sequence,
        "kind": row.kind,
        "at": contents.as_text(row.at),
        "record": row.record,
        "content_sha256": row.content_sha256,
        "previous": row.previous,
        "hash": row.hash,
    }


def seal(record: Any, *names: str) -> None:
    """Before a record is published: salt its redactable texts and note their digests. Does not save.

    What is sealed already (evidence cited before, a record whose salts an import brought along) stays as it is.
    """
    for name in names:
        text, salt, digest = fields_of(name)
        words = getattr(record, text)
        if not words or getattr(record, digest):
            continue
        if not getattr(record, salt):
            setattr(record, salt, secrets.token_hex(16))
        setattr(record, digest, text_digest(getattr(record, salt), words))
