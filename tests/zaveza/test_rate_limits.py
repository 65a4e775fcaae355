"""How often somebody may try."""

import datetime as dt

import time_machine

from zaveza.rate_limits import over_limit

HOUR = dt.timedelta(hours=1)


def test_the_limit_is_of_one_sender_one_scope_and_one_hour(rf):
    here, there = rf.get("/", REMOTE_ADDR="203.0.113.1"), rf.get("/", REMOTE_ADDR="203.0.113.2")
    with time_machine.travel("2026-02-03 10:05", tick=False) as clock:
        assert [over_limit(here, "tips", 2, HOUR) for _attempt in range(4)] == [False, False, True, True]
        assert not over_limit(there, "tips", 2, HOUR)
        assert not over_limit(here, "codes", 2, HOUR)
        clock.move_to("2026-02-03 11:05")
        assert not over_limit(here, "tips", 2, HOUR)


def test_nobody_may_what_has_no_limit_left(rf):
    assert over_limit(rf.get("/"), "tips", 0, HOUR)
