"""A record written anew as it was published elsewhere ends with the same head of the ledger."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection

from pledges import append_only, services
from pledges.enums import PledgeState, ReplyState, Status
from pledges.factories import (
    AmendmentFactory,
    AssessmentFactory,
    CorrectionFactory,
    EvidenceFactory,
    PledgeFactory,
    ReplyFactory,
)
from pledges.ledger import chain, reading
from pledges.models import (
    Amendment,
    Assessment,
    AssessmentEvidence,
    Correction,
    Evidence,
    LedgerRow,
    Pledge,
    PledgeStanding,
    PledgeStatus,
    Reply,
)
from zaveza.users.factories import UserFactory

from .test_ledger import behind_djangos_back

pytestmark = pytest.mark.django_db

START = dt.datetime(2024, 1, 10, 9, tzinfo=dt.UTC)


def later(days: int) -> dt.datetime:
    return START + dt.timedelta(days=days)


@pytest.fixture
def steps() -> list[tuple[str, Any, dt.datetime, Any]]:
    """Everything that a record may hold, published and then taken out of the database as an export would."""
    approver = UserFactory(email="odobri@example.si", last_name="Odobri")
    first = PledgeFactory(published=True)
    second, third = (PledgeFactory(programme=first.programme, published=True) for _number in range(2))
    evidence = EvidenceFactory(pledge=first, sha256="a" * 64)
    initial = AssessmentFactory(pledge=first, evidence=[evidence], published_at=later(5))
    corrected = AssessmentFactory(
        pledge=first, supersedes=initial, status=Status.STALLED, evidence=[evidence], published_at=later(6)
    )
    services.publish_reply(
        ReplyFactory(pledge=first, assessment=initial, state=ReplyState.RECEIVED, text="Odgovor."),
        published_at=later(7),
    )
    services.publish_reply(ReplyFactory(pledge=second), published_at=later(7))
    services.publish_correction(CorrectionFactory(pledge=first, assessment=initial), published_at=later(7))
    services.publish_amendment(AmendmentFactory(pledge=second), approver, published_at=later(8))
    services.withdraw_pledge(second, "Ni zaveza.", approver, closed_at=later(9))
    services.merge_pledge(third, first, "Isto.", approver, closed_at=later(9))
    services.erase_words(Assessment.objects.get(pk=corrected.pk), "summary", "reasoning")
    # A name that changed since stands in the record as it was signed.
    author = corrected.author
    author.last_name = "Drugačna"
    author.save()
    return exported()


def exported() -> list[tuple[str, Any, dt.datetime, Any]]:
    found: list[tuple[str, Any, dt.datetime, Any]] = [
        ("pledge", row, row.published_at, None) for row in Pledge.objects.order_by("pk")
    ]
    found += [("reply", row, row.published_at, None) for row in Reply.objects.filter(concluded_at=None)]
    for row in LedgerRow.objects.order_by("sequence"):
        if row.kind == "assessment":
            record = Assessment.objects.get(sequence=row.record.removeprefix("assessment-"))
            cited = [(item.evidence, item.sha256) for item in record.citations.order_by("pk")]
            found.append(("assessment", record, row.at, cited))
        elif row.kind in ("withdrawal", "merge"):
            pledge = Pledge.objects.select_related("merged_into").get(public_id=row.record)
            found.append(("close", pledge, row.at, (pledge.withdrawn_reason, pledge.merged_into)))
        else:
            model = {"reply": Reply, "correction": Correction, "amendment": Amendment}[row.kind]
            found.append((row.kind, model.objects.get(public_id=row.record), row.at, None))
    return found


def emptied() -> None:
    """As an empty database: nothing is published and nothing is said about the pledges, which are drafts."""
    said = (LedgerRow, PledgeStanding, PledgeStatus, Amendment, Correction, Reply, AssessmentEvidence)
    for model in (*said, Assessment, Evidence):
        behind_djangos_back(f"DELETE FROM {model._meta.db_table}")  # noqa: S608 - our own table
    behind_djangos_back(
        "UPDATE pledges_pledge SET state = 'draft', published_at = NULL, closed_at = NULL, merged_into_id = NULL, "
        "withdrawn_reason = '', number = NULL, public_id = NULL"
    )
    append_only.install_triggers(connection)


def restore(steps: list[tuple[str, Any, dt.datetime, Any]], head: str = "") -> services.Restoration:
    with services.restoring(head=head) as restoration:
        for kind, record, at, more in steps:
            if kind == "assessment":
                for item, _sha256 in more:
                    item.save()
                record.pk, record._state.adding = None, True
                if record.supersedes_id:
                    record.supersedes = Assessment.objects.order_by("sequence").first()
                restoration.assessment(record, at, more)
            elif kind == "close":
                pledge = Pledge.objects.get(pk=record.pk)
                restoration.close(pledge, at, *more)
            elif kind == "pledge":
                restoration.pledge(record, at)
            else:
                if getattr(record, "assessment_id", None):
                    record.assessment = Assessment.objects.order_by("sequence").first()
                getattr(restoration, kind)(record, at)
    return restoration


def test_the_same_head(steps):
    head = chain.head().hash
    rows = list(LedgerRow.objects.order_by("sequence").values())
    download = list(reading.public_lines())
    emptied()
    assert restore(steps, head).rows == len(rows) == 7
    assert list(LedgerRow.objects.order_by("sequence").values()) == rows
    assert list(reading.public_lines()) == download
    assert reading.verify_database().fault is None
    assert services.check_statuses() == []
    assert Pledge.objects.filter(state=PledgeState.WITHDRAWN).count() == 1
    assert Assessment.objects.get(sequence=2).author_name.endswith("Spremljevalka")
    # From here on the record goes on as ever.
    AssessmentFactory(pledge=Pledge.objects.public().first(), status=Status.FULFILLED, published=True)
    assert reading.verify_database().fault is None


def test_only_into_an_empty_ledger(steps):
    with pytest.raises(services.RuleViolation):
        restore(steps)


def test_another_head_and_nothing_stays_written(steps):
    emptied()
    with pytest.raises(services.RuleViolation, match="0000"):
        restore(steps, "0000")
    assert (LedgerRow.objects.count(), Assessment.objects.count()) == (0, 0)
    assert not Pledge.objects.filter(state=PledgeState.PUBLISHED).exists()


@pytest.mark.parametrize("broken", ["order", "approver", "number", "blank"])
def test_what_cannot_have_been_published(steps, broken):
    emptied()
    assessments = [record for kind, record, _at, _more in steps if kind == "assessment"]
    if broken == "order":
        steps[-1] = (*steps[-1][:2], START, steps[-1][3])
    elif broken == "approver":
        assessments[0].approver = assessments[0].author
    elif broken == "number":
        assessments[1].sequence = assessments[0].sequence
    else:
        assessments[0].summary = ""
        assessments[0].summary_digest = ""
    with pytest.raises(services.RuleViolation):
        restore(steps)
    assert LedgerRow.objects.count() == 0


def test_factories_salt_the_same_words_in_the_same_way():
    first, second = (AssessmentFactory(summary="Enako.", published=True) for _number in range(2))
    assert first.summary_salt == second.summary_salt
    assert len(first.summary_salt) == 32
    assert first.summary_salt != first.reasoning_salt
    assert first.summary_digest == second.summary_digest
