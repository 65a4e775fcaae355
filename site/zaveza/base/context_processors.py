"""What every template may ask for."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from zaveza import clock
from zaveza.base.demo_content import demo_day


def site(request: HttpRequest) -> dict[str, Any]:
    """`today` (a date in Europe/Ljubljana), `is_demo` (people are fictional and the page says so) and `site_name`."""
    return {"today": clock.today(), "is_demo": demo_day() is not None, "site_name": settings.WAGTAIL_SITE_NAME}
