"""Memento (RFC 7089): a page asked for as at a day is a memento, the page itself its own TimeGate (pattern 1.1)."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.utils.cache import patch_vary_headers
from django.utils.http import http_date, parse_http_date_safe

from zaveza import clock

from ..as_of import PARAMETER, AsOf

# Nobody asks for an earlier state, and no page answers for one.
_FIRST = dt.datetime(1900, 1, 2, tzinfo=clock.SITE_ZONE)


def negotiated(request: HttpRequest, as_of: AsOf, days: Callable[[], Sequence[dt.date]]) -> HttpResponse | None:
    """The answer to `Accept-Datetime`: the way to the day asked for, 400 for none; None where it is today's page.

    `days` are those of the TimeMap: what is asked for before the first one is answered with that one.
    """
    wanted = request.headers.get("Accept-Datetime")
    if wanted is None or PARAMETER in request.GET:
        return None
    seconds = parse_http_date_safe(wanted)
    if seconds is None:
        return _with_headers(request, HttpResponseBadRequest("Accept-Datetime", content_type="text/plain"), as_of)
    if seconds >= clock.now().timestamp():
        return None
    day = _day_before(seconds)
    known = days()
    if known and day < known[0]:
        day = known[0]
    return _with_headers(request, HttpResponseRedirect(f"{request.path}{AsOf(day).query}"), as_of)


def _day_before(seconds: int) -> dt.date:
    """The day whose end was the last one at that moment: a memento is never of later than what is asked for."""
    moment = dt.datetime.fromtimestamp(max(seconds, int(_FIRST.timestamp())), dt.UTC)
    day = moment.astimezone(clock.SITE_ZONE).date()
    return day if moment >= clock.end_of_day(day).replace(microsecond=0) else day - dt.timedelta(days=1)


def remember(request: HttpRequest, response: HttpResponse, as_of: AsOf) -> HttpResponse:
    """Say of a page which moment it shows, where it is shown as of now, and which other moments there are."""
    if as_of.is_past and response.status_code == 200:
        response["Memento-Datetime"] = _written(as_of)
    return _with_headers(request, response, as_of)


def _written(as_of: AsOf) -> str:
    return http_date(int(as_of.moment.timestamp()))


def _with_headers(request: HttpRequest, response: Any, as_of: AsOf) -> HttpResponse:
    original = request.build_absolute_uri(request.path)
    links = [
        f'<{original}>; rel="original timegate"',
        f'<{original}timemap/>; rel="timemap"; type="application/link-format"',
    ]
    if as_of.is_past:
        links.append(f'<{original}{as_of.query}>; rel="memento"; datetime="{_written(as_of)}"')
    else:
        patch_vary_headers(response, ("Accept-Datetime",))
    response["Link"] = ", ".join(links)
    answer: HttpResponse = response
    return answer
