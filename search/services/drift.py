"""Where the index differs from the records, and bringing it back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import models, transaction

from ..documents import SearchDocument
from ..facets import facet_text
from ..models import IndexState, SearchEntry
from ..registry import DocumentSource, sources
from .outbox import drain, reindex_now
from .rows import CHUNK, Progress, clean, digest_of, documents_of, remove

MISSING, OUTDATED, SURPLUS = "missing", "outdated", "surplus"


@dataclass(frozen=True)
class Drift:
    """One document that is not in the index as it should be: `missing`, `outdated` or `surplus`."""

    kind: str
    type: str
    document_id: str
    object_pk: str


def sync(progress: Progress | None = None) -> list[Drift]:
    """Write what waits in the outbox, find what differs nevertheless, and put it right; what was found."""
    drain(again=True)
    found = []
    for drifts in find_drift(progress):
        found += drifts
        _repair(drifts)
    return found


def find_drift(progress: Progress | None = None) -> Iterator[list[Drift]]:
    """Compare every record with its rows, and every row with its record; one chunk after the other, writing nothing."""
    known = sources()
    for source in known.values():
        yield from _of_records(source, progress)
        yield from _of_rows(source)
    unknown = SearchEntry.objects.exclude(type__in=list(known)).order_by("pk")
    for chunk in _chunks(unknown):
        yield [Drift(SURPLUS, row.type, row.document_id, row.object_pk) for row in chunk]


def _of_records(source: DocumentSource, progress: Progress | None) -> Iterator[list[Drift]]:
    public = source.queryset().order_by("pk")
    done, total = 0, public.count() if progress else 0
    for records in _chunks(public):
        expected = documents_of(source, records)
        stored = {
            row.document_id: row
            for row in _texts(SearchEntry.objects.filter(type=source.type)).filter(
                models.Q(object_pk__in=[str(record.pk) for record in records])
                | models.Q(document_id__in=list(expected))
            )
        }
        drifts = []
        for identifier, (document, object_pk) in expected.items():
            row = stored.get(identifier)
            if row is None:
                drifts.append(Drift(MISSING, source.type, identifier, object_pk))
            elif row.digest != digest_of(document, object_pk) or _is_spoilt(row, document):
                drifts.append(Drift(OUTDATED, source.type, identifier, object_pk))
        drifts += [
            Drift(SURPLUS, source.type, identifier, row.object_pk)
            for identifier, row in stored.items()
            if identifier not in expected
        ]
        done += len(records)
        if progress:
            progress(source.type, done, max(done, total))
        if drifts:
            yield drifts


def _is_spoilt(row: SearchEntry, document: SearchDocument) -> bool:
    """Whether the row says something else than the document of which it has the digest: written by hand."""
    return (row.language, row.title, row.body, row.url, row.facets) != (
        document.language,
        clean(document.title),
        clean(document.body),
        document.url,
        facet_text(document),
    )


def _of_rows(source: DocumentSource) -> Iterator[list[Drift]]:
    """Rows whose record is gone or no longer public."""
    for rows in _chunks(_small(SearchEntry.objects.filter(type=source.type)).order_by("pk")):
        keys = {row.object_pk for row in rows}
        public = {str(pk) for pk in source.queryset().order_by().filter(pk__in=keys).values_list("pk", flat=True)}
        drifts = [
            Drift(SURPLUS, row.type, row.document_id, row.object_pk) for row in rows if row.object_pk not in public
        ]
        if drifts:
            yield drifts


def _repair(drifts: Sequence[Drift]) -> None:
    known = sources()
    pks: dict[str, dict[str, None]] = {}
    unknown = []
    for drift in drifts:
        if drift.type in known:
            pks.setdefault(drift.type, {})[drift.object_pk] = None
        else:
            unknown.append(drift.document_id)
    # A row that has the digest of its document is not written again.
    outdated = [drift.document_id for drift in drifts if drift.kind == OUTDATED]
    SearchEntry.objects.filter(document_id__in=outdated).update(digest="")
    for type_code, keys in pks.items():
        reindex_now(type_code, list(keys))
    if unknown:
        with transaction.atomic():
            remove(SearchEntry.objects.filter(document_id__in=unknown), IndexState.next_write())


def _small(entries: models.QuerySet[SearchEntry]) -> models.QuerySet[SearchEntry]:
    return entries.only("document_id", "type", "object_pk", "digest")


def _texts(entries: models.QuerySet[SearchEntry]) -> models.QuerySet[SearchEntry]:
    return entries.only("document_id", "type", "object_pk", "digest", "language", "title", "body", "url", "facets")


def _chunks(records: models.QuerySet) -> Iterator[list]:
    """All rows in the order of their keys, however many there are and whatever changes meanwhile."""
    last = None
    while True:
        chunk = list((records if last is None else records.filter(pk__gt=last))[:CHUNK])
        if not chunk:
            return
        yield chunk
        last = chunk[-1].pk
