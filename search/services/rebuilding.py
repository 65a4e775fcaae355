"""Writing the whole index anew, so that nobody ever finds less than before."""

from collections.abc import Iterator

from django.db import transaction

from zaveza import clock

from ..analysis import analysis_version
from ..models import IndexState, SearchEntry
from ..registry import DocumentSource, sources
from .outbox import drain
from .rows import CHUNK, Progress, documents_of, remove, rows_of, write_rows


def rebuild(progress: Progress | None = None, fresh: bool = False) -> int:
    """Write every document of every source anew and drop what is stale; how many documents there are now.

    A rebuild is a generation: each row is replaced by that of the new generation in one step, and what has none at the
    end is dropped, so readers find every record once at any moment. It reads and writes one chunk at a time; memory
    does not grow with the site. One that was interrupted is continued where it stood, unless `fresh` or the text
    analysis has changed since.
    """
    analysis = analysis_version()
    state = IndexState.current()
    if fresh or state.unfinished != analysis:
        IndexState.next_generation(analysis)
        state = IndexState.current()
    for source in _remaining(state.unfinished_type):
        after = state.unfinished_after if source.type == state.unfinished_type else ""
        for done, total in _rebuild_source(source, after):
            if progress:
                progress(source.type, done, total)
    _remove_stale()
    IndexState.objects.filter(pk=IndexState.ONLY).update(
        analysis=analysis, rebuilt_at=clock.now(), unfinished="", unfinished_type="", unfinished_after=""
    )
    drain(again=True)
    return SearchEntry.objects.count()


def _remaining(type_code: str) -> list[DocumentSource]:
    """The sources from this type on; all, when it is none of them."""
    known = sources()
    types = list(known)
    start = types.index(type_code) if type_code in types else 0
    return [known[each] for each in types[start:]]


def _rebuild_source(source: DocumentSource, after: str) -> Iterator[tuple[int, int]]:
    """Chunk by chunk: records done, records in all."""
    public = source.queryset().order_by("pk")
    total = public.count()
    last = source.model._meta.pk.to_python(after) if after else None
    done = public.filter(pk__lte=last).count() if after else 0
    yield done, total
    while True:
        # Read and write in one transaction: a record that changes meanwhile is written again after this chunk,
        # not overwritten by it.
        with transaction.atomic():
            state = IndexState.next_write()
            chunk = list((public if last is None else public.filter(pk__gt=last))[:CHUNK])
            if not chunk:
                return
            rows = rows_of(documents_of(source, chunk).values(), state)
            stored = {
                identifier: (digest, version)
                for identifier, digest, version in SearchEntry.objects.filter(
                    document_id__in=[row.entry.document_id for row in rows]
                ).values_list("document_id", "digest", "version")
            }
            for row in rows:
                digest, version = stored.get(row.entry.document_id, ("", 0))
                if digest == row.entry.digest:
                    # The indexes that follow have it already.
                    row.entry.version = version
            write_rows(rows, at_their_dates=True)
            last = chunk[-1].pk
            IndexState.objects.filter(pk=IndexState.ONLY).update(
                unfinished_type=source.type, unfinished_after=str(last)
            )
        done += len(chunk)
        yield done, max(total, done)


def _remove_stale() -> None:
    while True:
        with transaction.atomic():
            state = IndexState.next_write()
            stale = SearchEntry.objects.filter(generation__lt=state.generation).order_by("pk")
            chunk = list(stale.values_list("pk", flat=True)[:CHUNK])
            if not chunk:
                return
            remove(SearchEntry.objects.filter(pk__in=chunk), state)
