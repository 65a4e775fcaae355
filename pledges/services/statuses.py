"""*Current at T*, *last changed* and *last checked* (design: domain, Assessment), and the projection of them.

`replay` is the one place that knows the rule; `rebuild_statuses` is the only writer of `PledgeStatus`.
"""

import datetime as dt
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import groupby
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.forms.models import model_to_dict

from ..enums import FINAL_STATUSES, AssessmentKind, EditionState, PledgeState, Status
from ..models import Assessment, Mandate, Pledge, PledgeStatus
from ..querysets import PublishedQuerySet, as_moment
from .freshness import refresh
from .rules import local_day, one_writer

CHUNK = 500
_PROJECTED_FIELDS = [field.name for field in PledgeStatus._meta.concrete_fields if field.name != "pledge"]


@dataclass(frozen=True)
class Standing:
    """What a pledge's published assessments amount to at one moment."""

    assessment: Assessment | None = None
    last_changed: dt.datetime | None = None
    last_checked: dt.datetime | None = None

    @property
    def status(self) -> str:
        """The status; `not_assessed` where no assessment stands."""
        return self.assessment.status if self.assessment else Status.NOT_ASSESSED


def replay(
    assessments: Iterable[Assessment], at: dt.datetime | dt.date | None = None
) -> Iterator[tuple[Assessment, Standing]]:
    """Each published row of one pledge in order of publication, with what stands after it; drafts are passed over.

    *Last changed* is the moment since which a reader saw this status: a correction that leaves the status as it was
    does not change it, a retraction that brings an earlier one back does. Of rows published at one moment readers saw
    only the outcome. Takes n log n steps for n rows.
    """
    moment = as_moment(at)
    published = sorted(
        (row for row in assessments if row.published_at is not None and row.published_at <= moment),
        key=lambda row: (row.published_at, row.sequence),
    )
    superseded: set[int | None] = set()
    # The row that stands is the last of (effective date, published at, sequence) that nothing supersedes.
    standing: list[tuple[int, float, int, Assessment]] = []
    seen_status: str = Status.NOT_ASSESSED
    seen_since = last_checked = None
    for published_at, rows in groupby(published, key=lambda row: row.published_at):
        outcome = Standing()
        for row in rows:
            superseded.add(row.supersedes_id)
            if row.kind != AssessmentKind.RETRACTION:
                last_checked = published_at
                rank = (-row.effective_date.toordinal(), -published_at.timestamp(), -row.sequence)
                heappush(standing, (*rank, row))
            while standing and standing[0][-1].pk in superseded:
                heappop(standing)
            current = standing[0][-1] if standing else None
            status = current.status if current else Status.NOT_ASSESSED
            outcome = Standing(current, seen_since if status == seen_status else published_at, last_checked)
            yield row, outcome
        seen_status, seen_since = outcome.status, outcome.last_changed


def standing_of(assessments: Iterable[Assessment], at: dt.datetime | dt.date | None = None) -> Standing:
    """The rule *current at T* over the assessments of one pledge, in any order."""
    last = deque(replay(assessments, at), maxlen=1)
    return last[0][1] if last else Standing()


def current_assessment(pledge: Pledge, at: dt.datetime | dt.date | None = None) -> Assessment | None:
    """The assessment that stands, now or as known at an earlier moment or at the end of an earlier day."""
    return standing_of(pledge.assessments.public(as_moment(at)), at).assessment


def rebuild_statuses(
    pledges: QuerySet[Pledge] | Iterable[Pledge] | None = None, progress: Callable[[int], Any] | None = None
) -> int:
    """Write the projection of these pledges, or of all, and return how many rows were wrong or missing.

    Works chunk by chunk, each alone with the record, so memory stays the same however many pledges there are.
    `progress` is told the number of pledges after each chunk.
    """
    written = 0
    for chunk in _chunks(pledges):
        with one_writer():
            expected, stored = _project(chunk), _stored(chunk)
            drifted = {pk: row for pk, row in expected.items() if _values(row) != _values(stored.get(pk))}
            PledgeStatus.objects.bulk_create(
                drifted.values(), update_conflicts=True, unique_fields=["pledge"], update_fields=_PROJECTED_FIELDS
            )
            orphans = [pk for pk in stored if pk not in expected]
            PledgeStatus.objects.filter(pk__in=orphans).delete()
            refresh("pledge", [*drifted, *orphans])
        written += len(drifted) + len(orphans)
        if progress:
            progress(len(chunk))
    return written


def check_statuses(progress: Callable[[int], Any] | None = None) -> list[str]:
    """Compare the projection with the record and describe each pledge that drifted; writes nothing."""
    drifts: list[str] = []
    for chunk in _chunks(None):
        expected, stored = _project(chunk), _stored(chunk)
        names = dict(Pledge.objects.filter(pk__in=chunk).values_list("pk", "public_id"))
        for pk in chunk:
            right, found = expected.get(pk), stored.get(pk)
            if _values(right) != _values(found):
                drifts.append(f"{names[pk] or f'draft {pk}'}: {_difference(found, right)}")
        if progress:
            progress(len(chunk))
    return drifts


def _chunks(pledges: QuerySet[Pledge] | Iterable[Pledge] | None) -> Iterator[list[int]]:
    if pledges is not None and not isinstance(pledges, QuerySet):
        keys = sorted(pledge.pk for pledge in pledges)
        yield from (keys[start : start + CHUNK] for start in range(0, len(keys), CHUNK))
        return
    rows = Pledge.objects.all() if pledges is None else Pledge.objects.filter(pk__in=pledges.order_by().values("pk"))
    last = 0
    while chunk := list(rows.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:CHUNK]):
        yield chunk
        last = chunk[-1]


def _project(keys: list[int]) -> dict[int, PledgeStatus]:
    """What the projection should hold for these pledges; drafts have no row."""
    pledges = (
        Pledge.objects.with_gate()  # type: ignore[attr-defined]
        .filter(pk__in=keys, published_at__isnull=False)
        .select_related("edition", "programme__candidacy")
        .only("state", "published_at", "testability", "edition__state", "programme__candidacy__elected")
    )
    assessments: defaultdict[int, list[Assessment]] = defaultdict(list)
    now = as_moment()
    published: PublishedQuerySet = Assessment.objects.public(now)  # type: ignore[attr-defined]
    for row in published.filter(pledge__in=keys).defer("summary", "reasoning"):
        assessments[row.pledge_id].append(row)
    ended = set(
        Mandate.objects.filter(candidacy__programmes__pledges__in=keys, end__isnull=False)
        .values_list("candidacy", flat=True)
        .distinct()
    )
    return {
        pledge.pk: _row(pledge, standing_of(assessments[pledge.pk], now), pledge.programme.candidacy_id in ended)
        for pledge in pledges
    }


def _row(pledge: Pledge, standing: Standing, mandate_ended: bool) -> PledgeStatus:
    current = standing.assessment
    row = PledgeStatus(
        pledge=pledge,
        status=standing.status,
        assessment=current,
        last_changed=standing.last_changed,
        last_checked=standing.last_checked,
    )
    if current:
        row.late, row.reason = current.late, current.reason
        row.inherited, row.verification = current.inherited, current.verification
    watched = (
        pledge.state == PledgeState.PUBLISHED
        and not pledge.gate  # type: ignore[attr-defined]
        and not mandate_ended
        and pledge.edition.state != EditionState.ARCHIVED
        and row.status not in FINAL_STATUSES
    )
    since = standing.last_checked or pledge.published_at
    if watched and since:
        row.next_check = local_day(since) + dt.timedelta(days=settings.PLEDGES_CHECK_INTERVAL_DAYS)
    return row


def _stored(keys: list[int]) -> dict[int, PledgeStatus]:
    return PledgeStatus.objects.in_bulk(keys)


def _values(row: PledgeStatus | None) -> Mapping[str, Any] | None:
    return None if row is None else model_to_dict(row, _PROJECTED_FIELDS)


def _difference(found: PledgeStatus | None, right: PledgeStatus | None) -> str:
    if found is None or right is None:
        return "no row in the projection" if found is None else "a draft has a row in the projection"
    stored, expected = _values(found) or {}, _values(right) or {}
    return ", ".join(
        f"{name} is {stored[name]!s}, should be {expected[name]!s}"
        for name in _PROJECTED_FIELDS
        if stored[name] != expected[name]
    )
