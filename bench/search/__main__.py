"""`python -m bench.search --documents 20000`: index rate, size, and the time of a search and of its bare statements.

In a database of its own: on SQLite in a folder that is removed, or on PostgreSQL in the empty one of `--database`. A
search is all that the page needs: reading the query, exact count, all facets, the first page, marks in the text. The
bare statements are the very ones that it sends, with all that they return. The process has answered other searches
before (`--warm`), as that of a site has; each measured query is new to it.

Times are wall clock; `--cpu` measures the processor time of this process instead, for a machine that does other things
at the same time. On SQLite that is all of the work; PostgreSQL does its own elsewhere.
"""

import argparse
import datetime as dt
import gc
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.search.figures import WARM, middle, sampled, tail

ROOT = Path(__file__).resolve().parents[2]
QUERIES = 50
CHUNK = 500

clock: Callable[[], float] = time.perf_counter


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--database", default="", help="URL of an empty PostgreSQL database (default: a new SQLite)")
    parser.add_argument("--queries", type=int, default=QUERIES, help="of one, two and three words each")
    parser.add_argument("--warm", type=int, default=WARM, help="searches answered before anything is measured")
    parser.add_argument("--cpu", action="store_true", help="processor time instead of wall clock")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = options.database or f"sqlite:///{folder}/bench.sqlite3"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zaveza.settings.dev")
        os.environ["ZAVEZA_DEBUG"] = "0"
        sys.path[:0] = [str(ROOT), str(ROOT / "site")]
        import django

        django.setup()
        run(options, Path(folder))


def run(options: argparse.Namespace, folder: Path) -> None:
    """Index, search, print."""
    global clock
    clock = time.process_time if options.cpu else time.perf_counter
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from search import vocabulary

    # Only the tables of the search, and so none of the signals of other apps.
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes("search"))
    vocabulary._sources.clear()
    from bench.search.corpus import Words, documents

    words = Words()
    made = list(documents(words, options.documents))
    rate = index(made)
    print(f"{len(made)} documents, {rate:,.0f} a second with analysis and words, {size(folder):.0f} MB")  # noqa: T201
    # What the corpus keeps in memory is nothing that a site has, and would be looked through again and again.
    gc.collect()
    gc.freeze()
    for query in sampled(words, made, 1, options.warm):
        whole_search(query)
    print("words | hits p50/p95 | search ms p50/p95 | bare statements ms p50/p95 | ratio p50/p95")  # noqa: T201
    for count in (1, 2, 3):
        measure(count, sampled(words, made, count, options.queries))
    loading()


def whole_search(query: str) -> int:
    """All that the page of a search needs; how many hits there are."""
    from search.engines import embedded_engine
    from search.presentation import shown_hits
    from search.queries import read_query

    read = read_query(query)
    results = embedded_engine().search(read.query)
    shown_hits(results.hits, read.marked, "sl")
    return results.total


def index(made: list[Any]) -> float:
    """Documents a second."""
    from django.db import transaction

    from search.services import indexed_row, write_rows

    start = clock()
    for place in range(0, len(made), CHUNK):
        with transaction.atomic():
            write_rows([indexed_row(document, document.id, generation=1) for document in made[place : place + CHUNK]])
    return len(made) / (clock() - start)


def size(folder: Path) -> float:
    """Of the database, in MB."""
    from django.db import connection

    if connection.vendor == "sqlite":
        return sum(path.stat().st_size for path in folder.iterdir()) / 1e6
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return float(cursor.fetchone()[0]) / 1e6


def measure(count: int, queries: list[str]) -> None:
    """One line: the searches, and their statements alone."""
    from django.db import connection

    from search.engines import embedded_engine
    from search.queries import read_query

    totals, whole, bare = [], [], []
    for query in queries:
        statements: list[tuple[str, Any]] = []

        def note(execute: Any, sql: str, params: Any, many: bool, context: Any, seen: Any = statements) -> Any:
            seen.append((sql, params))
            return execute(sql, params, many, context)

        with connection.execute_wrapper(note):
            embedded_engine().search(read_query(query).query)
        start = clock()
        totals.append(whole_search(query))
        whole.append(1_000 * (clock() - start))
        start = clock()
        for sql, params in statements:
            with connection.cursor() as cursor:
                cursor.execute(sql, params)
                cursor.fetchall()
        bare.append(1_000 * (clock() - start))
    figures = " | ".join(f"{middle(each):,.1f}/{tail(each):,.1f}" for each in (totals, whole, bare))
    ratio = f"{middle(whole) / middle(bare):.2f}/{tail(whole) / tail(bare):.2f}"
    print(f"{count} | {figures} | {ratio}")  # noqa: T201


def loading() -> None:
    """What the first search of a process waits for, and the first after a change."""
    from search.engines import snapshot
    from search.models import IndexState, SearchEntry

    snapshot._kept = None
    for name in ("loaded", "brought up to a change of one document"):
        start = clock()
        snapshot.current_snapshot()
        print(f"sets of facets {name} in {1_000 * (clock() - start):,.0f} ms")  # noqa: T201
        version = IndexState.next_write().version
        first = SearchEntry.objects.order_by("pk")[:1].values("pk")
        SearchEntry.objects.filter(pk__in=first).update(date=dt.date(1991, 6, 25), version=version)


if __name__ == "__main__":
    main()
