"""The rule *current at T*, *last changed* and *last checked* (design: domain, Assessment), over rows in memory."""

import datetime as dt
from itertools import count

import pytest

from pledges.enums import AssessmentKind
from pledges.factories import AssessmentFactory, PledgeFactory
from pledges.models import Assessment, Pledge
from pledges.services import current_assessment, standing_of
from zaveza import clock

INITIAL, CHANGE, CONFIRMATION, CORRECTION, RETRACTION = (
    AssessmentKind.INITIAL,
    AssessmentKind.CHANGE,
    AssessmentKind.CONFIRMATION,
    AssessmentKind.CORRECTION,
    AssessmentKind.RETRACTION,
)
_numbers = count(1)


@pytest.fixture(autouse=True)
def a_set_day(settings):
    """The rule needs no database: neither does what day it is."""
    settings.TODAY = "2026-02-03"


def moment(day: str, hour: int = 12) -> dt.datetime:
    return dt.datetime.fromisoformat(day).replace(hour=hour, tzinfo=dt.UTC)


def row(published: str | None, status: str, kind: str = CHANGE, effective: str = "", supersedes=None) -> Assessment:
    """A row of a made-up history; effective on the day of publication unless said otherwise."""
    number = next(_numbers)
    return Assessment(
        pk=number,
        sequence=number if published else None,
        kind=kind,
        status=status,
        published_at=moment(published) if published else None,
        effective_date=dt.date.fromisoformat(effective or published or "2030-01-01"),
        supersedes=supersedes,
        pledge=Pledge(pk=1),
    )


def test_without_a_row_it_is_not_assessed():
    standing = standing_of([])
    assert (standing.status, standing.assessment, standing.last_changed, standing.last_checked) == (
        "not_assessed",
        None,
        None,
        None,
    )


def test_drafts_and_later_rows_are_not_known_yet():
    first, later = row("2024-01-01", "in_progress", INITIAL), row("2024-06-01", "fulfilled")
    draft = row(None, "stalled")
    assert standing_of([draft, later, first], moment("2024-05-31")).assessment is first
    assert standing_of([draft, later, first], moment("2023-12-31")).status == "not_assessed"
    assert standing_of([draft, later, first]).assessment is later


def test_the_greatest_effective_date_wins_over_the_later_publication():
    newer_fact = row("2024-01-01", "in_progress", INITIAL, effective="2023-12-01")
    older_fact = row("2024-02-01", "not_started", effective="2023-06-01")
    standing = standing_of([newer_fact, older_fact])
    assert standing.assessment is newer_fact
    assert standing.last_changed == moment("2024-01-01")
    assert standing.last_checked == moment("2024-02-01")


def test_of_the_same_day_the_later_publication_and_then_the_later_number_wins():
    first = row("2024-01-01", "in_progress", INITIAL)
    second = row("2024-01-02", "stalled", effective="2024-01-01")
    third = row("2024-01-02", "fulfilled", effective="2024-01-01")
    assert standing_of([third, first, second]).assessment is third
    assert standing_of([first, second]).assessment is second


def test_a_confirmation_is_checked_but_not_changed():
    rows = [
        row("2024-01-01", "in_progress", INITIAL),
        row("2024-03-01", "stalled"),
        row("2024-09-01", "stalled", CONFIRMATION),
    ]
    standing = standing_of(rows)
    assert standing.assessment is rows[2]
    assert standing.last_changed == moment("2024-03-01")
    assert standing.last_checked == moment("2024-09-01")


def test_a_correction_takes_the_place_of_what_it_supersedes():
    wrong = row("2024-01-01", "fulfilled", INITIAL)
    right = row("2024-02-01", "partly", CORRECTION, effective="2024-01-01", supersedes=wrong)
    standing = standing_of([wrong, right])
    assert standing.assessment is right
    assert standing.last_changed == moment("2024-02-01")
    assert standing_of([wrong, right], moment("2024-01-15")).assessment is wrong


def test_a_correction_that_leaves_the_status_does_not_change_it():
    wrong = row("2024-01-01", "partly", INITIAL)
    right = row("2024-02-01", "partly", CORRECTION, effective="2024-01-01", supersedes=wrong)
    standing = standing_of([wrong, right])
    assert standing.assessment is right
    assert standing.last_changed == moment("2024-01-01")


def test_a_corrected_row_drops_even_where_its_correction_has_an_earlier_effective_date():
    wrong = row("2024-01-01", "fulfilled", INITIAL)
    right = row("2024-02-01", "partly", CORRECTION, effective="2023-01-01", supersedes=wrong)
    assert standing_of([wrong, right]).assessment is right


def test_a_retraction_brings_the_earlier_one_back_and_is_no_check():
    first = row("2024-01-01", "in_progress", INITIAL)
    second = row("2024-03-01", "fulfilled")
    gone = row("2024-04-01", "fulfilled", RETRACTION, supersedes=second)
    standing = standing_of([first, second, gone])
    assert standing.assessment is first
    assert standing.last_changed == moment("2024-04-01")
    assert standing.last_checked == moment("2024-03-01")


def test_the_retraction_of_the_only_one_leaves_not_assessed():
    only = row("2024-01-01", "in_progress", INITIAL)
    gone = row("2024-02-01", "in_progress", RETRACTION, supersedes=only)
    standing = standing_of([only, gone])
    assert (standing.status, standing.assessment) == ("not_assessed", None)
    assert standing.last_changed == moment("2024-02-01")
    assert standing.last_checked == moment("2024-01-01")


def test_the_retraction_of_a_correction_does_not_bring_the_corrected_row_back():
    wrong = row("2024-01-01", "fulfilled", INITIAL)
    right = row("2024-02-01", "partly", CORRECTION, effective="2024-01-01", supersedes=wrong)
    gone = row("2024-03-01", "partly", RETRACTION, supersedes=right)
    assert standing_of([wrong, right, gone]).status == "not_assessed"


def test_a_reopened_status_changes_again():
    rows = [
        row("2024-01-01", "fulfilled", INITIAL),
        row("2024-02-01", "in_progress"),
        row("2024-03-01", "fulfilled"),
    ]
    assert standing_of(rows).last_changed == moment("2024-03-01")


def test_rows_of_one_moment_are_one_publication():
    first = row("2024-01-01", "in_progress", INITIAL)
    slip = row("2024-02-01", "fulfilled")
    gone = row("2024-02-01", "fulfilled", RETRACTION, supersedes=slip)
    assert standing_of([first, slip, gone]).last_changed == moment("2024-01-01")


@pytest.mark.parametrize(
    ("published", "seen"),
    [
        # In Slovenia the last minute of 31 March 2024 (summer time) and the first of 1 April.
        (dt.datetime(2024, 3, 31, 21, 59, tzinfo=dt.UTC), True),
        (dt.datetime(2024, 3, 31, 22, 0, tzinfo=dt.UTC), False),
    ],
)
def test_a_day_ends_at_midnight_in_slovenia(published, seen):
    assessment = row("2024-03-31", "fulfilled", INITIAL)
    assessment.published_at = published
    assert (standing_of([assessment], dt.date(2024, 3, 31)).assessment is assessment) is seen


@pytest.mark.django_db
def test_it_is_asked_of_the_stored_rows():
    pledge = PledgeFactory(published=True)
    AssessmentFactory(pledge=pledge, published=True, effective_date=dt.date(2024, 1, 1))
    second = AssessmentFactory(pledge=pledge, published=True, effective_date=dt.date(2024, 2, 1), status="fulfilled")
    AssessmentFactory(
        pledge=pledge,
        published=True,
        effective_date=dt.date(2024, 2, 1),
        published_at=moment("2024-03-01"),
        status="partly",
        supersedes=second,
    )
    AssessmentFactory(pledge=pledge, status="stalled")
    assert current_assessment(pledge, dt.date(2023, 12, 31)) is None
    assert current_assessment(pledge, dt.date(2024, 2, 15)) == second
    assert current_assessment(pledge, clock.end_of_day(dt.date(2024, 3, 1))).status == "partly"
