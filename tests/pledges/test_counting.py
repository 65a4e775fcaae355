"""Counts carry their denominator, what it leaves out, and the right plural."""

import pytest
from django.utils import translation
from django.utils.html import strip_tags

from pledges.counting import PledgeCount, count_pledges, count_pledges_by, join_words
from pledges.enums import Status
from pledges.factories import AssessmentFactory, CandidacyFactory, PledgeFactory, ProgrammeFactory
from pledges.models import Pledge, PledgeStatus

AJDOVSCINA = PledgeCount(
    by_status={
        "fulfilled": 7,
        "partly": 3,
        "in_progress": 6,
        "stalled": 2,
        "not_started": 2,
        "not_assessed": 1,
        "not_fulfilled": 2,
        "no_information": 1,
    },
    by_gate={"not_testable": 2},
)


def test_figures_of_the_municipality_prototype():
    count = AJDOVSCINA
    assert (count.total, count.counted, count.fulfilled, count.rated, count.final) == (26, 23, 7, 22, 12)
    assert count.left_out == {"no_information": 1, "not_testable": 2}


def test_sentences_in_english():
    with translation.override("en"):
        assert strip_tags(AJDOVSCINA.fraction) == "7 of 23 pledges are fulfilled (30%)."
        assert strip_tags(AJDOVSCINA.final_fraction) == "12 of 23 pledges have their final assessment (52%)."
        assert AJDOVSCINA.coverage == "22 of 23 pledges are rated."
        assert AJDOVSCINA.left_out_sentence == (
            "We do not count 1 pledge for which the sources do not suffice"
            " and 2 pledges that cannot be tested in the denominator."
        )


@pytest.mark.parametrize(("rated", "has_percent"), [(9, False), (10, True)])
def test_no_percentage_under_ten_rated_pledges(rated, has_percent):
    count = PledgeCount(by_status={"fulfilled": rated, "not_assessed": 50})
    assert count.has_percent is has_percent
    assert ("%" in strip_tags(count.fraction)) is has_percent


def test_nothing_to_count():
    count = PledgeCount(by_gate={"not_testable": 2})
    with translation.override("en"):
        assert count.fraction == "No pledge can be counted yet."
    assert count.final_share == 0.0


def test_numbers_of_the_bold_sentence_are_escaped_once():
    assert str(AJDOVSCINA.fraction).count("<b>") == 2


@pytest.mark.parametrize(
    ("words", "joined"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_joined_words(words, joined):
    with translation.override("en"):
        assert join_words(words) == joined


@pytest.mark.django_db
class TestFromTheRecord:
    def test_each_pledge_counts_once(self, django_assert_num_queries):
        pledge = AssessmentFactory(status=Status.FULFILLED, published=True).pledge
        PledgeFactory(programme=pledge.programme, published=True)
        PledgeFactory(programme=pledge.programme, published=True, testability="not_testable")
        loser = ProgrammeFactory(candidacy=CandidacyFactory(municipality=pledge.municipality, elected=False))
        PledgeFactory(programme=loser, published=True)
        PledgeFactory(programme=pledge.programme)
        with django_assert_num_queries(1):
            count = count_pledges(Pledge.objects.public())
        assert count.by_status == {"fulfilled": 1, "not_assessed": 1}
        assert count.by_gate == {"not_testable": 1, "not_in_office": 1}

    def test_a_missing_projection_is_not_assessed(self):
        pledge = PledgeFactory(published=True)
        PledgeStatus.objects.filter(pledge=pledge).delete()
        assert count_pledges(Pledge.objects.public()).by_status == {"not_assessed": 1}

    def test_groups(self):
        pledge = PledgeFactory(published=True)
        counts = count_pledges_by(Pledge.objects.public(), "promised_by")
        assert counts["candidate"].total == 1
        assert pledge.promised_by == "candidate"
