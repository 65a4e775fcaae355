"""Single values of a row: each is checked for its kind, so that the answer can say how it is written."""

import datetime as dt
import re
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _

from .problems import Place

WRONG: Final = object()

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_TIME = re.compile(r"\d{2}:\d{2}")


def read_text(value: Any, place: Place) -> Any:
    """A text."""
    if isinstance(value, str):
        return value
    return _wrong(place, _("Must be a text."))


def read_flag(value: Any, place: Place) -> Any:
    """Yes or no."""
    if isinstance(value, bool):
        return value
    return _wrong(place, _("Must be true or false."))


def read_date(value: Any, place: Place) -> Any:
    """A day."""
    try:
        if isinstance(value, str) and _DATE.fullmatch(value):
            return dt.date.fromisoformat(value)
    except ValueError:  # the 31st of April
        pass
    return _wrong(
        place,
        _("“%(value)s” is not a date; it is written year-month-day, such as 2019-05-31.") % {"value": _shown(value)},
    )


def read_time(value: Any, place: Place) -> Any:
    """A time of day."""
    try:
        if isinstance(value, str) and _TIME.fullmatch(value):
            return dt.time.fromisoformat(value)
    except ValueError:
        pass
    return _wrong(place, _("“%(value)s” is not a time; it is written such as 09:30.") % {"value": _shown(value)})


def read_number(value: Any, place: Place) -> Any:
    """A number, also one written as a text so that no decimal is lost."""
    if isinstance(value, int | float | str) and not isinstance(value, bool):
        try:
            number = Decimal(str(value))
        except ArithmeticError:
            number = Decimal("NaN")
        if number.is_finite():
            return number
    return _wrong(
        place,
        _("“%(value)s” is not a number; where none is known, leave it out: missing is not 0.")
        % {"value": _shown(value)},
    )


def _shown(value: Any) -> str:
    return str(value)[:60]


def _wrong(place: Place, message: str) -> Any:
    place.error(message)
    return WRONG
