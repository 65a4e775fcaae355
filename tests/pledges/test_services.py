"""The workflow of pledges and assessments: who may do what, when, and what it leaves behind."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from pledges import services
from pledges.enums import AssessmentKind, EditionState, PledgeState, Status, Testability
from pledges.factories import (
    PLEDGES_PUBLISHED,
    AssessmentFactory,
    EditionFactory,
    EvidenceFactory,
    PledgeFactory,
    SimilarityGroupFactory,
)
from pledges.models import Pledge
from pledges.services import RuleViolation
from tests.pledges.desk import publish
from zaveza import clock
from zaveza.users.factories import UserFactory

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


@pytest.fixture
def monitor():
    return UserFactory(first_name="Ana", last_name="Spremljevalka")


@pytest.fixture
def reviewer():
    return UserFactory(first_name="Bor", last_name="Pregledovalec")


def published_pledge(**fields) -> Pledge:
    return PledgeFactory(published=True, **fields)


def refused(words: str):
    """The rule that has to speak up, by words of its message (the tests run in the source language of the code)."""
    return pytest.raises(RuleViolation, match=words)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


class TestPledges:
    def test_from_draft_to_publication(self, monitor, reviewer):
        pledge = PledgeFactory()
        services.submit_for_review(pledge, monitor)
        assert (pledge.state, pledge.submitted_by) == (PledgeState.IN_REVIEW, monitor)
        before = clock.now()
        services.publish_pledge(pledge, reviewer)
        pledge.refresh_from_db()
        assert pledge.state == PledgeState.PUBLISHED
        assert before <= pledge.published_at <= clock.now()
        assert pledge.current.status == Status.NOT_ASSESSED
        assert pledge in Pledge.objects.public()

    def test_a_draft_goes_through_review(self, reviewer):
        with refused("Submit the pledge for review"):
            services.publish_pledge(PledgeFactory(), reviewer)

    def test_nobody_publishes_what_they_submitted(self, monitor):
        pledge = services.submit_for_review(PledgeFactory(), monitor)
        with refused("their own pledge"):
            services.publish_pledge(pledge, monitor)
        pledge.refresh_from_db()
        assert (pledge.state, pledge.public_id) == (PledgeState.IN_REVIEW, None)

    def test_a_reviewer_gives_it_back(self, monitor, reviewer):
        pledge = services.return_to_draft(services.submit_for_review(PledgeFactory(), monitor))
        assert (pledge.state, pledge.submitted_by) == (PledgeState.DRAFT, None)
        with refused("in review"):
            services.return_to_draft(pledge)

    def test_it_is_published_once(self, reviewer):
        pledge = published_pledge()
        with refused("already published"):
            services.publish_pledge(pledge, reviewer)
        with refused("Only a draft"):
            services.submit_for_review(pledge, reviewer)

    def test_what_counts_is_the_stored_state(self, monitor, reviewer):
        pledge = services.submit_for_review(PledgeFactory(), monitor)
        stale = Pledge.objects.get(pk=pledge.pk)
        services.publish_pledge(pledge, reviewer)
        with refused("already published"):
            services.publish_pledge(stale, reviewer)

    def test_an_invalid_pledge_is_refused_with_the_words_of_its_field(self, monitor):
        pledge = PledgeFactory(testability=Testability.TESTABLE_AS_INTERPRETED, interpretation="")
        with pytest.raises(RuleViolation) as refusal:
            services.submit_for_review(pledge, monitor)
        assert "interpretation" in refusal.value.message_dict

    @pytest.mark.parametrize(
        ("fields", "words"),
        [
            ({"programme__published_at": None}, "Publish the programme first"),
            ({"programme__candidacy__published_at": None}, "Publish the candidacy first"),
            ({"programme__candidacy__edition": "draft"}, "Publish the edition first"),
        ],
    )
    def test_what_it_belongs_to_is_public_before(self, monitor, reviewer, fields, words):
        if "programme__candidacy__edition" in fields:
            fields = {"programme__candidacy__edition": EditionFactory(year=2030, published_at=None)}
        pledge = services.submit_for_review(PledgeFactory(**fields), monitor)
        with refused(words):
            services.publish_pledge(pledge, reviewer)

    def test_an_archived_edition_takes_no_new_pledge(self, monitor, reviewer):
        edition = EditionFactory(year=2018)
        pledge = PledgeFactory(programme__candidacy__edition=edition)
        services.submit_for_review(pledge, monitor)
        edition.state = EditionState.ARCHIVED
        edition.save()
        pledge = Pledge.objects.get(pk=pledge.pk)
        with refused("archived"):
            services.publish_pledge(pledge, reviewer)
        with refused("archived"):
            services.submit_for_review(PledgeFactory(programme__candidacy__edition=edition), monitor)

    def test_frozen_words_stay_and_the_rest_may_change(self):
        pledge = published_pledge()
        pledge.similarity_group = SimilarityGroupFactory()
        pledge.save()
        for field, value in (("quote", "Nekaj drugega."), ("success_criteria", ""), ("page", 99)):
            changed = Pledge.objects.get(pk=pledge.pk)
            setattr(changed, field, value)
            with pytest.raises(ValidationError):
                changed.save()
            with pytest.raises(ValidationError) as refusal:
                changed.clean()
            assert field in refusal.value.message_dict

    def test_withdrawn_with_a_reason_it_leaves_the_lists(self, reviewer):
        pledge = published_pledge()
        with refused("Say why"):
            services.withdraw_pledge(pledge, "  ", reviewer)
        services.withdraw_pledge(pledge, "Ni bila zaveza.", reviewer)
        pledge.refresh_from_db()
        assert (pledge.state, pledge.withdrawn_reason) == (PledgeState.WITHDRAWN, "Ni bila zaveza.")
        assert pledge not in Pledge.objects.public()
        assert pledge in Pledge.objects.public(pledge.closed_at - DAY), "known until then"
        assert pledge.current.next_check is None
        with refused("Only a published pledge"):
            services.withdraw_pledge(pledge, "Še enkrat.", reviewer)

    def test_merged_it_leads_to_the_one_that_remains(self, reviewer):
        first, second, third = published_pledge(), published_pledge(), published_pledge()
        services.merge_pledge(third, second, "Isti ukrep.", reviewer)
        services.merge_pledge(second, first, "Isti ukrep.", reviewer)
        third.refresh_from_db()
        assert (third.state, third.merged_into) == (PledgeState.MERGED, second), "the record of the merge stays"
        assert services.remaining_pledge(third) == first
        with refused("published pledge"):
            services.merge_pledge(first, second, "Nazaj.", reviewer)
        with refused("into itself"):
            services.merge_pledge(first, first, "Krog.", reviewer)

    def test_a_draft_is_neither_withdrawn_nor_merged(self, reviewer):
        with refused("Only a published pledge"):
            services.withdraw_pledge(PledgeFactory(), "Napaka.", reviewer)
        with refused("Merge into a published pledge"):
            services.merge_pledge(published_pledge(), PledgeFactory(), "Napaka.", reviewer)


class TestAssessments:
    def test_publication_numbers_signs_and_dates_the_row(self, monitor, reviewer):
        pledge = published_pledge()
        draft = AssessmentFactory(pledge=pledge, author=monitor)
        before = clock.now()
        publish(draft, reviewer)
        draft.refresh_from_db()
        assert before <= draft.published_at <= clock.now()
        assert (draft.author_name, draft.approver_name) == ("Ana Spremljevalka", "Bor Pregledovalec")
        assert draft.sequence == 1
        pledge.current.refresh_from_db()
        assert (pledge.current.status, pledge.current.assessment) == (Status.IN_PROGRESS, draft)

    def test_numbers_run_on_over_all_pledges(self):
        rows = [AssessmentFactory(published=True) for _n in range(3)]
        assert [row.sequence for row in rows] == [1, 2, 3]

    def test_nobody_approves_their_own(self, monitor):
        with refused("their own assessment"):
            publish(AssessmentFactory(author=monitor), monitor)

    def test_it_is_published_once(self, reviewer):
        with refused("already published"):
            publish(AssessmentFactory(published=True), reviewer)

    def test_an_account_without_a_name_does_not_show_its_address(self):
        nameless = UserFactory(first_name="", last_name="")
        row = AssessmentFactory(approver=nameless, published=True)
        assert row.approver_name == ""

    def test_the_time_never_goes_back(self, reviewer):
        later = clock.now() + DAY
        AssessmentFactory(published_at=later)
        row = publish(AssessmentFactory(), reviewer)
        assert row.published_at == later
        with refused("published later is already"):
            services.publish_assessment(AssessmentFactory(), reviewer, published_at=later - DAY)

    @pytest.mark.parametrize(
        ("pledge_fields", "words"),
        [
            ({"testability": Testability.NOT_TESTABLE}, "not testable"),
            ({"programme__candidacy__elected": False}, "not in office"),
            ({"programme__candidacy__elected": None, "programme__candidacy__withdrawn_on": "2022-10-30"}, "in office"),
        ],
    )
    def test_a_pledge_behind_a_gate_is_never_assessed(self, reviewer, pledge_fields, words):
        with refused(words):
            publish(AssessmentFactory(pledge=published_pledge(**pledge_fields)), reviewer)

    def test_only_a_published_pledge_is_assessed(self, reviewer):
        closed = published_pledge()
        draft = AssessmentFactory(pledge=closed)
        services.withdraw_pledge(closed, "Napaka.", reviewer)
        for row in (AssessmentFactory(pledge=PledgeFactory()), draft):
            with refused("Only a published pledge"):
                publish(row, reviewer)

    def test_it_takes_effect_neither_later_than_published_nor_before_the_pledge_was_known(self, reviewer):
        tomorrow = AssessmentFactory(effective_date=clock.today() + DAY)
        with refused("after the day of publication"):
            publish(tomorrow, reviewer)
        early = AssessmentFactory(effective_date=dt.date(2022, 10, 1))
        with refused("published later than that"):
            services.publish_assessment(early, reviewer, published_at=PLEDGES_PUBLISHED - DAY)

    def test_the_first_is_initial_and_later_ones_are_not(self, reviewer):
        pledge = published_pledge()
        with refused("this one is the first"):
            publish(AssessmentFactory(pledge=pledge, kind=AssessmentKind.CHANGE), reviewer)
        AssessmentFactory(pledge=pledge, published=True)
        with refused("assessed already"):
            publish(AssessmentFactory(pledge=pledge, kind=AssessmentKind.INITIAL), reviewer)

    def test_a_confirmation_carries_the_same_status(self, monitor, reviewer):
        pledge = published_pledge()
        AssessmentFactory(pledge=pledge, published=True)
        wrong = AssessmentFactory(pledge=pledge, kind=AssessmentKind.CONFIRMATION, status=Status.STALLED)
        with refused("carries the status"):
            publish(wrong, reviewer)
        evidence = EvidenceFactory(pledge=pledge)
        draft = services.confirm(pledge, monitor, "Nič novega.", [evidence])
        assert (draft.published_at, draft.status, list(draft.evidence.all())) == (None, Status.IN_PROGRESS, [evidence])
        publish(draft, reviewer)
        assert pledge.assessments.public().count() == 2

    def test_what_was_never_assessed_cannot_be_confirmed(self, monitor):
        with refused("no assessment to confirm"):
            services.confirm(published_pledge(), monitor, "Nič novega.")

    def test_a_change_changes_the_status_or_a_qualifier(self, reviewer):
        pledge = published_pledge()
        AssessmentFactory(pledge=pledge, published=True)
        same = AssessmentFactory(pledge=pledge, kind=AssessmentKind.CHANGE)
        with refused("this is a confirmation"):
            publish(same, reviewer)
        same.late = True
        publish(same, reviewer)
        pledge.current.refresh_from_db()
        assert (pledge.current.status, pledge.current.late) == (Status.IN_PROGRESS, True)

    def test_a_correction_supersedes_a_row_of_the_same_pledge_once(self, reviewer):
        pledge = published_pledge()
        wrong = AssessmentFactory(pledge=pledge, published=True, status=Status.FULFILLED)
        AssessmentFactory(pledge=pledge, published=True, supersedes=wrong, status=Status.PARTLY)
        pledge.current.refresh_from_db()
        assert pledge.current.status == Status.PARTLY
        with refused("already superseded"):
            publish(AssessmentFactory(pledge=pledge, supersedes=wrong), reviewer)
        foreign = AssessmentFactory(supersedes=wrong)
        with pytest.raises(RuleViolation) as refusal:
            publish(foreign, reviewer)
        assert "supersedes" in refusal.value.message_dict
        draft = AssessmentFactory(pledge=pledge)
        with refused("supersede a published assessment"):
            publish(AssessmentFactory(pledge=pledge, supersedes=draft), reviewer)

    def test_only_corrections_and_retractions_supersede(self, reviewer):
        pledge = published_pledge()
        first = AssessmentFactory(pledge=pledge, published=True)
        change = AssessmentFactory(pledge=pledge, supersedes=first, kind=AssessmentKind.CHANGE, status=Status.FULFILLED)
        with refused("Only a correction or a retraction"):
            publish(change, reviewer)

    def test_a_retraction_is_not_superseded_and_the_next_one_is_first_again(self, reviewer):
        pledge = published_pledge()
        only = AssessmentFactory(pledge=pledge, published=True)
        gone = AssessmentFactory(pledge=pledge, published=True, supersedes=only, kind=AssessmentKind.RETRACTION)
        pledge.current.refresh_from_db()
        assert pledge.current.status == Status.NOT_ASSESSED
        with refused("retraction is not superseded"):
            publish(AssessmentFactory(pledge=pledge, supersedes=gone), reviewer)
        assert AssessmentFactory(pledge=pledge, published=True).kind == AssessmentKind.INITIAL

    def test_an_archived_edition_takes_final_ones_corrections_and_retractions(self, reviewer):
        edition = EditionFactory(year=2018)
        pledge = published_pledge(programme__candidacy__edition=edition, published_at=PLEDGES_PUBLISHED)
        first = AssessmentFactory(pledge=pledge, published=True)
        edition.state = EditionState.ARCHIVED
        edition.save()
        with refused("archived"):
            publish(AssessmentFactory(pledge=pledge, status=Status.STALLED), reviewer)
        with refused("archived"):
            publish(AssessmentFactory(pledge=pledge), reviewer)
        publish(AssessmentFactory(pledge=pledge, supersedes=first, status=Status.STALLED), reviewer)
        final = AssessmentFactory(pledge=pledge, status=Status.PARTLY, effective_date=dt.date(2024, 2, 1))
        publish(final, reviewer)
        pledge.current.refresh_from_db()
        assert pledge.current.status == Status.PARTLY

    def test_evidence_is_of_the_same_pledge(self, reviewer):
        draft = AssessmentFactory(pledge=published_pledge(), evidence=[EvidenceFactory()])
        with refused("evidence of another pledge"):
            publish(draft, reviewer)

    def test_a_refusal_leaves_the_draft_as_it_was(self, monitor):
        draft = AssessmentFactory(author=monitor)
        with refused("their own assessment"):
            publish(draft, monitor)
        draft.refresh_from_db()
        assert (draft.published_at, draft.sequence, draft.approver) == (None, None, None)
