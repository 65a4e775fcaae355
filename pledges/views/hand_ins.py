"""Handing in a programme through a link: a form that keeps a draft, a page to confirm, a receipt."""

import datetime as dt
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from zaveza import clock

from .. import services
from ..enums import LinkPurpose
from ..forms import HandInForm, entry_forms, is_blank, problems, rows_from, too_long
from ..links import programmes_due
from ..models import CandidacyLink, HandIn, HandInDraft
from .by_link import by_link, page

_EMPTY = dict.fromkeys(services.ENTRY_FIELDS, "")


@by_link(LinkPurpose.PROGRAMME)
def hand_in(request: HttpRequest, link: CandidacyLink, token: str) -> HttpResponse:
    """The form. A POST saves the draft, then adds or removes a row or goes on to the page to confirm."""
    refusal = services.hand_in_refusal(link.candidacy)
    if refusal:
        status = 403 if request.method == "POST" else 200
        return page(request, "pages/hand_in_closed.html", _context(link, token, refusal=refusal), status)
    draft = services.draft_of(link.candidacy)
    if request.method == "POST":
        return _save(request, link, token)
    check = "check" in request.GET
    return _form_page(request, link, token, draft, list(draft.pledges) or [_EMPTY], check=check)


@by_link(LinkPurpose.PROGRAMME)
def hand_in_review(request: HttpRequest, link: CandidacyLink, token: str) -> HttpResponse:
    """The last look at what is handed in; a POST hands it in, once."""
    form_url = reverse("pledges:hand_in", args=[token])
    refusal = services.hand_in_refusal(link.candidacy)
    if refusal:
        status = 403 if request.method == "POST" else 200
        return page(request, "pages/hand_in_closed.html", _context(link, token, refusal=refusal), status)
    draft = services.draft_of(link.candidacy)
    entries = entry_forms([row for row in draft.pledges if not is_blank(row)], check=True)
    if request.method == "POST" and request.POST.get("revision", "") != str(draft.revision):
        return _moved_on(request, link, token)
    if not draft.file or any(entry.errors for entry in entries):
        return HttpResponseRedirect(f"{form_url}?check=1#problems")
    if request.method == "POST":
        try:
            programme = services.hand_in(
                link.candidacy, draft.revision, [entry.cleaned_data for entry in entries], link
            )
        except services.StaleDraft:
            return _moved_on(request, link, token)
        except services.RuleViolation as error:
            context = _context(link, token, refusal=" ".join(error.messages))
            return page(request, "pages/hand_in_closed.html", context, 403)
        return HttpResponseRedirect(reverse("pledges:hand_in_receipt", args=[token, programme.version]))
    newest = link.candidacy.programmes.order_by("-version").first()
    context = _context(
        link, token, draft=draft, entries=entries, version=newest.version + 1 if newest else 1, form_url=form_url
    )
    return page(request, "pages/hand_in_review.html", context)


@by_link(LinkPurpose.PROGRAMME)
def hand_in_receipt(request: HttpRequest, link: CandidacyLink, token: str, version: int) -> HttpResponse:
    """What was handed in when, with the hashes that prove it; for as long as the link is open."""
    receipt = (
        HandIn.objects.filter(programme__candidacy=link.candidacy, programme__version=version)
        .select_related("programme")
        .first()
    )
    if receipt is None:
        raise Http404
    entries = [{**entry, "due_day": _day(entry["due"])} for entry in receipt.pledges]
    context = _context(link, token, receipt=receipt, programme=receipt.programme, entries=entries)
    return page(request, "pages/hand_in_receipt.html", context)


def _day(kept: str) -> dt.date | None:
    """A day as a receipt keeps it; None where nothing, or something else than ISO 8601, was typed."""
    try:
        return dt.date.fromisoformat(kept)
    except ValueError:
        return None


def _save(request: HttpRequest, link: CandidacyLink, token: str) -> HttpResponse:
    action = request.POST.get("action", "save")
    form, rows = HandInForm(request.POST, request.FILES), rows_from(request.POST)
    form.is_valid()
    long = list(too_long(rows))
    if long or "language" in form.errors:
        return _refused(request, link, token, form, rows, long)
    target = f"pledge-{_change_rows(rows, action)}" if action.startswith(("add", "remove-")) else "saved"
    try:
        revision = int(request.POST.get("revision", ""))
    except ValueError:
        revision = -1
    try:
        draft = services.save_draft(
            link.candidacy,
            revision,
            language=form.cleaned_data["language"],
            pledges=rows,
            file=form.cleaned_data.get("file"),
            remove_file=form.cleaned_data.get("remove_file", False),
        )
    except services.StaleDraft as error:
        return _stale(request, link, token, rows, error.draft)
    if action == "autosave":
        saved = _("Draft saved: %(time)s") % {"time": _time(draft)}
        return JsonResponse({"revision": draft.revision, "message": saved})
    if "file" in form.errors:
        return _form_page(request, link, token, draft, rows, form=form)
    if action == "review":
        return HttpResponseRedirect(reverse("pledges:hand_in_review", args=[token]))
    return HttpResponseRedirect(f"{reverse('pledges:hand_in', args=[token])}?saved=1#{target}")


def _change_rows(rows: list[dict[str, str]], action: str) -> int:
    """Add an empty entry or remove one, and say which one to show then, from 1."""
    if action == "add":
        if len(rows) < services.MOST_PLEDGES:
            rows.append(dict(_EMPTY))
        return len(rows)
    number = action.removeprefix("remove-")
    place = int(number) if number.isascii() and number.isdigit() and len(number) < 5 else -1
    if 0 <= place < len(rows):
        del rows[place]
    return max(min(place + 1, len(rows)), 1)


def _form_page(
    request: HttpRequest,
    link: CandidacyLink,
    token: str,
    draft: HandInDraft,
    rows: list[dict[str, str]],
    *,
    form: HandInForm | None = None,
    check: bool = False,
    lines: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    form = form or HandInForm(initial={"language": draft.language if draft.pk else link.language})
    # Drafts are saved without it; what is handed in is not.
    form.fields["file"].required = not draft.file
    # An entry that was left empty is no mistake: it is not handed in.
    entries = entry_forms(rows, check=False)
    found: list[tuple[str, str]] = []
    if check:
        checked = entry_forms(rows, check=True)
        entries = [blank if is_blank(row) else one for row, blank, one in zip(rows, entries, checked, strict=True)]
        if not draft.file:
            found.append((str(form["file"].id_for_label), _("File of the programme: add the file.")))
        found += problems(entry for entry in entries if entry.is_bound)
    found += [
        (str(form[name].id_for_label), f"{form[name].label}: {text}")
        for name in form.errors
        for text in form.errors[name]
    ]
    context = _context(
        link,
        token,
        draft=draft,
        form=form,
        entries=entries,
        problems=found,
        notices=lines or [],
        saved="saved" in request.GET and not found,
        most=services.MOST_PLEDGES,
    )
    return page(request, "pages/hand_in.html", context, status)


def _refused(
    request: HttpRequest,
    link: CandidacyLink,
    token: str,
    form: HandInForm,
    rows: list[dict[str, str]],
    lines: list[str],
) -> HttpResponse:
    """Nothing was stored: the page shows what was typed and why."""
    if request.POST.get("action") == "autosave":
        return JsonResponse({"message": " ".join(lines) or _("Not saved.")}, status=422)
    return _form_page(request, link, token, services.draft_of(link.candidacy), rows, form=form, lines=lines, status=422)


def _stale(
    request: HttpRequest, link: CandidacyLink, token: str, rows: list[dict[str, str]], draft: HandInDraft
) -> HttpResponse:
    """Another window saved in between: show what was typed here, and let the next save decide."""
    words = _(
        "Another window saved this draft in the meantime (%(time)s). Below is what you entered here; "
        "saving it now replaces what the other window saved."
    ) % {"time": _time(draft)}
    if request.POST.get("action") == "autosave":
        return JsonResponse({"message": words, "stale": True}, status=409)
    return _form_page(request, link, token, draft, rows, lines=[words], status=409)


def _moved_on(request: HttpRequest, link: CandidacyLink, token: str) -> HttpResponse:
    """The page to confirm is older than the draft: it was handed in, or changed, from another window."""
    context = _context(link, token, form_url=reverse("pledges:hand_in", args=[token]))
    return page(request, "pages/hand_in_moved_on.html", context, 409)


def _time(draft: HandInDraft) -> str:
    return f"{draft.saved_at.astimezone(clock.SITE_ZONE):%H:%M}"


def _context(link: CandidacyLink, token: str, **more: Any) -> dict[str, Any]:
    candidacy = link.candidacy
    receipts = HandIn.objects.filter(programme__candidacy=candidacy).select_related("programme")
    return {
        "candidacy": candidacy,
        "person": candidacy.person,
        "token": token,
        "due": programmes_due(candidacy),
        "receipts": list(receipts.order_by("-programme__version")),
        **more,
    }
