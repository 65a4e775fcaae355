"""When a pledge may be judged: not before taking office, and by a final status only when it is final."""

import datetime as dt

import pytest
from django.utils import translation

from pledges import services
from pledges.enums import Reason, Status
from pledges.factories import AssessmentFactory, CandidacyFactory, MandateFactory, PledgeFactory, ProgrammeFactory
from pledges.models import Pledge, Programme
from pledges.services import RuleViolation
from zaveza.users.factories import UserFactory

from .desk import publish

pytestmark = pytest.mark.django_db


def published_pledge(**fields) -> Pledge:
    return PledgeFactory(published=True, **fields)


def refused(words: str):
    """The rule that has to speak up, by words of its message."""
    return pytest.raises(RuleViolation, match=words)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def reviewer():
    return UserFactory()


RATED = [status for status in Status if status != Status.NOT_ASSESSED]


@pytest.mark.parametrize("status", RATED)
class TestTakingOffice:
    """Nobody is judged before taking office, by any status."""

    def draft(self, candidacy, status: Status, day: dt.date, **promised):
        programme = Programme.objects.filter(candidacy=candidacy).first() or ProgrammeFactory(candidacy=candidacy)
        pledge = published_pledge(programme=programme, **promised)
        reason = Reason.RENOUNCED if status == Status.NOT_FULFILLED else ""
        return AssessmentFactory(
            pledge=pledge, status=status, effective_date=day, **({"reason": reason} if reason else {})
        )

    def test_not_before_the_mandate(self, reviewer, status):
        mandate = MandateFactory()
        early = self.draft(mandate.candidacy, status, mandate.start - dt.timedelta(days=1))
        with refused("before taking office"):
            services.submit_assessment(early, early.author)
        with refused("before taking office"):
            publish(early, reviewer)
        publish(self.draft(mandate.candidacy, status, mandate.start), reviewer)

    def test_not_while_the_result_is_unknown(self, reviewer, status):
        with refused("not known"):
            publish(self.draft(CandidacyFactory(elected=None), status, dt.date(2024, 1, 15)), reviewer)

    def test_not_without_a_mandate(self, reviewer, status):
        draft = self.draft(CandidacyFactory(), status, dt.date(2024, 1, 15))
        draft.pledge.programme.candidacy.mandate.delete()
        with refused("No mandate"):
            publish(draft, reviewer)

    def test_what_was_carried_over_is_the_successors(self, reviewer, status):
        earlier = MandateFactory()
        later = MandateFactory(
            candidacy__municipality=earlier.municipality, start=dt.date(2024, 2, 1), predecessor=earlier
        )
        predecessors = published_pledge(programme=ProgrammeFactory(candidacy=earlier.candidacy))
        draft = self.draft(later.candidacy, status, dt.date(2024, 1, 31), carried_over_from=predecessors)
        draft.inherited = True
        with refused("before taking office"):
            publish(draft, reviewer)


class TestPartly:
    """`partly` is final: it comes with the deadline, the end, or a reason why the rest will not come."""

    @pytest.mark.parametrize("reason", ["", Reason.UNKNOWN])
    def test_not_before_the_deadline(self, reviewer, reason):
        pledge = published_pledge(due_date=dt.date(2024, 5, 15))
        values = {"pledge": pledge, "status": Status.PARTLY, "reason": reason}
        with refused("partly fulfilled only with a reason"):
            publish(AssessmentFactory(effective_date=dt.date(2024, 5, 15), **values), reviewer)
        publish(AssessmentFactory(effective_date=dt.date(2024, 5, 16), **values), reviewer)

    def test_with_a_reason(self, reviewer):
        pledge = published_pledge(due_date=dt.date(2024, 5, 15))
        assert publish(
            AssessmentFactory(pledge=pledge, status=Status.PARTLY, reason=Reason.NO_MONEY), reviewer
        ).published_at


class TestNotFulfilled:
    """`not_fulfilled` comes with the deadline, the end of the mandate or renunciation."""

    def failed(self, pledge: Pledge, day: str, **fields):
        return AssessmentFactory(
            pledge=pledge, status=Status.NOT_FULFILLED, effective_date=dt.date.fromisoformat(day), **fields
        )

    @pytest.mark.parametrize(
        ("due", "precision", "early", "in_time"),
        [
            ("2024-05-15", "day", "2024-05-15", "2024-05-16"),
            ("2024-05-01", "month", "2024-05-31", "2024-06-01"),
            ("2024-02-01", "month", "2024-02-29", "2024-03-01"),
            ("2024-01-01", "year", "2024-12-31", "2025-01-01"),
        ],
    )
    def test_after_the_deadline(self, reviewer, due, precision, early, in_time):
        due_date = dt.date.fromisoformat(due)
        pledge = published_pledge(due_date=due_date, due_precision=precision)
        with refused("Before the deadline"):
            publish(self.failed(pledge, early), reviewer)
        publish(self.failed(pledge, in_time), reviewer)

    def test_at_the_end_of_the_mandate(self, reviewer):
        candidacy = CandidacyFactory()
        MandateFactory(candidacy=candidacy, end=dt.date(2024, 6, 30), end_reason="resignation")
        pledge = published_pledge(programme=ProgrammeFactory(candidacy=candidacy))
        with refused("Before the deadline"):
            publish(self.failed(pledge, "2024-06-29"), reviewer)
        publish(self.failed(pledge, "2024-06-30"), reviewer)

    def test_when_it_was_renounced(self, reviewer):
        pledge = published_pledge()
        with refused("Before the deadline"):
            publish(self.failed(pledge, "2024-01-15", reason=Reason.NO_MONEY), reviewer)
        publish(self.failed(pledge, "2024-01-15", reason=Reason.RENOUNCED), reviewer)

    def test_a_final_status_may_be_reopened(self):
        pledge = published_pledge()
        AssessmentFactory(pledge=pledge, published=True, status=Status.FULFILLED)
        AssessmentFactory(pledge=pledge, published=True, effective_date=dt.date(2024, 3, 1))
        pledge.current.refresh_from_db()
        assert pledge.current.status == Status.IN_PROGRESS
