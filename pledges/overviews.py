"""What pages outside this app show of the record: counts of an edition, its latest assessments, where it is watched."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zaveza import clock
from zaveza.base.templatetags.base_tags import number

from . import choices, drawing
from .as_of import NOW, AsOf
from .choices import EditionChoice
from .counting import PledgeCount, count_pledges_by
from .enums import Gate, PartnershipRole, PromisedBy, Status
from .models import Assessment, Candidacy, Edition, Mandate, Partnership, Pledge, Programme
from .timeline import Change, changes


@dataclass(frozen=True)
class Overview:
    """The pledges of one edition's candidates, counted, with the clock of its mandates."""

    edition: EditionChoice
    count: PledgeCount
    municipalities: int
    clock: drawing.MandateClock | None


def overview(edition: EditionChoice, term: tuple[dt.date, dt.date] | None, as_of: AsOf = NOW) -> Overview:
    """Count an edition's pledges (one query), now or as known on a day; `term` is its `usual_term`.

    Pledges of organisations are counted apart, on their municipality.
    """
    pledges = Pledge.objects.known(as_of.at).filter(edition=edition.pk, promised_by=PromisedBy.CANDIDATE)
    by_municipality = count_pledges_by(pledges, "municipality_id")
    count = PledgeCount(
        by_status=_sum(group.by_status for group in by_municipality.values()),
        by_gate=_sum(group.by_gate for group in by_municipality.values()),
    )
    watched = sum(1 for group in by_municipality.values() if group.total > group.by_gate.get(Gate.NOT_IN_OFFICE, 0))
    dial = drawing.mandate_clock(*term, as_of.today, count.final_share) if term else None
    return Overview(edition, count, watched, dial)


def _sum(groups: Iterable[Any]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for group in groups:
        total.update(group)
    return dict(total)


def usual_term(edition: EditionChoice) -> tuple[dt.date, dt.date] | None:
    """First and last day of most mandates that the edition's election brought."""
    row = (
        Mandate.objects.public()
        .filter(candidacy__edition=edition.pk)
        .order_by()
        .values_list("start", "planned_end")
        .annotate(mandates=Count("pk"))
        .order_by("-mandates", "start")
        .first()
    )
    return (row[0], row[1]) if row else None


def latest_changes(limit: int, as_of: AsOf = NOW) -> list[tuple[Pledge, Change]]:
    """The newest published assessments of public pledges, with what each changed (three queries)."""
    at = as_of.at
    public = Pledge.objects.public(at)
    newest = list(
        Assessment.objects.public(at)
        .filter(pledge__in=public)
        .select_related("pledge__municipality")
        .prefetch_related("pledge__texts")
        .order_by("-published_at", "-sequence")[:limit]
    )
    history: dict[int, list[Assessment]] = {}
    for row in Assessment.objects.public(at).filter(pledge__in=[row.pledge_id for row in newest]):
        history.setdefault(row.pledge_id, []).append(row)
    by_pk = {change.assessment.pk: change for rows in history.values() for change in changes(rows)}
    return [(row.pledge, by_pk[row.pk]) for row in newest if row.pk in by_pk]


# Where programmes are watched

WATCHED, ONLY_OTHERS, NONE = "watched", "only_others", "none"


@dataclass(frozen=True)
class RegionRow:
    """One row of the table beside the map."""

    name: str
    slug: str
    total: int
    watched: int
    only_others: int

    @property
    def none(self) -> int:
        return self.total - self.watched - self.only_others


@dataclass(frozen=True)
class Coverage:
    """In which municipalities the programme of those in office is watched, as map and as table."""

    edition: EditionChoice | None
    total: int
    rows: list[RegionRow]
    watched: int
    only_others: int
    watched_path: str
    only_others_path: str
    none_path: str

    @property
    def none(self) -> int:
        return self.total - self.watched - self.only_others

    @property
    def description(self) -> str:
        """The map in words, for those who do not see it."""
        return " ".join(
            [
                _("Every dot is a municipality in its place."),
                ngettext("%(count)s dot is filled,", "%(count)s dots are filled,", self.watched)
                % {"count": number(self.watched)},
                ngettext("%(count)s is a ring,", "%(count)s are rings,", self.only_others)
                % {"count": number(self.only_others)},
                ngettext("%(count)s is a small dot.", "%(count)s are small dots.", self.none)
                % {"count": number(self.none)},
                _("The figures by region are in the table beside the map."),
            ]
        )


def municipality_states(edition: EditionChoice | None, as_of: AsOf = NOW) -> dict[int, str]:
    """By municipality: does someone in office have a public programme, or only others (one query)."""
    states: dict[int, str] = {}
    if edition is None:
        return states
    if as_of.day and edition.election_date and edition.election_date > as_of.day:
        return states
    programmes = Programme.objects.public(as_of.at).filter(candidacy=OuterRef("pk"))
    rows = Candidacy.objects.public(as_of.at).filter(Exists(programmes), edition=edition.pk)
    for municipality, elected in rows.order_by().values_list("municipality_id", "elected"):
        if elected:
            states[municipality] = WATCHED
        else:
            states.setdefault(municipality, ONLY_OTHERS)
    return states


def coverage(edition: EditionChoice | None, as_of: AsOf = NOW) -> Coverage:
    """The map and the table of an edition; without an edition every municipality is a small dot."""
    states = municipality_states(edition, as_of)
    places = choices.municipalities()
    by_state: dict[str, list[tuple[int, int]]] = {WATCHED: [], ONLY_OTHERS: [], NONE: []}
    tallies: dict[str, Counter[str]] = {}
    for place in places:
        state = states.get(place.pk, NONE)
        by_state[state].append(place.point)
        tallies.setdefault(place.region_slug, Counter())[state] += 1
    rows = []
    for region in choices.regions():
        tally = tallies.get(region.slug, Counter())
        rows.append(RegionRow(region.name, region.slug, tally.total(), tally[WATCHED], tally[ONLY_OTHERS]))
    return Coverage(
        edition=edition,
        total=len(places),
        rows=rows,
        watched=len(by_state[WATCHED]),
        only_others=len(by_state[ONLY_OTHERS]),
        watched_path=drawing.dots_path(by_state[WATCHED]),
        only_others_path=drawing.dots_path(by_state[ONLY_OTHERS]),
        none_path=drawing.dots_path(by_state[NONE]),
    )


@dataclass(frozen=True)
class EditionFigures:
    """How many stand in an edition, and where."""

    candidacies: int
    municipalities: int


def edition_figures(edition_id: int) -> EditionFigures:
    """Public candidacies of an edition and their municipalities (one query)."""
    row = (
        Candidacy.objects.public()
        .filter(edition=edition_id)
        .aggregate(candidacies=Count("pk"), municipalities=Count("municipality", distinct=True))
    )
    return EditionFigures(**row)


def organisations_by_role(partnerships: Iterable[Partnership]) -> list[dict[str, Any]]:
    """Public organisations by their role, roles in their order; the partnerships bring their organisations along."""
    groups: dict[str, list[Any]] = {}
    for partnership in partnerships:
        organisation = partnership.organisation
        if organisation.published_at and organisation.published_at <= clock.now():
            groups.setdefault(partnership.role, []).append(organisation)
    return [
        {"code": role.value, "label": role.label, "organisations": groups[role.value]}
        for role in PartnershipRole
        if role.value in groups
    ]


def funded_editions() -> list[dict[str, Any]]:
    """Who took part in each public edition and the funder's words, the newest first, in a fixed number of queries."""
    rows = Partnership.objects.select_related("organisation__logo").prefetch_related("organisation__texts")
    editions = Edition.objects.public().with_words().prefetch_related(Prefetch("partnerships", rows)).order_by("-year")
    return [
        {"year": edition.year, "words": edition.words, "roles": organisations_by_role(edition.partnerships.all())}
        for edition in editions
    ]


def pledge_list_links(base: Mapping[str, str]) -> dict[str, str]:
    """Addresses of the pledge list by status or gate, narrowed down by `base`; as the counts of a status bar."""
    address = reverse("pledges:pledge_list")

    def link(extra: Mapping[str, str]) -> str:
        return f"{address}?{urlencode(sorted({**base, **extra}.items()))}"

    links = {status.value: link({"status": status.value}) for status in Status}
    links[Gate.NOT_TESTABLE.value] = link({"testability": "not_testable", "in_office": "yes"})
    links[Gate.NOT_IN_OFFICE.value] = link({"in_office": "no"})
    return links
