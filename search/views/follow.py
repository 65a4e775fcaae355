"""Following by e-mail: the form, and what stands behind the links in the letters.

Pages of their own, because they carry a token or a secret and are never cached. Whoever asks gets the same answer for
any address: the letter tells the rest to whom it belongs.
"""

import datetime as dt
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.template import loader
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters

from zaveza.rate_limits import over_limit

from ..alert_links import Purpose, address_key, key_of, token_of
from ..feeds import bad_request
from ..follows import Subject, UnknownSubject, followables, subject_of
from ..forms import FollowForm
from ..models import SearchAlert
from ..services import alerts

_HOUR, _DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
# What one client may ask for, what one address may be written, and how often one client may try links.
ASKED_PER_HOUR, LETTERS_PER_DAY, WRONG_LINKS = 20, 10, 60
_METHODS = ("GET", "HEAD", "POST")


@sensitive_post_parameters()
@never_cache
def ask(request: HttpRequest, kind: str) -> HttpResponse:
    """`/<language>/search/follow/<kind>/?…`: the form for an address, and after it the same answer to everybody."""
    if request.method not in _METHODS:
        return _not_allowed()
    if kind not in followables():
        raise Http404
    try:
        subject = subject_of(kind, request.GET)
    except UnknownSubject as error:
        return bad_request(request, error.problems)
    form, status, notices = FollowForm(), 200, []
    if request.method == "POST" and not subject.closed:
        form = FollowForm(request.POST)
        if over_limit(request, "follow", ASKED_PER_HOUR, _HOUR):
            status = 429
            notices = [_("You have asked very often within the hour. Please try again later.")]
        elif form.is_from_a_machine:
            # A machine learns nothing from the answer.
            return _asked(request, subject)
        elif form.is_valid():
            email = form.cleaned_data["email"]
            if not over_limit(request, "follow-address", LETTERS_PER_DAY, _DAY, by=address_key(email)):
                alerts.ask_to_follow(email, subject, get_language() or settings.LANGUAGE_CODE)
            return _asked(request, subject)
        else:
            status = 422
    return render(
        request,
        "pages/follow.html",
        {
            "subject": subject,
            "form": form,
            "notices": notices,
            "days": alerts.UNCONFIRMED.days,
            "breadcrumbs": _crumbs(subject, _("Follow")),
            "noindex": True,
        },
        status=status,
    )


def _asked(request: HttpRequest, subject: Subject) -> HttpResponse:
    context = {"subject": subject, "breadcrumbs": _crumbs(subject, _("Follow")), "noindex": True}
    return render(request, "pages/follow_asked.html", context)


def _crumbs(subject: Subject, last: str) -> list[dict[str, Any]]:
    return [
        {"title": settings.WAGTAIL_SITE_NAME, "url": reverse("wagtail_serve", args=[""])},
        {"title": subject.title, "url": subject.page_url},
        {"title": last, "url": None},
    ]


# The secret is in the address and no cookie opens anything: there is nothing that another site could forge, and mail
# programs that end a follow by one click (RFC 8058) bring no token.


@never_cache
@csrf_exempt
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """A button that begins a follow: programs that look at every link in a letter press none."""
    alert = _alert(token, Purpose.CONFIRM)
    if request.method not in _METHODS:
        return _not_allowed()
    if alert is None:
        return _gone(request)
    subject = _subject(alert)
    if request.method == "POST":
        alerts.confirm(alert)
        return _sealed(
            HttpResponseRedirect(reverse("search:follow_mine", args=[token_of(Purpose.MINE, alert.address)]))
        )
    return _page(request, "pages/follow_confirm.html", {"subject": subject, "alert": alert})


@never_cache
@csrf_exempt
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """Ends one follow: GET shows a button, POST ends it, also that of a mail program."""
    if request.method not in _METHODS:
        return _not_allowed()
    key = key_of(Purpose.LEAVE, token)
    if key is None:
        return _gone(request)
    alert = SearchAlert.objects.filter(key=key).first()
    if alert is None:
        # Ended before: the answer to a second click is that it is ended.
        return _page(request, "pages/follow_left.html", {})
    if request.method == "POST":
        alerts.leave(alert)
        return _page(request, "pages/follow_left.html", {"mine": _mine_address(alert.address)})
    return _page(request, "pages/follow_leave.html", {"subject": _subject(alert), "mine": _mine_address(alert.address)})


@never_cache
@csrf_exempt
def leave_all(request: HttpRequest, token: str) -> HttpResponse:
    """Ends every follow of an address: the one click of a mail program (`List-Unsubscribe`)."""
    if request.method not in _METHODS:
        return _not_allowed()
    address = key_of(Purpose.LEAVE_ALL, token)
    if address is None:
        return _gone(request)
    if request.method == "POST":
        alerts.leave_all(address)
    count = SearchAlert.objects.filter(address=address).count()
    if not count:
        return _page(request, "pages/follow_left.html", {})
    return _page(request, "pages/follow_leave.html", {"count": count, "mine": _mine_address(address)})


@never_cache
@csrf_exempt
def mine(request: HttpRequest, token: str) -> HttpResponse:
    """Everything that an address follows, each with a button to end it."""
    if request.method not in _METHODS:
        return _not_allowed()
    address = key_of(Purpose.MINE, token)
    if address is None:
        return _gone(request)
    own = SearchAlert.objects.filter(address=address, confirmed_at__isnull=False)
    if request.method == "POST":
        own.filter(key=request.POST.get("end", "")[:32]).delete()
        return _sealed(HttpResponseRedirect(reverse("search:follow_mine", args=[token])))
    rows = [(alert, _subject(alert)) for alert in own.order_by("created_at", "pk")]
    leave_all_url = reverse("search:follow_leave_all", args=[token_of(Purpose.LEAVE_ALL, address)])
    return _page(request, "pages/follow_mine.html", {"rows": rows, "leave_all_url": leave_all_url})


def _alert(token: str, purpose: Purpose) -> SearchAlert | None:
    key = key_of(purpose, token)
    return SearchAlert.objects.filter(key=key).first() if key else None


def _subject(alert: SearchAlert) -> Subject | None:
    """What is followed; None where it is gone."""
    try:
        return subject_of(alert.kind, QueryDict(alert.query))
    except (KeyError, UnknownSubject):
        return None


def _mine_address(address: str) -> str:
    return reverse("search:follow_mine", args=[token_of(Purpose.MINE, address)])


def _gone(request: HttpRequest) -> HttpResponse:
    if over_limit(request, "follow-wrong", WRONG_LINKS, _HOUR):
        return _page(request, "pages/link_busy.html", {}, 429)
    return _page(request, "pages/follow_gone.html", {}, 404)


def _page(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page behind a link: not indexed, and its address stands nowhere in it but in its own forms."""
    home = reverse("wagtail_serve", args=[""])
    frame = {"noindex": True, "canonical_url": home, "printed_path": home, "breadcrumbs": []}
    return _sealed(render(request, template, {**frame, **context}, status=status))


def _sealed(response: HttpResponse) -> HttpResponse:
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _not_allowed() -> HttpResponse:
    return HttpResponseNotAllowed(_METHODS, loader.get_template("bad_request.html").render({"status": 405}))
