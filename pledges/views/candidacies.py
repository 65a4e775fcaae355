"""One candidacy, and the programme that it handed in."""

import datetime as dt
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from zaveza import clock
from zaveza.base.methods import read_only

from .. import wording
from ..as_of import NOW, AsOf, known_candidacy, known_programme, read, stamp
from ..enums import Suitability
from ..models import Candidacy, ExtractionAgreement, Pledge, Programme, Recognition
from .frame import crumbs, mandate_dial, mandate_of, municipality_crumbs
from .proposals import uptakes_of
from .sides import both_sides


def public_candidacies(at: dt.datetime | None = None) -> Any:
    """Candidacies that a page may show: those of editions that are public themselves, now or at a moment."""
    now = at or clock.now()
    return (
        Candidacy.objects.public(now)
        .filter(edition__published_at__lte=now)
        .select_related("person", "municipality__region", "edition", "mandate")
    )


def public_programmes(at: dt.datetime | None = None) -> Any:
    """Programmes of public candidacies, now or at a moment."""
    now = at or clock.now()
    return Programme.objects.public(now).filter(
        candidacy__published_at__lte=now, candidacy__edition__published_at__lte=now
    )


@read_only
def candidate(request: HttpRequest, public_id: str) -> HttpResponse:
    """A person's candidacy: list, results, programme, recognition and pledges, now or as known on a day."""
    as_of = read(request.GET)
    at = as_of.at
    record = public_candidacies(at).filter(public_id=public_id).first()
    if record is None:
        raise Http404
    pledges = Pledge.objects.known(at).filter(programme__candidacy=record)
    mandate = mandate_of(record, as_of)
    others = list(
        public_candidacies(at)
        .filter(person=record.person)
        .exclude(pk=record.pk)
        .order_by("-edition__year", "municipality__slug")
    )
    if as_of.is_past:
        known_candidacy(record, as_of.today)
    sides = both_sides(pledges, list_query(record, as_of))
    programmes = public_programmes(at).filter(candidacy=record).order_by("-version")
    return render(
        request,
        "pages/candidate.html",
        {
            **stamp(as_of),
            "candidacy": record,
            "person": record.person,
            "lede": _lede(record),
            "mandate": mandate,
            "programmes": [known_programme(row, as_of) for row in programmes],
            "recognitions": list(Recognition.objects.public(at).filter(candidacy=record)),
            "others": others,
            "takes_followers": not as_of.is_past and not all(row.edition.is_archived for row in (record, *others)),
            "sides": sides,
            "clock": mandate_dial(mandate, sides.candidate.count, as_of),
            "breadcrumbs": crumbs(*municipality_crumbs(record.municipality, as_of), (record.person.name, None)),
            "description": _("%(person)s, candidate for mayor of %(municipality)s in %(year)s: programme and pledges.")
            % {
                "person": record.person.name,
                "municipality": record.municipality.name,
                "year": record.edition.year,
            },
        },
    )


@read_only
def programme(request: HttpRequest, public_id: str) -> HttpResponse:
    """One version of a programme of cooperation: its file, its suitability and the pledges cut from it."""
    as_of = read(request.GET)
    at = as_of.at
    record = (
        public_programmes(at)
        .filter(public_id=public_id)
        .select_related("candidacy__person", "candidacy__municipality", "candidacy__edition", "candidacy__mandate")
        .first()
    )
    if record is None:
        raise Http404
    candidacy = record.candidacy
    if as_of.is_past:
        known_candidacy(candidacy, as_of.today)
        known_programme(record, as_of)
    criteria = list(record.criteria.all()) if record.suitability else []
    pledges = Pledge.objects.known(at).filter(programme=record)
    versions = list(public_programmes(at).filter(candidacy=candidacy).exclude(pk=record.pk).order_by("-version"))
    return render(
        request,
        "pages/programme.html",
        {
            **stamp(as_of),
            "programme": record,
            "candidacy": candidacy,
            "person": candidacy.person,
            "versions": versions,
            "agreement": ExtractionAgreement.objects.public(as_of.at).filter(programme=record).first(),
            "criteria": criteria,
            "recognitions": list(Recognition.objects.public(at).filter(candidacy=candidacy)),
            "newest": max([record, *versions], key=lambda version: version.version),
            "sides": both_sides(pledges, list_query(candidacy, as_of)),
            "uptakes": list(uptakes_of(candidacy, at)),
            "breadcrumbs": crumbs(
                *municipality_crumbs(candidacy.municipality, as_of),
                (candidacy.person.name, reverse("pledges:candidate", args=[candidacy.public_id]) + as_of.query),
                (_("Programme, version %(version)s") % {"version": record.version}, None),
            ),
            "description": _("The programme of cooperation of %(person)s, %(municipality)s, %(year)s.")
            % {
                "person": candidacy.person.name,
                "municipality": candidacy.municipality.name,
                "year": candidacy.edition.year,
            },
        },
    )


@read_only
def certificate(request: HttpRequest, public_id: str) -> HttpResponse:
    """A recognition as a sheet of paper: who, for what, when, and where to check that it is true."""
    record = (
        Recognition.objects.public()
        .filter(public_id=public_id)
        .select_related("candidacy__person", "candidacy__municipality", "candidacy__edition")
        .first()
    )
    if record is None:
        raise Http404
    candidacy = record.candidacy
    decided = public_programmes().filter(candidacy=candidacy, suitability=Suitability.SUITABLE)
    words = candidacy.edition.words
    return render(
        request,
        "pages/certificate.html",
        {
            "recognition": record,
            "candidacy": candidacy,
            "person": candidacy.person,
            "programme": decided.order_by("-version").first(),
            "edition_title": words.title if words else str(candidacy.edition),
            "permanent_path": reverse("permanent", args=[record.public_id]),
            "breadcrumbs": crumbs(
                *municipality_crumbs(candidacy.municipality),
                (candidacy.person.name, reverse("pledges:candidate", args=[candidacy.public_id])),
                (_("Recognition"), None),
            ),
            "description": _("%(kind)s to %(person)s, %(municipality)s, %(year)s.")
            % {
                "kind": record.kind,
                "person": candidacy.person.name,
                "municipality": candidacy.municipality.name,
                "year": candidacy.edition.year,
            },
        },
    )


def _lede(record: Candidacy) -> SafeString:
    """Where and when this person stood."""
    words = {"who": record.person.name, "municipality": record.municipality.name, "year": record.edition.year}
    return wording.sentence(wording.CANDIDATE_STANDS, record.person, **words)


def list_query(candidacy: Candidacy, as_of: AsOf = NOW) -> dict[str, str]:
    """The query of the pledge list with the pledges of one candidacy, on the same day."""
    query = {"edition": str(candidacy.edition.year), "municipality": candidacy.municipality.slug}
    if candidacy.list_name:
        query["list"] = candidacy.list_name
    return {**query, **dict(as_of.pairs)}
