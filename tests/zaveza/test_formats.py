import datetime as dt

import pytest
from django.utils import formats, translation

LANGUAGES = ["sl", "en", "ka", "pl"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_week_begins_on_monday(language):
    with translation.override(language):
        assert formats.get_format("FIRST_DAY_OF_WEEK") == 1


@pytest.mark.parametrize(
    ("language", "date", "short"),
    [
        ("sl", "3. februar 2026", "3. 2. 2026"),
        ("en", "3 February 2026", "3 Feb 2026"),
        ("ka", "3 თებერვალი 2026", "03.02.2026"),
        ("pl", "3 lutego 2026", "03.02.2026"),
    ],
)
def test_dates_as_they_are_written(language, date, short):
    with translation.override(language):
        day = dt.date(2026, 2, 3)
        assert formats.date_format(day) == date
        assert formats.date_format(day, "SHORT_DATE_FORMAT") == short


@pytest.mark.parametrize("language", LANGUAGES)
def test_dates_are_read_as_they_are_written_and_in_iso(language):
    with translation.override(language):
        patterns = formats.get_format("DATE_INPUT_FORMATS")
        assert "%Y-%m-%d" in patterns
        written = {"en": "03/02/2026"}.get(language, "03.02.2026")
        readings = set()
        for pattern in patterns:
            try:
                readings.add(dt.datetime.strptime(written, pattern).date())
            except ValueError:
                continue
        assert readings == {dt.date(2026, 2, 3)}


def test_slovene_numbers():
    with translation.override("sl"):
        assert formats.number_format(1234567.5, force_grouping=True) == "1.234.567,5"
