"""The one reader of the pledge list's query string: rows, counts, facets, chips and links all come from it."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import django_filters
from django.db.models import Count, F, Q
from django.db.models.functions import ExtractYear
from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from zaveza import clock

from . import as_of, choices
from .counting import PledgeCount, count_pledges
from .enums import FINAL_STATUSES, DatePrecision, Gate, PromisedBy, Status, Testability
from .models import Pledge, PledgeText
from .querysets import PledgeQuerySet

# Longer texts are no search for words in a pledge; they are refused with a notice.
MAX_TEXT_LENGTH = 200
MAX_WORDS = 20
# A facet shows this many values at once (and every chosen one); the others fold.
OPEN_OPTIONS = 8
OVERDUE = "overdue"
IN_OFFICE, NOT_IN_OFFICE = "yes", "no"
DEFAULT_SORT = "changed"

_PAGE = "page"


class UnknownFilters(ValueError):
    """Raised by `PledgeFilterSet(…, strict=True)`: the query string names what does not exist."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = list(problems)


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


class _Values(django_filters.MultipleChoiceFilter):
    """Any of the values; never a join that would double a row."""

    def filter(self, qs: Any, value: Sequence[str]) -> Any:
        return qs.filter(**{f"{self.field_name}__in": value}) if value else qs


def _sort_choices() -> list[tuple[str, Any]]:
    return [
        ("changed", pgettext_lazy("sort", "by last change")),
        ("checked", pgettext_lazy("sort", "by last check")),
        ("due", pgettext_lazy("sort", "by due date")),
        ("municipality", pgettext_lazy("sort", "by municipality")),
    ]


_BY_PLACE = ("municipality__slug", "-edition__year", "number")


def _order(name: str, standing_path: str) -> tuple[Any, ...]:
    """The order of rows whose status stands at this path."""
    first = {
        "changed": F(f"{standing_path}__last_changed").desc(nulls_last=True),
        "checked": F(f"{standing_path}__last_checked").desc(nulls_last=True),
        "due": F("due_date").asc(nulls_last=True),
    }
    return (first[name], *_BY_PLACE) if name in first else _BY_PLACE


def _years() -> list[tuple[str, str]]:
    return [(str(year), str(year)) for year in range(1990, 2101)]


class _ListFilterSet(django_filters.FilterSet):
    """The filter `list` in a class of its own: in the other one its name would hide the type."""

    list = _Values(
        field_name="programme__candidacy__list_name",
        choices=lambda: [(name, name) for name in choices.list_names()],
        label=gettext_lazy("List or party"),
    )


class PledgeFilterSet(_ListFilterSet):
    """The pledge list as a query string asks for it.

    `q` finds pledges in which every word occurs as it is typed, in the quote, a title or a summary in any language;
    other forms of a word are found by the search. A repeated parameter means any of its values; different parameters
    must all hold. `status` finds rated pledges only: those behind a gate are found by `testability=not_testable` and
    `in_office=no`.

    `as-of` names an earlier day: rows, numbers and facets are what was known then (`as_of`).

    Unknown parameters and values are left out and named in `problems`; with `strict` they raise `UnknownFilters`.
    """

    q = django_filters.CharFilter(method="filter_words", label=gettext_lazy("Words in the pledge"))
    status = django_filters.MultipleChoiceFilter(
        method="filter_status", choices=Status.choices, label=gettext_lazy("Status")
    )
    region = _Values(
        field_name="municipality__region__slug",
        choices=lambda: [(region.slug, region.name) for region in choices.regions()],
        label=gettext_lazy("Region"),
    )
    municipality = _Values(
        field_name="municipality__slug",
        choices=lambda: [(place.slug, place.name) for place in choices.municipalities()],
        label=gettext_lazy("Municipality"),
    )
    topic = django_filters.MultipleChoiceFilter(
        method="filter_topic",
        choices=lambda: [(topic.code, topic.name) for topic in choices.topics()],
        label=gettext_lazy("Topic"),
    )
    promised_by = _Values(
        field_name="promised_by",
        choices=[
            (PromisedBy.CANDIDATE.value, pgettext_lazy("promised by", "mayor or candidate")),
            (PromisedBy.NGO.value, PromisedBy.NGO.label),
        ],
        label=gettext_lazy("Promised by"),
    )
    edition = _Values(
        field_name="edition__year",
        choices=lambda: [(str(edition.year), str(edition.year)) for edition in choices.editions()],
        label=gettext_lazy("Edition"),
    )
    testability = _Values(field_name="testability", choices=Testability.choices, label=gettext_lazy("Testability"))
    in_office = django_filters.MultipleChoiceFilter(
        method="filter_in_office",
        choices=[
            (IN_OFFICE, pgettext_lazy("pledges of people", "in office, or not decided yet")),
            (NOT_IN_OFFICE, Gate.NOT_IN_OFFICE.label),
        ],
        label=gettext_lazy("Office"),
    )
    due = django_filters.MultipleChoiceFilter(
        method="filter_due",
        choices=lambda: [(OVERDUE, pgettext_lazy("due date", "overdue")), *_years()],
        label=gettext_lazy("Due"),
    )
    sort = django_filters.ChoiceFilter(method="filter_sort", choices=_sort_choices, label=gettext_lazy("Sort"))

    class Meta:
        model = Pledge
        fields: list[str] = []

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

    def __init__(
        self,
        data: QueryDict | None = None,
        queryset: PledgeQuerySet | None = None,
        *,
        strict: bool = False,
        **kwargs: Any,
    ) -> None:
        self.as_of = as_of.read(data or QueryDict())
        pledges: PledgeQuerySet = (
            Pledge.objects.known(self.as_of.at) if queryset is None else queryset  # type: ignore[attr-defined]
        )
        self.problems: list[str] = [self.as_of.problem] if self.as_of.problem else []
        known = self._known(data or QueryDict())
        if strict and self.problems:
            raise UnknownFilters(self.problems)
        super().__init__(known, pledges, **kwargs)

    # Reading the query string

    def _known(self, data: QueryDict) -> QueryDict:
        """What of the query string exists; the rest goes to `problems`, in words."""
        known = QueryDict(mutable=True)
        for name, values in sorted(data.lists()):
            if name in (_PAGE, as_of.PARAMETER):
                continue
            declared = self.base_filters.get(name)
            wanted = sorted({value.strip() for value in values if value.strip()})
            if not wanted:
                continue
            if declared is None:
                self.problems.append(_("There is no filter “%(name)s”; it was ignored.") % {"name": name[:50]})
            elif name == "q":
                self._take_text(known, wanted)
            else:
                self._take_values(known, name, declared, wanted)
        for name, value in self.as_of.pairs:
            known[name] = value
        return known

    def _take_text(self, known: QueryDict, values: Sequence[str]) -> None:
        text = " ".join(" ".join(values).split())
        if len(text) > MAX_TEXT_LENGTH or len(text.split()) > MAX_WORDS:
            problem = _("The words to look for are too many (at most %(words)s words and %(letters)s characters); they were ignored.")  # fmt: skip  # noqa: E501
            self.problems.append(problem % {"words": MAX_WORDS, "letters": MAX_TEXT_LENGTH})
        else:
            known["q"] = text

    def _take_values(self, known: QueryDict, name: str, declared: Any, wanted: Sequence[str]) -> None:
        offered = {str(value) for value, _label in _choices_of(declared)}
        kept = [value for value in wanted if value in offered]
        if name == "sort":
            kept = [value for value in kept[:1] if value != DEFAULT_SORT]
        for value in wanted:
            if value not in offered:
                problem = _("“%(value)s” is not a value of the filter “%(filter)s”; it was ignored.")
                self.problems.append(problem % {"value": value[:50], "filter": declared.label})
        if kept:
            known.setlist(name, kept)

    # Filtering

    def filter_words(self, queryset: PledgeQuerySet, name: str, value: str) -> PledgeQuerySet:
        """Pledges in which every word occurs."""
        for word in value.split():
            in_texts = _any_case("title", word) | _any_case("summary", word)
            texts = PledgeText._default_manager.filter(in_texts)
            queryset = queryset.filter(_any_case("quote", word) | Q(pk__in=texts.values("pledge")))
        return queryset

    def filter_status(self, queryset: PledgeQuerySet, name: str, value: Sequence[str]) -> PledgeQuerySet:
        """Pledges of these statuses; those behind a gate have none. No projection means not assessed."""
        if not value:
            return queryset
        path = queryset.standing_path
        statuses = Q(**{f"{path}__status__in": value})
        if Status.NOT_ASSESSED in value:
            statuses |= Q(**{f"{path}__isnull": True})
        return queryset.with_gate().filter(statuses, gate="")

    def filter_topic(self, queryset: PledgeQuerySet, name: str, value: Sequence[str]) -> PledgeQuerySet:
        """Pledges of any of these topics, each once."""
        if not value:
            return queryset
        return queryset.filter(pk__in=_TOPIC_LINKS.filter(topic__code__in=value).values("pledge"))

    def filter_in_office(self, queryset: PledgeQuerySet, name: str, value: Sequence[str]) -> PledgeQuerySet:
        """Those of candidates who are not in office, or all others."""
        if len(value) != 1:
            return queryset
        queryset = queryset.with_gate()
        behind_gate = Q(gate=Gate.NOT_IN_OFFICE)
        return queryset.filter(behind_gate) if value == [NOT_IN_OFFICE] else queryset.exclude(behind_gate)

    def filter_due(self, queryset: PledgeQuerySet, name: str, value: Sequence[str]) -> PledgeQuerySet:
        """Due in one of these years, or overdue."""
        if not value:
            return queryset
        years = [int(year) for year in value if year != OVERDUE]
        condition = Q(due_date__year__in=years) if years else Q(pk__in=[])
        if OVERDUE in value:
            queryset = queryset.with_gate()
            condition |= overdue(self.as_of.today, queryset.standing_path)
        return queryset.filter(condition)

    def filter_sort(self, queryset: PledgeQuerySet, name: str, value: str) -> PledgeQuerySet:
        """Ordering is no narrowing; see `rows`."""
        return queryset

    @cached_property
    def rows(self) -> PledgeQuerySet:
        """The list in its order, ready to be shown."""
        return self.qs.for_listing().order_by(*_order(self.order, self.qs.standing_path))

    @property
    def order(self) -> str:
        """The order asked for."""
        return str(self.data.get("sort") or DEFAULT_SORT)

    @property
    def text(self) -> str:
        """The words looked for."""
        return str(self.data.get("q", ""))

    def chosen(self, name: str) -> list[str]:
        """The values of a filter in use."""
        return self.data.getlist(name)

    @property
    def is_filtered(self) -> bool:
        return any(name not in ("sort", as_of.PARAMETER) for name in self.data)

    def without(self, name: str) -> PledgeQuerySet:
        """The list as if one filter were not set: what its facet counts."""
        queryset = self.queryset.all()
        self.form.is_valid()
        for other, value in self.form.cleaned_data.items():
            if other != name:
                queryset = self.filters[other].filter(queryset, value)
        return queryset

    # Numbers

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
            links = _TOPIC_LINKS.filter(pledge__in=rows.values("pk"))
            return _tally(links.values_list("topic__code").annotate(count=Count("pk")))
        if name == "in_office":
            found = dict(rows.with_gate().values_list("gate").annotate(count=Count("pk")))
            out = found.get(Gate.NOT_IN_OFFICE.value, 0)
            return {NOT_IN_OFFICE: out, IN_OFFICE: sum(found.values()) - out}
        if name == "due":
            return self._count_due(rows)
        path = self.filters[name].field_name
        return _tally(rows.values_list(path).annotate(count=Count("pk")))

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

    # What is shown beside the list

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
        for value, label in _choices_of(self.filters[name]):
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
            labels = {str(value): str(label) for value, label in _choices_of(self.filters[name])}
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
        return [Option(value, str(label), 0, value == self.order) for value, label in _sort_choices()]

    # Addresses

    @cached_property
    def pairs(self) -> list[tuple[str, str]]:
        """Every parameter in use, sorted, without empty and default values."""
        return sorted((name, value) for name, values in self.data.lists() for value in values)

    @property
    def filter_pairs(self) -> list[tuple[str, str]]:
        """The same without the order."""
        return [pair for pair in self.pairs if pair[0] != "sort"]

    @property
    def clear_url(self) -> str:
        """The address of the whole list, on the same day."""
        return f"{reverse('pledges:pledge_list')}{self.as_of.query}"

    @property
    def query_string(self) -> str:
        """The one query string of this list, whatever order it was asked in."""
        return urlencode(self.pairs)

    def url(self, *, remove: tuple[str, str] | None = None, replace: Iterable[tuple[str, str]] = ()) -> str:
        """The address of this list without one value, or with others in place of a parameter's."""
        replaced = dict(replace)
        pairs = [pair for pair in self.pairs if pair != remove and pair[0] not in replaced]
        query = urlencode(sorted([*pairs, *replaced.items()]))
        address = reverse("pledges:pledge_list")
        return f"{address}?{query}" if query else address

    @property
    def status_links(self) -> dict[str, str]:
        """For each status and gate of the bar, the pledges of this list that it counts."""
        links = {status.value: self.url(replace=[("status", status.value)]) for status in Status}
        links[Gate.NOT_TESTABLE.value] = self.url(
            replace=[("testability", Testability.NOT_TESTABLE.value), ("in_office", IN_OFFICE)]
        )
        links[Gate.NOT_IN_OFFICE.value] = self.url(replace=[("in_office", NOT_IN_OFFICE)])
        return links


def _any_case(field_name: str, word: str) -> Q:
    """The word somewhere in a text. SQLite folds the case of ASCII letters only, so the common cases are tried."""
    found = Q()
    for variant in sorted({word, word.lower(), word.upper(), word.capitalize()}):
        found |= Q(**{f"{field_name}__icontains": variant})
    return found


_TOPIC_LINKS = Pledge.topics.through._default_manager


def _choices_of(declared: Any) -> list[tuple[Any, Any]]:
    offered: Callable[[], Any] | Any = declared.extra["choices"]
    return list(offered() if callable(offered) else offered)


def _tally(rows: Iterable[tuple[Any, int]]) -> dict[str, int]:
    return {str(value): count for value, count in rows if value not in (None, "")}


def overdue(today: dt.date | None = None, standing_path: str = "current") -> Q:
    """Past its due date (the end of the month or year where only that is known) and not final. Needs `with_gate`."""
    day = today or clock.today()
    return (
        (
            Q(due_precision=DatePrecision.DAY, due_date__lt=day)
            | Q(due_precision=DatePrecision.MONTH, due_date__lt=day.replace(day=1))
            | Q(due_precision=DatePrecision.YEAR, due_date__lt=day.replace(month=1, day=1))
        )
        & Q(gate="")
        & (Q(**{f"{standing_path}__isnull": True}) | ~Q(**{f"{standing_path}__status__in": FINAL_STATUSES}))
    )
