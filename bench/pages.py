"""How many requests a second the main pages answer, as ratios to an empty view through the same middleware.

In one process, through the WSGI application, without a network, on the database of the settings (`make bench`: the
demo's). The pages take turns, and the ratio compares the processor's time, so that a busy machine changes it little.
"""

import argparse
import io
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
EMPTY = "empty view"


def addresses() -> dict[str, str]:
    """The pages to measure, by name: records are the first public ones of the database."""
    from django.apps import apps

    pledge = apps.get_model("pledges", "Pledge").objects.public().select_related("municipality").first()
    if pledge is None:
        raise SystemExit("No public pledge in this database: run `make demo-data` first.")
    municipality = pledge.municipality
    return {
        EMPTY: "/-/live",
        "home": "/sl/",
        "pledge list": "/sl/pledges/",
        "pledge list, filtered": f"/sl/pledges/?municipality={municipality.slug}&status=in_progress",
        "pledge": f"/sl/pledges/{pledge.public_id}/",
        "municipality": f"/sl/municipalities/{municipality.slug}/",
        "search": "/sl/search/?q=ob%C4%8Dina",
    }


def caller(address: str) -> Callable[[], tuple[str, int]]:
    """A function that asks for an address once and returns the status line and the size of the answer."""
    from django.core.wsgi import get_wsgi_application

    application = get_wsgi_application()
    path, _, query = address.partition("?")
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "127.0.0.1:8000",
        "wsgi.url_scheme": "http",
        "wsgi.version": (1, 0),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }

    def ask() -> tuple[str, int]:
        told: list[str] = []
        body = application(
            {**environ, "wsgi.input": io.BytesIO()}, lambda status, headers, exc_info=None: told.append(status)
        )
        size = sum(map(len, body))
        body.close()
        return told[0], size

    return ask


def queries(ask: Callable[[], object]) -> int:
    """How many SQL queries one request makes."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        ask()
    return len(captured)


def measure(rounds: int, seconds: float) -> None:
    """Ask every page in turn and print the table."""
    from rich.console import Console
    from rich.table import Table

    callers = {name: caller(address) for name, address in addresses().items()}
    times: dict[str, list[float]] = {name: [] for name in callers}
    work: dict[str, list[float]] = {name: [] for name in callers}
    counts, sizes = {}, {}
    for name, ask in callers.items():
        ask()
        status, sizes[name] = ask()
        if not status.startswith("200"):
            raise SystemExit(f"{name} answered {status}.")
        counts[name] = queries(ask)
    for _ in range(rounds):
        for name, ask in callers.items():
            end = time.perf_counter() + seconds
            while (begin := time.perf_counter()) < end:
                begin_work = time.process_time()
                ask()
                work[name].append(time.process_time() - begin_work)
                times[name].append(time.perf_counter() - begin)
    empty = statistics.median(work[EMPTY])
    table = Table("page", "SQL", "kB", "requests/s", "ms p50", "ms p95", "CPU ms", "to empty")
    for column in table.columns[1:]:
        column.justify = "right"
    for name, taken in times.items():
        busy = statistics.median(work[name])
        table.add_row(
            name,
            str(counts[name]),
            f"{sizes[name] / 1024:.0f}",
            f"{1 / statistics.fmean(taken):.0f}",
            f"{statistics.median(taken) * 1000:.1f}",
            f"{statistics.quantiles(taken, n=20)[-1] * 1000:.1f}",
            f"{busy * 1000:.1f}",
            f"1/{busy / empty:.0f}",
        )
    Console().print(table)


def main() -> None:
    """Run the benchmark from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=0.5, help="for each page in each round")
    options = parser.parse_args()
    sys.path.insert(1, str(ROOT / "site"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zaveza.settings.dev")
    os.environ.setdefault("ZAVEZA_DEBUG", "0")
    import django

    django.setup()
    measure(options.rounds, options.seconds)


if __name__ == "__main__":
    main()
