"""Reading the query string and narrowing the list down by it."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

import django_filters
from django.db.models import Exists, F, OuterRef, Q
from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from .. import as_of, choices
from ..enums import AmendedField, Gate, PromisedBy, Status, Testability
from ..models import Amendment, Pledge, PledgeText
from ..querysets import PledgeQuerySet
from ..searching import in_any_form
from .conditions import TOPIC_LINKS, any_case, choices_of, overdue
from .facets import IN_OFFICE, NOT_IN_OFFICE, OVERDUE, Facets, sort_choices

# Longer texts are no search for words in a pledge; they are refused with a notice.
MAX_TEXT_LENGTH = 200
MAX_WORDS = 20
DEFAULT_SORT = "changed"

_PAGE = "page"


class UnknownFilters(ValueError):
    """Raised by `PledgeFilterSet(…, strict=True)`: the query string names what does not exist."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = list(problems)


class _Values(django_filters.MultipleChoiceFilter):
    """Any of the values; never a join that would double a row."""

    def filter(self, qs: Any, value: Sequence[str]) -> Any:
        return qs.filter(**{f"{self.field_name}__in": value}) if value else qs


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


class PledgeFilterSet(Facets, _ListFilterSet):
    """The pledge list as a query string asks for it.

    `q` finds pledges in which every word occurs as it is typed, in the quote, a title or a summary in any language, and
    those that the search finds for it, in other forms. A repeated parameter means any of its values; different
    parameters must all hold. `status` finds rated pledges only: those behind a gate are found by
    `testability=not_testable` and `in_office=no`.

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
    sort = django_filters.ChoiceFilter(method="filter_sort", choices=sort_choices, label=gettext_lazy("Sort"))

    class Meta:
        model = Pledge
        fields: list[str] = []

    def __init__(
        self,
        data: QueryDict | None = None,
        queryset: PledgeQuerySet | None = None,
        *,
        strict: bool = False,
        **kwargs: Any,
    ) -> None:
        self.as_of = as_of.read(data or QueryDict(), strict=strict)
        pledges: PledgeQuerySet = (
            Pledge.objects.known(self.as_of.at) if queryset is None else queryset  # type: ignore[attr-defined]
        )
        self.problems: list[str] = [self.as_of.problem] if self.as_of.problem else []
        self._strict = strict
        self._forms: dict[str, Q] = {}
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
                refused, ignored = (
                    _("There is no filter “%(name)s”."),
                    _("There is no filter “%(name)s”; it was ignored."),
                )
                self._note(refused, ignored, name=name[:50])
            elif name == "q":
                self._take_text(known, wanted)
            else:
                self._take_values(known, name, declared, wanted)
        for name, value in self.as_of.pairs:
            known[name] = value
        return known

    def _note(self, refused: str, ignored: str, **values: Any) -> None:
        """A problem, in words for an answer that is refused, or for one that goes on without what it is about."""
        self.problems.append((refused if self._strict else ignored) % values)

    def _take_text(self, known: QueryDict, values: Sequence[str]) -> None:
        text = " ".join(" ".join(values).split())
        if len(text) > MAX_TEXT_LENGTH or len(text.split()) > MAX_WORDS:
            refused = _("The words to look for are too many (at most %(words)s words and %(letters)s characters).")
            ignored = _("The words to look for are too many (at most %(words)s words and %(letters)s characters); they were ignored.")  # fmt: skip  # noqa: E501
            self._note(refused, ignored, words=MAX_WORDS, letters=MAX_TEXT_LENGTH)
        else:
            known["q"] = text

    def _take_values(self, known: QueryDict, name: str, declared: Any, wanted: Sequence[str]) -> None:
        offered = {str(value) for value, _label in choices_of(declared)}
        kept = [value for value in wanted if value in offered]
        if name == "sort":
            kept = [value for value in kept[:1] if value != DEFAULT_SORT]
        for value in wanted:
            if value not in offered:
                refused, ignored = (
                    _("“%(value)s” is not a value of the filter “%(filter)s”."),
                    _("“%(value)s” is not a value of the filter “%(filter)s”; it was ignored."),
                )
                self._note(refused, ignored, value=value[:50], filter=declared.label)
        if kept:
            known.setlist(name, kept)

    # Filtering

    def filter_words(self, queryset: PledgeQuerySet, name: str, value: str) -> PledgeQuerySet:
        """Pledges in which every word occurs, today in any form; the quote as it read on the day asked for."""
        quotes = Amendment.objects.filter(part=AmendedField.QUOTE, published_at__lte=self.as_of.moment)
        newer = quotes.filter(pledge=OuterRef("pledge")).filter(
            Q(published_at__gt=OuterRef("published_at"))
            | Q(published_at=OuterRef("published_at"), pk__gt=OuterRef("pk"))
        )
        unamended = ~Q(pk__in=quotes.values("pledge"))
        for word in value.split():
            in_texts = any_case("title", word) | any_case("summary", word)
            texts = PledgeText._default_manager.filter(in_texts)
            reading = quotes.filter(any_case("after", word)).exclude(Exists(newer))
            found = (
                (any_case("quote", word) & unamended)
                | Q(pk__in=reading.values("pledge"))
                | Q(pk__in=texts.values("pledge"))
            )
            if not self.as_of.is_past:
                # The index knows the words of today only.
                found |= self._in_any_form(word)
            queryset = queryset.filter(found)
        return queryset

    def _in_any_form(self, word: str) -> Q:
        """Looked up once, however many facets are counted."""
        if word not in self._forms:
            self._forms[word] = in_any_form(word)
        return self._forms[word]

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
        return queryset.filter(pk__in=TOPIC_LINKS.filter(topic__code__in=value).values("pledge"))

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
