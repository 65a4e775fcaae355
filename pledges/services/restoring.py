"""Writing a record anew as it was published elsewhere: an import into an empty database reaches the same head.

The services that publish judge by the rules of today and make salts of their own. What was published once is not judged
again: it comes with its moment, its names as signed, its salts and digests, and the proof is the ledger itself, whose
rows have to come out the same.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils.translation import gettext as _

from ..enums import LedgerKind, PledgeState, ReplyState
from ..ledger import chain, contents, reading
from ..models import Amendment, Assessment, AssessmentEvidence, Correction, Evidence, LedgerRow, Pledge, Reply
from ..models.redactable import erased
from .rules import RuleViolation, one_writer
from .statements import REDACTABLE
from .statuses import rebuild_statuses

BATCH = 500


@contextmanager
def restoring(head: str = "", progress: Callable[[int], Any] | None = None) -> Iterator["Restoration"]:
    """A transaction in which a published record is written into a database that has published nothing yet.

        with services.restoring(head=exported_head) as restoration:
            restoration.pledge(pledge, at)
            restoration.assessment(assessment, at, [(evidence, sha256), …])
            …

    Everything that has a row in the ledger comes in the order of the rows, pledges before what is about them. `head`
    is the hash that the last row must have in the end; `progress` is told how many rows were written after each batch.
    Raises `RuleViolation`, and nothing stays written, where the ledger has rows already, a record is not valid, times
    go back, something published got no row, or the head is another one.
    """
    with one_writer():
        if chain.head() or next(reading.unrecorded(), None):
            raise RuleViolation(_("The ledger has rows already."))
        restoration = Restoration(progress)
        try:
            yield restoration
            restoration.finish(head)
        except IntegrityError as error:
            raise RuleViolation(str(error)) from error


class Restoration:
    """Writes records as they were published, oldest first; from `restoring`.

    Each method takes a record as it was exported, saved before or not, and saves it: public id, salts, digests and
    signed names that it has stay; an erased text comes empty with its digest. `at` is the moment of its row.
    """

    def __init__(self, progress: Callable[[int], Any] | None = None) -> None:
        self.rows = 0
        self._progress = progress
        self._last: LedgerRow | None = None
        self._latest: dt.datetime | None = None
        self._waiting: list[tuple[LedgerKind, str, dt.datetime]] = []
        self._sequence = 0

    def pledge(self, pledge: Pledge, at: dt.datetime) -> Pledge:
        """A pledge with its number and public id; it has no row, so its place in the order is free."""
        if not (pledge.number and pledge.public_id):
            raise RuleViolation(_("A published pledge has a number and a public id."))
        pledge.state, pledge.published_at = PledgeState.PUBLISHED, at
        pledge.closed_at = pledge.merged_into = None
        pledge.withdrawn_reason = ""
        _check(pledge)
        pledge.save()
        return pledge

    def assessment(
        self, assessment: Assessment, at: dt.datetime, evidence: Iterable[tuple[Evidence, str]] = ()
    ) -> Assessment:
        """An assessment with its number (`sequence`; without one the next), author and approver, and what it cites:
        saved evidence, each with the SHA-256 of its copy when it was cited.
        """
        self._take_turn(at)
        if assessment.approver_id is None or assessment.author_id == assessment.approver_id:
            raise RuleViolation(_("Nobody approves their own assessment."))
        number = assessment.sequence or self._sequence + 1
        assessment.author_name = assessment.author_name or assessment.author.get_full_name()
        assessment.approver_name = assessment.approver_name or assessment.approver.get_full_name()
        assessment.sequence = assessment.published_at = None
        approver, assessment.approver = assessment.approver, None
        _seal(assessment)
        _check(assessment)
        # The database takes citations of drafts only.
        assessment.save()
        cited = list(evidence)
        for item, _sha256 in cited:
            if _seal(item):
                item.save(update_fields=["excerpt_salt", "excerpt_digest"])
        AssessmentEvidence.objects.bulk_create(
            AssessmentEvidence(assessment=assessment, evidence=item, sha256=sha256) for item, sha256 in cited
        )
        assessment.sequence, assessment.published_at, assessment.approver = number, at, approver
        assessment.save(update_fields=["sequence", "published_at", "approver"])
        self._sequence = max(self._sequence, number)
        self._add(LedgerKind.ASSESSMENT, contents.assessment_id(number) or "", at)
        return assessment

    def reply(self, reply: Reply, at: dt.datetime, asked_at: dt.datetime | None = None) -> Reply:
        """A reply with what came of it at that moment; `asked_at` is when the invitation was published.

        An invitation without an outcome has no row: its place in the order is free.
        """
        reply.published_at = asked_at or at
        reply.concluded_at = None if reply.state == ReplyState.INVITED else at
        if reply.concluded_at:
            self._take_turn(at)
            _seal(reply)
        _check(reply)
        reply.save()
        if reply.concluded_at:
            self._add(LedgerKind.REPLY, reply.public_id or "", at)
        return reply

    def correction(self, correction: Correction, at: dt.datetime) -> Correction:
        """An entry of the public log."""
        self._take_turn(at)
        correction.published_at = at
        _seal(correction)
        _check(correction)
        correction.save()
        self._add(LedgerKind.CORRECTION, correction.public_id or "", at)
        return correction

    def amendment(self, amendment: Amendment, at: dt.datetime) -> Amendment:
        """An amendment with the words before and after it, author and approver."""
        self._take_turn(at)
        if amendment.approver is None or amendment.author == amendment.approver:
            raise RuleViolation(_("Nobody approves their own amendment."))
        amendment.published_at = at
        amendment.author_name = amendment.author_name or amendment.author.get_full_name()
        amendment.approver_name = amendment.approver_name or amendment.approver.get_full_name()
        _check(amendment)
        amendment.save()
        self._add(LedgerKind.AMENDMENT, amendment.public_id or "", at)
        return amendment

    def close(self, pledge: Pledge, at: dt.datetime, reason: str, into: Pledge | None = None) -> Pledge:
        """That a pledge was withdrawn, or merged into another one."""
        self._take_turn(at)
        if pledge.published_at is None:
            raise RuleViolation(_("Publish the pledge first."))
        pledge.state = PledgeState.MERGED if into else PledgeState.WITHDRAWN
        pledge.closed_at, pledge.withdrawn_reason, pledge.merged_into = at, reason, into
        pledge.save(update_fields=["state", "closed_at", "withdrawn_reason", "merged_into"])
        self._add(LedgerKind.MERGE if into else LedgerKind.WITHDRAWAL, pledge.public_id or "", at)
        return pledge

    def finish(self, head: str = "") -> None:
        """Write what waits, hold the head against the one that it should be, and build the statuses."""
        self._write()
        missing = next(reading.unrecorded(), None)
        if missing:
            raise RuleViolation(_("%(record)s is published and has no row in the ledger.") % {"record": missing[1]})
        reached = self._last.hash if self._last else ""
        if head and reached != head:
            words = _("The ledger ends with another hash (%(found)s) than it should (%(wanted)s).")
            raise RuleViolation(words % {"found": reached, "wanted": head})
        rebuild_statuses()

    def _take_turn(self, at: dt.datetime) -> None:
        if self._latest and at < self._latest:
            raise RuleViolation(_("Something published later is already in the record."))
        self._latest = at

    def _add(self, kind: LedgerKind, record: str, at: dt.datetime) -> None:
        self._waiting.append((kind, record, at))
        if len(self._waiting) == BATCH:
            self._write()

    def _write(self) -> None:
        written = len(self._waiting)
        self._last = chain.append_all(self._last, self._waiting)
        self._waiting = []
        self.rows += written
        if self._progress and written:
            self._progress(written)


def _seal(record: Any) -> bool:
    """Make the digests that the record does not bring along; whether there were any."""
    names = REDACTABLE[type(record)]
    before = [getattr(record, f"{name}_digest") for name in names]
    chain.seal(record, *names)
    return before != [getattr(record, f"{name}_digest") for name in names]


def _check(record: Any) -> None:
    """What the fields and the model itself refuse; what the law had erased may be empty. The database does the rest."""
    related = [field.name for field in record._meta.concrete_fields if field.is_relation]
    gone = [name for name in REDACTABLE.get(type(record), ()) if erased(record, name)]
    try:
        record.clean_fields(exclude={*related, *gone})
        record.clean()
    except ValidationError as error:
        raise RuleViolation(error) from error
