"""The demo's search index, built over what the other apps wrote."""

import datetime as dt
from collections.abc import Callable

from .models import MissedQuery
from .services import rebuild

# What readers of the demo looked for in other words than those of the texts.
MISSED = (
    ("bicikel", "sl", 14),
    ("zastonj vrtec", "sl", 9),
    ("parkirnina", "sl", 6),
    ("žlobudravka", "sl", 1),
    ("swimming pool", "en", 3),
)


def seed(day: dt.date, step: Callable[[str], None] = lambda message: None) -> None:
    """Index everything public, and show editors what a report looks like."""
    step("search index")
    rebuild()
    step("searches without a hit")
    MissedQuery.objects.bulk_create(
        [
            MissedQuery(
                words=words,
                language=language,
                count=count,
                days=count,
                first_on=day - dt.timedelta(days=60),
                last_on=day,
            )
            for words, language, count in MISSED
        ],
        ignore_conflicts=True,
    )
