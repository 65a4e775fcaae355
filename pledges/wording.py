"""Words that have a female, a male and a neutral form; the neutral one where a person's form is not known."""

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import pgettext_lazy

from zaveza import clock
from zaveza.base.templatetags.base_tags import day

from .enums import DatePrecision, Gender

MAYOR = {
    Gender.FEMALE: pgettext_lazy("female", "mayor"),
    Gender.MALE: pgettext_lazy("male", "mayor"),
    "": pgettext_lazy("female or male", "mayor"),
}
FORMER_MAYOR = {
    Gender.FEMALE: pgettext_lazy("female", "former mayor"),
    Gender.MALE: pgettext_lazy("male", "former mayor"),
    "": pgettext_lazy("female or male", "former mayor"),
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


MAYOR_HANDED_IN = {
    Gender.FEMALE: pgettext_lazy(
        "female",
        "Mayor %(who)s handed in a programme of cooperation in the community before the election of %(year)s.",
    ),
    Gender.MALE: pgettext_lazy(
        "male",
        "Mayor %(who)s handed in a programme of cooperation in the community before the election of %(year)s.",
    ),
    "": pgettext_lazy(
        "female or male",
        "Mayor %(who)s handed in a programme of cooperation in the community before the election of %(year)s.",
    ),
}
MAYOR_WITHOUT_PROGRAMME = {
    Gender.FEMALE: pgettext_lazy(
        "female",
        "Mayor %(who)s handed in no programme of cooperation in the community before the election of %(year)s.",
    ),
    Gender.MALE: pgettext_lazy(
        "male",
        "Mayor %(who)s handed in no programme of cooperation in the community before the election of %(year)s.",
    ),
    "": pgettext_lazy(
        "female or male",
        "Mayor %(who)s handed in no programme of cooperation in the community before the election of %(year)s.",
    ),
}
MAYOR_IN_OFFICE = {
    Gender.FEMALE: pgettext_lazy(
        "female",
        "Mayor %(who)s is in office since %(day)s; we know of no programme of cooperation.",
    ),
    Gender.MALE: pgettext_lazy(
        "male",
        "Mayor %(who)s is in office since %(day)s; we know of no programme of cooperation.",
    ),
    "": pgettext_lazy(
        "female or male",
        "Mayor %(who)s is in office since %(day)s; we know of no programme of cooperation.",
    ),
}
CANDIDATE_STANDS = {
    Gender.FEMALE: pgettext_lazy(
        "female",
        "%(who)s: candidacy for mayor of the municipality of %(municipality)s, election of %(year)s.",
    ),
    Gender.MALE: pgettext_lazy(
        "male",
        "%(who)s: candidacy for mayor of the municipality of %(municipality)s, election of %(year)s.",
    ),
    "": pgettext_lazy(
        "female or male",
        "%(who)s: candidacy for mayor of the municipality of %(municipality)s, election of %(year)s.",
    ),
}

# Quotation marks by language (design: visual, Language).
QUOTATION_MARKS = {"sl": ("»", "«"), "pl": ("„", "”"), "ka": ("„", "“"), "en": ("“", "”")}


def quotation_marks(language: str) -> tuple[str, str]:
    """Opening and closing mark of a language; the Slovene ones for a language without its own here."""
    return QUOTATION_MARKS.get(language, QUOTATION_MARKS["sl"])


def pledge_address(pledge: Any) -> str:
    """A pledge's page in the reader's language."""
    return reverse("pledges:pledge", args=[pledge.public_id])


def for_person(forms: dict[Any, Any], person: Any) -> str:
    """The form for this person, or the neutral one."""
    return str(forms.get(person.gender if person else "", forms[""]))


def office_word(person: Any, mandate: Any, day: dt.date | None = None) -> str:
    """What the person is on a day (or today): candidate before the mandate, mayor within it, former mayor after it."""
    day = day or clock.today()
    if mandate is None or day < mandate.start:
        return for_person(CANDIDATE, person)
    return for_person(FORMER_MAYOR if mandate.last_day < day else MAYOR, person)


def sentence(forms: dict[Any, Any], person: Any, **words: Any) -> SafeString:
    """The sentence in this person's form; the words may be HTML."""
    template = for_person(forms, person)
    for name in words:
        template = template.replace(f"%({name})s", f"{{{name}}}")
    return format_html(template, **words)


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
