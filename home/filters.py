"""What the query string of a list of pages means, and the way back to it from one of its pages.

A value that the list does not know is ignored and named in `notices`. `query` is the canonical query string: known
filters only, always in the same order. A page of the list carries it in its own address (`?from=`), so that its back
link, its previous and its next page belong to the list that the reader came from. It is read here like the list's own
and written anew, so no address but the list's can come of it.
"""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.http import QueryDict
from django.utils import translation
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from zaveza.base.pagination import PARAMETER as PAGE_PARAMETER

from .querysets import EventQuerySet, NewsQuerySet, ProjectQuerySet, public_hubs

FROM_PARAMETER = "from"

# What is written back to a reader of a value that the list does not know.
_SHOWN_LENGTH = 40

_plain_number = RegexValidator(r"\A[1-9][0-9]{0,5}\Z")


@dataclass(frozen=True)
class Choice:
    """One value of a filter."""

    value: str
    label: str
    is_chosen: bool
    url: str = ""


def _is_plain_number(text: str) -> bool:
    try:
        _plain_number(text)
    except ValidationError:
        return False
    return True


class ListFilter:
    """The filters of one list, as a query string asks for them."""

    # In the order of the canonical query string.
    parameters: ClassVar[tuple[str, ...]] = ()

    def __init__(self, data: QueryDict) -> None:
        self.data = data
        self.notices: list[str] = []
        self.page = data.get(PAGE_PARAMETER, "")

    def chosen(self) -> dict[str, str]:
        """The known values in use, by parameter."""
        return {}

    def unknown(self, value: str, what: str) -> None:
        """Note that a value was ignored."""
        shown = value if len(value) <= _SHOWN_LENGTH else f"{value[:_SHOWN_LENGTH]}…"
        self.notices.append(
            _("The list does not know “%(value)s” (%(filter)s), so it was ignored.") % {"value": shown, "filter": what}
        )

    def query(self, page: int | None = None) -> str:
        """The canonical query string, of the first page or another one."""
        values = self.chosen()
        pairs = [(name, values[name]) for name in self.parameters if name in values]
        if page is not None and page > 1:
            pairs.append((PAGE_PARAMETER, str(page)))
        return urlencode(pairs)

    def address(self, path: str, page: int | None = None) -> str:
        """The list's own address with these filters."""
        query = self.query(page)
        return f"{path}?{query}" if query else path

    def back_address(self, path: str) -> str:
        """The address of the list as `?from=` carried it, with its page."""
        return self.address(path, int(self.page) if _is_plain_number(self.page) else None)


def carried(data: QueryDict) -> QueryDict:
    """The query string of the list from which a reader came; empty where there is none."""
    return QueryDict(data.get(FROM_PARAMETER, ""))


def carry(query: str) -> str:
    """The query string by which a page of a list remembers the list's own one."""
    return urlencode({FROM_PARAMETER: query}) if query else ""


def hub_name(hub: Any) -> str:
    """A hub's name in the reader's language, else its own."""
    language = translation.get_language()
    return next((text.name for text in hub.texts.all() if text.language == language), hub.name)


class NewsFilter(ListFilter):
    """News by year of publication and by hub."""

    parameters = ("hub", "year")

    def __init__(self, data: QueryDict, news: NewsQuerySet) -> None:
        super().__init__(data)
        self.years = [day.year for day in news.dates("date", "year", order="DESC")]
        hub_pks = news.order_by().exclude(hub=None).values("hub").distinct()
        self.hubs = sorted(public_hubs().filter(pk__in=hub_pks), key=lambda hub: hub_name(hub).casefold())
        self.year = self._year(data.get("year", ""))
        self.hub = self._hub(data.get("hub", ""))

    def _year(self, asked: str) -> int | None:
        if not asked:
            return None
        if _is_plain_number(asked) and int(asked) in self.years:
            return int(asked)
        self.unknown(asked, pgettext("filter", "year"))
        return None

    def _hub(self, asked: str) -> Any | None:
        if not asked:
            return None
        found = next((hub for hub in self.hubs if hub.slug == asked), None)
        if found is None:
            self.unknown(asked, pgettext("filter", "hub"))
        return found

    def chosen(self) -> dict[str, str]:
        values = {}
        if self.hub is not None:
            values["hub"] = self.hub.slug
        if self.year is not None:
            values["year"] = str(self.year)
        return values

    def facets(self) -> dict[str, list[str]]:
        """The same as filters of the search, by which the list is followed."""
        return {name: [value] for name, value in self.chosen().items()}

    def apply(self, news: NewsQuerySet) -> NewsQuerySet:
        """The news that these filters let through."""
        if self.year is not None:
            news = news.filter(date__year=self.year)
        if self.hub is not None:
            news = news.filter(hub=self.hub)
        return news

    @property
    def year_choices(self) -> list[Choice]:
        return [Choice(str(year), str(year), year == self.year) for year in self.years]

    @property
    def hub_choices(self) -> list[Choice]:
        return [Choice(hub.slug, hub_name(hub), hub == self.hub) for hub in self.hubs]

    def chips(self, path: str) -> list[dict[str, str]]:
        """The filters in use, each with the address of the list without it."""
        labels = {"year": str(self.year), "hub": hub_name(self.hub) if self.hub else ""}
        chips = []
        for name in self.chosen():
            rest = urlencode({other: value for other, value in self.chosen().items() if other != name})
            chips.append({"label": labels[name], "url": f"{path}?{rest}" if rest else path})
        return chips


class _TabFilter(ListFilter):
    """One parameter whose values are the tabs of a list; the first is the one without a parameter."""

    parameter: ClassVar[str]

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.tabs = self.labels()
        self.first = next(iter(self.tabs))
        asked = data.get(self.parameter, "") or self.first
        if asked not in self.tabs:
            self.unknown(asked, self.name())
            asked = self.first
        self.value = asked

    def labels(self) -> dict[str, str]:
        raise NotImplementedError

    def name(self) -> str:
        raise NotImplementedError

    def chosen(self) -> dict[str, str]:
        return {} if self.value == self.first else {self.parameter: self.value}

    def choices(self, path: str) -> list[Choice]:
        """The tabs with their addresses."""
        return [
            Choice(
                value,
                label,
                value == self.value,
                path if value == self.first else f"{path}?{urlencode({self.parameter: value})}",
            )
            for value, label in self.tabs.items()
        ]


class ProjectFilter(_TabFilter):
    """Current or archived projects."""

    parameter = "state"
    parameters = ("state",)

    def labels(self) -> dict[str, str]:
        return {"current": pgettext("projects", "Current"), "archived": pgettext("projects", "Archived")}

    def name(self) -> str:
        return pgettext("filter", "state")

    def apply(self, projects: ProjectQuerySet) -> ProjectQuerySet:
        """The projects of the chosen tab."""
        return projects.archived() if self.value == "archived" else projects.current()


class EventFilter(_TabFilter):
    """Upcoming or past events."""

    parameter = "when"
    parameters = ("when",)

    def labels(self) -> dict[str, str]:
        return {"upcoming": pgettext("events", "Upcoming"), "past": pgettext("events", "Past")}

    def name(self) -> str:
        return pgettext("filter", "time")

    def apply(self, events: EventQuerySet) -> EventQuerySet:
        """The events of the chosen tab in its order."""
        return events.past().latest_first() if self.value == "past" else events.upcoming().soonest_first()
