"""Whatever is published in whatever order: history never shrinks, the projection is a replay, the past stays put.

Every step goes through what the desk and the admin's forms call. One thing does change the past: words that the law
has erased are gone from every day.
"""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.test import override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pledges import services
from pledges.as_of import known_mandate
from pledges.counting import count_pledges
from pledges.enums import AmendedField, AssessmentKind, MandateEndReason, Reason, RedactionGround, ReplyState, Status
from pledges.factories import (
    AmendmentFactory,
    AssessmentFactory,
    CandidacyFactory,
    CorrectionFactory,
    EditionFactory,
    EvidenceFactory,
    MandateFactory,
    PledgeFactory,
    ProgrammeFactory,
    ReplyFactory,
    SimilarityGroupFactory,
    TopicFactory,
)
from pledges.ledger import reading
from pledges.models import Amendment, Assessment, Correction, Evidence, LedgerRow, Mandate, Pledge, Redaction, Reply
from pledges.services.erasure import record_id
from pledges.timeline import known_replies
from zaveza.users.factories import UserFactory

pytestmark = pytest.mark.django_db

START = dt.date(2023, 1, 1)
# What a rewriting hand would try, as far as a value can be made up for it.
REWRITTEN = (
    *("quote", "quote_prefix", "success_criteria", "interpretation", "indicator", "indicator_unit"),
    *("responsible_body", "depends_on_council", "depends_on_state", "depends_on_eu_funds"),
)
STATUSES = [status for status in Status if status != Status.NOT_ASSESSED]
ACTIONS = (
    *("draft", "publish", "publish", "confirm", "correct", "retract", "redact", "redact", "amend", "amend"),
    *("edit", "rewrite", "reply", "correction", "new_pledge", "merge", "withdraw", "end_mandate", "re_election"),
)
steps = st.lists(
    st.tuples(
        st.sampled_from(ACTIONS),
        st.integers(0, 40),  # days since the step before
        st.integers(0, 10**6),  # chooses among what there is
        st.sampled_from(STATUSES),
    ),
    min_size=4,
    max_size=14,
)


class Record:
    """A municipality's record, changed step by step as its services allow."""

    def __init__(self) -> None:
        self.day, self.elections = START, 0
        self.candidacy = CandidacyFactory(elected=True)
        self.mandate: Mandate = MandateFactory(candidacy=self.candidacy)
        self.programme = ProgrammeFactory(candidacy=self.candidacy)
        self.reviewer = UserFactory(email="druga@example.si")
        self.past: dict[dt.date, Any] = {}
        self.new_pledge(0, Status.STALLED)
        self.new_pledge(0, Status.STALLED)

    @property
    def at(self) -> dt.datetime:
        return dt.datetime.combine(self.day, dt.time(10), dt.UTC)

    def chosen(self, number: int) -> Pledge:
        pledges = list(Pledge.objects.order_by("pk"))
        return pledges[number % len(pledges)]

    def wait(self, days: int) -> None:
        """Let days pass; what a past day showed is noted on the day after it."""
        for _day in range(days):
            if self.day not in self.past and len(self.past) < 40:
                self.past[self.day] = snapshot(self.day)
            self.day += dt.timedelta(days=1)

    def draft(self, number: int, status: Status, **fields: Any) -> Assessment:
        values = {"pledge": self.chosen(number), "status": status, **fields}
        if number % 3 == 0:
            values["evidence"] = [EvidenceFactory(pledge=values["pledge"])]
        assessment: Assessment = AssessmentFactory(
            effective_date=self.day - dt.timedelta(days=number % 50),
            reason={Status.NOT_FULFILLED: Reason.RENOUNCED, Status.PARTLY: Reason.NO_MONEY}.get(status, ""),
            **values,
        )
        return assessment

    def publish(self, number: int, status: Status, **fields: Any) -> None:
        draft = self.draft(number, status, **fields)
        services.publish_assessment(draft, self.reviewer, published_at=self.at)

    def confirm(self, number: int, status: Status) -> None:
        current = services.current_assessment(self.chosen(number))
        self.publish(number, Status(current.status) if current else status)

    def correct(self, number: int, status: Status, kind: str = AssessmentKind.CORRECTION) -> None:
        rows = list(Assessment.objects.filter(sequence__isnull=False).order_by("sequence"))
        if rows:
            target = rows[number % len(rows)]
            self.publish(number, status, pledge=target.pledge, supersedes=target, kind=kind)

    def retract(self, number: int, status: Status) -> None:
        self.correct(number, status, AssessmentKind.RETRACTION)

    def redact(self, number: int, status: Status) -> None:
        """Erase some words of something, published or not, by law; they are gone from what past days show, too."""
        records = [row for model in services.REDACTABLE for row in model._default_manager.order_by("pk")]
        if records:
            record = records[number % len(records)]
            texts = services.REDACTABLE[type(record)]
            parts = [name for place, name in enumerate(texts) if number >> place & 1] or [texts[0]]
            with override_settings(TODAY=self.day.isoformat()):  # nobody dates a redaction but the server
                services.redact(record, parts, RedactionGround.PERSONAL_DATA, self.reviewer)
            for shown in self.past.values():
                for name in parts:
                    if (record_id(record), name) in shown["words"]:
                        shown["words"][record_id(record), name] = ""

    def edit(self, number: int, status: Status) -> None:
        """What stays open after publication is the editors': it changes nothing of what any day shows here."""
        pledge = self.chosen(number)
        pledge.similarity_group = SimilarityGroupFactory()
        pledge.save()
        pledge.topics.set([TopicFactory()])
        pledge.texts.update(title=f"Naslov {number}")

    def rewrite(self, number: int, status: Status) -> None:
        """What was published is not edited, by nobody."""
        pledge = self.chosen(number)
        name = REWRITTEN[number % len(REWRITTEN)]
        value = getattr(pledge, name)
        setattr(pledge, name, not value if isinstance(value, bool) else f"{value} Drugače.")
        with pytest.raises(ValidationError):
            pledge.save()

    def amend(self, number: int, status: Status) -> None:
        field = AmendedField.values[number % len(AmendedField.values)]
        after = str(number % 30 + 1)
        amendment = AmendmentFactory(pledge=self.chosen(number), part=field, after=after)
        services.publish_amendment(amendment, self.reviewer, published_at=self.at)

    def reply(self, number: int, status: Status) -> None:
        waiting = Reply.objects.filter(concluded_at__isnull=True).first()
        reply = waiting if waiting and number % 2 else ReplyFactory(pledge=self.chosen(number))
        if reply.published_at:
            reply.state, reply.text = ReplyState.RECEIVED, "Odgovor."
        services.publish_reply(reply, published_at=self.at)

    def correction(self, number: int, status: Status) -> None:
        services.publish_correction(CorrectionFactory(pledge=self.chosen(number)), published_at=self.at)

    def new_pledge(self, number: int, status: Status) -> None:
        PledgeFactory(programme=self.programme, published_at=self.at)

    def merge(self, number: int, status: Status) -> None:
        into = self.chosen(number // 2)
        services.merge_pledge(self.chosen(number), into, "Isto.", self.reviewer, closed_at=self.at)

    def withdraw(self, number: int, status: Status) -> None:
        services.withdraw_pledge(self.chosen(number), "Ni zaveza.", self.reviewer, closed_at=self.at)

    def end_mandate(self, number: int, status: Status) -> None:
        if self.mandate.end is None and self.mandate.start <= self.day:
            self.mandate.end, self.mandate.end_reason = self.day, MandateEndReason.RESIGNATION
            self.mandate.save()

    def re_election(self, number: int, status: Status) -> None:
        self.end_mandate(number, status)
        self.elections += 1
        edition = EditionFactory(year=2040 + self.elections, election_date=self.day)
        self.candidacy = CandidacyFactory(
            person=self.candidacy.person,
            municipality=self.candidacy.municipality,
            edition=edition,
            elected=bool(number % 3),
            published_at=self.at,
        )
        self.mandate = MandateFactory(
            candidacy=self.candidacy, start=self.day, planned_end=self.day + dt.timedelta(days=1400)
        )
        self.programme = ProgrammeFactory(candidacy=self.candidacy, published_at=self.at)


def snapshot(day: dt.date) -> dict[str, Any]:
    """Everything that a day's end decides about: pledges, statuses, words, replies, numbers, who is in office.

    `words` are those that the law may erase, by record and part.
    """
    at = dt.datetime.combine(day, dt.time(23), dt.UTC)
    pledges = list(Pledge.objects.known(at).for_listing().order_by("pk"))
    services.amended(pledges, at)
    rows = []
    for row in pledges:
        standing = row.standing
        shown = (standing.status, standing.last_changed, standing.last_checked, standing.late) if standing else ()
        frozen = tuple(getattr(row, name) for name in Pledge.FROZEN_FIELDS)
        rows.append((row.public_id, row.gate, shown, frozen))
    count = count_pledges(Pledge.objects.known(at))
    assert count.total == len(rows), "the numbers and the list are of the same pledges"
    assert count.counted + sum(count.left_out.values()) == count.total
    replies = known_replies(Reply.objects.public(at).order_by("pk"), at)
    mandates = [known_mandate(mandate, day) for mandate in Mandate.objects.filter(start__lte=day).order_by("pk")]
    said = [
        *Assessment.objects.filter(published_at__lte=at).order_by("sequence"),
        *Evidence.objects.filter(citations__assessment__published_at__lte=at).distinct().order_by("pk"),
        *replies,
        *Correction.objects.filter(published_at__lte=at).order_by("pk"),
    ]
    return {
        "pledges": rows,
        "numbers": (dict(count.by_status), dict(count.by_gate)),
        "replies": [(row.public_id, row.state) for row in replies],
        "mandates": [(row.public_id, row.end) for row in mandates],
        "amendments": list(Amendment.objects.filter(published_at__lte=at).order_by("pk").values_list("pk", "before")),
        "redactions": list(
            Redaction.objects.filter(published_at__lte=at).order_by("pk").values_list("record", "parts")
        ),
        "words": {
            (record_id(row), name): getattr(row, name) for row in said for name in services.REDACTABLE[type(row)]
        },
    }


def on_record() -> tuple[list[Any], ...]:
    """The chain of all that was published, and what is said to be erased."""
    return (
        list(LedgerRow.objects.order_by("sequence").values_list("hash", flat=True)),
        list(Redaction.objects.order_by("pk").values_list("public_id", "record", "parts")),
    )


@settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(steps)
def test_whatever_is_published(chosen: list[tuple[str, int, int, Status]]) -> None:
    with transaction.atomic():
        record = Record()
        kept: tuple[list[Any], ...] = ([], [])
        for action, days, number, status in chosen:
            record.wait(days)
            try:
                with transaction.atomic():
                    getattr(record, action)(number, status)
            except services.RuleViolation:
                pass
            before, kept = kept, on_record()
            for earlier, rows in zip(before, kept, strict=True):
                assert rows[: len(earlier)] == earlier, "history never shrinks"
        record.wait(1)
        assert services.check_statuses() == [], "the projection equals a replay"
        assert reading.verify_database().fault is None
        for day, shown in record.past.items():
            assert snapshot(day) == shown, f"what {day} showed has changed"
        for pledge in Pledge.objects.all():
            history = list(pledge.assessments.all())
            for row in pledge.standings.all():
                assert services.standing_of(history, row.since).status == row.status
        transaction.set_rollback(True)
