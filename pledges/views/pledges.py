"""The list of pledges, and one pledge."""

import datetime as dt
from typing import Any

from django.db.models import Case, IntegerField, Q, Value, When
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zaveza.base.methods import read_only
from zaveza.base.pagination import paginate
from zaveza.base.templatetags.base_tags import day, number

from .. import choices, drawing
from ..as_of import NOW, AsOf, known_candidacy, read, stamp
from ..counting import status_labels
from ..enums import MAINTAIN_IN_PROGRESS_MEANING, Gate, PledgeKind, Status
from ..filters import PledgeFilterSet
from ..follows import list_subject
from ..models import Assessment, AssessmentEvidence, Correction, Evidence, Pledge, Reply
from ..services import amended, remaining_pledge
from ..timeline import Change, changes, entries, known_replies, steps
from .frame import crumbs, is_public, mandate_of, municipality_crumbs
from .memento import negotiated, remember
from .pledge_parts import facts, quotation, quote_note, units
from .timemaps import pledge_days

ROWS_PER_PAGE = 25
# Most pledges of the same similarity group that a page shows.
SIMILAR_PLEDGES = 5


@read_only
def pledge_list(request: HttpRequest) -> HttpResponse:
    """All public pledges, narrowed down by the query string; the numbers above the rows are of the same rows."""
    filterset = PledgeFilterSet(request.GET)
    as_of = filterset.as_of
    page = paginate(request, filterset.rows, ROWS_PER_PAGE)
    amended(page.object_list, as_of.at)
    total = filterset.count.total
    description = ngettext(
        "%(count)s pledge with its status, its evidence and a permanent address.",
        "%(count)s pledges with their status, their evidence and a permanent address.",
        total,
    )
    return render(
        request,
        "pages/pledge_list.html",
        {
            "filterset": filterset,
            "lede": _list_lede(filterset),
            "count": filterset.count,
            "page_obj": page,
            "chips": filterset.chips,
            "clear_url": filterset.clear_url,
            **stamp(as_of, filterset.filter_pairs, filterset.url(remove=next(iter(as_of.pairs), None))),
            "notices": [*filterset.problems, *([page.notice] if page.notice else [])],
            "breadcrumbs": crumbs((_("Pledges"), None)),
            "description": description % {"count": number(total)},
            "canonical_url": filterset.url(),
            "subject": None if as_of.is_past else list_subject(filterset),
        },
    )


def _list_lede(filterset: PledgeFilterSet) -> SafeString:
    """How many pledges, in how many municipalities."""
    total, places = filterset.count.total, filterset.municipality_count
    where = ngettext("in %(count)s municipality", "in %(count)s municipalities", places) % {"count": number(places)}
    if filterset.is_filtered:
        words = ngettext(
            "By the filters chosen there is %(total)s pledge %(where)s.",
            "By the filters chosen there are %(total)s pledges %(where)s.",
            total,
        )
    else:
        words = ngettext("There is %(total)s pledge %(where)s.", "There are %(total)s pledges %(where)s.", total)
    words = words.replace("%(total)s", "{total}").replace("%(where)s", "{where}")
    return format_html(words, total=format_html("<strong>{}</strong>", number(total)), where=where)


@read_only
def pledge(request: HttpRequest, public_id: str) -> HttpResponse:
    """One pledge: its words, where it stands and how it got there.

    A merged one leads to the one it became part of, a withdrawn one answers 410 with the reason.
    """
    as_of = read(request.GET)
    at = as_of.at
    record = _public_pledges(at).filter(public_id=public_id).first()
    if record and (answer := negotiated(request, as_of, lambda: pledge_days(record))):
        return answer
    if record is None:
        return closed(request, public_id, as_of)
    candidacy = record.programme.candidacy
    if as_of.is_past:
        known_candidacy(candidacy, as_of.today)
    history = _history(record, at)
    replies = known_replies(Reply.objects.public(at).filter(pledge=record), as_of.moment)
    concerning = Q(pledge=record) | Q(assessment__pledge=record)
    corrections = Correction.objects.public(at).filter(concerning).select_related("assessment")
    programme = record.programme
    amendments = amended([record], at).get(record.pk, [])
    mandate = mandate_of(candidacy, as_of)
    ended_on = mandate.end if mandate else None
    timeline = entries(history, replies, corrections, programme.submitted_at, amendments, ended_on)
    strip = None
    if mandate and not record.gate and history:
        strip = drawing.history_strip(steps(history), mandate.start, mandate.last_day, as_of.today)
    current = next((change.assessment for change in history if change.assessment.pk == _current_pk(record)), None)
    similar, carried_over_from = _related(record, at)
    chart, chart_words = units(record)
    shown_status = record.gate or _status(record)
    response = render(
        request,
        "pages/pledge.html",
        {
            **stamp(as_of),
            "pledge": record,
            "amendments": amendments,
            "candidacy": candidacy,
            "takes_tips": not as_of.is_past and not record.edition.is_archived,
            "programme": programme,
            "mandate": mandate,
            "topics": choices.topic_names(topic.code for topic in record.topics.all()),
            "shown_status": shown_status,
            "meaning": _meaning(record, shown_status),
            "assessment": current,
            "history": history,
            "timeline": timeline,
            "strip": strip,
            "strip_title": _strip_title(strip) if strip else "",
            "evidence_list": _all_evidence(history),
            "quote": quotation(record),
            "quote_note": quote_note(record, candidacy.person),
            "facts": facts(record, current, carried_over_from),
            "units": chart,
            "units_words": chart_words,
            "similar": similar,
            "candidacy_is_public": is_public(candidacy, at) and is_public(record.edition, at),
            "breadcrumbs": crumbs(
                *municipality_crumbs(record.municipality, as_of),
                (
                    _("Pledges of the edition %(year)s") % {"year": record.edition.year},
                    f"{reverse('pledges:pledge_list')}?edition={record.edition.year}"
                    f"&municipality={record.municipality.slug}{as_of.query.replace('?', '&')}",
                ),
                (record.public_id or "", None),
            ),
            "description": _("Pledge %(id)s of %(municipality)s: %(status)s.")
            % {
                "id": record.public_id,
                "municipality": record.municipality.name,
                "status": status_labels()[shown_status],
            },
        },
    )
    return remember(request, response, as_of)


def _public_pledges(at: dt.datetime | None) -> Any:
    """Public pledges with all that their page shows of single records."""
    pledges = Pledge.objects.known(at)
    return (
        pledges.with_gate()
        .select_related(
            "municipality",
            "edition",
            pledges.standing_path,
            "organisation",
            "programme__candidacy__person",
            "programme__candidacy__mandate",
        )
        .prefetch_related("texts", "topics")
    )


def _current_pk(record: Pledge) -> int | None:
    return record.standing.assessment_id if record.standing else None


def _status(record: Pledge) -> str:
    return record.standing.status if record.standing else Status.NOT_ASSESSED.value


def _history(record: Pledge, at: dt.datetime | None) -> list[Change]:
    """The published assessments with their evidence, in three queries."""
    rows = list(Assessment.objects.public(at).filter(pledge=record).prefetch_related("texts"))
    history = changes(rows)
    citations = AssessmentEvidence.objects.filter(assessment__in=rows).select_related("evidence__state").order_by("pk")
    by_assessment: dict[int, list[Evidence]] = {}
    for citation in citations:
        by_assessment.setdefault(citation.assessment_id, []).append(citation.evidence)
    for change in history:
        change.evidence = by_assessment.get(change.assessment.pk, [])
    return history


def _all_evidence(history: list[Change]) -> list[Evidence]:
    """Every source once, the newest first."""
    sources = {evidence.pk: evidence for change in history for evidence in change.evidence}
    dated = sorted((item for item in sources.values() if item.published_on), key=lambda item: item.published_on)
    return [*reversed(dated), *(item for item in sources.values() if not item.published_on)]


def _meaning(record: Pledge, shown_status: str) -> str:
    """What the status says, in a sentence."""
    if shown_status == Gate.NOT_IN_OFFICE:
        return _("Promised by someone who was not elected: the pledge stays public and is not assessed.")
    if shown_status == Gate.NOT_TESTABLE:
        return _("It cannot be checked whether this was done: the pledge is shown and not rated.")
    if shown_status == Status.IN_PROGRESS and record.kind == PledgeKind.MAINTAIN:
        return str(MAINTAIN_IN_PROGRESS_MEANING)
    return str(Status(shown_status).meaning)


def _strip_title(strip: drawing.HistoryStrip) -> str:
    """The strip in words."""
    labels = status_labels()
    parts = [
        _("from %(day)s %(status)s") % {"day": day(step.day), "status": labels[step.status]} for step in strip.steps
    ]
    return _("The status through the mandate: %(parts)s.") % {"parts": ", ".join(parts)}


def _related(record: Pledge, at: dt.datetime | None) -> tuple[list[Pledge], Pledge | None]:
    """Public pledges with the same goal elsewhere, and the one that this one carries on, in two queries."""
    wanted = Q(pk=record.carried_over_from_id)
    if record.similarity_group_id:
        wanted |= Q(similarity_group=record.similarity_group_id)
    if not record.similarity_group_id and not record.carried_over_from_id:
        return [], None
    is_source = Case(When(pk=record.carried_over_from_id, then=Value(0)), default=Value(1), output_field=IntegerField())
    pledges = Pledge.objects.known(at)
    rows = (
        pledges.filter(wanted)
        .exclude(pk=record.pk)
        .with_gate()
        .select_related("municipality", "edition", pledges.standing_path, "programme__candidacy")
        .prefetch_related("texts")
        .order_by(is_source, "-edition__year", "municipality__slug", "number")[: SIMILAR_PLEDGES + 1]
    )
    source, similar = None, []
    for row in rows:
        if row.pk == record.carried_over_from_id:
            source = row
        else:
            similar.append(row)
    return similar[:SIMILAR_PLEDGES], source


def closed(request: HttpRequest, public_id: str, as_of: AsOf = NOW) -> HttpResponse:
    """The answer for a pledge that was public once; 404 for one that never was, or not yet on that day."""
    now = as_of.moment
    record = (
        Pledge.objects.filter(
            public_id=public_id,
            published_at__lte=now,
            closed_at__lte=now,
            programme__published_at__lte=now,
            programme__candidacy__published_at__lte=now,
            edition__published_at__lte=now,
        )
        .select_related("merged_into", "municipality", "programme")
        .first()
    )
    if record is None:
        raise Http404
    remaining = remaining_pledge(record, now)
    if remaining.pk != record.pk and Pledge.objects.public(now).filter(pk=remaining.pk).exists():
        address = reverse("pledges:pledge", args=[remaining.public_id])
        if as_of.is_past:
            return HttpResponseRedirect(f"{address}{as_of.query}")
        return HttpResponsePermanentRedirect(address)
    return render(
        request,
        "pages/pledge_withdrawn.html",
        {
            **stamp(as_of),
            "pledge": record,
            "breadcrumbs": crumbs(*municipality_crumbs(record.municipality, as_of), (record.public_id or "", None)),
            "noindex": True,
        },
        status=410,
    )
