"""What of the pages can be searched: one document for each published page in each language."""

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from django.apps import apps
from django.db import models
from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from search.documents import SearchDocument
from search.registry import DocumentSource
from zaveza.base.addresses import page_address
from zaveza.base.querysets import readable
from zaveza.base.stream_content import plain, plain_text

from ..models import (
    EditionPage,
    EventIndexPage,
    EventPage,
    GoodPracticeIndexPage,
    GoodPracticePage,
    HomePage,
    InitiativesPage,
    NewsIndexPage,
    NewsPage,
    ProjectIndexPage,
    ProjectPage,
    StandardPage,
)
from ..querysets import public_hubs

# Pages of these types are found under `page`.
PLAIN_PAGES: tuple[type[Page], ...] = (
    HomePage,
    StandardPage,
    NewsIndexPage,
    ProjectIndexPage,
    EventIndexPage,
    GoodPracticeIndexPage,
)

# Fields that hold words about the page rather than words of it.
_NOT_SEARCHED = frozenset({"title", "draft_title", "seo_title", "slug", "url_path", "path", "level", "external_url"})


def page_text(page: Page) -> str:
    """All words of a page but its title, in the order of its fields."""
    texts = []
    for field in page._meta.concrete_fields:
        if field.name in _NOT_SEARCHED or not field.editable or field.choices:
            continue
        if isinstance(field, StreamField):
            texts.append(plain_text(getattr(page, field.name)))
        elif isinstance(field, RichTextField):
            texts.append(plain(getattr(page, field.name)))
        elif isinstance(field, models.CharField | models.TextField):
            texts.append(getattr(page, field.name) or "")
    return " ".join(text for text in texts if text)


class PageSource(DocumentSource):
    """The pages of one type. An alias is left out: its text is found where it was written."""

    def queryset(self) -> models.QuerySet:
        return (
            readable(self.model._default_manager.all())
            .filter(depth__gt=1, alias_of__isnull=True)
            .select_related("locale")
            .order_by("pk")
        )

    def documents(self, objects: Iterable[Any]) -> Iterator[SearchDocument]:
        for page in objects:
            url = page_address(page)
            if not url:
                continue
            language = page.locale.language_code
            yield SearchDocument(
                id=f"page-{page.translation_key}-{language}",
                type=self.type,
                language=language,
                title=page.title,
                body=page_text(page),
                url=url,
                facets={code: values for code, values in self.facets(page).items() if values},
                date=self.date(page),
                data={key: value for key, value in self.data(page).items() if value},
            )

    def facets(self, page: Any) -> dict[str, list[str]]:
        """Codes by which documents of this type are narrowed down."""
        return {}

    def date(self, page: Any) -> Any:
        """The day that a hit shows."""
        return None

    def data(self, page: Any) -> dict[str, Any]:
        """What else a hit shows."""
        return {}


def _public_editions() -> models.QuerySet:
    return apps.get_model("pledges", "Edition").objects.public()


def _hub_name(page: Any) -> str:
    if page.hub is None:
        return ""
    language = page.locale.language_code
    return next((text.name for text in page.hub.texts.all() if text.language == language), page.hub.name)


class NewsSource(PageSource):
    type = "news"
    model = NewsPage
    label = _("News")
    kind = _("News article")
    moments = ("hub__published_at",)

    def queryset(self) -> models.QuerySet:
        return super().queryset().select_related("project").prefetch_related(Prefetch("hub", public_hubs()))

    def facets(self, page: NewsPage) -> dict[str, list[str]]:
        return {
            "hub": [page.hub.slug] if page.hub else [],
            "project": [str(page.project.translation_key)] if page.project else [],
            "year": [str(page.date.year)],
        }

    def date(self, page: NewsPage) -> Any:
        return page.date

    def data(self, page: NewsPage) -> dict[str, Any]:
        return {"hub": _hub_name(page)}


class ProjectSource(PageSource):
    type = "project"
    model = ProjectPage
    label = _("Projects")
    kind = _("Project")

    def facets(self, page: ProjectPage) -> dict[str, list[str]]:
        return {"project": [str(page.translation_key)]}

    def date(self, page: ProjectPage) -> Any:
        return page.start


class EventSource(PageSource):
    type = "event"
    model = EventPage
    label = _("Events")
    kind = _("Event")
    moments = ("hub__published_at", "edition__published_at")

    def queryset(self) -> models.QuerySet:
        return (
            super()
            .queryset()
            .select_related("municipality__region")
            .prefetch_related(Prefetch("hub", public_hubs()), Prefetch("edition", _public_editions()))
        )

    def facets(self, page: EventPage) -> dict[str, list[str]]:
        municipality = page.municipality
        return {
            "hub": [page.hub.slug] if page.hub else [],
            "municipality": [municipality.slug] if municipality else [],
            "region": [municipality.region.slug] if municipality else [],
            "edition": [str(page.edition.year)] if page.edition else [],
            "year": [str(page.start_date.year)] if page.start_date else [],
        }

    def date(self, page: EventPage) -> Any:
        return page.start_date

    def data(self, page: EventPage) -> dict[str, Any]:
        return {"hub": _hub_name(page), "place": page.municipality.name if page.municipality else ""}


class GoodPracticeSource(PageSource):
    type = "practice"
    model = GoodPracticePage
    label = _("Good practices")
    kind = _("Good practice")
    moments = ("hub__published_at",)

    def queryset(self) -> models.QuerySet:
        related = super().queryset().select_related("municipality__region", "topic")
        return related.prefetch_related(Prefetch("hub", public_hubs()))

    def facets(self, page: GoodPracticePage) -> dict[str, list[str]]:
        municipality = page.municipality
        return {
            "hub": [page.hub.slug] if page.hub else [],
            "municipality": [municipality.slug] if municipality else [],
            "region": [municipality.region.slug] if municipality else [],
            "topic": [page.topic.code] if page.topic else [],
        }

    def data(self, page: GoodPracticePage) -> dict[str, Any]:
        return {"hub": _hub_name(page), "place": page.municipality.name if page.municipality else ""}


class EditionSource(PageSource):
    type = "edition"
    model = EditionPage
    label: ClassVar[Any] = _("Editions")
    kind: ClassVar[Any] = _("Page of an edition")
    moments = ("edition__published_at",)

    def queryset(self) -> models.QuerySet:
        return super().queryset().prefetch_related(Prefetch("edition", _public_editions()))

    def facets(self, page: EditionPage) -> dict[str, list[str]]:
        return {"edition": [str(page.edition.year)] if _edition(page) else []}

    def data(self, page: EditionPage) -> dict[str, Any]:
        return {"edition": page.edition.year} if _edition(page) else {}


def _edition(page: EditionPage) -> Any:
    """The edition where it is public; a required relation that the prefetch did not find cannot be asked for."""
    return page._state.fields_cache.get("edition")


class InitiativesSource(PageSource):
    type = "initiatives"
    model = InitiativesPage
    label = _("Programmes of initiatives")
    kind = _("Programme of initiatives")


class PlainPageSource(PageSource):
    """Front pages, pages of text and the lists themselves."""

    type = "page"
    model = Page
    label = _("Pages")
    kind = _("Page")

    def queryset(self) -> models.QuerySet:
        pages: Any = super().queryset()
        return pages.type(*PLAIN_PAGES).specific().prefetch_related("locale")
