"""Words that have a female, a male and a neutral form; the neutral one where a person's form is not known."""

import datetime as dt
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import pgettext_lazy

from zaveza.base.templatetags.base_tags import day

from .enums import DatePrecision, Gender

MAYOR = {
    Gender.FEMALE: pgettext_lazy("female", "mayor"),
    Gender.MALE: pgettext_lazy("male", "mayor"),
    "": pgettext_lazy("female or male", "mayor"),
}
CANDIDATE = {
    Gender.FEMALE: pgettext_lazy("female", "candidate"),
    Gender.MALE: pgettext_lazy("male", "candidate"),
    "": pgettext_lazy("female or male", "candidate"),
}
ELECTED = {
    Gender.FEMALE: pgettext_lazy("female", "elected"),
    Gender.MALE: pgettext_lazy("male", "elected"),
    "": pgettext_lazy("female or male", "elected"),
}
NOT_ELECTED = {
    Gender.FEMALE: pgettext_lazy("female", "not elected"),
    Gender.MALE: pgettext_lazy("male", "not elected"),
    "": pgettext_lazy("female or male", "not elected"),
}
MAYORS_REPLY = {
    Gender.FEMALE: pgettext_lazy("female", "The mayor's reply"),
    Gender.MALE: pgettext_lazy("male", "The mayor's reply"),
    "": pgettext_lazy("female or male", "The mayor's reply"),
}
CANDIDATE_SUBMITS = {
    Gender.FEMALE: pgettext_lazy("female", "The candidate hands in the programme."),
    Gender.MALE: pgettext_lazy("male", "The candidate hands in the programme."),
    "": pgettext_lazy("female or male", "The candidate hands in the programme."),
}
WORDS_OF_CANDIDATE = {
    Gender.FEMALE: pgettext_lazy("female", "The candidate's words before the election."),
    Gender.MALE: pgettext_lazy("male", "The candidate's words before the election."),
    "": pgettext_lazy("female or male", "The candidate's words before the election."),
}


def for_person(forms: dict[Any, Any], person: Any) -> str:
    """The form for this person, or the neutral one."""
    return str(forms.get(person.gender if person else "", forms[""]))


def date_with_precision(value: dt.date | None, precision: str) -> str:
    """A date as exactly as it is known: `5. 12. 2026`, `december 2026` or `2026`."""
    if not value:
        return ""
    if precision == DatePrecision.MONTH:
        return date_format(value, "YEAR_MONTH_FORMAT")
    if precision == DatePrecision.YEAR:
        return str(value.year)
    return day(value)


def date_attribute(value: dt.date, precision: str) -> str:
    """The same for the `datetime` attribute of `<time>`."""
    length = {DatePrecision.MONTH: 7, DatePrecision.YEAR: 4}.get(precision, 10)  # type: ignore[call-overload]
    return value.isoformat()[:length]
