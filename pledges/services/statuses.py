"""The projection of the pledges' statuses: as they are now (`PledgeStatus`) and as they were (`PledgeStanding`).

`standings.replay` knows the rule; `rebuild_statuses` is the only writer of both tables.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.forms.models import model_to_dict

from ..enums import FINAL_STATUSES, EditionState, PledgeState
from ..models import Assessment, Mandate, Pledge, PledgeStanding, PledgeStatus
from ..querysets import PublishedQuerySet, as_moment
from .freshness import refresh
from .rules import local_day, one_writer
from .standings import Standing, standing_of, standings

CHUNK = 500
_PROJECTED_FIELDS = [field.name for field in PledgeStatus._meta.concrete_fields if field.name != "pledge"]
_HISTORY_FIELDS = [field.name for field in PledgeStanding._meta.concrete_fields if field.name not in ("id", "pledge")]
# What of the two tables belongs to one pledge
_Projection = tuple[PledgeStatus | None, list[PledgeStanding]]


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
            wrong = [pk for pk in chunk if _values(expected[pk]) != _values(stored[pk])]
            statuses = [status for pk in wrong if (status := expected[pk][0])]
            PledgeStatus.objects.bulk_create(
                statuses, update_conflicts=True, unique_fields=["pledge"], update_fields=_PROJECTED_FIELDS
            )
            if orphans := [pk for pk in wrong if stored[pk][0] and not expected[pk][0]]:
                PledgeStatus.objects.filter(pk__in=orphans).delete()
            if outdated := [row.pk for pk in wrong for row in stored[pk][1]]:
                PledgeStanding.objects.filter(pk__in=outdated).delete()
            PledgeStanding.objects.bulk_create(row for pk in wrong for row in expected[pk][1])
            refresh("pledge", wrong)
        written += len(wrong)
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
            right, found = expected[pk], stored[pk]
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


def _project(keys: list[int]) -> dict[int, _Projection]:
    """What the projection should hold for these pledges; drafts have no rows."""
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
    projected: dict[int, _Projection] = {pk: (None, []) for pk in keys}
    for pledge in pledges:
        history = list(standings(assessments[pledge.pk], now))
        standing = history[-1][1] if history else Standing()
        status = _row(pledge, standing, pledge.programme.candidacy_id in ended)
        projected[pledge.pk] = status, _history(pledge, history)
    return projected


def _history(pledge: Pledge, history: list[tuple[dt.datetime, Standing]]) -> list[PledgeStanding]:
    """One row for each moment from which on something else stood, until the next."""
    ends = [*(since for since, _standing in history[1:]), None]
    return [
        _filled(PledgeStanding(pledge=pledge, since=since, until=until), standing)
        for (since, standing), until in zip(history, ends, strict=False)
    ]


def _filled(row: Any, standing: Standing) -> Any:
    """The row with what stands."""
    row.status, row.assessment = standing.status, standing.assessment
    row.last_changed, row.last_checked = standing.last_changed, standing.last_checked
    if current := standing.assessment:
        row.late, row.reason = current.late, current.reason
        row.inherited, row.verification = current.inherited, current.verification
    return row


def _row(pledge: Pledge, standing: Standing, mandate_ended: bool) -> PledgeStatus:
    row: PledgeStatus = _filled(PledgeStatus(pledge=pledge), standing)
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


def _stored(keys: list[int]) -> dict[int, _Projection]:
    histories: defaultdict[int, list[PledgeStanding]] = defaultdict(list)
    for row in PledgeStanding.objects.filter(pledge__in=keys).order_by("since"):
        histories[row.pledge_id].append(row)  # type: ignore[attr-defined]
    statuses = PledgeStatus.objects.in_bulk(keys)
    return {pk: (statuses.get(pk), histories[pk]) for pk in keys}


def _values(projection: _Projection) -> tuple[Mapping[str, Any] | None, list[Mapping[str, Any]]]:
    status, history = projection
    return (
        None if status is None else _fields(status, _PROJECTED_FIELDS),
        [_fields(row, _HISTORY_FIELDS) for row in history],
    )


def _fields(row: PledgeStatus | PledgeStanding, names: list[str]) -> Mapping[str, Any]:
    return model_to_dict(row, names)


def _difference(found: _Projection, right: _Projection) -> str:
    (stored, history), (expected, right_history) = _values(found), _values(right)
    if stored is None or expected is None:
        return "no row in the projection" if stored is None else "a draft has a row in the projection"
    words = [
        f"{name} is {stored[name]!s}, should be {expected[name]!s}"
        for name in _PROJECTED_FIELDS
        if stored[name] != expected[name]
    ]
    if history != right_history:
        words.append("the history differs from the record")
    return ", ".join(words)
