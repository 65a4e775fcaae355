"""Export and import of a large record: rows for each second of the processor, and the largest memory of each step.

    .venv/bin/python -m bench.exchange            # 20,000 pledges, 100,000 assessments
    .venv/bin/python -m bench.exchange --pledges 2000

Makes tables of its own in a temporary folder, imports them into a new SQLite database, exports that and imports the
export into a second one, each step in a process of its own, so that its largest memory is its own. The ledger of both
has to end with the same hash. Everything is measured at a tenth of the size, too, in the same run: what takes one pass
takes ten times as long for ten times as much, and no more memory.
"""

import argparse
import csv
import datetime as dt
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PER_PLEDGE = 5
YEAR = 2022


def steps(folder: Path, pledges: int) -> dict[str, Any]:
    """Run every step for a record of this size; seconds, rows and the largest memory of each."""
    tables, first, second = folder / "tables", folder / "first", folder / "second"
    figures: dict[str, Any] = {}
    for name, data, arguments in (
        ("prepare", first, ["prepare", str(tables), str(pledges)]),
        ("import", first, ["import", str(tables)]),
        ("verify", first, ["verify"]),
        ("statuses", first, ["statuses"]),
        ("export", first, ["export", str(folder / "export")]),
        ("prepare", second, ["migrate"]),
        ("import of the export", second, ["import", str(folder / "export")]),
        ("import, unchanged", second, ["import", str(folder / "export")]),
    ):
        data.mkdir(parents=True, exist_ok=True)
        environment = {**os.environ, "ZAVEZA_DATA_DIR": str(data), "DATABASE_URL": "", "ZAVEZA_DEBUG": "0"}
        environment.setdefault("SEARCH_TABLES_DIR", str(ROOT / "var" / "search-tables"))
        answer = subprocess.run(  # noqa: S603
            [sys.executable, "-m", "bench.exchange", "--step", *arguments],
            cwd=ROOT,
            env=environment,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        figures[name] = json.loads(answer.stdout.splitlines()[-1])
    return figures


def step(name: str, arguments: list[str]) -> dict[str, Any]:
    """One step in this process."""
    sys.path.insert(1, str(ROOT / "site"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zaveza.settings.dev")
    import django

    django.setup()
    from django.core.management import call_command

    if name in ("prepare", "migrate"):
        call_command("migrate", verbosity=0)
        return {"rows": write_tables(Path(arguments[0]), int(arguments[1])) if name == "prepare" else 0}
    begin = time.process_time()
    rows, head = _work(name, arguments)
    seconds = time.process_time() - begin
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"rows": rows, "seconds": seconds, "memory": memory, "head": head}


def _work(name: str, arguments: list[str]) -> tuple[int, str]:
    from pledges import services
    from pledges.exchange import export_records, import_records
    from pledges.exchange.scope import Scope
    from pledges.ledger import chain, reading
    from search import registry

    # The documents of the search are made after the import; they are measured elsewhere.
    registry._sources.clear()
    if name == "import":
        rows = import_records(Path(arguments[0])).rows
    elif name == "export":
        rows = sum(export_records(Path(arguments[0]), Scope.public()).values())
    elif name == "verify":
        result = reading.verify_database()
        rows = result.rows
        if result.fault:
            raise SystemExit(str(result.fault))
    else:
        from pledges.models import Pledge

        rows = Pledge.objects.count()
        services.rebuild_statuses()
    last = chain.head()
    return rows, last.hash if last else ""


def write_tables(folder: Path, pledges: int) -> int:
    """Tables of fictional people: one programme for every 20 pledges, five assessments for each pledge."""
    from pledges.ledger.verify import text_digest
    from pledges.models import Municipality

    folder.mkdir()
    places = list(Municipality.objects.order_by("code").values_list("code", flat=True))
    start = dt.datetime(2022, 11, 4, 8, tzinfo=dt.UTC)
    programmes = max(1, pledges // 20)
    numbers: dict[str, int] = {}

    def table(name: str, rows: Any) -> int:
        count = 0
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = None
            for count, row in enumerate(rows, start=1):
                writer = writer or csv.DictWriter(file, list(row))
                if count == 1:
                    writer.writeheader()
                writer.writerow(row)
        return count

    def pledge_rows() -> Any:
        for number in range(pledges):
            programme = number % programmes
            place = places[programme % len(places)]
            numbers[place] = numbers.get(place, 0) + 1
            yield {
                "id": f"{place}-{YEAR}-{numbers[place]:02d}",
                "programme": f"programme-{programme + 1}",
                "quote": f"Do konca mandata bomo uredili {number}. pot med šolo, knjižnico in domom za starejše.",
                "title_sl": f"Ureditev {number}. poti",
                "kind": "action",
                "success_criteria": "Pot je v uporabi.\nDolga je vsaj kilometer.",
                "due_date": "2026-12-04",
                "state": "published",
                "published_at": start.isoformat(),
            }

    public = start - dt.timedelta(days=60)
    rows = table(
        "editions",
        [{"year": YEAR, "methodology_version": "1.0", "state": "running", "published_at": public.isoformat()}],
    )
    rows += table("persons", ({"id": f"person-{n + 1}", "name": f"Oseba {n}"} for n in range(programmes)))
    rows += table(
        "candidacies",
        (
            {
                "id": f"candidacy-{n + 1}",
                "person": f"person-{n + 1}",
                "municipality": places[n % len(places)],
                "edition": YEAR,
                "elected": "yes",
                "published_at": public.isoformat(),
            }
            for n in range(programmes)
        ),
    )
    rows += table(
        "programmes",
        (
            {
                "id": f"programme-{n + 1}",
                "candidacy": f"candidacy-{n + 1}",
                "submitted_at": public.isoformat(),
                "channel": "form",
                "published_at": public.isoformat(),
            }
            for n in range(programmes)
        ),
    )
    rows += table("pledges", pledge_rows())
    with (folder / "pledges.csv").open(encoding="utf-8") as file:
        ids = [row["id"] for row in csv.DictReader(file)]
    salt = "0" * 32
    turns = ["not_started", "in_progress", "stalled", "in_progress", "fulfilled"]

    def assessment_rows() -> Any:
        for number in range(pledges * PER_PLEDGE):
            turn, pledge = divmod(number, pledges)
            summary = f"Občinski svet je {number}. točko obravnaval in sklep objavil."
            at = start + dt.timedelta(days=200 * (turn + 1), seconds=number % 80_000)
            at = max(at, start + dt.timedelta(days=200 * (turn + 1), seconds=pledge))
            yield {
                "id": f"assessment-{number + 1}",
                "pledge": ids[pledge],
                "kind": "change" if turn else "initial",
                "status": turns[turn % len(turns)],
                "effective_date": at.date().isoformat(),
                "summary": summary,
                "summary_salt": salt,
                "summary_digest": text_digest(salt, summary),
                "methodology_version": "1.0",
                "published_at": at.isoformat(),
                "author_name": "Nika Kavčnikova",
                "approver_name": "Vera Liparjeva",
            }

    rows += table("assessments", assessment_rows())
    return rows + table("ledger", _ledger_rows(folder))


def _ledger_rows(folder: Path) -> Any:
    """The chain over the tables, as the importing site will hash them."""
    from pledges.ledger import contents, verify

    last = verify.GENESIS
    with (folder / "assessments.csv").open(encoding="utf-8") as file:
        for number, row in enumerate(csv.DictReader(file), start=1):
            at = dt.datetime.fromisoformat(row["published_at"])
            content = {
                **dict.fromkeys(contents._ASSESSMENT, ""),
                "kind": row["kind"],
                "status": row["status"],
                "late": False,
                "inherited": False,
                "verification": "documented",
                "language": "sl",
                "methodology_version": row["methodology_version"],
                "id": row["id"],
                "pledge": row["pledge"],
                "supersedes": None,
                "effective_date": row["effective_date"],
                "published_at": contents.as_text(at),
                "author": row["author_name"],
                "approver": row["approver_name"],
                "evidence": [],
                "summary": {"digest": row["summary_digest"]},
                "reasoning": None,
            }
            linked = {
                "format": 1,
                "sequence": number,
                "kind": "assessment",
                "at": contents.as_text(at),
                "record": row["id"],
                "content_sha256": verify.sha256(verify.canonical(content)),
                "previous": last,
            }
            last = verify.row_hash(linked)
            yield {**linked, "hash": last}


def main() -> None:
    """Measure a tenth and the whole, and print both with their ratios."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--pledges", type=int, default=20_000)
    parser.add_argument("--step", nargs="+", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.step:
        sys.stdout.write(json.dumps(step(options.step[0], options.step[1:])) + "\n")
        return
    from rich.console import Console
    from rich.table import Table

    sizes = (options.pledges // 10, options.pledges)
    with tempfile.TemporaryDirectory() as name:
        small, large = (steps(Path(name) / str(size), size) for size in sizes)
    if len({figures["head"] for key, figures in large.items() if key != "prepare"}) != 1:
        raise SystemExit("The ledgers do not end with the same hash.")
    table = Table("step", "rows", "rows/CPU s", "MB", "time to a tenth", "memory to a tenth")
    for column in table.columns[1:]:
        column.justify = "right"
    for key, figures in large.items():
        if key == "prepare":
            continue
        table.add_row(
            key,
            f"{figures['rows']:,}",
            f"{figures['rows'] / figures['seconds']:,.0f}",
            f"{figures['memory']:.0f}",
            f"{figures['seconds'] / small[key]['seconds']:.1f}",
            f"{figures['memory'] / small[key]['memory']:.2f}",
        )
    Console().print(table)


if __name__ == "__main__":
    main()
