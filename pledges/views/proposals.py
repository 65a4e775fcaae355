"""One proposal of an organisation: what it asked for, and which candidacies took it up."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from zaveza.base.methods import read_only

from .. import choices
from ..as_of import read, stamp
from ..models import Candidacy, Municipality, Pledge, Proposal, ProposalUptake
from .frame import crumbs, municipality_crumbs


@dataclass(frozen=True)
class Answer:
    """What one candidacy did with a proposal. `pledge` is the row of a pledge that is in the lists.

    One that was merged or withdrawn has only its id here: the permanent address says the rest.
    """

    uptake: ProposalUptake
    pledge: Any = None

    @property
    def closed_id(self) -> str:
        """The id of a pledge that is not in the lists any more; empty where there is none."""
        return str(self.uptake.pledge.public_id) if self.uptake.pledge and not self.pledge else ""


@read_only
def proposal(request: HttpRequest, public_id: str) -> HttpResponse:
    """A published proposal with the pledges that took it up, now or as known on a day."""
    as_of = read(request.GET)
    record = (
        Proposal.objects.public(as_of.at)
        .filter(public_id=public_id)
        .select_related("edition", "organisation", "municipality", "topic")
        .prefetch_related("edition__texts", "organisation__texts")
        .first()
    )
    if record is None:
        raise Http404
    place, words = record.municipality, record.edition.words
    return render(
        request,
        "pages/proposal.html",
        {
            **stamp(as_of),
            "proposal": record,
            "edition_title": words.title if words else str(record.edition.year),
            "edition_language": words.language if words else "",
            "topic": next(iter(choices.topic_names([record.topic.code])), None) if record.topic else None,
            "answers": _answers(record, as_of.at),
            "breadcrumbs": crumbs(*(municipality_crumbs(place, as_of) if place else ()), (record.title, None)),
            "description": _("What %(organisation)s asked of candidates in %(year)s, and which of them took it up.")
            % {"organisation": record.organisation.name, "year": record.edition.year},
        },
    )


def _answers(record: Proposal, at: dt.datetime | None) -> list[Answer]:
    """By municipality and name; the pledges with the status that was known then (four queries)."""
    uptakes = list(
        ProposalUptake.objects.public(at)
        .filter(proposal=record)
        .select_related("candidacy__person", "candidacy__municipality", "candidacy__edition", "pledge")
        .order_by("candidacy__municipality__slug", "candidacy__person__name", "pledge__number", "pk")
    )
    pledges = Pledge.objects.known(at).filter(pk__in={row.pledge_id for row in uptakes if row.pledge_id})
    shown = {row.pk: row for row in pledges.for_listing()}
    return [Answer(row, shown.get(row.pledge_id)) for row in uptakes]


def proposals_to(municipality: Municipality, at: dt.datetime | None) -> QuerySet[Proposal]:
    """The public proposals that were addressed to one municipality, the newest election first."""
    return _listed(Proposal.objects.public(at).filter(municipality=municipality))


def uptakes_of(candidacy: Candidacy, at: dt.datetime | None) -> QuerySet[ProposalUptake]:
    """What one candidacy did with the public proposals that it was asked about."""
    return (
        ProposalUptake.objects.public(at)
        .filter(candidacy=candidacy)
        .select_related("proposal__organisation", "pledge")
        .order_by("proposal__title", "pledge__number", "pk")
    )


def _listed(proposals: QuerySet[Proposal]) -> QuerySet[Proposal]:
    return proposals.select_related("organisation", "edition").order_by("-edition__year", "title", "pk")
