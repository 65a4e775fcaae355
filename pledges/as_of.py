"""*As at day T* (design: domain): the day that a page, list, number or export is asked for, and what was known then.

`?as-of=YYYY-MM-DD` names the day; its end in Europe/Ljubljana counts. What was published by then decides about pledges,
assessments, replies, corrections and amendments (`PledgeQuerySet.known`, `.public(at)`); candidacies and mandates are
shown by their dates (`known_candidacy`, `known_mandate`). Other words are today's, and the banner says so.
"""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from zaveza import clock

from .enums import Suitability
from .models import Candidacy, Mandate, Programme

PARAMETER = "as-of"
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True)
class AsOf:
    """The day asked for; without `day` it is today, the present moment."""

    day: dt.date | None = None
    # Why a day asked for is not shown, as a sentence for the reader
    problem: str = ""

    @property
    def is_past(self) -> bool:
        return self.day is not None

    @property
    def at(self) -> dt.datetime | None:
        """The moment to ask the record for: the end of the day; None for now."""
        return clock.end_of_day(self.day) if self.day else None

    @property
    def moment(self) -> dt.datetime:
        """The same as a moment in any case."""
        return self.at or clock.now()

    @property
    def today(self) -> dt.date:
        """The day that the page takes for today."""
        return self.day or clock.today()

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """What an address needs to stay on that day."""
        return [(PARAMETER, self.day.isoformat())] if self.day else []

    @property
    def query(self) -> str:
        """The same as a query string with its question mark, empty for today."""
        return f"?{PARAMETER}={self.day.isoformat()}" if self.day else ""


NOW = AsOf()


def read(query: QueryDict, *, strict: bool = False) -> AsOf:
    """The day that a query string names. An impossible or future one gives today, with the problem in words.

    To somebody `strict`, who shows nothing then, the words do not say that it is today's state.
    """
    text = query.get(PARAMETER, "").strip()
    if not text:
        return AsOf()
    try:
        day = dt.date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None or day.year < 1900:
        refused, shown = (
            _("“%(day)s” is not a day like 2026-02-03."),
            _("“%(day)s” is not a day like 2026-02-03; you see today's state."),
        )
        return AsOf(problem=(refused if strict else shown) % {"day": text[:50]})
    if day > clock.today():
        refused, shown = (
            _("The day %(day)s has not come yet."),
            _("The day %(day)s has not come yet; you see today's state."),
        )
        return AsOf(problem=(refused if strict else shown) % {"day": day.isoformat()})
    return AsOf() if day == clock.today() else AsOf(day)


def stamp(as_of: AsOf, kept: Iterable[tuple[str, str]] = (), today_url: str = "") -> dict[str, Any]:
    """What the stamp and the banner of an earlier day need; `kept` are the other parameters of the page's address."""
    return {
        "as_of": as_of,
        "today": as_of.today,
        "latest_day": clock.today(),
        "as_of_kept": [pair for pair in kept if pair[0] != PARAMETER],
        "today_url": today_url or "?",
        "notices": [as_of.problem] if as_of.problem else [],
        **({"noindex": True} if as_of.is_past else {}),
    }


def known_mandate(mandate: Mandate, day: dt.date) -> Mandate:
    """The mandate as it stood on a day: an end that came later is not known. The instance is for reading."""
    if mandate.end and mandate.end > day:
        mandate.end, mandate.end_reason = None, ""
    return mandate


def known_programme(programme: Programme, as_of: AsOf) -> Programme:
    """The programme as it stood on a day: a later decision about it is not known. The instance is for reading."""
    if as_of.is_past and programme.decided_on and programme.decided_on > as_of.today:
        programme.suitability, programme.criteria_met, programme.decided_on = Suitability.UNDECIDED, None, None
        programme.criteria_total = None
        programme.jury = programme.decision_reason = ""
    return programme


def known_candidacy(candidacy: Candidacy, day: dt.date) -> Candidacy:
    """The candidacy as it stood on a day: before the election no result is known. The instance is for reading."""
    if candidacy.withdrawn_on and candidacy.withdrawn_on > day:
        candidacy.withdrawn_on = None
    election = candidacy.edition.election_date
    if election and election > day:
        candidacy.elected = candidacy.first_round_share = candidacy.second_round_share = None
        candidacy.first_round_votes = candidacy.second_round_votes = None
    return candidacy
