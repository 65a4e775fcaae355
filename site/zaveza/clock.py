"""What day it is for the site: the real one, a set one, or the day on which a demo is seen."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

# Days of the public record begin and end in Slovenia, whatever zone a request runs in.
SITE_ZONE = ZoneInfo("Europe/Ljubljana")


def now() -> dt.datetime:
    """The present moment, aware; on a set day (`ZAVEZA_TODAY` or a demo) that day with the real time of day."""
    real = timezone.now()
    day = _set_day()
    if day is None:
        return real
    return dt.datetime.combine(day, real.astimezone(SITE_ZONE).timetz().replace(tzinfo=None), SITE_ZONE).astimezone(
        dt.UTC
    )


def today() -> dt.date:
    """The present day in Europe/Ljubljana."""
    return now().astimezone(SITE_ZONE).date()


def end_of_day(day: dt.date) -> dt.datetime:
    """The last moment of a day in Europe/Ljubljana: what *as at day T* means (design: domain, current at T)."""
    return dt.datetime.combine(day, dt.time.max, SITE_ZONE)


def _set_day() -> dt.date | None:
    if settings.TODAY:
        return dt.date.fromisoformat(settings.TODAY)
    from zaveza.base.demo_content import demo_day

    return demo_day()
