"""*Current at T*, *last changed* and *last checked*: the one place that knows the rule (design: domain, Assessment)."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
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


def standing_of(assessments: Iterable[Assessment], at: dt.datetime | dt.date | None = None) -> Standing:
    """The rule *current at T* over the assessments of one pledge, in any order; drafts are passed over."""
    standing = Standing()
    for _since, standing in replay(assessments, at):  # noqa: B007 - the last one counts
        pass
    return standing


def replay(
    assessments: Iterable[Assessment], at: dt.datetime | dt.date | None = None
) -> Iterator[tuple[dt.datetime, Standing]]:
    """What stood from each moment of publication on, up to T.

    *Last changed* is the moment since which a reader saw this status: a correction that leaves the status as it was
    does not change it, a retraction that brings an earlier one back does.
    """
    moment = as_moment(at)
    published = sorted(
        (row for row in assessments if row.published_at is not None and row.published_at <= moment),
        key=lambda row: (row.published_at, row.sequence),
    )
    superseded: set[int] = set()
    known: list[Assessment] = []
    last_changed = last_checked = None
    status: str = Status.NOT_ASSESSED
    for published_at, rows in groupby(published, key=lambda row: row.published_at):
        for row in rows:
            known.append(row)
            superseded.add(row.supersedes_id)
            if row.kind != AssessmentKind.RETRACTION:
                last_checked = published_at
        standing = [row for row in known if row.kind != AssessmentKind.RETRACTION and row.pk not in superseded]
        current = max(standing, key=lambda row: (row.effective_date, row.published_at, row.sequence), default=None)
        new_status = current.status if current else Status.NOT_ASSESSED
        if new_status != status:
            status, last_changed = new_status, published_at
        yield published_at, Standing(current, last_changed, last_checked)
