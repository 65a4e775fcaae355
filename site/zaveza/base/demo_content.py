"""Whether this database holds the fictional demo, and the day on which it is seen."""

import datetime as dt

from django.core.cache import cache
from django.db import DatabaseError

_KEY = "demo-day"
_NONE = "none"


def demo_day() -> dt.date | None:
    """The day on which the demo is seen, or None where there is no demo. Cached for a minute."""
    from zaveza.base.models import DemoContent

    value = cache.get(_KEY)
    if value is None:
        try:
            day = DemoContent.objects.values_list("seen_on", flat=True).first()
        except DatabaseError:  # before the first migrate
            return None
        value = day.isoformat() if day else _NONE
        cache.set(_KEY, value, 60)
    return None if value == _NONE else dt.date.fromisoformat(value)


def forget_demo_day() -> None:
    """Drop the cached answer after the demo was seeded or removed."""
    cache.delete(_KEY)
