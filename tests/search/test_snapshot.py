"""Sets of facets in memory: brought up to a change, they are what reading the whole index gives."""

import datetime as dt
import random
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from search import services
from search.engines import snapshot
from search.engines.snapshot import Snapshot, current_snapshot
from search.models import IndexToken, SearchEntry
from tests.search.conftest import GroupSource


@pytest.fixture
def committed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As in a process that serves the site: what a test writes is taken for committed."""
    monkeypatch.setattr(snapshot, "_sees_only_what_is_committed", lambda: True)
    monkeypatch.setattr(snapshot, "_kept", None)
    yield
    snapshot._kept = None


def content(read: Snapshot) -> Any:
    facets = {(code, value): set(ids) for code, known in read.facets.items() for value, ids in known.items()}
    return facets, set(read.everything), list(read.newest), list(read.by_due), dict(read.place)


def read_anew(monkeypatch: pytest.MonkeyPatch) -> Snapshot:
    with monkeypatch.context() as patch:
        patch.setattr(snapshot, "_kept", None)
        return current_snapshot()


def statements(context: CaptureQueriesContext) -> list[str]:
    return [query["sql"] for query in context if "facets" in query["sql"]]


def a_day(chance: random.Random) -> dt.date | None:
    return dt.date(2022, 1, 1) + dt.timedelta(days=chance.randrange(8)) if chance.randrange(4) else None


def test_every_change_is_followed(pledges: GroupSource, committed: None, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(20221120)  # noqa: S311 - a test repeats itself
    groups = [pledges.index(f"Steza {number}", facets={"topic": ["roads"]}) for number in range(8)]
    current_snapshot()
    followed_steps = 0
    for _step in range(60):
        group = chance.choice(groups)
        if chance.randrange(5) == 0:
            groups.append(pledges.index("Nova", date=a_day(chance), facets={"status": ["stalled"]}))
        elif chance.randrange(4) == 0:
            pledges.hidden ^= {group.pk}
        else:
            topics = chance.sample(["roads", "schools", "water"], chance.randrange(3))
            pledges.fields[group.pk] |= {"date": a_day(chance), "due": a_day(chance), "facets": {"topic": topics}}
        services.reindex_now("pledge", [group.pk])
        with CaptureQueriesContext(
            connection,
        ) as context:
            followed = current_snapshot()
        assert all("version >" in statement for statement in statements(context))
        followed_steps += len(statements(context))
        assert content(followed) == content(read_anew(monkeypatch))
    assert followed_steps > 30


def test_a_snapshot_that_somebody_reads_stays_as_it_is(pledges: GroupSource, committed: None) -> None:
    group = pledges.index("Steza", facets={"topic": ["roads"]})
    before = current_snapshot()
    seen = content(before)
    pledges.fields[group.pk]["facets"] = {"topic": ["schools"]}
    services.reindex_now("pledge", [group.pk])
    assert content(current_snapshot()) != seen
    assert content(before) == seen


def test_a_change_by_hand_is_seen(pledges: GroupSource, committed: None) -> None:
    pledges.index("Steza", date=dt.date(2022, 1, 1))
    later = pledges.index("Pot", date=dt.date(2022, 1, 2))
    assert len(current_snapshot().newest) == 2
    entry = SearchEntry.objects.get(object_pk=str(later.pk))
    SearchEntry.objects.filter(pk=entry.pk).update(date=dt.date(2021, 1, 1))
    assert current_snapshot().newest[-1] == entry.pk


def test_what_may_be_undone_is_no_ground_to_build_on(pledges: GroupSource, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot, "_kept", None)
    pledges.index("Steza")
    assert current_snapshot().version is None
    IndexToken.objects.update(token=7)
    with CaptureQueriesContext(connection) as context:
        current_snapshot()
    assert not any("version >" in statement for statement in statements(context))
