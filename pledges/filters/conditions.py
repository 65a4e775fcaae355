"""Conditions and small readers that the filters share."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Q

from zaveza import clock

from ..enums import FINAL_STATUSES, DatePrecision
from ..models import Pledge

TOPIC_LINKS = Pledge.topics.through._default_manager


def any_case(field_name: str, word: str) -> Q:
    """The word somewhere in a text. SQLite folds the case of ASCII letters only, so the common cases are tried."""
    found = Q()
    for variant in sorted({word, word.lower(), word.upper(), word.capitalize()}):
        found |= Q(**{f"{field_name}__icontains": variant})
    return found


def choices_of(declared: Any) -> list[tuple[Any, Any]]:
    """The values of a declared filter with their words."""
    offered: Callable[[], Any] | Any = declared.extra["choices"]
    return list(offered() if callable(offered) else offered)


def tally(rows: Iterable[tuple[Any, int]]) -> dict[str, int]:
    """Counts by value, without the empty one."""
    return {str(value): count for value, count in rows if value not in (None, "")}


def overdue(today: dt.date | None = None, standing_path: str = "current") -> Q:
    """Past its due date (the end of the month or year where only that is known) and not final. Needs `with_gate`."""
    day = today or clock.today()
    return (
        (
            Q(due_precision=DatePrecision.DAY, due_date__lt=day)
            | Q(due_precision=DatePrecision.MONTH, due_date__lt=day.replace(day=1))
            | Q(due_precision=DatePrecision.YEAR, due_date__lt=day.replace(month=1, day=1))
        )
        & Q(gate="")
        & (Q(**{f"{standing_path}__isnull": True}) | ~Q(**{f"{standing_path}__status__in": FINAL_STATUSES}))
    )
