"""From records to rows of the index, and writing and removing these."""

import json
from collections.abc import Callable, Iterable, Sequence
from hashlib import blake2b
from typing import Any

from django.db import models

from ..analysis import analyse, analysis_version
from ..documents import SearchDocument
from ..engines import IndexedRow, embedded_engine
from ..facets import facet_text
from ..models import IndexState, RemoteIndex, RemovedEntry, SearchEntry
from ..registry import DocumentSource
from ..word_counts import count_rows, forget_documents
from .bulk import insert_rows
from .changes import forget_changes, note_document_changes

# Records read, analysed and written in one transaction.
CHUNK = 200

# Made once: `json.dumps` makes an encoder for each call.
_written = json.JSONEncoder(sort_keys=True, default=str).encode

# type, records done, records in all
Progress = Callable[[str, int, int], None]


def documents_of(source: DocumentSource, records: Iterable[models.Model]) -> dict[str, tuple[SearchDocument, str]]:
    """The documents of these records by id, each with the primary key of its record."""
    return {document.id: (document, str(record.pk)) for record in records for document in source.documents([record])}


def rows_of(documents: Iterable[tuple[SearchDocument, str]], state: IndexState) -> list[IndexedRow]:
    """Analysed rows of documents and their records' keys, as part of a write (`IndexState.next_write`)."""
    return [
        indexed_row(document, object_pk, generation=state.generation, version=state.version)
        for document, object_pk in documents
    ]


def indexed_row(document: SearchDocument, object_pk: str, generation: int, version: int = 0) -> IndexedRow:
    """A document as the index keeps it, analysed but not yet written."""
    title, body = analyse(clean(document.title), document.language), analyse(clean(document.body), document.language)
    content = content_digest(document)
    entry = SearchEntry(
        document_id=document.id,
        type=document.type,
        object_pk=object_pk,
        language=document.language,
        title=clean(document.title),
        body=clean(document.body),
        url=document.url,
        data=dict(document.data),
        date=document.date,
        due=document.due,
        surface_title=title.surface,
        surface_body=body.surface,
        keys_title=title.keys,
        keys_body=body.keys,
        facets=facet_text(document),
        generation=generation,
        version=version,
        digest=_digest([content, object_pk, analysis_version()]),
    )
    return IndexedRow(entry, title, body, content, tuple(document.marks))


def digest_of(document: SearchDocument, object_pk: str) -> str:
    """Differs whenever anything differs that the index keeps of a document, or how its words are analysed."""
    return _digest([content_digest(document), object_pk, analysis_version()])


def content_digest(document: SearchDocument) -> str:
    """Differs whenever the document says something else, however it is indexed."""
    return _digest(_content(document))


def _content(document: SearchDocument) -> list[Any]:
    return [
        document.id,
        document.type,
        document.language,
        document.title,
        document.body,
        document.url,
        facet_text(document),
        str(document.date),
        str(document.due),
        dict(document.data),
        list(document.marks),
    ]


def _digest(content: list[Any]) -> str:
    written = _written(content)
    return blake2b(written.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def clean(text: str) -> str:
    """Text that every database takes: PostgreSQL has no place for a NUL byte."""
    return text.replace("\x00", " ")


def write_rows(rows: Sequence[IndexedRow], *, at_their_dates: bool = False) -> None:
    """Write rows into the index, over those of the same documents.

    With `at_their_dates` a document that is new in the index counts as changed on its own date, not now: a rebuild
    reads the whole record.
    """
    if not rows:
        return
    note_document_changes(rows, at_their_dates=at_their_dates)
    count_rows(rows)
    insert_rows([row.entry for row in rows], unique="document_id")
    embedded_engine().write(rows)


def remove(entries: models.QuerySet[SearchEntry], state: IndexState) -> int:
    """Drop entries as part of a write, and keep their ids for the indexes that follow; how many they were."""
    ids = list(entries.values_list("document_id", flat=True))
    if not ids:
        return 0
    note_removed(ids, state)
    for start in range(0, len(ids), CHUNK):
        forget_documents(ids[start : start + CHUNK])
        forget_changes(ids[start : start + CHUNK])
    entries.delete()
    return len(ids)


def note_removed(ids: Iterable[str], state: IndexState) -> None:
    """Have the indexes outside the database drop these documents, as part of a write."""
    if RemoteIndex.objects.exists():
        RemovedEntry.objects.bulk_create(
            [RemovedEntry(document_id=identifier, version=state.version) for identifier in ids], batch_size=1_000
        )
