"""Words that follow a person's grammatical form and office."""

import datetime as dt

import pytest
import time_machine

from pledges.enums import Gender
from pledges.factories import MandateFactory, PersonFactory
from pledges.wording import office_word

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("day", "word"),
    [(dt.date(2024, 5, 1), "županja"), (dt.date(2026, 12, 31), "nekdanja županja")],
)
def test_office_follows_the_mandate(day: dt.date, word: str) -> None:
    mandate = MandateFactory(
        person=PersonFactory(gender=Gender.FEMALE), start=dt.date(2022, 12, 5), planned_end=dt.date(2026, 12, 4)
    )
    with time_machine.travel(dt.datetime.combine(day, dt.time(12), dt.UTC), tick=False):
        assert office_word(mandate.person, mandate) == word


def test_office_of_an_earlier_day_is_that_of_the_day() -> None:
    mandate = MandateFactory(
        person=PersonFactory(gender=Gender.MALE), start=dt.date(2018, 12, 5), planned_end=dt.date(2022, 12, 4)
    )
    days = {"kandidat": dt.date(2018, 12, 4), "župan": dt.date(2020, 1, 1), "nekdanji župan": dt.date(2022, 12, 5)}
    for word, day in days.items():
        assert office_word(mandate.person, mandate, day) == word


def test_without_a_mandate_a_person_is_a_candidate() -> None:
    assert office_word(PersonFactory(gender=Gender.MALE), None) == "kandidat"
