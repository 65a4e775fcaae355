"""The door for those who come with a link instead of an account."""

import datetime as dt
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.template import loader
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from zaveza import clock
from zaveza.rate_limits import over_limit

from ..enums import LinkPurpose
from ..links import find_link
from ..models import CandidacyLink

HOUR = dt.timedelta(hours=1)
# Wrong addresses of one client, requests with one link, and saves with one link (a draft saves itself every few
# seconds while somebody types).
WRONG_ADDRESSES, REQUESTS, SAVES = 30, 1200, 900
_METHODS = ("GET", "HEAD", "POST")
View = Callable[..., HttpResponse]


def by_link(purpose: LinkPurpose) -> Callable[[View], View]:
    """Gives a view the link in its address; whoever comes without an open one gets one and the same answer.

    What is answered is neither kept nor indexed, and its address is told to nobody.
    """

    def decorate(view: View) -> View:
        # The secret is in the address and no cookie opens anything: there is nothing that another site could forge.
        # (With `no-referrer` browsers send `Origin: null`, which Django's own protection would refuse.)
        @csrf_exempt
        @wraps(view)
        def answer(request: HttpRequest, token: str, *args: Any, **kwargs: Any) -> HttpResponse:
            return _sealed(_answer(request, token, *args, **kwargs))

        def _answer(request: HttpRequest, token: str, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method not in _METHODS:
                return HttpResponseNotAllowed(_METHODS, loader.get_template("bad_request.html").render({"status": 405}))
            link = find_link(token, purpose)
            if link is None:
                if over_limit(request, "link-wrong", WRONG_ADDRESSES, HOUR):
                    return too_many(request)
                return _page(request, "pages/link_gone.html", {}, status=404)
            if over_limit(request, "link", REQUESTS, HOUR, by=link.key) or (
                request.method == "POST" and over_limit(request, "link-save", SAVES, HOUR, by=link.key)
            ):
                return too_many(request)
            _note_use(link)
            try:
                return view(request, link, token, *args, **kwargs)
            except Http404:
                return _page(request, "pages/link_gone.html", {}, status=404)

        return answer

    return decorate


def too_many(request: HttpRequest) -> HttpResponse:
    """429: wait a while."""
    return _page(request, "pages/link_busy.html", {}, status=429)


def page(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page behind a link: not indexed, and its address stands nowhere in it but in its own forms."""
    return _page(request, template, context, status)


def _page(request: HttpRequest, template: str, context: dict[str, Any], status: int) -> HttpResponse:
    home = reverse("wagtail_serve", args=[""])
    # Neither the head nor a printed page says the address.
    frame = {"noindex": True, "canonical_url": home, "printed_path": home, "breadcrumbs": []}
    return render(request, template, {**frame, **context}, status=status)


def _sealed(response: HttpResponse) -> HttpResponse:
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Cache-Control"] = "no-store, private"
    return response


def _note_use(link: CandidacyLink) -> None:
    """When the link was last used, to the minute: an hour of typing is not an update for every save."""
    now = clock.now()
    if link.last_used_at is None or now - link.last_used_at > dt.timedelta(minutes=1):
        CandidacyLink.objects.filter(pk=link.pk).update(last_used_at=now)
