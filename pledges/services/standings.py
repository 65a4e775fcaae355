"""*Current at T*, *last changed* and *last checked*: the one place that knows the rule (design: domain, Assessment)."""

import datetime as dt
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import groupby

from ..enums import AssessmentKind, Status
from ..models import Assessment
from ..querysets import as_moment


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


def standings(
    assessments: Iterable[Assessment], at: dt.datetime | dt.date | None = None
) -> Iterator[tuple[dt.datetime, Standing]]:
    """What stood from each moment of publication on, up to T."""
    for published_at, rows in groupby(replay(assessments, at), key=lambda pair: pair[0].published_at):
        yield published_at, deque(rows, maxlen=1)[0][1]
