"""Replying to assessments through a link: a team sees what it was asked about, and nothing of others."""

from typing import Any

from django.db.models import Q, prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation

from zaveza import clock

from .. import services
from ..enums import LinkPurpose
from ..forms import ReplyByLinkForm
from ..models import Candidacy, CandidacyLink, Reply
from .by_link import by_link, page


def _earlier(candidacy: Candidacy, waiting: list[Reply]) -> list[Reply]:
    """What was answered, or published without an answer: newest first."""
    return list(
        Reply.objects.filter(Q(published_at__isnull=False) | Q(answered_at__isnull=False))
        .filter(pledge__programme__candidacy=candidacy, pledge__organisation__isnull=True)
        .exclude(pk__in=[row.pk for row in waiting])
        .select_related("pledge__programme__candidacy", "assessment")
        .prefetch_related("pledge__texts")
        .order_by("-due_on", "-pk")
    )


@by_link(LinkPurpose.REPLY)
def reply_list(request: HttpRequest, link: CandidacyLink, token: str) -> HttpResponse:
    """The invitations: those that can be answered now, then those that were."""
    waiting = services.open_invitations(link.candidacy)
    prefetch_related_objects(waiting, "pledge__texts")
    done = _earlier(link.candidacy, waiting)
    context = _context(link, token, waiting=waiting, done=done, sent="sent" in request.GET)
    return page(request, "pages/reply_list.html", context)


@by_link(LinkPurpose.REPLY)
def reply(request: HttpRequest, link: CandidacyLink, token: str, public_id: str) -> HttpResponse:
    """One assessment and the answer to it: written, looked at as it will be published, and sent."""
    waiting = services.open_invitations(link.candidacy)
    record = next((row for row in waiting if row.public_id == public_id), None)
    back = reverse("pledges:reply", args=[token])
    if record is None:
        record = next((row for row in _earlier(link.candidacy, []) if row.public_id == public_id), None)
        if record is None:
            raise Http404
        status = 409 if request.method == "POST" else 200
        return page(request, "pages/reply.html", _context(link, token, reply=record, back=back, closed=True), status)
    if request.method != "POST":
        form = ReplyByLinkForm(initial={"language": translation.get_language()})
        return page(request, "pages/reply.html", _context(link, token, reply=record, form=form, back=back))
    form = ReplyByLinkForm(request.POST)
    if not form.is_valid() or request.POST.get("action") != "send":
        look = form.is_valid() and request.POST.get("action") == "look"
        context = _context(link, token, reply=record, form=form, back=back, look=look)
        return page(request, "pages/reply.html", context, 200 if form.is_valid() else 422)
    try:
        services.record_answer(record, form.cleaned_data["text"], clock.now(), language=form.cleaned_data["language"])
    except services.RuleViolation as error:
        form.add_error(None, error.messages)
        return page(request, "pages/reply.html", _context(link, token, reply=record, form=form, back=back), 409)
    return HttpResponseRedirect(f"{back}?sent=1")


def _context(link: CandidacyLink, token: str, **more: Any) -> dict[str, Any]:
    return {"candidacy": link.candidacy, "person": link.candidacy.person, "token": token, **more}
