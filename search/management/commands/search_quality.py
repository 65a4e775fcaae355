"""`manage.py search_quality FILE.tsv`: recall and precision on a set of pairs; `--ranking`: nDCG@10 on the demo."""

import json
from pathlib import Path
from typing import IO, Any, cast

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.table import Table

from search.engines import EngineUnavailable, get_engine
from search.quality import (
    JUDGEMENTS,
    Quality,
    measure,
    measure_ranking,
    mistakes,
    read_judgements,
    read_pairs,
)


class Command(BaseCommand):
    help = (
        "Runs pairs of query and document form (columns lang, query, document_form, match, note) through a scratch "
        "index of the engine and prints recall, precision and false positives of each language. With --ranking it "
        "searches the demo's pledges (`seed_demo`) for the project's own graded queries and prints nDCG@10."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, nargs="?", help="a file of tab-separated values")
        parser.add_argument(
            "--ranking",
            type=Path,
            nargs="?",
            const=JUDGEMENTS,
            metavar="JUDGEMENTS",
            help="measure the order of hits on these judgements (columns qid, query, grade, title; default: our own)",
        )
        parser.add_argument(
            "--engine", default="", help="sqlite, postgresql or elasticsearch (default: the one that the site uses)"
        )
        parser.add_argument("--json", action="store_true", help="print JSON")
        parser.add_argument("--mistakes", action="store_true", help="print also what was missed or wrong")

    def handle(self, *args: Any, **options: Any) -> None:
        if bool(options["file"]) == bool(options["ranking"]):
            raise CommandError("Give a file of pairs or --ranking.")
        if options["ranking"]:
            self._rank(options["ranking"], options)
        else:
            self._match(options)

    def _rank(self, judgements: Path, options: dict[str, Any]) -> None:
        try:
            gains = measure_ranking(read_judgements(judgements), get_engine(options["engine"]))
        except EngineUnavailable as error:
            raise CommandError(str(error), returncode=2) from error
        except (OSError, ValueError) as error:
            raise CommandError(f"{judgements}: {error}") from error
        mean = sum(gains.values()) / len(gains) if gains else 0.0
        if options["json"]:
            answer = {"ndcg@10": round(mean, 4), "queries": {query: round(gain, 4) for query, gain in gains.items()}}
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))
        else:
            self.stdout.write(f"nDCG@10 {mean:.3f} over {len(gains)} queries.")
        if options["mistakes"]:
            for query, gain in sorted(gains.items(), key=lambda each: each[1]):
                if gain < 1:
                    self.stderr.write(f"{gain:.2f}\t{query}")

    def _match(self, options: dict[str, Any]) -> None:
        try:
            pairs = read_pairs(options["file"])
        except (OSError, ValueError) as error:
            raise CommandError(f"{options['file']}: {error}") from error
        try:
            qualities = measure(pairs, get_engine(options["engine"]))
        except EngineUnavailable as error:
            raise CommandError(str(error), returncode=2) from error
        if options["json"]:
            answer = {language: quality.as_json() for language, quality in qualities.items()}
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))
        else:
            self._print(qualities)
        if options["mistakes"]:
            for pair in mistakes(qualities.values()):
                notes = ",".join(sorted(pair.notes))
                sign = "missed" if pair.match else "wrong"
                self.stderr.write(f"{sign}\t{pair.language}\t{pair.query}\t{pair.text}\t{notes}")

    def _print(self, qualities: dict[str, Quality]) -> None:
        columns = ("language", "pairs", "recall", "precision", "false positives", "without diacritics", "other gender")
        table = Table(*columns)
        for language, quality in qualities.items():
            plain, gender = quality.without_diacritics, quality.gender
            table.add_row(
                language,
                str(quality.overall.expected),
                f"{quality.overall.recall:.3f}",
                f"{quality.overall.precision:.3f}",
                str(quality.overall.false_positives),
                f"{plain.recall:.3f} of {plain.expected}" if plain.expected else "",
                f"{gender.found} of {gender.expected}" if gender.expected else "",
            )
        Console(file=cast(IO[str], self.stdout), width=120).print(table)
