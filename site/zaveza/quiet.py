"""The quiet period around election day: nothing scheduled is published and no mail goes out (design: domain, Workflow).

`QUIET_PERIODS` in the settings holds ISO 8601 intervals, each a day or a moment on either side: `2026-11-21/2026-11-22`
is both days whole, `2026-11-21/2026-11-22T19:00` ends when the polls close. Times are those of Slovenia.
"""

import datetime as dt
import functools

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from zaveza import clock

Period = tuple[dt.datetime, dt.datetime]


def is_quiet(at: dt.datetime | None = None) -> bool:
    """Whether a moment (without one: now) lies in a quiet period."""
    return quiet_until(at) is not None


def quiet_until(at: dt.datetime | None = None) -> dt.datetime | None:
    """The moment at which the quiet period around a moment ends, None where there is none."""
    moment = at or clock.now()
    ends = [end for start, end in quiet_periods() if start <= moment < end]
    return max(ends, default=None)


def quiet_periods() -> tuple[Period, ...]:
    """The periods of the settings. Raises `ImproperlyConfigured` naming the one that cannot be read."""
    return _parsed(tuple(settings.QUIET_PERIODS))


@functools.lru_cache(maxsize=8)
def _parsed(texts: tuple[str, ...]) -> tuple[Period, ...]:
    periods = []
    for text in texts:
        try:
            first, last = text.strip().split("/")
            period = (_moment(first, is_end=False), _moment(last, is_end=True))
        except ValueError as error:
            raise ImproperlyConfigured(
                f"QUIET_PERIODS: {text!r} is no interval such as 2026-11-21/2026-11-22T19:00."
            ) from error
        if period[1] <= period[0]:
            raise ImproperlyConfigured(f"QUIET_PERIODS: {text!r} ends before it begins.")
        periods.append(period)
    return tuple(periods)


def _moment(text: str, *, is_end: bool) -> dt.datetime:
    if "T" in text:
        moment = dt.datetime.fromisoformat(text)
        return moment if moment.tzinfo else moment.replace(tzinfo=clock.SITE_ZONE)
    day = dt.date.fromisoformat(text) + dt.timedelta(days=1 if is_end else 0)
    return dt.datetime.combine(day, dt.time.min, clock.SITE_ZONE)
