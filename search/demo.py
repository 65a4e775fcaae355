"""The demo's search index, built over what the other apps wrote."""

import datetime as dt
from collections.abc import Callable

from .services import rebuild


def seed(day: dt.date, step: Callable[[str], None] = lambda message: None) -> None:
    """Index everything public."""
    step("search index")
    rebuild()
