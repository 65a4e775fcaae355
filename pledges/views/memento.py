"""Memento (RFC 7089): a page asked for as at a day is a memento, the page itself its own TimeGate (pattern 1.1)."""

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.utils.cache import patch_vary_headers
from django.utils.http import http_date, parse_http_date_safe

from zaveza import clock

from ..as_of import PARAMETER, AsOf


def negotiated(request: HttpRequest, as_of: AsOf) -> HttpResponse | None:
    """The answer to `Accept-Datetime`: the way to the day asked for, 400 for none; None where it is today's page."""
    wanted = request.headers.get("Accept-Datetime")
    if wanted is None or PARAMETER in request.GET:
        return None
    seconds = parse_http_date_safe(wanted)
    if seconds is None:
        return _with_headers(request, HttpResponseBadRequest("Accept-Datetime", content_type="text/plain"), as_of)
    day = dt.datetime.fromtimestamp(seconds, dt.UTC).astimezone(clock.SITE_ZONE).date()
    # The state that was valid at that moment is that of the day before, unless it is the day's last second.
    if dt.datetime.fromtimestamp(seconds, dt.UTC) < clock.end_of_day(day).replace(microsecond=0):
        day -= dt.timedelta(days=1)
    if day >= clock.today() or day.year < 1900:
        return None
    return _with_headers(request, HttpResponseRedirect(f"{request.path}{AsOf(day).query}"), as_of)


def remember(request: HttpRequest, response: HttpResponse, as_of: AsOf) -> HttpResponse:
    """Say of a page which moment it shows and where it is shown as of now."""
    if as_of.is_past and response.status_code == 200:
        response["Memento-Datetime"] = http_date(int(as_of.moment.timestamp()))
    return _with_headers(request, response, as_of)


def _with_headers(request: HttpRequest, response: Any, as_of: AsOf) -> HttpResponse:
    original = request.build_absolute_uri(request.path)
    response["Link"] = f'<{original}>; rel="original timegate"'
    if not as_of.is_past:
        patch_vary_headers(response, ("Accept-Datetime",))
    answer: HttpResponse = response
    return answer
