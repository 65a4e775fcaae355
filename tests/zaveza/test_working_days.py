"""Working days follow the Slovene calendar."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zaveza.working_days import add_working_days, is_working_day


@pytest.mark.parametrize(
    ("day", "number", "expected"),
    [
        ("2026-02-02", 1, "2026-02-03"),
        ("2026-02-06", 1, "2026-02-09"),  # over a weekend; Prešeren Day fell on the Sunday
        ("2026-04-03", 1, "2026-04-07"),  # over Easter Monday
        ("2026-04-30", 1, "2026-05-04"),  # over both days of May
        ("2026-12-24", 1, "2026-12-28"),
        ("2026-12-31", 1, "2027-01-04"),  # both days of the new year
        ("2026-02-03", 10, "2026-02-17"),
        ("2026-02-03", 0, "2026-02-03"),
        ("2026-02-07", 0, "2026-02-09"),
    ],
)
def test_adds_working_days(day: str, number: int, expected: str) -> None:
    assert add_working_days(dt.date.fromisoformat(day), number) == dt.date.fromisoformat(expected)


@given(st.dates(dt.date(2010, 1, 1), dt.date(2060, 1, 1)), st.integers(0, 40))
def test_there_are_exactly_so_many_working_days_between(day: dt.date, number: int) -> None:
    end = add_working_days(day, number)
    assert is_working_day(end)
    between = [day + dt.timedelta(days=step) for step in range(1, (end - day).days + 1)]
    if number:
        assert sum(map(is_working_day, between)) == number


def test_counts_forward_only() -> None:
    with pytest.raises(ValueError, match="forward"):
        add_working_days(dt.date(2026, 2, 3), -1)
