"""What every template may ask for."""

from typing import Any

from django.http import HttpRequest

from zaveza import clock
from zaveza.base.demo_content import demo_day


def site(request: HttpRequest) -> dict[str, Any]:
    """`today` (a date in Europe/Ljubljana) and `is_demo` (people are fictional and the page says so)."""
    return {"today": clock.today(), "is_demo": demo_day() is not None}
