"""`python -m bench.search.elasticsearch --documents 100000`: index rate, size, and the time of a search and of its bare
request.

On the server at ELASTICSEARCH_URL, in a scratch index that is dropped at the end. A search is all that the page needs:
reading the query, exact count, all facets, the first page, marks in the text. The bare request is the very one that the
search sends, by the same client, in the same run. The process has answered other searches before (`--warm`), as that of
a site has.
"""

import argparse
import gc
import itertools
import multiprocessing
import os
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from bench.search.figures import WARM, middle, sampled, tail

ROOT = Path(__file__).resolve().parents[2]
CHUNK = 500
# Documents from which the words of the queries are taken.
SAMPLE = 5_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--queries", type=int, default=150, help="of one, two and three words each (default: 150)")
    parser.add_argument("--warm", type=int, default=WARM, help="searches answered before anything is measured")
    parser.add_argument("--processes", type=int, default=2, help="that analyse texts (default: 2)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/bench.sqlite3"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zaveza.settings.dev")
        os.environ["ZAVEZA_DEBUG"] = "0"
        sys.path[:0] = [str(ROOT), str(ROOT / "site")]
        import django

        django.setup()
        run(options)


def run(options: argparse.Namespace) -> None:
    """Index, search, print."""
    from django.conf import settings
    from django.db import connection, connections
    from django.db.migrations.executor import MigrationExecutor

    from bench.search.corpus import Words, documents
    from search import vocabulary
    from search.engines.elasticsearch.connection import connect
    from search.engines.elasticsearch.scratch import scratch_index_of

    if not settings.ELASTICSEARCH_URL:
        sys.exit("ELASTICSEARCH_URL is not set.")
    settings.ELASTICSEARCH_TIMEOUT = 60.0
    # Only the tables of the search: the queries read its synonyms.
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes("search"))
    vocabulary._sources.clear()
    connections.close_all()
    words = Words()
    made = documents(words, options.documents)
    sample = list(itertools.islice(made, SAMPLE))
    start = time.perf_counter()
    with scratch_index_of(analysed(itertools.chain(sample, made), options.processes)) as (engine, name):
        rate = options.documents / (time.perf_counter() - start)
        store = connect(60).indices.stats(index=name, metric="store")["_all"]["primaries"]["store"]
        print(  # noqa: T201
            f"{options.documents:,} documents, {rate:,.0f} a second with analysis in {options.processes} processes, "
            f"{store['size_in_bytes'] / 1e6:,.0f} MB"
        )
        # What the corpus keeps in memory is nothing that a site has, and would be looked through again and again.
        gc.collect()
        gc.freeze()
        columns = ("hits", "search ms", "without marks ms", "bare request ms", "ratio")
        print(" | ".join(["words", *(f"{column} p50/p95" for column in columns)]))  # noqa: T201
        for query in sampled(words, sample, 1, options.warm):
            whole_search(engine, query)
        for count in (1, 2, 3):
            measure(engine, count, sampled(words, sample, count, options.queries))


def whole_search(engine: Any, query: str) -> tuple[int, float]:
    """All that the page of a search needs: how many hits there are, and when they were there, before their marks."""
    from search.presentation import shown_hits
    from search.queries import read_query

    read = read_query(query)
    results = engine.search(read.query)
    answered = time.perf_counter()
    shown_hits(results.hits, read.marked, "sl")
    return results.total, answered


def analysed(documents: Iterable[Any], processes: int) -> Iterator[Any]:
    """Actions for the server, in the order of the documents."""
    given = iter(documents)
    chunks = iter(lambda: list(itertools.islice(given, CHUNK)), [])
    if not processes:
        yield from itertools.chain.from_iterable(map(actions, chunks))
        return
    with multiprocessing.get_context("fork").Pool(processes) as pool:
        yield from itertools.chain.from_iterable(pool.imap(actions, chunks))


def actions(documents: Sequence[Any]) -> list[Any]:
    """What the site does with documents before it sends them."""
    from search.engines.elasticsearch.writing import Action, source_of
    from search.services import indexed_row

    rows = (indexed_row(document, document.id, generation=1) for document in documents)
    return [Action(row.entry.document_id, 0, source_of(row.entry)) for row in rows]


def measure(engine: Any, count: int, queries: Sequence[str]) -> None:
    """One line: the searches, and their requests alone."""
    from search.engines.elasticsearch import requests
    from search.engines.elasticsearch.connection import connect
    from search.queries import read_query

    client = connect()
    totals, whole, unmarked, bare = [], [], [], []
    for query in queries:
        body = requests.search_request(read_query(query).query)
        engine.search(read_query(query).query)
        start = time.perf_counter()
        total, answered = whole_search(engine, query)
        whole.append(1_000 * (time.perf_counter() - start))
        unmarked.append(1_000 * (answered - start))
        totals.append(total)
        start = time.perf_counter()
        client.search(index=engine.alias, body=body, allow_partial_search_results=False)
        bare.append(1_000 * (time.perf_counter() - start))
    figures = " | ".join(f"{middle(each):,.1f}/{tail(each):,.1f}" for each in (totals, whole, unmarked, bare))
    ratio = f"{middle(whole) / middle(bare):.2f}/{tail(whole) / tail(bare):.2f}"
    print(f"{count} | {figures} | {ratio}")  # noqa: T201


if __name__ == "__main__":
    main()
