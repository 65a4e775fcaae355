"""An index of its own on the real engine, made for a measurement and dropped after it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import transaction

from ..documents import SearchDocument
from ..engines import EmbeddedEngine, Engine
from ..services import indexed_row, write_rows

# No record has this type, and no page offers it.
SCRATCH_TYPE = "scratch"


@contextmanager
def scratch_index(engine: Engine, documents: Sequence[SearchDocument]) -> Iterator[Engine]:
    """An engine with these documents; all have the type `SCRATCH_TYPE`, by which a query must be narrowed.

    Embedded engines get them in a transaction that is rolled back, Elasticsearch in an index beside that of the site:
    nobody else ever sees them, and nothing remains of them, however the measurement ends.
    """
    rows = (indexed_row(document, document.id, generation=0) for document in documents)
    if isinstance(engine, EmbeddedEngine):
        with transaction.atomic():
            try:
                write_rows(list(rows))
                yield engine
            finally:
                transaction.set_rollback(True)
        return
    from ..engines.elasticsearch.scratch import scratch_engine

    with scratch_engine(row.entry for row in rows) as scratch:
        yield scratch
