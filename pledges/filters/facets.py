"""What stands beside the list: facets with their counts, chips, orders."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Count
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from .. import choices
from ..as_of import AsOf
from ..counting import PledgeCount, count_pledges
from ..enums import Gate
from ..querysets import PledgeQuerySet
from .conditions import TOPIC_LINKS, choices_of, overdue, tally

# A facet shows this many values at once (and every chosen one); the others fold.
OPEN_OPTIONS = 8
OVERDUE = "overdue"
IN_OFFICE, NOT_IN_OFFICE = "yes", "no"


@dataclass(frozen=True)
class Option:
    """One value of a facet."""

    value: str
    label: str
    count: int
    chosen: bool
    # A status or gate whose mark stands before the word
    code: str = ""
    language: str = ""


@dataclass(frozen=True)
class Facet:
    """One group of checkboxes: what is open, and what folds."""

    name: str
    label: str
    options: list[Option]
    folded: list[Option] = field(default_factory=list)

    @property
    def all_options(self) -> list[Option]:
        return self.options + self.folded


@dataclass(frozen=True)
class Chip:
    """A filter in use, and the list without it."""

    label: str
    url: str
    language: str = ""


def sort_choices() -> list[tuple[str, Any]]:
    """The orders of the list with their words."""
    return [
        ("changed", pgettext_lazy("sort", "by last change")),
        ("checked", pgettext_lazy("sort", "by last check")),
        ("due", pgettext_lazy("sort", "by due date")),
        ("municipality", pgettext_lazy("sort", "by municipality")),
    ]


class Facets:
    """The half of the filter set that counts and shows; the other half reads and narrows down."""

    FACETS = (
        "status",
        "region",
        "municipality",
        "topic",
        "promised_by",
        "edition",
        "list",
        "due",
        "testability",
        "in_office",
    )

    # Of the filter set
    as_of: AsOf
    data: Any
    filters: Any
    qs: Any

    @property
    def text(self) -> str:
        """The words looked for."""
        raise NotImplementedError

    @property
    def order(self) -> str:
        """The order asked for."""
        raise NotImplementedError

    def without(self, name: str) -> PledgeQuerySet:
        """The list as if one filter were not set: what its facet counts."""
        raise NotImplementedError

    def chosen(self, name: str) -> list[str]:
        """The values of a filter in use."""
        raise NotImplementedError

    def url(self, *, remove: tuple[str, str] | None = None, replace: Iterable[tuple[str, str]] = ()) -> str:
        """The address of this list without one value, or with others in place of a parameter's."""
        raise NotImplementedError

    @cached_property
    def count(self) -> PledgeCount:
        """The numbers above the list, from the same rows."""
        return count_pledges(self.qs)

    @cached_property
    def _facet_counts(self) -> dict[str, Mapping[str, int]]:
        return {name: self._count_facet(name) for name in self.FACETS}

    def _count_facet(self, name: str) -> Mapping[str, int]:
        rows = (self.without(name) if name in self.data else self.qs).order_by()
        if name == "status":
            count = count_pledges(rows) if name in self.data else self.count
            return count.by_status
        if name == "topic":
            links = TOPIC_LINKS.filter(pledge__in=rows.values("pk"))
            return tally(links.values_list("topic__code").annotate(count=Count("pk")))
        if name == "in_office":
            found = dict(rows.with_gate().values_list("gate").annotate(count=Count("pk")))
            out = found.get(Gate.NOT_IN_OFFICE.value, 0)
            return {NOT_IN_OFFICE: out, IN_OFFICE: sum(found.values()) - out}
        if name == "due":
            return self._count_due(rows)
        path = self.filters[name].field_name
        return tally(rows.values_list(path).annotate(count=Count("pk")))

    def _count_due(self, rows: PledgeQuerySet) -> Mapping[str, int]:
        late_by_then = overdue(self.as_of.today, rows.standing_path)
        counts: dict[str, int] = {OVERDUE: 0}
        by_year = rows.with_gate().filter(due_date__isnull=False).values_list(ExtractYear("due_date"))
        for year, total, late in by_year.annotate(count=Count("pk"), late=Count("pk", filter=late_by_then)):
            counts[str(year)] = total
            counts[OVERDUE] += late
        return counts

    @cached_property
    def municipality_count(self) -> int:
        """In how many municipalities the pledges of the list are."""
        counts = self._facet_counts["municipality"]
        chosen = set(self.chosen("municipality"))
        return sum(1 for slug, count in counts.items() if count and (not chosen or slug in chosen))

    @cached_property
    def facets(self) -> list[Facet]:
        """All groups of checkboxes; a group without any value that occurs is left out."""
        return [facet for facet in (self._facet(name) for name in self.FACETS) if facet.all_options]

    def _facet(self, name: str) -> Facet:
        counts = self._facet_counts[name]
        chosen = set(self.chosen(name))
        languages = {topic.code: topic.language for topic in choices.topics()} if name == "topic" else {}
        options = [
            Option(
                value=value,
                label=label,
                count=counts.get(value, 0),
                chosen=value in chosen,
                code=value if name == "status" else "",
                language=languages.get(value, ""),
            )
            for value, label in self._offered(name, counts, chosen)
        ]
        if len(options) <= OPEN_OPTIONS + 2:
            return Facet(name, str(self.filters[name].label), options)
        ranked = sorted(options, key=lambda option: (not option.chosen, -option.count))
        shown = {option.value for option in ranked[:OPEN_OPTIONS]} | chosen
        return Facet(
            name,
            str(self.filters[name].label),
            [option for option in options if option.value in shown],
            [option for option in options if option.value not in shown],
        )

    def _offered(self, name: str, counts: Mapping[str, int], chosen: set[str]) -> Iterator[tuple[str, str]]:
        """Values of a facet with their words: of the long and open-ended ones only those that occur."""
        for value, label in choices_of(self.filters[name]):
            value = str(value)
            if name in ("municipality", "due", "list") and value not in counts and value not in chosen:
                continue
            yield value, str(label)

    @cached_property
    def chips(self) -> list[Chip]:
        """The filters in use."""
        result = []
        if self.text:
            result.append(Chip(f"»{self.text}«", self.url(remove=("q", self.text))))
        languages = {topic.code: topic.language for topic in choices.topics()}
        for name in self.FACETS:
            labels = {str(value): str(label) for value, label in choices_of(self.filters[name])}
            for value in self.chosen(name):
                label = labels[value]
                if name == "due" and value != OVERDUE:
                    label = _("due %(year)s") % {"year": value}
                language = languages.get(value, "") if name == "topic" else ""
                result.append(Chip(label, self.url(remove=(name, value)), language))
        return result

    @cached_property
    def sort_options(self) -> list[Option]:
        """The orders to choose from."""
        return [Option(value, str(label), 0, value == self.order) for value, label in sort_choices()]
