"""`manage.py search_run QUERIES.tsv --engine E --out RUN.tsv`: many searches at once, as other tools measure them."""

import csv
import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, cast

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.progress import track

from search.engines import EngineUnavailable, get_engine
from search.queries import read_query

COLUMNS = ("qid", "query")


class Command(BaseCommand):
    help = (
        "Searches for every query of a file of tab-separated values (columns qid, query) and writes the hits to "
        "another (columns qid, rank, id), the best first; the id is the public id."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the queries")
        parser.add_argument("--engine", default="", help="sqlite, postgresql or elasticsearch (default: the site's)")
        parser.add_argument("--out", type=Path, required=True, help="the file to write")
        parser.add_argument("--limit", type=int, default=1_000, help="hits of a query at most (default: 1000)")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["limit"] < 1:
            raise CommandError("--limit must be 1 or more.")
        try:
            queries = list(read_queries(options["file"]))
        except (OSError, ValueError) as error:
            raise CommandError(f"{options['file']}: {error}") from error
        try:
            engine = get_engine(options["engine"])
        except EngineUnavailable as error:
            raise CommandError(str(error), returncode=2) from error
        out: Path = options["out"]
        part = out.with_name(f"{out.name}.part")
        console = Console(file=cast(IO[str], self.stderr), quiet=options["verbosity"] == 0)
        written = 0
        try:
            with part.open("w", encoding="utf-8", newline="") as file:
                rows = csv.writer(file, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE, escapechar="\\")
                rows.writerow(["qid", "rank", "id"])
                for qid, typed in track(queries, description="Queries", console=console):
                    read = read_query(typed, limit=options["limit"])
                    if read.query.is_empty:
                        continue
                    for rank, hit in enumerate(engine.search(read.query).hits, start=1):
                        rows.writerow([qid, rank, hit.id])
                        written += 1
            os.replace(part, out)
        except OSError as error:
            raise CommandError(f"{out}: {error}") from error
        finally:
            part.unlink(missing_ok=True)
        if options["verbosity"] > 0:
            self.stdout.write(f"{len(queries)} queries, {written} hits.")


def read_queries(path: Path) -> Iterator[tuple[str, str]]:
    """The queries of a file by their id; `ValueError` names the line that is wrong."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        missing = [name for name in COLUMNS if name not in (rows.fieldnames or ())]
        if missing:
            raise ValueError(f"columns are missing: {', '.join(missing)}")
        seen: set[str] = set()
        for line, row in enumerate(rows, start=2):
            qid, query = row["qid"], row["query"]
            if not qid or query is None:
                raise ValueError(f"line {line}: qid and query are needed")
            if qid in seen:
                raise ValueError(f"line {line}: the qid {qid} is there twice")
            seen.add(qid)
            yield qid, query
