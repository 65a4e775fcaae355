"""Replying to assessments through a link: a team sees what it was asked about, and nothing of others."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation

from zaveza import clock

from .. import services
from ..enums import LinkPurpose, PromisedBy, ReplyState
from ..forms import ReplyByLinkForm
from ..models import Candidacy, CandidacyLink, Reply
from .by_link import by_link, page


def invitations(candidacy: Candidacy) -> QuerySet:
    """What the team of a candidacy was asked about: the candidate's own pledges, not those of an organisation."""
    return (
        Reply.objects.filter(
            pledge__programme__candidacy=candidacy,
            pledge__promised_by=PromisedBy.CANDIDATE,
            pledge__published_at__lte=clock.now(),
        )
        .select_related("pledge__programme__candidacy", "assessment")
        .prefetch_related("pledge__texts")
        .order_by("due_on", "pk")
    )


def is_answerable(reply: Reply) -> bool:
    """Whether the window is open: asked, not answered, and the day has not passed."""
    return reply.state == ReplyState.INVITED and clock.today() <= reply.due_on


@by_link(LinkPurpose.REPLY)
def reply_list(request: HttpRequest, link: CandidacyLink, token: str) -> HttpResponse:
    """The invitations: those that can be answered now, then those that were."""
    rows = list(invitations(link.candidacy))
    context = _context(
        link,
        token,
        waiting=[row for row in rows if is_answerable(row)],
        done=[row for row in reversed(rows) if not is_answerable(row)],
        sent="sent" in request.GET,
    )
    return page(request, "pages/reply_list.html", context)


@by_link(LinkPurpose.REPLY)
def reply(request: HttpRequest, link: CandidacyLink, token: str, public_id: str) -> HttpResponse:
    """One assessment and the answer to it: written, looked at as it will be published, and sent."""
    record = invitations(link.candidacy).filter(public_id=public_id).first()
    if record is None:
        raise Http404
    back = reverse("pledges:reply", args=[token])
    if not is_answerable(record):
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
    record.language = form.cleaned_data["language"]
    try:
        services.record_answer(record, form.cleaned_data["text"], clock.now())
    except services.RuleViolation as error:
        form.add_error(None, error.messages)
        return page(request, "pages/reply.html", _context(link, token, reply=record, form=form, back=back), 409)
    return HttpResponseRedirect(f"{back}?sent=1")


def _context(link: CandidacyLink, token: str, **more: Any) -> dict[str, Any]:
    return {"candidacy": link.candidacy, "person": link.candidacy.person, "token": token, **more}
