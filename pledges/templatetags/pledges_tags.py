"""The record in templates: `{% load pledges_tags %}`. Pages of other apps show pledges through these tags only."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import template
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from zaveza import clock
from zaveza.base.templatetags.base_tags import number

from .. import choices, counting, drawing, overviews, wording
from ..as_of import AsOf
from ..counting import PledgeCount
from ..drawing import MandateClock
from ..enums import PledgeKind, Status
from ..models import Edition, Partnership
from ..timeline import local_day
from .as_of_tags import asked_day

register = template.Library()


def _request(context: template.Context) -> Any:
    return getattr(context, "request", None) or context.get("request")


# Statuses


@register.inclusion_tag("components/status_mark.html", takes_context=True)
def status_mark(context: template.Context, code: str, size: int = 12, big: bool = False) -> dict[str, Any]:
    """`{% status_mark "fulfilled" %}`: shape and word of a status or gate; an empty code is *not assessed*."""
    code = str(code or Status.NOT_ASSESSED.value)
    return {
        "request": _request(context),
        "code": code,
        "label": counting.status_labels()[code],
        "size": 28 if big else size,
        "big": big,
    }


@register.simple_tag
def status_word(code: str) -> str:
    """The word alone."""
    return counting.status_labels()[str(code or Status.NOT_ASSESSED.value)]


@register.filter
def shown_status(pledge: Any) -> str:
    """The code that a row shows for a pledge: its gate, else its status."""
    gate = pledge.gate if hasattr(pledge, "gate") else pledge.gate_code
    if gate:
        return gate
    current = pledge.standing
    return current.status if current else Status.NOT_ASSESSED.value


@register.inclusion_tag("components/status_bar.html", takes_context=True)
def status_bar(
    context: template.Context,
    count: PledgeCount,
    links: Mapping[str, str] | None = None,
    bar_id: str = "bar",
    bar_height: int = 26,
    with_caption: bool = True,
) -> dict[str, Any]:
    """`{% status_bar count links %}`: the bar with its key; `links` are addresses of lists by status code."""
    links = links or {}

    def entries(rows: list[tuple[str, str, int]]) -> list[dict[str, Any]]:
        return [{"code": code, "label": label, "count": n, "url": links.get(code, "")} for code, label, n in rows]

    return {
        "request": _request(context),
        "count": count,
        "bar": count.bar(bar_height=bar_height),
        "bar_id": bar_id,
        "key": entries(count.key),
        "left_out_key": entries(count.left_out_key),
        "with_caption": with_caption,
    }


@register.inclusion_tag("components/mandate_clock.html", takes_context=True)
def mandate_clock(
    context: template.Context, dial: MandateClock, count: PledgeCount, clock_id: str = "clock"
) -> dict[str, Any]:
    """`{% mandate_clock clock count %}`: time gone and what is final by now, in words and as a drawing."""
    days = {"elapsed": number(dial.elapsed), "total": number(dial.total)}
    day = asked_day(context).day
    passed = ngettext(
        "%(elapsed)s of %(total)s days of the mandate has passed.",
        "%(elapsed)s of %(total)s days of the mandate have passed.",
        dial.elapsed,
    )
    return {
        "request": _request(context),
        "clock": dial,
        "count": count,
        "clock_id": clock_id,
        "passed": passed % days,
        "today_label": (_("day %(number)s") if day else _("today, day %(number)s")) % {"number": number(dial.elapsed)},
        "is_past": bool(day),
    }


# Rows


@register.filter
def row_topics(pledge: Any) -> list[choices.TopicChoice]:
    """The topics of a row, which are loaded already, with their names."""
    codes = getattr(pledge, "topic_codes", None)
    if codes is None:
        codes = [topic.code for topic in pledge.topics.all()]
    return choices.topic_names(codes)


@register.filter
def as_of_query(pledge: Any) -> str:
    """What keeps a link to a pledge on the day that its row was asked for; empty for today."""
    return AsOf(getattr(pledge, "as_of", None)).query


@register.filter
def qualifiers(pledge: Any) -> list[str]:
    """What stands beside the status of a row: late, a reason, when it is due."""
    if pledge.gate:
        return [_("shown, not rated")]
    current = pledge.standing
    words = []
    if current and current.late:
        words.append(pgettext("qualifier", "late"))
    if current and current.reason:
        words.append(_("reason: %(reason)s") % {"reason": current.get_reason_display()})
    is_final = current and Status(current.status).is_final
    if pledge.due_date and not is_final:
        words.append(_("due %(date)s") % {"date": wording.date_with_precision(pledge.due_date, pledge.due_precision)})
    if pledge.kind == PledgeKind.MAINTAIN and not is_final:
        words.append(pledge.get_kind_display())
    return words


@register.filter
def date_as_known(value: dt.date | None, precision: str) -> str:
    """`{{ pledge.due_date|date_as_known:pledge.due_precision }}`: a day, a month or a year."""
    return wording.date_with_precision(value, precision)


@register.filter
def date_attribute(value: dt.date, precision: str) -> str:
    """The same for machines."""
    return wording.date_attribute(value, precision)


@register.filter
def check_is_late(pledge: Any) -> bool:
    """Whether the next check of a rated pledge without a final status is overdue."""
    current = pledge.standing
    if not current or shown_status(pledge) != current.status or Status(current.status).is_final:
        return False
    return bool(current.next_check and current.next_check < clock.today())


@register.simple_tag
def office_word(person: Any, mandate: Any, day: dt.date) -> str:
    """“Mayor”, “former mayor” or “candidate”, as the person was on that day, in the form for this person."""
    return wording.office_word(person, mandate, day)


@register.simple_tag
def candidate_submits(person: Any) -> str:
    """*The candidate hands in the programme.* in the person's grammatical form."""
    return wording.for_person(wording.CANDIDATE_SUBMITS, person)


@register.simple_tag
def reply_heading(pledge: Any, candidacy: Any) -> str:
    """Whose reply it is."""
    if pledge.organisation:
        return _("Reply of %(organisation)s") % {"organisation": pledge.organisation.name}
    return wording.for_person(wording.MAYORS_REPLY, candidacy.person)


@register.simple_tag
def quoted(text: str, language: str) -> str:
    """Somebody's words between the quotation marks of their language."""
    opening, closing = wording.quotation_marks(language)
    return f"{opening}{text}{closing}"


@register.filter
def assessment_words(assessment: Any) -> dict[str, Any]:
    """Summary and reasoning: a translation into the reader's language where there is one, else the record's own."""
    language = translation.get_language()
    translated = next((text for text in assessment.texts.all() if text.language == language), None)
    source = translated if translated and language != assessment.language else assessment
    return {
        "summary": source.summary,
        "reasoning": source.reasoning,
        "language": source.language,
        "is_translation": source is not assessment,
    }


@register.filter
def assessment_qualifiers(assessment: Any) -> list[str]:
    """What stands beside the status of an assessment."""
    words = [pgettext("qualifier", "late")] if assessment.late else []
    if assessment.reason:
        words.append(_("reason: %(reason)s") % {"reason": assessment.get_reason_display()})
    return words


@register.filter
def is_not_day(day: dt.date, moment: dt.datetime) -> bool:
    """Whether a day is another one than that of a moment."""
    return day != local_day(moment)


@register.filter
def file_type(name: str) -> str:
    """`PDF` of `report.pdf`."""
    extension = name.rpartition(".")[2]
    return extension.upper() if 0 < len(extension) <= 5 and extension != name else _("file")


@register.filter
def elected_word(person: Any) -> str:
    """*elected* in the person's grammatical form."""
    return wording.for_person(wording.ELECTED, person)


@register.simple_tag
def methodology_url(version: str) -> str:
    """`{% methodology_url assessment.methodology_version %}`: where this version is read; empty where it is nowhere."""
    if version not in choices.methodology_versions():
        return ""
    return reverse("pledges:methodology_version", args=[version])


@register.filter
def at(words: Mapping[str, Any], key: str) -> Any:
    """`{{ kinds|at:entry.kind }}`: what stands under a key; empty where nothing does."""
    return words.get(key, "")


# For pages outside this app


@register.inclusion_tag("components/pledge_overview.html", takes_context=True)
def pledge_overview(context: template.Context) -> dict[str, Any]:
    """`{% pledge_overview %}`: fraction, status bar and mandate clock of the running edition, without a heading.

    Prints nothing where no edition is running.
    """
    asked = asked_day(context)
    edition = choices.running_edition(asked.day)
    shown = overviews.overview(edition, _usual_term(context, edition), asked) if edition else None
    query = {"edition": str(edition.year), "promised_by": "candidate"} if edition else {}
    links = overviews.pledge_list_links({**query, **dict(asked.pairs)}) if edition else {}
    return {"request": _request(context), "overview": shown, "links": links}


@register.inclusion_tag("components/latest_assessments.html", takes_context=True)
def latest_assessments(context: template.Context, count: int = 5) -> dict[str, Any]:
    """`{% latest_assessments 5 %}`: the newest published assessments as a ledger, with what each changed."""
    asked = asked_day(context)
    return {"request": _request(context), "changes": overviews.latest_changes(count, asked), "as_of": asked}


@register.inclusion_tag("components/municipality_map.html", takes_context=True)
def municipality_map(context: template.Context, map_id: str = "map") -> dict[str, Any]:
    """`{% municipality_map %}`: the dot map of the running edition with its key and the same figures in a table."""
    asked = asked_day(context)
    return {
        "request": _request(context),
        "today": asked.today,
        "coverage": overviews.coverage(choices.running_edition(asked.day), asked),
        "labels": drawing.REGION_LABELS,
        "lead": drawing.REGION_LEAD,
        "map_id": map_id,
    }


@register.inclusion_tag("components/find_municipality.html", takes_context=True)
def find_municipality(
    context: template.Context, asked: str = "", field_id: str = "municipality-name"
) -> dict[str, Any]:
    """`{% find_municipality %}`: the form that leads to a municipality by its name."""
    return {"request": _request(context), "asked": asked, "field_id": field_id, "as_of": asked_day(context)}


@register.simple_tag
def running_edition() -> Any:
    """`{% running_edition as edition %}`: year and state of the edition whose mandates run, or nothing."""
    return choices.running_edition()


def _usual_term(context: template.Context, edition: choices.EditionChoice) -> tuple[dt.date, dt.date] | None:
    """The term of an edition's mandates, asked for once in a request."""
    request = _request(context)
    known: dict[int, Any] = getattr(request, "_usual_terms", {})
    if edition.pk not in known:
        known[edition.pk] = overviews.usual_term(edition)
        if request is not None:
            request._usual_terms = known
    return known[edition.pk]


@register.simple_tag(takes_context=True)
def mandate_years(context: template.Context) -> str:
    """`{% mandate_years as years %}`: `2022–2026` of the running edition, or nothing."""
    edition = choices.running_edition(asked_day(context).day)
    term = _usual_term(context, edition) if edition else None
    return f"{term[0].year}–{term[1].year}" if term else ""


def _is_public(edition: Edition | None) -> bool:
    return bool(edition and edition.published_at and edition.published_at <= clock.now())


@register.inclusion_tag("components/edition_key_dates.html", takes_context=True)
def edition_key_dates(context: template.Context, edition: Edition | None, limit: int = 0) -> dict[str, Any]:
    """`{% edition_key_dates edition %}`: an edition's dated steps; which are past, today's or next is computed.

    With a `limit` only that many, from today's or the next one on.
    """
    dates = list(edition.key_dates.with_words()) if edition and _is_public(edition) else []
    coming = [step for step in dates if not step.is_past]
    upcoming = next((step for step in coming if not step.is_now), None)
    return {
        "request": _request(context),
        "dates": coming[:limit] if limit else dates,
        "next": upcoming,
        "is_short": bool(limit),
    }


@register.inclusion_tag("components/edition_facts.html", takes_context=True)
def edition_facts(context: template.Context, edition: Edition | None) -> dict[str, Any]:
    """`{% edition_facts edition %}`: state, methodology and how many stand, as facts."""
    shown = edition if edition and _is_public(edition) else None
    return {
        "request": _request(context),
        "edition": shown,
        "figures": overviews.edition_figures(shown.pk) if shown else None,
    }


def _by_role(partnerships: Any) -> list[dict[str, Any]]:
    rows = partnerships.select_related("organisation__logo").prefetch_related("organisation__texts")
    return overviews.organisations_by_role(rows)


@register.inclusion_tag("components/partners.html", takes_context=True)
def edition_partners(context: template.Context, edition: Edition | None) -> dict[str, Any]:
    """`{% edition_partners edition %}`: its partners by role, and the funder's obligatory text word for word."""
    if not edition or not _is_public(edition):
        return {"request": _request(context), "roles": []}
    return {
        "request": _request(context),
        "roles": _by_role(Partnership.objects.filter(edition=edition)),
        "words": edition.words,
    }


@register.inclusion_tag("components/partners.html", takes_context=True)
def page_partners(context: template.Context, page: Any) -> dict[str, Any]:
    """`{% page_partners page %}`: the partners of a page in every language, by role."""
    return {
        "request": _request(context),
        "roles": _by_role(Partnership.objects.filter(page_translation_key=page.translation_key)),
    }


@register.filter
def organisation_name(organisation: Any) -> str:
    """An organisation's name in the reader's language, else its own."""
    language = translation.get_language()
    return next((text.name for text in organisation.texts.all() if text.language == language), organisation.name)
