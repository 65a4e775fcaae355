"""Scheduled work: jobs that `manage.py tick` runs when they are due.

`zaveza` knows no app: each app registers its own jobs in `AppConfig.ready()`. A cron entry or timer calls the command
every few minutes; what it finds not yet due waits for a later one.
"""

import datetime as dt
import fcntl
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.db import connection

from zaveza import clock, quiet
from zaveza.health import Health

logger = logging.getLogger(__name__)

JobFunction = Callable[[dt.datetime], str | None]

# The row of the whole tick; no job may be called so.
WHOLE = "tick"
# A cron entry every five minutes may be late once or twice before anybody is told.
OVERDUE_AFTER = dt.timedelta(minutes=30)
# Names the lock on PostgreSQL; any number but that of `pledges.services.rules`.
_LOCK = 0x7A746963


@dataclass(frozen=True)
class Job:
    """One registered job: what it does at a moment, and how much time lies between two runs at least."""

    name: str
    function: JobFunction
    every: dt.timedelta


@dataclass(frozen=True)
class Outcome:
    """What one job did: its own words, or why it failed."""

    name: str
    message: str
    has_failed: bool = False


class AlreadyTicking(Exception):
    """Another process runs the jobs at this moment."""


_jobs: dict[str, Job] = {}


def register_tick(name: str, function: JobFunction, *, every: dt.timedelta = dt.timedelta(0)) -> None:
    """Have a function called with the present moment by `manage.py tick`; a second one of the same name replaces it.

    It may be called anew at any time and must then go on where it stopped. It says in a few words what it did (None:
    nothing worth telling) and raises where it failed. With `every` it is not called more often than that; a failed
    run counts as one.
    """
    if name == WHOLE:
        raise ValueError(f"A job is not called {WHOLE!r}.")
    _jobs[name] = Job(name, function, every)


def tick(only: list[str] | None = None) -> Iterator[Outcome]:
    """Run every job that is due, or those named whether due or not; one that fails does not stop the others.

    Raises `AlreadyTicking`, and `KeyError` for a name that is not registered.
    """
    from zaveza.base.models import TickRun

    chosen = [_jobs[name] for name in only] if only else sorted(_jobs.values(), key=lambda job: job.name)
    with _alone():
        started = {run.name: run.started_at for run in TickRun.objects.all()}
        failed = []
        whole_start = clock.now()
        for job in chosen:
            now = clock.now()
            last = started.get(job.name)
            # After a day was set (a demo), the last run may lie ahead.
            if not only and last and last <= now < last + job.every:
                continue
            outcome = _run(job, now)
            failed += [outcome.name] if outcome.has_failed else []
            yield outcome
        if not only:
            _note(WHOLE, whole_start, ", ".join(failed), has_failed=bool(failed))


def _run(job: Job, now: dt.datetime) -> Outcome:
    try:
        outcome = Outcome(job.name, job.function(now) or "")
    except Exception as error:  # one job's failure is not the others'
        logger.exception("The scheduled job %s failed", job.name)
        outcome = Outcome(job.name, f"{type(error).__name__}: {error}", has_failed=True)
    _note(job.name, now, outcome.message, has_failed=outcome.has_failed)
    return outcome


def _note(name: str, started: dt.datetime, message: str, *, has_failed: bool) -> None:
    from zaveza.base.models import TickRun

    values = {"started_at": started, "finished_at": clock.now(), "message": message[:500], "has_failed": has_failed}
    TickRun.objects.update_or_create(name=name, defaults=values)


@contextmanager
def _alone() -> Iterator[None]:
    """Hold the lock of the jobs, which goes with the process however that ends."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK])
            if not cursor.fetchone()[0]:
                raise AlreadyTicking
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
        return
    # SQLite is a file of one machine, and so is this.
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    with (settings.DATA_DIR / "tick.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise AlreadyTicking from error
        yield


def tick_health() -> Health:
    """When the jobs ran last and which failed, for `/-/ready`; late or failed ones degrade the site, no more."""
    from zaveza.base.models import TickRun

    run = TickRun.objects.filter(name=WHOLE).first()
    if run is None:
        return Health("degraded: never ran")
    last = run.started_at.isoformat(timespec="seconds")
    if abs(clock.now() - run.started_at) > OVERDUE_AFTER:
        return Health(f"degraded: last {last}")
    return Health(f"degraded: last {last}, failed: {run.message}" if run.has_failed else f"ok: last {last}")


def publish_scheduled(now: dt.datetime) -> str | None:
    """Publish and take offline what editors scheduled; in the quiet period only say that it waits."""
    from django.core.management import call_command

    if quiet.is_quiet(now):
        return "quiet period: waits"
    call_command("publish_scheduled")
    return None
