"""Keeping the index in step with the records: the only writers of `SearchEntry`."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction

from zaveza import clock

from .analysis import analyse, analysis_version
from .documents import SearchDocument
from .engines import IndexedRow, embedded_engine
from .facets import facet_text
from .models import IndexState, SearchEntry
from .registry import DocumentSource, get_source, sources
from .word_counts import count_rows, forget_documents

# Records read, analysed and written in one transaction.
CHUNK = 200

# type, records done, records in all
Progress = Callable[[str, int, int], None]

_WRITTEN_FIELDS = [field.name for field in SearchEntry._meta.concrete_fields if field.name not in ("id", "document_id")]


def reindex(type_code: str, pks: Iterable[Any]) -> None:
    """Bring these records' documents up to date once the running transaction is committed.

    Call it whenever a record or something that its documents show has changed, appeared or gone. A failure is logged
    and never reaches the one who saved; `rebuild` repairs what was missed.
    """
    wanted = list(dict.fromkeys(pks))
    if wanted:
        get_source(type_code)
        _AfterCommit.of(type_code).add(wanted)


class _AfterCommit:
    """The records of one type that a transaction changed, each once however often it was named."""

    def __init__(self, type_code: str) -> None:
        self.type_code = type_code
        self.pks: dict[Any, None] = {}
        self.is_done = False

    @classmethod
    def of(cls, type_code: str) -> "_AfterCommit":
        """That of the running transaction; one whose savepoint was rolled back is gone with it, and made anew."""
        for _savepoints, hook, _robust in transaction.get_connection().run_on_commit:
            if isinstance(hook, cls) and hook.type_code == type_code and not hook.is_done:
                return hook
        return cls(type_code)

    def add(self, pks: Iterable[Any]) -> None:
        is_new = not self.pks
        self.pks.update(dict.fromkeys(pks))
        if is_new:
            transaction.on_commit(self, robust=True)

    def __call__(self) -> None:
        # A test that captures hooks runs them and leaves them waiting: what comes later needs one of its own.
        self.is_done = True
        reindex_now(self.type_code, list(self.pks))


def reindex_now(type_code: str, pks: Sequence[Any]) -> int:
    """Write the documents of the public ones among these records and drop the others'; how many were written."""
    source = get_source(type_code)
    written = 0
    for start in range(0, len(pks), CHUNK):
        chunk = pks[start : start + CHUNK]
        with transaction.atomic():
            generation = IndexState.current().generation
            rows = _rows(source, source.queryset().filter(pk__in=chunk), generation)
            write_rows(rows)
            kept = [row.entry.document_id for row in rows]
            _remove(
                SearchEntry.objects.filter(type=type_code, object_pk__in=[str(pk) for pk in chunk]).exclude(
                    document_id__in=kept
                )
            )
        written += len(rows)
    return written


def rebuild(progress: Progress | None = None) -> int:
    """Write every document of every source anew and drop what is stale; how many documents there are now.

    Reads and writes one chunk at a time, so memory does not grow with the site, and readers find the old rows until
    the new ones replace them.
    """
    generation = IndexState.next_generation()
    written = 0
    for source in sources().values():
        for done, total, count in _rebuild_source(source, generation):
            written += count
            if progress:
                progress(source.type, done, total)
    _remove(SearchEntry.objects.filter(generation__lt=generation))
    IndexState.objects.filter(pk=IndexState.ONLY).update(analysis=analysis_version(), rebuilt_at=clock.now())
    return written


def _rebuild_source(source: DocumentSource, generation: int) -> Iterator[tuple[int, int, int]]:
    """Chunk by chunk: records done, records in all, documents just written."""
    public = source.queryset()
    total, done, last = public.count(), 0, None
    yield done, total, 0
    while True:
        # Read and write in one transaction: a record that changes meanwhile is written again after this chunk,
        # not overwritten by it.
        with transaction.atomic():
            records = public.order_by("pk") if last is None else public.order_by("pk").filter(pk__gt=last)
            chunk = list(records[:CHUNK])
            if not chunk:
                return
            rows = _rows(source, chunk, generation)
            write_rows(rows)
        last = chunk[-1].pk
        done += len(chunk)
        yield done, max(total, done), len(rows)


def _remove(entries: models.QuerySet[SearchEntry]) -> None:
    identifiers = list(entries.values_list("document_id", flat=True))
    for start in range(0, len(identifiers), CHUNK):
        chunk = identifiers[start : start + CHUNK]
        forget_documents(chunk)
        SearchEntry.objects.filter(document_id__in=chunk).delete()


def _rows(source: DocumentSource, records: Iterable[models.Model], generation: int) -> list[IndexedRow]:
    rows = {
        document.id: indexed_row(document, str(record.pk), generation)
        for record in records
        for document in source.documents([record])
    }
    return list(rows.values())


def indexed_row(document: SearchDocument, object_pk: str, generation: int) -> IndexedRow:
    """A document as the index keeps it, analysed but not yet written."""
    title, body = analyse(_clean(document.title), document.language), analyse(_clean(document.body), document.language)
    entry = SearchEntry(
        document_id=document.id,
        type=document.type,
        object_pk=object_pk,
        language=document.language,
        title=_clean(document.title),
        body=_clean(document.body),
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
    )
    return IndexedRow(entry, title, body)


def _clean(text: str) -> str:
    """Text that every database takes: PostgreSQL has no place for a NUL byte."""
    return text.replace("\x00", " ")


def write_rows(rows: Sequence[IndexedRow]) -> None:
    """Write rows into the index, over those of the same documents."""
    if not rows:
        return
    count_rows(rows)
    SearchEntry.objects.bulk_create(
        [row.entry for row in rows],
        update_conflicts=True,
        unique_fields=["document_id"],
        update_fields=_WRITTEN_FIELDS,
    )
    embedded_engine().write(rows)


@dataclass(frozen=True)
class IndexStatus:
    """What the index holds, and what it should hold."""

    generation: int
    analysis: str
    analysis_current: bool
    rebuilt_at: Any
    documents: dict[str, int]
    records: dict[str, int]


def status() -> IndexStatus:
    """Documents in the index and public records, by type, and whether the words went through today's analysis."""
    state = IndexState.current()
    counted = SearchEntry.objects.order_by().values_list("type").annotate(number=models.Count("pk"))
    return IndexStatus(
        generation=state.generation,
        analysis=state.analysis,
        analysis_current=state.analysis == analysis_version(),
        rebuilt_at=state.rebuilt_at,
        documents=dict(counted),
        records={source.type: source.queryset().count() for source in sources().values()},
    )
