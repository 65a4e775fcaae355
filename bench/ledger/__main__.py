"""`python -m bench.ledger`: fill a database of its own and measure (see the README beside this file)."""

import argparse
import hashlib
import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def measured(work: Callable[[], Any]) -> tuple[float, float, float]:
    """Seconds by the clock and by the processor, and by how many MB the process grew meanwhile."""
    before, begin, begin_work = (
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,
        time.perf_counter(),
        time.process_time(),
    )
    work()
    seconds, busy = time.perf_counter() - begin, time.process_time() - begin_work
    return seconds, busy, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024


def exhaust(rows: Iterable[Any]) -> None:
    """Read to the end and keep nothing."""
    for _row in rows:
        pass


def steps(file: Path) -> dict[str, Callable[[], Any]]:
    """What is measured, by name; the first two are what there is to compare with."""
    from pledges import services
    from pledges.ledger import reading, verify
    from pledges.models import Assessment, LedgerRow, PledgeStanding, PledgeStatus

    def bare_hashing() -> None:
        with file.open("rb") as lines:
            for line in lines:
                hashlib.sha256(line).hexdigest()

    def bare_reading() -> None:
        with file.open("rb") as lines:
            exhaust(map(json.loads, lines))

    def download() -> None:
        with file.open("w", encoding="utf-8") as lines:
            lines.writelines(reading.public_lines())

    def verified(result: verify.Result) -> None:
        if result.fault or result.rows != LedgerRow.objects.count():
            raise SystemExit(verify.report(result))

    def verify_file() -> None:
        with file.open("rb") as lines:
            verified(verify.verify(verify.lines(lines)))

    def rebuild() -> None:
        for model in (PledgeStatus, PledgeStanding):
            model.objects.all().delete()
        services.rebuild_statuses()

    return {
        "download of the ledger": download,
        "bare: SHA-256 of every line": bare_hashing,
        "bare: JSON of every line read": bare_reading,
        "bare: every assessment read from the database": lambda: exhaust(
            Assessment.objects.values_list().iterator(chunk_size=2000)
        ),
        "ledger_verify of the file": verify_file,
        "ledger_verify of the database": lambda: verified(reading.verify_database()),
        "rebuild_statuses, all of them missing": rebuild,
        "rebuild_statuses, nothing wrong": services.rebuild_statuses,
        "rebuild_statuses --check": services.check_statuses,
    }


def main() -> None:
    """Run the benchmark from the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.ledger")
    parser.add_argument("--assessments", type=int, default=100_000)
    parser.add_argument("--pledges", type=int, default=20_000)
    parser.add_argument("--data", help="a folder that keeps the record between runs (default: a new one, removed)")
    options = parser.parse_args()
    sys.path.insert(1, str(ROOT / "site"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zaveza.settings.dev")
    os.environ.setdefault("ZAVEZA_DEBUG", "0")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ZAVEZA_DATA_DIR"] = options.data or folder
        run(options.pledges, options.assessments, Path(folder) / "ledger.jsonl")


def run(pledges: int, assessments: int, file: Path) -> None:
    """Fill the database, measure every step once and print the table."""
    import django

    django.setup()
    from django.core.management import call_command
    from rich.console import Console
    from rich.table import Table

    from bench.ledger.data import fill
    from pledges.models import LedgerRow

    call_command("migrate", verbosity=0)
    console = Console()
    filled = 0.0
    if LedgerRow.objects.count() != assessments:
        with console.status(f"{assessments} assessments of {pledges} pledges …"):
            filled, _busy, _growth = measured(lambda: fill(pledges, assessments))
    table = Table("step", "s", "CPU s", "rows/s", "to bare reading", "MB more")
    for column in table.columns[1:]:
        column.justify = "right"
    table.add_row("filling (bulk) and build_ledger", f"{filled:.1f}", "", "", "", "")
    bare = 0.0
    for name, work in steps(file).items():
        seconds, busy, growth = measured(work)
        bare = busy if name.startswith("bare: JSON") else bare
        ratio = f"{busy / bare:.1f}" if bare else ""
        table.add_row(name, f"{seconds:.2f}", f"{busy:.2f}", f"{assessments / seconds:,.0f}", ratio, f"{growth:.0f}")
    console.print(table)


if __name__ == "__main__":
    main()
