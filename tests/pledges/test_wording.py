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


def test_without_a_mandate_a_person_is_a_candidate() -> None:
    assert office_word(PersonFactory(gender=Gender.MALE), None) == "kandidat"
