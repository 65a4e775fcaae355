"""Sending a tip and asking what became of it: pages of their own, because they carry a token and are never cached."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from zaveza.rate_limits import over_limit

from .. import services
from ..enums import TipState
from ..forms import SendTipForm, TipStatusForm
from ..models import Municipality, Pledge
from .frame import crumbs, municipality_crumbs

# How often one reader may send a tip, and ask for one.
TIPS_PER_HOUR, QUESTIONS_PER_HOUR = 5, 30
_HOUR = dt.timedelta(hours=1)


@dataclass(frozen=True)
class _About:
    """What a tip is about; nothing is known before the reader chooses a municipality."""

    pledge: Pledge | None = None
    municipality: Municipality | None = None

    @property
    def is_closed(self) -> bool:
        return self.pledge is not None and self.pledge.edition.is_archived

    @property
    def steps(self) -> list[tuple[str, str | None]]:
        """The way to it."""
        place = self.pledge.municipality if self.pledge else self.municipality
        steps = municipality_crumbs(place) if place else []
        if self.pledge:
            public_id = self.pledge.public_id or ""
            steps.append((public_id, reverse("pledges:pledge", args=[public_id])))
        return steps


def _about(public_id: str) -> _About:
    if not public_id:
        return _About()
    if public_id.startswith("municipality-"):
        found = Municipality.objects.filter(iso_code=public_id.removeprefix("municipality-")).first()
        if found:
            return _About(municipality=found)
    pledge = (
        Pledge.objects.public()
        .select_related("municipality", "edition")
        .prefetch_related("texts")
        .filter(public_id=public_id)
        .first()
    )
    if pledge is None:
        raise Http404
    return _About(pledge=pledge)


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def send_tip(request: HttpRequest) -> HttpResponse:
    """The form, and after it the tracking code, which is shown this once. `?about=` is a pledge or a municipality."""
    about = _about(request.GET.get("about", ""))
    with_place = about == _About()
    status, notices = 200, []
    form = SendTipForm(with_place=with_place)
    if request.method == "POST" and not about.is_closed:
        form = SendTipForm(request.POST, request.FILES, with_place=with_place)
        if over_limit(request, "tip", TIPS_PER_HOUR, _HOUR):
            status = 429
            notices = [_("You have sent several tips within the hour. Please try again later.")]
        elif form.is_from_a_machine:
            # A machine learns nothing from the answer.
            return _sent(request, about, "")
        elif form.is_valid():
            data = form.cleaned_data
            try:
                _tip, code = services.receive_tip(
                    data["code"],
                    data["message"],
                    pledge=about.pledge,
                    municipality=about.municipality or data.get("municipality"),
                    contact=data["contact"],
                    file=data["file"],
                )
            except ValidationError as error:
                status, notices = 422, error.messages
            else:
                return _sent(request, about, code)
        else:
            status, notices = 422, form.code_errors
    return render(
        request,
        "pages/tip_form.html",
        {
            "about": about,
            "form": form,
            "retention_days": settings.TIP_RETENTION_DAYS,
            "notices": notices,
            "breadcrumbs": crumbs(*about.steps, (_("Send a tip"), None)),
            "noindex": True,
        },
        status=status,
    )


def _sent(request: HttpRequest, about: _About, code: str) -> HttpResponse:
    return render(
        request,
        "pages/tip_sent.html",
        {
            "about": about,
            # In groups of four it is copied by hand with fewer mistakes.
            "code": " ".join(code[start : start + 4] for start in range(0, len(code), 4)),
            "breadcrumbs": crumbs(*about.steps, (_("Send a tip"), None)),
            "noindex": True,
        },
    )


def _state_words() -> dict[str, tuple[str, str]]:
    """What the sender of a tip is told: no more than where it stands."""
    return {
        TipState.NEW: (pgettext("tip", "received"), _("Nobody has read it yet.")),
        TipState.IN_WORK: (pgettext("tip", "read"), _("Somebody is looking into it.")),
        TipState.USED: (pgettext("tip", "used"), _("It helped us to judge a pledge.")),
        TipState.REJECTED: (pgettext("tip", "declined"), _("We could not use it.")),
    }


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def tip_status(request: HttpRequest) -> HttpResponse:
    """How far the work on a tip is, for whoever knows its code. The code goes in the body, never in an address."""
    form, state, notices, status = TipStatusForm(), None, [], 200
    if request.method == "POST":
        form = TipStatusForm(request.POST)
        if over_limit(request, "tip-status", QUESTIONS_PER_HOUR, _HOUR):
            status, notices = 429, [_("You have asked very often within the hour. Please try again later.")]
        elif form.is_valid():
            tip = services.tip_by_code(form.cleaned_data["code"])
            if tip:
                state = _state_words()[tip.state]
            else:
                form.add_error("code", _("We know of no tip with this code."))
                status = 422
        else:
            status = 422
    return render(
        request,
        "pages/tip_status.html",
        {
            "form": form,
            "state": state,
            "notices": notices,
            "breadcrumbs": crumbs((_("What became of a tip"), None)),
            "noindex": True,
        },
        status=status,
    )
