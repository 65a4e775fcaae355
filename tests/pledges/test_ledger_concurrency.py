"""Twenty publications at once give one unbroken chain, on SQLite and on PostgreSQL (with `DATABASE_URL`)."""

import threading

import pytest
from django.db import connection

from pledges import services
from pledges.enums import ReplyState
from pledges.factories import AssessmentFactory, CorrectionFactory, PledgeFactory, ReplyFactory
from pledges.ledger import reading
from pledges.models import Assessment, LedgerRow
from tests.pledges.desk import approved
from zaveza.users.factories import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)

WRITERS = 20


def test_twenty_publications_at_once():
    pledge = PledgeFactory(published=True)
    approver = UserFactory(email="odobri@example.si")
    assessments = [
        approved(AssessmentFactory(pledge=PledgeFactory(programme=pledge.programme, published=True)), approver)
        for _n in range(14)
    ]
    replies = [ReplyFactory(pledge=pledge, state=ReplyState.NONE) for _number in range(3)]
    corrections = [CorrectionFactory(pledge=pledge) for _number in range(3)]
    steps = [
        *(lambda row=row: services.publish_assessment(row, approver) for row in assessments),
        *(lambda row=row: services.publish_reply(row) for row in replies),
        *(lambda row=row: services.publish_correction(row) for row in corrections),
    ]
    assert len(steps) == WRITERS
    together, problems = threading.Barrier(WRITERS), []

    def run(step):
        try:
            together.wait()
            step()
        except Exception as error:  # noqa: BLE001 - told in the main thread
            problems.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(step,)) for step in steps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    assert list(LedgerRow.objects.order_by("sequence").values_list("sequence", flat=True)) == list(range(1, 21))
    moments = list(LedgerRow.objects.order_by("sequence").values_list("at", flat=True))
    assert moments == sorted(moments)
    assert sorted(Assessment.objects.values_list("sequence", flat=True)) == list(range(1, 15))
    assert reading.verify_database().fault is None
    assert services.check_statuses() == []
