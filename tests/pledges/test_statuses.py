"""The projection of statuses: who writes it, when it is due to be checked again, and how drift is found."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pledges import services
from pledges.enums import AssessmentKind, EditionState, Status, Testability
from pledges.factories import (
    AssessmentFactory,
    CandidacyFactory,
    EditionFactory,
    MandateFactory,
    PledgeFactory,
    ProgrammeFactory,
)
from pledges.models import Pledge, PledgeStatus
from pledges.services import statuses
from zaveza.users.factories import UserFactory

pytestmark = pytest.mark.django_db


def current(pledge: Pledge) -> PledgeStatus:
    return PledgeStatus.objects.get(pledge=pledge)


def test_every_published_pledge_has_a_row_and_no_draft_has():
    published, draft = PledgeFactory(published=True), PledgeFactory()
    row = current(published)
    assert (row.status, row.assessment, row.last_changed, row.last_checked) == ("not_assessed", None, None, None)
    assert not PledgeStatus.objects.filter(pledge=draft).exists()


def test_it_follows_the_record():
    pledge = PledgeFactory(published=True)
    first = AssessmentFactory(pledge=pledge, published=True, verification="on_site", inherited=True)
    second = AssessmentFactory(pledge=pledge, published=True, effective_date=dt.date(2024, 5, 1), reason="council")
    row = current(pledge)
    assert (row.status, row.assessment, row.reason) == (Status.IN_PROGRESS, second, "council")
    assert (row.last_changed, row.last_checked) == (first.published_at, second.published_at)
    assert (row.inherited, row.verification) == (False, "documented")


def test_a_retraction_takes_it_back():
    pledge = PledgeFactory(published=True)
    only = AssessmentFactory(pledge=pledge, published=True, late=True, reason="council")
    AssessmentFactory(pledge=pledge, published=True, supersedes=only, kind=AssessmentKind.RETRACTION)
    row = current(pledge)
    assert (row.status, row.assessment, row.late, row.reason, row.verification) == ("not_assessed", None, False, "", "")


class TestNextCheck:
    def test_half_a_year_after_publication_or_the_last_check(self, settings):
        pledge = PledgeFactory(published=True)
        assert current(pledge).next_check == dt.date(2022, 11, 1) + dt.timedelta(days=180)
        AssessmentFactory(pledge=pledge, published=True)
        assert current(pledge).next_check == dt.date(2024, 1, 15) + dt.timedelta(days=180)
        settings.PLEDGES_CHECK_INTERVAL_DAYS = 30
        assert services.rebuild_statuses() == 1
        assert current(pledge).next_check == dt.date(2024, 2, 14)

    @pytest.mark.parametrize("status", [Status.FULFILLED, Status.PARTLY])
    def test_none_for_a_final_status(self, status):
        pledge = PledgeFactory(published=True)
        AssessmentFactory(pledge=pledge, published=True, status=status)
        assert current(pledge).next_check is None

    def test_none_behind_a_gate(self):
        for fields in ({"testability": Testability.NOT_TESTABLE}, {"programme__candidacy__elected": False}):
            assert current(PledgeFactory(published=True, **fields)).next_check is None

    def test_none_once_the_mandate_or_the_edition_ended(self):
        candidacy = CandidacyFactory(edition=EditionFactory(year=2018))
        mandate = MandateFactory(candidacy=candidacy)
        pledge = PledgeFactory(published=True, programme=ProgrammeFactory(candidacy=candidacy))
        assert current(pledge).next_check is not None
        mandate.end, mandate.end_reason = mandate.planned_end, "term"
        mandate.save()
        assert current(pledge).next_check is None
        mandate.end, mandate.end_reason = None, ""
        mandate.save()
        assert current(pledge).next_check is not None
        candidacy.edition.state = EditionState.ARCHIVED
        candidacy.edition.save()
        assert current(pledge).next_check is None

    def test_it_follows_the_result_of_the_election(self):
        candidacy = CandidacyFactory(elected=None)
        pledge = PledgeFactory(published=True, programme=ProgrammeFactory(candidacy=candidacy))
        assert current(pledge).next_check is not None
        candidacy.elected = False
        candidacy.save()
        assert current(pledge).next_check is None

    def test_none_for_a_closed_pledge(self):
        pledge = PledgeFactory(published=True)
        services.withdraw_pledge(pledge, "Napaka.", UserFactory())
        assert current(pledge).next_check is None


class TestRebuild:
    def test_a_second_time_nothing_is_written(self):
        AssessmentFactory(published=True)
        PledgeStatus.objects.all().delete()
        assert services.rebuild_statuses() == 1
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert services.rebuild_statuses() == 0
        assert not [query for query in queries if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]

    def test_drift_missing_and_surplus_rows_are_put_right(self):
        drifted, missing = AssessmentFactory(published=True).pledge, PledgeFactory(published=True)
        draft = PledgeFactory()
        PledgeStatus.objects.filter(pledge=drifted).update(status=Status.FULFILLED)
        PledgeStatus.objects.filter(pledge=missing).delete()
        PledgeStatus.objects.create(pledge=draft)
        assert len(services.check_statuses()) == 3
        assert services.rebuild_statuses() == 3
        assert services.check_statuses() == []
        assert current(drifted).status == Status.IN_PROGRESS

    def test_only_the_asked_ones(self):
        pledges = [PledgeFactory(published=True) for _n in range(3)]
        PledgeStatus.objects.all().delete()
        assert services.rebuild_statuses(Pledge.objects.filter(pk=pledges[0].pk)) == 1
        assert services.rebuild_statuses([pledges[1]]) == 1
        assert PledgeStatus.objects.count() == 2

    def test_a_query_that_names_a_pledge_twice_is_no_trouble(self):
        pledge = AssessmentFactory(published=True).pledge
        AssessmentFactory(pledge=pledge, published=True)
        PledgeStatus.objects.all().delete()
        assert services.rebuild_statuses(Pledge.objects.filter(assessments__isnull=False)) == 1

    def test_chunks_cover_all_and_cost_the_same_number_of_queries_each(self, monkeypatch):
        programme = ProgrammeFactory()
        pledges = [PledgeFactory(programme=programme, published=True, title=None) for _n in range(7)]
        PledgeStatus.objects.all().delete()
        told: list[int] = []
        counts = []
        for size in (3, 7):
            monkeypatch.setattr(statuses, "CHUNK", size)
            PledgeStatus.objects.all().delete()
            with CaptureQueriesContext(connection) as queries:
                assert services.rebuild_statuses(progress=told.append) == len(pledges)
            counts.append(len(queries))
        assert told == [3, 3, 1, 7]
        # Three chunks and one, and each time the last look that finds no more.
        assert (counts[0] - 1) == 3 * (counts[1] - 1)


class TestCommand:
    def test_it_rebuilds(self, capsys):
        PledgeFactory(published=True)
        PledgeStatus.objects.all().delete()
        call_command("rebuild_statuses")
        assert "Statuses rewritten: 1." in capsys.readouterr().out

    def test_check_is_content_with_a_right_projection(self, capsys):
        AssessmentFactory(published=True)
        call_command("rebuild_statuses", "--check")
        assert "agrees" in capsys.readouterr().out

    def test_check_names_each_drifted_pledge_and_writes_nothing(self, capsys):
        right, wrong, missing = (PledgeFactory(published=True) for _n in range(3))
        AssessmentFactory(pledge=wrong, published=True)
        PledgeStatus.objects.filter(pledge=wrong).update(status=Status.FULFILLED)
        PledgeStatus.objects.filter(pledge=missing).delete()
        with pytest.raises(SystemExit) as stop:
            call_command("rebuild_statuses", "--check")
        assert stop.value.code == 1
        output = capsys.readouterr()
        assert f"{wrong.public_id}: status is fulfilled, should be in_progress" in output.out
        assert f"{missing.public_id}: no row" in output.out
        assert right.public_id not in output.out
        assert current(wrong).status == Status.FULFILLED
        assert not PledgeStatus.objects.filter(pledge=missing).exists()
