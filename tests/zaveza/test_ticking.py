"""`manage.py tick` and what `/-/ready` tells of it."""

import datetime as dt
from collections.abc import Callable

import pytest
import time_machine
from django.core.management import CommandError, call_command

from zaveza import clock, ticking
from zaveza.base.models import TickRun

pytestmark = pytest.mark.django_db
START = dt.datetime(2026, 2, 3, 12, 0, tzinfo=dt.UTC)


@pytest.fixture
def jobs(monkeypatch) -> dict[str, ticking.Job]:
    """Only the jobs that a test registers."""
    own: dict[str, ticking.Job] = {}
    monkeypatch.setattr(ticking, "_jobs", own)
    return own


@pytest.fixture
def calls(jobs) -> list[str]:
    return []


def noting(calls: list[str], name: str, answer: str | None = None) -> Callable[[dt.datetime], str | None]:
    def function(now: dt.datetime) -> str | None:
        calls.append(name)
        return answer

    return function


def test_runs_what_is_due_and_says_what_it_did(calls, capsys) -> None:
    ticking.register_tick("letters", noting(calls, "letters", "3 sent"))
    ticking.register_tick("links", noting(calls, "links"), every=dt.timedelta(hours=1))
    with time_machine.travel(START, tick=False) as now:
        call_command("tick")
        assert capsys.readouterr().out == "letters: 3 sent\nlinks: done\n"
        now.shift(dt.timedelta(minutes=59))
        call_command("tick")
        assert calls == ["letters", "links", "letters"]
        now.shift(dt.timedelta(minutes=1))
        call_command("tick")
    assert calls == ["letters", "links", "letters", "letters", "links"]


def test_one_that_fails_does_not_stop_the_others(calls, capsys, client) -> None:
    def broken(now: dt.datetime) -> None:
        raise RuntimeError("no network")

    ticking.register_tick("a", broken)
    ticking.register_tick("b", noting(calls, "b"))
    with pytest.raises(SystemExit) as stop:
        call_command("tick")
    assert stop.value.code == 1
    assert calls == ["b"]
    assert "a: RuntimeError: no network" in capsys.readouterr().err
    run = TickRun.objects.get(name="a")
    assert run.has_failed
    assert "no network" in run.message
    told = client.get("/-/ready")
    assert told.status_code == 200
    assert told.json()["tick"].startswith("degraded: last")
    assert told.json()["tick"].endswith("failed: a")


def test_a_named_job_runs_whether_due_or_not(calls) -> None:
    ticking.register_tick("links", noting(calls, "links"), every=dt.timedelta(days=1))
    ticking.register_tick("letters", noting(calls, "letters"))
    call_command("tick")
    call_command("tick", "links")
    assert calls == ["letters", "links", "links"]
    with pytest.raises(CommandError, match="nothing"):
        call_command("tick", "nothing")


def test_two_never_run_at_once(calls, capsys) -> None:
    def inner(now: dt.datetime) -> None:
        if ticking.connection.vendor == "postgresql":
            pytest.skip("the lock of PostgreSQL lets its own session in again")
        call_command("tick")

    ticking.register_tick("outer", inner)
    call_command("tick")
    assert "Another tick is at work." in capsys.readouterr().out
    assert TickRun.objects.get(name="outer").has_failed is False


def test_a_last_run_that_lies_ahead_holds_nothing_back(calls) -> None:
    ticking.register_tick("links", noting(calls, "links"), every=dt.timedelta(days=1))
    TickRun.objects.create(name="links", started_at=clock.now() + dt.timedelta(days=300))
    call_command("tick")
    assert calls == ["links"]


def test_no_job_takes_the_name_of_the_whole(jobs) -> None:
    with pytest.raises(ValueError, match="tick"):
        ticking.register_tick(ticking.WHOLE, lambda now: None)


def test_ready_tells_when_it_ran_last(calls, client) -> None:
    assert client.get("/-/ready").json()["tick"] == "degraded: never ran"
    with time_machine.travel(START, tick=False) as now:
        call_command("tick")
        assert client.get("/-/ready").json()["tick"] == "ok: last 2026-02-03T12:00:00+00:00"
        now.shift(dt.timedelta(hours=1))
        told = client.get("/-/ready")
    assert told.status_code == 200
    assert told.json()["tick"] == "degraded: last 2026-02-03T12:00:00+00:00"


def test_the_site_has_its_own_jobs() -> None:
    assert {"publish_scheduled", "mail", "mail_retention"} <= set(ticking._jobs)
