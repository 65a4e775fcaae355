"""Ready-made questions to the pages. `for_readers()` is the only door from a public page to other pages."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Self

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, Length, Substr
from django.utils.translation import get_language
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet

from zaveza import clock
from zaveza.base.querysets import readable

# Projects without a first day stand behind those that have one.
NO_DAY = dt.date(1, 1, 1)


@dataclass(frozen=True)
class ShownHub:
    """What a page shows of its hub."""

    slug: str
    name: str
    social_url: str
    social_name: str


def _translated_name(hub: str) -> Subquery:
    names = apps.get_model("pledges", "OrganisationText").objects.filter(
        organisation=OuterRef(hub), language=get_language() or settings.LANGUAGE_CODE
    )
    return Subquery(names.values("name")[:1])


def shown_hub(page: Any) -> ShownHub | None:
    """The hub of a page where readers may see it; one that is still a draft is not shown.

    Costs nothing for a page that was loaded with `with_hub()`, one query for another one.
    """
    if page.hub_id is None:
        return None
    if hasattr(page, "hub_translated_name"):
        hub, name = page.hub, page.hub_translated_name
    else:
        hubs = apps.get_model("pledges", "Organisation").objects.annotate(translated_name=_translated_name("pk"))
        hub = hubs.get(pk=page.hub_id)
        name = hub.translated_name
    if hub.published_at is None or hub.published_at > clock.now():
        return None
    return ShownHub(hub.slug, name or hub.name, hub.social_url, hub.social_name)


def public_hubs() -> models.QuerySet:
    """The organisations that readers may see, with their names. Home names pledges' models by string only."""
    return apps.get_model("pledges", "Organisation").objects.public().with_words()


class ReaderQuerySet(PageQuerySet):
    """Pages as an anonymous reader may see them."""

    def for_readers(self) -> Self:
        """Published pages without a view restriction."""
        return readable(self)

    def with_hub(self) -> Self:
        """The hub of each page and its name in the reader's language, within the query (see `shown_hub`)."""
        return self.select_related("hub").annotate(hub_translated_name=_translated_name("hub"))

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

    def with_list_state(self) -> Self:
        """Annotate `list_is_live`: whether the list that an article belongs to is published."""
        parent_path = Substr("path", 1, Length("path") - Page.steplen)
        lists = Page.objects.filter(live=True, path=OuterRef("list_path"))
        return self.annotate(list_path=parent_path).annotate(list_is_live=Exists(lists))


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


class GoodPracticeQuerySet(ReaderQuerySet):
    """Good practices."""

    def in_list_order(self) -> Self:
        """The latest first; without a year last."""
        return self.order_by(F("year").desc(nulls_last=True), "title", "pk")

    def for_listing(self) -> Self:
        return super().for_listing().select_related("municipality")


def neighbours(pages: models.QuerySet, field: str, value: Any, pk: int) -> tuple[Any, Any]:
    """The pages before and after one in a list ordered by `-field, -pk`; None at its ends."""
    before = pages.filter(Q(**{f"{field}__gt": value}) | Q(**{field: value}, pk__gt=pk)).order_by(field, "pk").first()
    after = pages.filter(Q(**{f"{field}__lt": value}) | Q(**{field: value}, pk__lt=pk)).order_by(f"-{field}", "-pk")
    return before, after.first()


NewsManager = PageManager.from_queryset(NewsQuerySet)
ProjectManager = PageManager.from_queryset(ProjectQuerySet)
EventManager = PageManager.from_queryset(EventQuerySet)
GoodPracticeManager = PageManager.from_queryset(GoodPracticeQuerySet)
ReaderManager = PageManager.from_queryset(ReaderQuerySet)
