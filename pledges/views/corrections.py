"""The public log of corrections."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from zaveza.base.methods import read_only
from zaveza.base.pagination import paginate

from .. import choices
from ..as_of import stamp
from ..corrections import CorrectionLog, kinds
from ..enums import PolicyKind
from .frame import crumbs
from .policies import current_policy

ENTRIES_PER_PAGE = 25


@read_only
def corrections(request: HttpRequest) -> HttpResponse:
    """What was corrected, retracted, amended or erased, the newest first, as known on the day asked for."""
    log = CorrectionLog(request.GET)
    page = paginate(request, log.rows, ENTRIES_PER_PAGE)
    return render(
        request,
        "pages/corrections.html",
        {
            **stamp(log.as_of, log.pairs, log.url() if not log.as_of.is_past else _today_url(log)),
            "log": log,
            "page_obj": page,
            "entries": log.entries(page),
            "chips": log.chips,
            "clear_url": reverse("pledges:corrections") + log.as_of.query,
            "kinds": kinds(),
            "municipalities": choices.municipalities(),
            "editions": choices.editions(),
            "policy": current_policy(PolicyKind.CORRECTIONS),
            "feed_url": log.url("pledges:corrections_feed"),
            "notices": [*log.problems, *([page.notice] if page.notice else [])],
            "breadcrumbs": crumbs((_("Corrections"), None)),
            "description": _("What we published wrongly, what is right, and since when."),
            "canonical_url": log.url(),
        },
    )


def _today_url(log: CorrectionLog) -> str:
    pairs = "&".join(f"{name}={value}" for name, value in log.pairs)
    return f"{reverse('pledges:corrections')}?{pairs}" if pairs else reverse("pledges:corrections")
