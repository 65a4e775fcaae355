"""What is said beside the assessments: replies, corrections, amendments."""

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from zaveza import clock

from ...enums import ReplyState
from ...models import Amendment, Assessment, Correction, Redaction, Reply
from ...models.replies import ANSWER_FIELDS, ENTRY_FIELDS, WINDOW_FIELDS
from ..columns import Account, Column, Link
from ..rows import Row
from ..scope import Scope
from ..table import Complaint, Table
from .record import DIGEST, SALT, on_record


class _Statement(Table):
    """Frozen from its publication on."""

    is_ledgered = True

    def refusal(self, record: Any, column: Any) -> str:
        if record.published_at is not None:
            return _("What was published stays as it is.")
        return super().refusal(record, column)

    def municipality(self, row: Row) -> int | None:
        found: int | None = row.of("pledge", 1)
        return found if found is not None else row.of("assessment", 2)


def _other_pledge(row: Row) -> Iterator[Complaint]:
    """As the form has it: the assessment that a statement names is of the pledge that it names."""
    record = row.record
    named = row.of("assessment", 1)
    if named is None and record.assessment_id:
        named = Assessment.objects.values_list("pledge_id", flat=True).get(pk=record.assessment_id)
    if named and record.pledge_id and named != record.pledge_id:
        yield "assessment", _("This assessment is of another pledge.")


class Replies(_Statement):
    name = "replies"
    model = Reply
    prefix = "reply"
    declared = (
        Column("id", attribute="public_id", required=True),
        Link("pledge", to="pledges", required=True),
        Link("assessment", to="assessments"),
        Column("invited_on", required=True),
        Column("due_on", required=True),
        Column("received_on"),
        Column("answered_at", published=True, private=True),
        Column("state"),
        Column("text"),
        Column("language"),
        Column("channel"),
        Column("entered_why"),
        Column("editors_note"),
        Column("published_at", published=True),
        Column("concluded_at", published=True),
        Column("text_salt", kind=SALT, published=True),
        Column("text_digest", kind=DIGEST, published=True),
        Column("editors_note_salt", kind=SALT, published=True),
        Column("editors_note_digest", kind=DIGEST, published=True),
    )

    def public(self, scope: Scope) -> models.QuerySet:
        return Reply.objects.filter(published_at__lte=scope.at, pledge__in=on_record(scope).values("pk"))

    def refusal(self, record: Reply, column: Any) -> str:
        if record.answered_at and column.name in (*WINDOW_FIELDS, *ANSWER_FIELDS, *ENTRY_FIELDS):
            return _("What came through the candidate's link stays as it is.")
        if record.is_on_desk and column.name in (*WINDOW_FIELDS, *ANSWER_FIELDS, *ENTRY_FIELDS):
            return _("The reply window of an assessment is open: its dates and its outcome are set on the desk.")
        if record.entered_by_id is not None and column.name in (*ANSWER_FIELDS, *ENTRY_FIELDS):  # type: ignore[attr-defined]
            return _("What was entered by hand is changed under Replies, not by a file.")
        return super().refusal(record, column)

    def as_known(self, record: Reply, scope: Scope) -> None:
        if scope.full and not scope.is_past:
            return
        if record.concluded_at is None or record.concluded_at > scope.at:
            record.state, record.received_on, record.concluded_at = ReplyState.INVITED, None, None
            record.channel = record.entered_why = ""
            for name in ("text", "editors_note"):
                for column in (name, f"{name}_salt", f"{name}_digest"):
                    setattr(record, column, "")

    def check(self, row: Row) -> Iterator[Complaint]:
        yield from _other_pledge(row)
        reply = row.record
        if reply.invited_on and reply.due_on and reply.due_on < reply.invited_on:
            yield "due_on", _("An answer is not due before it was asked for.")
        if reply.received_on and reply.received_on > clock.today():
            yield "received_on", _("This day has not come yet.")
        if row.is_new and reply.concluded_at and (not reply.published_at or reply.state == ReplyState.INVITED):
            yield "concluded_at", _("An outcome comes after the question was published.")


class Corrections(_Statement):
    name = "corrections"
    model = Correction
    prefix = "correction"
    declared = (
        Column("id", attribute="public_id", required=True),
        Link("pledge", to="pledges"),
        Link("assessment", to="assessments"),
        Column("wrong", required=True),
        Column("right", required=True),
        Column("wrong_since"),
        Column("severity", required=True),
        Column("requested_by", required=True),
        Column("language"),
        Column("published_at", published=True),
        Column("wrong_salt", kind=SALT, published=True),
        Column("wrong_digest", kind=DIGEST, published=True),
        Column("right_salt", kind=SALT, published=True),
        Column("right_digest", kind=DIGEST, published=True),
    )

    def public(self, scope: Scope) -> models.QuerySet:
        pledges = on_record(scope).values("pk")
        return Correction.objects.filter(
            Q(pledge__isnull=True) | Q(pledge__in=pledges),
            Q(assessment__isnull=True) | Q(assessment__pledge__in=pledges),
            published_at__lte=scope.at,
        )

    def check(self, row: Row) -> Iterator[Complaint]:
        yield from _other_pledge(row)


class Amendments(_Statement):
    name = "amendments"
    model = Amendment
    prefix = "amendment"
    order = ("published_at", "pk")
    declared = (
        Column("id", attribute="public_id", required=True),
        Link("pledge", to="pledges", required=True),
        Column("part", required=True),
        Column("before", published=True),
        Column("after"),
        Column("reason"),
        Column("language"),
        Column("published_at", published=True),
        Column("author_name", published=True),
        Column("approver_name", published=True),
        Account("author", signed_as="author_name"),
        Account("approver", signed_as="approver_name", published=True),
    )

    def public(self, scope: Scope) -> models.QuerySet:
        return Amendment.objects.filter(published_at__lte=scope.at, pledge__in=on_record(scope).values("pk"))

    def check(self, row: Row) -> Iterator[Complaint]:
        amendment = row.record
        if message := amendment.refusal():
            yield "after", message
        if row.is_new and amendment.published_at and amendment.author_id == amendment.approver_id:
            yield "approver_name", _("Nobody approves their own amendment.")

    def prepare(self, record: Amendment, row: Row) -> None:
        if record.published_at is None:
            record.approver_id, record.before, record.author_name, record.approver_name = None, "", "", ""


class Redactions(_Statement):
    name = "redactions"
    model = Redaction
    prefix = "redaction"
    declared = (
        Column("id", attribute="public_id", required=True),
        Link("pledge", to="pledges"),
        Column("record", required=True),
        Column("parts", required=True),
        Column("ground", required=True),
        Column("published_at", published=True),
        Account("made_by", published=True),
    )

    def public(self, scope: Scope) -> models.QuerySet:
        # As of an earlier day, too: the words are missing from that as well, and the ledger asks why.
        return Redaction.objects.filter(
            Q(pledge__isnull=True) | Q(pledge__in=on_record(scope).values("pk")), published_at__lte=clock.now()
        )

    def check(self, row: Row) -> Iterator[Complaint]:
        if row.is_new and row.record.published_at is None:
            yield "record", _("That words were erased is noted where they are erased, not by an import.")


STATEMENTS = (Replies(), Corrections(), Amendments(), Redactions())
