"""What time alone changes reaches the index with the next tick."""

import datetime as dt
from typing import Any

import pytest

from pledges.factories import (
    AssessmentFactory,
    CandidacyFactory,
    EditionFactory,
    PersonFactory,
    PledgeFactory,
    ProgrammeFactory,
)
from pledges.models import Municipality
from search import services
from search.engines import get_engine
from search.models import OutboxEntry, SearchEntry
from search.queries import read_query
from search.services.ticks import follow_time, put_right
from zaveza import clock


def found(words: str) -> set[str]:
    return {hit.id for hit in get_engine().search(read_query(words).query).hits}


@pytest.fixture
def pledge(db: None) -> Any:
    place = Municipality.objects.get(slug="maribor")
    candidacy = CandidacyFactory(
        municipality=place, edition=EditionFactory(year=2022), person=PersonFactory(name="Breda Zupanc")
    )
    made = PledgeFactory(programme=ProgrammeFactory(candidacy=candidacy), published=True, due_date=dt.date(2031, 5, 1))
    services.rebuild()
    return made


@pytest.mark.parametrize("words", ["Breda Zupanc", "bredo zupanc", "mariboru", "Maribor 2031"])
def test_names_and_the_due_year_find_what_was_promised(pledge: Any, words: str) -> None:
    assert pledge.public_id in found(words)


def test_a_published_assessment_finds_its_pledge_and_a_draft_does_not(pledge: Any) -> None:
    AssessmentFactory(pledge=pledge, summary="Čolnarna stoji.", published=True)
    AssessmentFactory(pledge=pledge, summary="Pomol manjka.")
    services.rebuild()
    assert found("čolnarna") == {pledge.public_id}
    assert found("pomol manjka") == set()


def test_what_becomes_public_by_time_is_found_after_the_next_tick(pledge: Any, settings: Any) -> None:
    settings.TODAY = "2026-02-03"
    follow_time(clock.now())
    tomorrow = clock.now() + dt.timedelta(hours=20)
    later = CandidacyFactory(edition=pledge.edition, person=PersonFactory(name="Cilka Hribar"), published_at=tomorrow)
    services.sync()
    assert not SearchEntry.objects.filter(document_id=later.person.public_id).exists()
    settings.TODAY = "2026-02-04"
    assert follow_time(clock.now())
    assert SearchEntry.objects.filter(document_id=later.person.public_id).exists()
    assert follow_time(clock.now()) is None


def test_a_tick_writes_what_waits_in_the_outbox(pledge: Any) -> None:
    SearchEntry.objects.all().delete()
    OutboxEntry.objects.create(type="pledge", object_pk=str(pledge.pk), attempts=3)
    assert follow_time(clock.now())
    assert SearchEntry.objects.filter(document_id=pledge.public_id).exists()


def test_the_nightly_comparison_puts_right_what_differs(pledge: Any) -> None:
    SearchEntry.objects.filter(document_id=pledge.public_id).update(digest="other")
    assert put_right(clock.now()) == "1 documents put right"
    assert put_right(clock.now()) is None
