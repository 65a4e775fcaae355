"""The municipalities, and one of them."""

import datetime as dt
import difflib
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, OuterRef, Prefetch, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zaveza.base.methods import read_only
from zaveza.base.templatetags.base_tags import day, number

from .. import choices, drawing, overviews, wording
from ..as_of import AsOf, known_candidacy, known_mandate, read, stamp
from ..choices import MunicipalityChoice, fold
from ..filters import IN_OFFICE
from ..models import Candidacy, HubCoverage, Mandate, Municipality, Pledge, Recognition
from .candidacies import list_query, public_candidacies, public_programmes
from .frame import crumbs, is_public, mandate_dial
from .memento import negotiated, remember
from .proposals import proposals_to
from .sides import Sides, both_sides
from .timemaps import municipality_days

# Names offered where nothing was found.
SUGGESTIONS = 5
MAX_NAME = 100


@read_only
def municipality_list(request: HttpRequest) -> HttpResponse:
    """All municipalities by region; `?q=` finds them by name, and a single hit leads straight there."""
    as_of = read(request.GET)
    asked = " ".join(request.GET.get("q", "").split())[:MAX_NAME]
    found = find(asked) if asked else []
    if len(found) == 1:
        return HttpResponseRedirect(reverse("pledges:municipality", args=[found[0].slug]) + as_of.query)
    edition = choices.running_edition(as_of.day)
    states = overviews.municipality_states(edition, as_of)
    return render(
        request,
        "pages/municipality_list.html",
        {
            **stamp(as_of, [("q", asked)] if asked else [], f"?{urlencode({'q': asked})}" if asked else ""),
            "asked": asked,
            "found": found,
            "suggestions": suggest(asked) if asked and not found else [],
            "regions": _by_region(states),
            "total": len(choices.municipalities()),
            "edition": edition,
            "breadcrumbs": crumbs((_("Municipalities"), None)),
            "description": _("All municipalities of Slovenia by region, with the programmes that we watch."),
            "noindex": bool(asked) or as_of.is_past,
        },
    )


def find(asked: str) -> list[MunicipalityChoice]:
    """Municipalities of this name, without regard to case and carets; else those whose name contains it."""
    wanted = fold(asked.replace("-", " "))
    names = [(place, fold(place.name.replace("-", " "))) for place in choices.municipalities()]
    exact = [place for place, name in names if name == wanted]
    return exact or [place for place, name in names if wanted and wanted in name]


def suggest(asked: str) -> list[MunicipalityChoice]:
    """Municipalities whose names look like what was typed."""
    by_name = {place.folded: place for place in choices.municipalities()}
    return [by_name[name] for name in difflib.get_close_matches(fold(asked), by_name, n=SUGGESTIONS, cutoff=0.6)]


def _by_region(states: dict[int, str]) -> list[dict[str, Any]]:
    places: dict[str, list[dict[str, Any]]] = {}
    for place in choices.municipalities():
        entry = {"place": place, "state": states.get(place.pk, overviews.NONE)}
        places.setdefault(place.region_slug, []).append(entry)
    return [{"region": region, "places": places.get(region.slug, [])} for region in choices.regions()]


@read_only
def municipality(request: HttpRequest, slug: str) -> HttpResponse:
    """One municipality: who is in office, what they promised and what became of it; who else stood; facts."""
    record = get_object_or_404(Municipality.objects.select_related("region"), slug=slug)
    as_of = read(request.GET)
    at = as_of.at
    if answer := negotiated(request, as_of, lambda: municipality_days(record)):
        return answer
    mandates = [
        known_mandate(row, as_of.today)
        for row in Mandate.objects.public()
        .filter(municipality=record, start__lte=as_of.today)
        .select_related("person", "candidacy__edition", "candidacy__person")
        .order_by("-start")
    ]
    candidacies = _candidacies(record, as_of)
    mandate = mandates[0] if mandates else None
    candidacy = _candidacy_of(mandate, candidacies)
    sides = Sides()
    if candidacy:
        pledges = Pledge.objects.known(at).filter(programme__candidacy=candidacy)
        sides = both_sides(pledges, {**list_query(candidacy, as_of), "in_office": IN_OFFICE})
    response = render(
        request,
        "pages/municipality.html",
        {
            **stamp(as_of),
            "municipality": record,
            "lede": _lede(mandate, candidacy, sides.candidate.count.total, as_of.today),
            "mandate": mandate,
            "candidacy": candidacy,
            "sides": sides,
            "clock": mandate_dial(mandate, sides.candidate.count, as_of),
            "programmes": candidacy.public_programmes if candidacy else [],
            "recognitions": candidacy.public_recognitions if candidacy else [],
            "coverages": _coverages(record, as_of),
            "elections": _elections(candidacies),
            "proposals": list(proposals_to(record, at)),
            "earlier_mandates": _earlier(mandates[1:], candidacies),
            "map_title": _("Where %(name)s lies among the municipalities of Slovenia") % {"name": record.name},
            "place": drawing.placed_name(drawing.map_point(record.latitude, record.longitude), record.name),
            "others": drawing.dots_path(place.point for place in choices.municipalities() if place.pk != record.pk),
            "breadcrumbs": crumbs(
                (_("Municipalities"), reverse("pledges:municipality_list") + as_of.query),
                (record.region.name, f"{reverse('pledges:municipality_list')}{as_of.query}#{record.region.slug}"),
                (record.name, None),
            ),
            "description": _description(record, sides.candidate.count.total),
            "search_scope": {"value": f"municipality:{record.slug}", "label": record.name},
        },
    )
    return remember(request, response, as_of)


def _lede(mandate: Mandate | None, candidacy: Any, total: int, today: dt.date) -> SafeString:
    """Who is in office, whether they handed in a programme, and how many pledges are in it."""
    if mandate is None:
        return format_html("{}", _("We know of no mandate in this municipality yet."))
    person = mandate.person
    name = format_html("<strong>{}</strong>", person.name)
    parts = []
    if candidacy is None:
        parts.append(wording.sentence(wording.MAYOR_IN_OFFICE, person, who=name, day=day(mandate.start)))
    else:
        who = format_html("{} ({})", name, candidacy.list_name) if candidacy.list_name else name
        forms = wording.MAYOR_HANDED_IN if candidacy.public_programmes else wording.MAYOR_WITHOUT_PROGRAMME
        parts.append(wording.sentence(forms, person, who=who, year=candidacy.edition.year))
    if total:
        words = ngettext("We found %(count)s pledge in it.", "We found %(count)s pledges in it.", total)
        parts.append(format_html("{}", words % {"count": number(total)}))
    if mandate.end and mandate.end < today:
        words = _("The mandate ended on %(day)s: %(reason)s.")
        ended = words % {"day": day(mandate.end), "reason": mandate.get_end_reason_display()}
        parts.append(format_html("{}", ended))
    return format_html_join(" ", "{}", ((part,) for part in parts))


def _description(record: Municipality, total: int) -> str:
    words = ngettext(
        "Municipality of %(name)s: %(count)s pledge of the mayor, with its status and evidence.",
        "Municipality of %(name)s: %(count)s pledges of the mayor, with their status and evidence.",
        total,
    )
    return words % {"name": record.name, "count": number(total)}


def _candidacies(record: Municipality, as_of: AsOf) -> list[Any]:
    """Everybody who stood here, newest election first, with their programmes and the number of their pledges."""
    pledges = Pledge.objects.public(as_of.at).filter(programme__candidacy=OuterRef("pk")).order_by()
    number_of = pledges.values("programme__candidacy").annotate(count=Count("pk")).values("count")
    programmes = public_programmes(as_of.at).order_by("-version")
    recognitions = Recognition.objects.public(as_of.at)
    rows = list(
        public_candidacies(as_of.at)
        .filter(municipality=record)
        .annotate(pledge_count=Subquery(number_of))
        .prefetch_related(
            Prefetch("programmes", programmes, to_attr="public_programmes"),
            Prefetch("recognitions", recognitions, to_attr="public_recognitions"),
        )
        .order_by("-edition__year", "-elected", "person__name")
    )
    return [known_candidacy(row, as_of.today) for row in rows] if as_of.is_past else rows


def _candidacy_of(mandate: Mandate | None, candidacies: Iterable[Candidacy]) -> Any:
    """The public candidacy that won this mandate."""
    if mandate is None:
        return None
    return next((row for row in candidacies if row.pk == mandate.candidacy_id), None)


def _elections(candidacies: Iterable[Any]) -> list[dict[str, Any]]:
    """Candidacies by edition."""
    elections: dict[int, dict[str, Any]] = {}
    for row in candidacies:
        election = elections.setdefault(row.edition.year, {"edition": row.edition, "candidacies": []})
        election["candidacies"].append(row)
    return list(elections.values())


def _earlier(mandates: Iterable[Mandate], candidacies: list[Any]) -> list[dict[str, Any]]:
    """Earlier mandates with the number of their pledges."""
    earlier = []
    for mandate in mandates:
        candidacy = _candidacy_of(mandate, candidacies)
        earlier.append({"mandate": mandate, "candidacy": candidacy})
    return earlier


def _coverages(record: Municipality, as_of: AsOf) -> list[HubCoverage]:
    """Hubs that watch this municipality on that day."""
    day = as_of.today
    rows = (
        HubCoverage.objects.filter(municipality=record, start__lte=day)
        .select_related("hub")
        .prefetch_related("hub__texts")
    )
    return [row for row in rows if (row.end is None or row.end >= day) and is_public(row.hub)]
