"""The public log of corrections: what was corrected, retracted, amended or erased, in one order and one filter object.

Page and feed read the same query string; what is not public, or was not known on the day asked for, is not in it.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import CharField, Q, QuerySet, Value
from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from . import as_of, choices
from .enums import AssessmentKind, EditionState
from .models import Amendment, Assessment, Correction, Redaction

CORRECTION, REPLACEMENT, RETRACTION, AMENDMENT, REDACTION = (
    "correction", "replacement", "retraction", "amendment", "redaction"
)  # fmt: skip
# Assessments that supersede another one
_SUPERSEDING = (REPLACEMENT, RETRACTION)
PARAMETERS = ("kind", "municipality", "edition")
_SHOWN_LENGTH = 40


@dataclass(frozen=True)
class Entry:
    """One entry: `kind` says how it is shown; `record` is the row itself."""

    kind: str
    at: dt.datetime
    record: Any

    @property
    def anchor(self) -> str:
        """Its place on the page, and its permanent id."""
        if isinstance(self.record, Assessment):
            return f"assessment-{self.record.sequence}"
        return str(self.record.public_id)

    @property
    def pledge(self) -> Any:
        """The pledge that it is about, if any."""
        return self.record.pledge

    @property
    def is_after_the_end(self) -> bool:
        """Whether the edition is archived: what is corrected then is marked so."""
        return bool(self.pledge and self.pledge.edition.state == EditionState.ARCHIVED)


def kinds() -> dict[str, str]:
    """The kinds of entries in words."""
    return {
        CORRECTION: pgettext("log", "correction"),
        REPLACEMENT: pgettext("log", "corrected assessment"),
        RETRACTION: pgettext("log", "retraction"),
        AMENDMENT: pgettext("log", "amendment"),
        REDACTION: pgettext("log", "erased words"),
    }


class CorrectionLog:
    """The log as a query string asks for it. A value that it does not know is ignored and named in `problems`."""

    def __init__(self, data: QueryDict) -> None:
        self.as_of = as_of.read(data)
        self.problems: list[str] = [self.as_of.problem] if self.as_of.problem else []
        places = {place.slug: place for place in choices.municipalities()}
        years = {str(edition.year): edition for edition in choices.editions()}
        self.kind = self._known(data, "kind", kinds(), pgettext("filter", "kind"))
        self.municipality = self._known(data, "municipality", places, pgettext("filter", "municipality"))
        self.edition = self._known(data, "edition", years, pgettext("filter", "edition"))
        self._place = places.get(self.municipality)
        self._year = years.get(self.edition)

    def _known(self, data: QueryDict, name: str, known: Iterable[str], what: str) -> str:
        value = data.get(name, "").strip()
        if not value or value in known:
            return value
        shown = value if len(value) <= _SHOWN_LENGTH else f"{value[:_SHOWN_LENGTH]}…"
        self.problems.append(
            _("The list does not know “%(value)s” (%(filter)s), so it was ignored.") % {"value": shown, "filter": what}
        )
        return ""

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The filters in use, in the order of the canonical query string."""
        return [(name, value) for name in PARAMETERS if (value := getattr(self, name))]

    def url(self, name: str = "pledges:corrections", without: str = "") -> str:
        """The address of page or feed with these filters and the day asked for."""
        pairs = [(key, value) for key, value in self.pairs if key != without] + self.as_of.pairs
        return f"{reverse(name)}?{urlencode(pairs)}" if pairs else reverse(name)

    @property
    def chips(self) -> list[dict[str, str]]:
        """The filters in use, each with the list without it."""
        labels = {
            "kind": kinds().get(self.kind, ""),
            "municipality": self._place.name if self._place else "",
            "edition": self.edition,
        }
        return [{"label": labels[name], "url": self.url(without=name)} for name, _value in self.pairs]

    @property
    def is_filtered(self) -> bool:
        """Whether any filter is in use."""
        return bool(self.pairs)

    @cached_property
    def rows(self) -> QuerySet:
        """Kind, key and moment of every entry, the newest first; `entries` fills in the records of a page."""
        parts = [self._rows(kind) for kind in kinds() if not self.kind or self.kind == kind]
        first, *others = parts
        return (first.union(*others, all=True) if others else first).order_by("-published_at", "-pk", "entry")

    def entries(self, rows: Iterable[dict[str, Any]]) -> list[Entry]:
        """The records of these rows, in a fixed number of queries."""
        wanted: dict[str, list[int]] = {}
        rows = list(rows)
        for row in rows:
            wanted.setdefault(row["entry"], []).append(row["pk"])
        records = {kind: self._records(kind).in_bulk(keys) for kind, keys in wanted.items()}
        return [Entry(row["entry"], row["published_at"], records[row["entry"]][row["pk"]]) for row in rows]

    def _rows(self, kind: str) -> QuerySet:
        return (
            _MODELS[kind]
            ._default_manager.public(self.as_of.at)  # type: ignore[attr-defined]
            .filter(_KINDS.get(kind, Q()), self._where())
            .order_by()
            .annotate(entry=Value(kind, CharField()))
            .values("entry", "pk", "published_at")
        )

    def _records(self, kind: str) -> QuerySet:
        related = ["pledge__municipality", "pledge__edition"]
        if kind == CORRECTION:
            related.append("assessment")
        elif kind in _SUPERSEDING:
            related.append("supersedes")
        return (
            _MODELS[kind]
            ._default_manager.select_related(*related)
            .prefetch_related("pledge__texts", *(["texts"] if kind in _SUPERSEDING else []))
        )

    def _where(self) -> Q:
        """Public wholes, and what the filters let through. What is of no pledge stands in the whole list only."""
        moment = self.as_of.moment
        public = Q(
            Q(pledge__organisation__isnull=True) | Q(pledge__organisation__published_at__lte=moment),
            pledge__published_at__lte=moment,
            pledge__programme__published_at__lte=moment,
            pledge__programme__candidacy__published_at__lte=moment,
            pledge__edition__published_at__lte=moment,
        )
        if self._place:
            public &= Q(pledge__municipality=self._place.pk)
        if self._year:
            public &= Q(pledge__edition=self._year.pk)
        return public if self._place or self._year else public | Q(pledge__isnull=True)


_MODELS: dict[str, Any] = {
    CORRECTION: Correction,
    REPLACEMENT: Assessment,
    RETRACTION: Assessment,
    AMENDMENT: Amendment,
    REDACTION: Redaction,
}
_KINDS = {REPLACEMENT: Q(kind=AssessmentKind.CORRECTION), RETRACTION: Q(kind=AssessmentKind.RETRACTION)}
