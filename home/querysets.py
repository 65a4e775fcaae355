"""Ready-made questions to the pages. `for_readers()` is the only door from a public page to other pages."""

import datetime as dt
from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import F, Prefetch, Q, Value
from django.db.models.functions import Coalesce
from wagtail.models import PageManager
from wagtail.query import PageQuerySet

from zaveza import clock

# Projects without a first day stand behind those that have one.
NO_DAY = dt.date(1, 1, 1)


def public_hubs() -> models.QuerySet:
    """The organisations that readers may see, with their names. Home names pledges' models by string only."""
    return apps.get_model("pledges", "Organisation").objects.public().with_words()


class ReaderQuerySet(PageQuerySet):
    """Pages as an anonymous reader may see them."""

    def for_readers(self) -> Self:
        """Published pages without a view restriction."""
        return self.live().public()

    def with_hub(self) -> Self:
        """The hub of each page where it is public itself; a hub that is still a draft is not shown."""
        return self.prefetch_related(Prefetch("hub", public_hubs()))

    def for_listing(self) -> Self:
        """What a row of a list shows, without the bodies."""
        return self.defer_streamfields()

    def for_neighbours(self) -> Self:
        """What the link to a previous or next page shows."""
        return self.defer_streamfields()


class NewsQuerySet(ReaderQuerySet):
    """News articles."""

    def in_list_order(self) -> Self:
        """Newest first."""
        return self.order_by("-date", "-pk")

    def for_listing(self) -> Self:
        return super().for_listing().with_hub()


class ProjectQuerySet(ReaderQuerySet):
    """Projects."""

    def archived(self) -> Self:
        """Finished ones (see `ProjectPage.is_archived`)."""
        return self.filter(self._archived())

    def current(self) -> Self:
        """All others."""
        return self.exclude(self._archived())

    def in_list_order(self) -> Self:
        """Latest beginning first."""
        return self.annotate(list_day=Coalesce("start", Value(NO_DAY))).order_by("-list_day", "-pk")

    @staticmethod
    def _archived() -> Q:
        return Q(archived=True) | Q(end__isnull=False, end__lt=clock.today())


class EventQuerySet(ReaderQuerySet):
    """Events."""

    def past(self) -> Self:
        """Events whose last day is over (see `EventPage.is_past`)."""
        return self._with_last_day().filter(last_day__lt=clock.today())

    def upcoming(self) -> Self:
        """Events of today and later, and those that have no day yet."""
        return self._with_last_day().filter(Q(last_day__gte=clock.today()) | Q(last_day__isnull=True))

    def soonest_first(self) -> Self:
        """The order of what is to come; without a day last."""
        return self.order_by(F("start_date").asc(nulls_last=True), F("start_time").asc(nulls_last=True), "pk")

    def latest_first(self) -> Self:
        """The order of what is over."""
        return self.order_by("-start_date", "-pk")

    def for_listing(self) -> Self:
        return super().for_listing().with_hub().select_related("municipality")

    def _with_last_day(self) -> Self:
        return self.annotate(last_day=Coalesce("end_date", "start_date"))


def neighbours(pages: models.QuerySet, field: str, value: Any, pk: int) -> tuple[Any, Any]:
    """The pages before and after one in a list ordered by `-field, -pk`; None at its ends."""
    before = pages.filter(Q(**{f"{field}__gt": value}) | Q(**{field: value}, pk__gt=pk)).order_by(field, "pk").first()
    after = pages.filter(Q(**{f"{field}__lt": value}) | Q(**{field: value}, pk__lt=pk)).order_by(f"-{field}", "-pk")
    return before, after.first()


NewsManager = PageManager.from_queryset(NewsQuerySet)
ProjectManager = PageManager.from_queryset(ProjectQuerySet)
EventManager = PageManager.from_queryset(EventQuerySet)
ReaderManager = PageManager.from_queryset(ReaderQuerySet)
