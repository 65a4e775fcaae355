"""TimeMaps (RFC 7089, section 5): the days on which what a page shows changed, each with the address of that state."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import TruncDate
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import http_date

from zaveza import clock
from zaveza.base.methods import read_only

from ..as_of import PARAMETER
from ..ledger.contents import public_pledges
from ..models import Amendment, Assessment, Candidacy, Correction, Mandate, Municipality, Pledge, Programme, Reply


@read_only
def pledge_timemap(request: HttpRequest, public_id: str) -> HttpResponse:
    """The TimeMap of a pledge; one that was withdrawn or merged keeps that of the days when it was public."""
    record = Pledge.objects.filter(public_id=public_id).first()
    if record is None or record.pk not in public_pledges([record.pk], clock.now()):
        raise Http404
    return _timemap(request, reverse("pledges:pledge", args=[public_id]), pledge_days(record))


@read_only
def municipality_timemap(request: HttpRequest, slug: str) -> HttpResponse:
    """The TimeMap of a municipality."""
    record = get_object_or_404(Municipality, slug=slug)
    return _timemap(request, reverse("pledges:municipality", args=[slug]), municipality_days(record))


def pledge_days(pledge: Pledge) -> list[dt.date]:
    """The past days on which something of a pledge was published, in order; from its closing on it has none."""
    days = _said_of(Q(pledge=pledge)) | _days(Pledge.objects.filter(pk=pledge.pk), "published_at")
    return sorted(day for day in days if pledge.closed_at is None or day < _local(pledge.closed_at))


def municipality_days(municipality: Municipality) -> list[dt.date]:
    """The past days on which something of a municipality's record changed, in order."""
    today = clock.today()
    pledges: Any = Pledge.objects.filter(municipality=municipality)
    candidacies = Candidacy.objects.public().filter(municipality=municipality)  # type: ignore[attr-defined]
    programmes = Programme.objects.public().filter(candidacy__municipality=municipality)  # type: ignore[attr-defined]
    mandates = Mandate.objects.public().filter(municipality=municipality)  # type: ignore[attr-defined]
    public = public_pledges(pledges.values_list("pk", flat=True), clock.now())
    days = _said_of(Q(pledge__in=public)) | _days(pledges.filter(pk__in=public), "published_at", "closed_at")
    days |= _days(candidacies, "published_at") | _days(programmes, "published_at")
    for start, end in mandates.values_list("start", "end"):
        days |= {day for day in (start, end) if day and day < today}
    days |= {day for day in candidacies.values_list("edition__election_date", flat=True) if day and day < today}
    return sorted(days)


def _said_of(about: Q) -> set[dt.date]:
    """The days of what is published about pledges."""
    days = _days(Assessment.objects.filter(about), "published_at")
    days |= _days(Reply.objects.filter(about), "published_at", "concluded_at")
    days |= _days(Correction.objects.filter(about), "published_at")
    return days | _days(Amendment.objects.filter(about), "published_at")


def _days(rows: QuerySet, *moments: str) -> set[dt.date]:
    """The days of these moments that are over."""
    found: set[dt.date] = set()
    for moment in moments:
        published = rows.order_by().filter(**{f"{moment}__isnull": False})
        found |= set(published.values_list(TruncDate(moment, tzinfo=clock.SITE_ZONE), flat=True).distinct())
    return {day for day in found if day < clock.today()}


def _local(moment: dt.datetime) -> dt.date:
    return moment.astimezone(clock.SITE_ZONE).date()


def _timemap(request: HttpRequest, path: str, days: Iterable[dt.date]) -> HttpResponse:
    original, own = (request.build_absolute_uri(address) for address in (path, request.path))
    moments = [(day, http_date(int(clock.end_of_day(day).timestamp()))) for day in days]
    bounds = f'; from="{moments[0][1]}"; until="{moments[-1][1]}"' if moments else ""
    links = [
        f'<{original}>; rel="original timegate"',
        f'<{own}>; rel="self"; type="application/link-format"{bounds}',
    ]
    for number, (day, moment) in enumerate(moments):
        place = [word for word, is_it in (("first", number == 0), ("last", number == len(moments) - 1)) if is_it]
        relation = " ".join([*place, "memento"])
        links.append(f'<{original}?{PARAMETER}={day.isoformat()}>; rel="{relation}"; datetime="{moment}"')
    return HttpResponse(",\n".join(links) + "\n", content_type="application/link-format")
