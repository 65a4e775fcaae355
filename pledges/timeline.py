"""The history of a pledge as readers follow it: what each published row changed, newest first."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from zaveza import clock

from .drawing import Step
from .enums import AssessmentKind, ReplyState, Status
from .models import Amendment, Assessment, Correction, Evidence, Reply
from .services import replay


@dataclass
class Change:
    """One published assessment with the status of the pledge before and after it."""

    assessment: Assessment
    before: str
    after: str
    replies: list[Reply] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    # The earlier row that this one corrects or withdraws
    supersedes: Assessment | None = None
    # The later row that corrects or withdraws this one
    superseded_by: Assessment | None = None

    @property
    def is_change(self) -> bool:
        return self.before != self.after

    @property
    def is_fix(self) -> bool:
        """A correction or retraction of an earlier row."""
        return self.assessment.kind in (AssessmentKind.CORRECTION, AssessmentKind.RETRACTION)


def changes(rows: Iterable[Assessment]) -> list[Change]:
    """What each of these published rows of one pledge changed, in order of publication."""
    result: list[Change] = []
    before = Status.NOT_ASSESSED.value
    for row, standing in replay(rows):
        after = str(standing.status)
        result.append(Change(row, before, after))
        before = after
    by_pk = {change.assessment.pk: change for change in result}
    for change in result:
        earlier = by_pk.get(change.assessment.supersedes_id)
        if earlier:
            earlier.superseded_by = change.assessment
            change.supersedes = earlier.assessment
    return result


def steps(history: Sequence[Change]) -> list[Step]:
    """The days on which the status changed, for the history strip; of several on one day the last."""
    by_day: dict[dt.date, str] = {}
    for change in history:
        by_day[local_day(change.assessment.published_at)] = change.after
    result: list[Step] = []
    for day, status in sorted(by_day.items()):
        if status != (result[-1].status if result else Status.NOT_ASSESSED.value):
            result.append(Step(day, status))
    return result


def local_day(moment: dt.datetime) -> dt.date:
    """The day of a moment in Europe/Ljubljana."""
    return moment.astimezone(clock.SITE_ZONE).date()


def known_replies(replies: Iterable[Reply], at: dt.datetime) -> list[Reply]:
    """Public replies as readers saw them at a moment: before the outcome is published, only that somebody was asked."""
    known = []
    for reply in replies:
        if reply.concluded_at is None or reply.concluded_at > at:
            reply.state, reply.text, reply.editors_note, reply.received_on = ReplyState.INVITED, "", "", None
            reply.concluded_at, reply.text_digest, reply.channel, reply.entered_why = None, "", "", ""
        known.append(reply)
    return known


@dataclass(frozen=True)
class Entry:
    """One entry: a `change`, `correction`, `reply`, `amendment` or the `submission` of the programme."""

    kind: str
    at: dt.datetime
    record: Any
    # The last day of the mandate; what is published later is marked.
    ended_on: dt.date | None = None

    @property
    def is_after_the_end(self) -> bool:
        return self.ended_on is not None and self.day > self.ended_on

    @property
    def day(self) -> dt.date:
        return local_day(self.at)


def entries(
    history: Sequence[Change],
    replies: Iterable[Reply],
    corrections: Iterable[Correction],
    submitted_at: dt.datetime | None,
    amendments: Iterable[Amendment] = (),
    ended_on: dt.date | None = None,
) -> list[Entry]:
    """Everything that happened in public, newest first. A reply to an assessment stands with it.

    `ended_on` is the day on which the mandate ended; what came later knows that it did.
    """
    by_assessment = {change.assessment.pk: change for change in history}
    result = [Entry("change", change.assessment.published_at, change, ended_on) for change in history]
    for reply in replies:
        change = by_assessment.get(reply.assessment_id)
        if change:
            change.replies.append(reply)
        else:
            result.append(Entry("reply", reply.concluded_at or reply.published_at, reply, ended_on))
    result += [Entry("correction", correction.published_at, correction, ended_on) for correction in corrections]
    result += [Entry("amendment", amendment.published_at, amendment, ended_on) for amendment in amendments]
    if submitted_at:
        result.append(Entry("submission", submitted_at, None))
    order = {"submission": 0, "amendment": 1, "reply": 2, "correction": 3, "change": 4}
    return sorted(result, key=lambda entry: (entry.at, order[entry.kind]), reverse=True)
