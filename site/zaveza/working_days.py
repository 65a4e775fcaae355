"""Working days in Slovenia: Monday to Friday without the work-free days of the law (design: domain, Workflow 9)."""

import datetime as dt
import functools

import holidays

_FIRST_OF_WEEKEND = 5


@functools.cache
def _work_free() -> holidays.HolidayBase:
    # Years are filled in as they are asked for.
    return holidays.country_holidays("SI")


def is_working_day(day: dt.date) -> bool:
    """Whether offices in Slovenia are open on that day."""
    return day.weekday() < _FIRST_OF_WEEKEND and day not in _work_free()


def add_working_days(day: dt.date, number: int) -> dt.date:
    """The working day that is `number` working days after a day, which itself does not count.

    Zero gives the day itself where it is a working day, else the next one. Raises `ValueError` for a negative number.
    """
    if number < 0:
        raise ValueError("Working days are counted forward.")
    while number or not is_working_day(day):
        day += dt.timedelta(days=1)
        if number and is_working_day(day):
            number -= 1
    return day
