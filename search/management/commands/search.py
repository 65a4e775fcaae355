"""`manage.py search "kolesarskih stez"`: the search of the site at the command line."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.engines import EngineUnavailable, get_engine
from search.queries import read_query


class Command(BaseCommand):
    help = "Searches everything that is public and prints the hits, the best first."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("query", help="words to look for, in any form")
        parser.add_argument(
            "--engine", default="", help="sqlite, postgresql or elasticsearch (default: the one that the site uses)"
        )
        parser.add_argument("--limit", type=int, default=20, help="hits at most (default: 20)")
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["limit"] < 1:
            raise CommandError("--limit must be 1 or more.")
        try:
            engine = get_engine(options["engine"])
        except EngineUnavailable as error:
            raise CommandError(str(error), returncode=2) from error
        read = read_query(options["query"], limit=options["limit"])
        for notice in read.notices:
            self.stderr.write(str(notice))
        if read.query.is_empty:
            raise CommandError("The query has no word in it.")
        results = engine.search(read.query)
        if options["json"]:
            hits = [
                {
                    "rank": rank,
                    "id": hit.id,
                    "type": hit.type,
                    "language": hit.language,
                    "title": hit.title,
                    "url": hit.url,
                }
                for rank, hit in enumerate(results.hits, start=1)
            ]
            answer = {"query": options["query"], "engine": engine.name, "total": results.total, "hits": hits}
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))
            return
        for rank, hit in enumerate(results.hits, start=1):
            self.stdout.write(f"{rank:>3}  {hit.id}  {hit.title}")
        self.stdout.write(f"{results.total} hits.")
