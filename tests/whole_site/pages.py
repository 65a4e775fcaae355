"""Pages of every type in every state in which nobody but the editors may read them, beside public ones."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from home import factories, models
from home.factories import BasePageFactory, HomePageFactory, home_page

from .words import Words, values_for

PageModel = type[Page]

# Home pages are made on their own: each is the root of a language.
FACTORIES: dict[PageModel, type[BasePageFactory]] = {
    models.EditionPage: factories.EditionPageFactory,
    models.EventIndexPage: factories.EventIndexPageFactory,
    models.EventPage: factories.EventPageFactory,
    models.GoodPracticeIndexPage: factories.GoodPracticeIndexPageFactory,
    models.GoodPracticePage: factories.GoodPracticePageFactory,
    models.InitiativesPage: factories.InitiativesPageFactory,
    models.NewsIndexPage: factories.NewsIndexPageFactory,
    models.NewsPage: factories.NewsPageFactory,
    models.ProjectIndexPage: factories.ProjectIndexPageFactory,
    models.ProjectPage: factories.ProjectPageFactory,
    models.StandardPage: factories.StandardPageFactory,
}
INDEXES: dict[PageModel, PageModel] = {
    models.EventPage: models.EventIndexPage,
    models.GoodPracticePage: models.GoodPracticeIndexPage,
    models.NewsPage: models.NewsIndexPage,
    models.ProjectPage: models.ProjectIndexPage,
}
# In the order in which they need each other.
PUBLIC_TYPES = sorted(FACTORIES, key=lambda model: model in INDEXES)


class PageMaker:
    """Makes pages whose every text is a word; `given` are the relations that a type needs, by type."""

    def __init__(self, private: Words, public: Words, given: dict[PageModel, dict[str, Any]]) -> None:
        self.private = private
        self.public = public
        self.given = given
        self.public_pages: dict[PageModel, Page] = {}

    # Public ones

    def make_public(self) -> None:
        """The home pages in Slovene, English and Georgian, and one page of each type in Slovene and English."""
        for language in ("sl", "en", "ka"):
            home = HomePageFactory(language=language, **self._texts(models.HomePage, self.public, without=("slug",)))
            if language == "sl":
                self.public_pages[models.HomePage] = home
        for model in PUBLIC_TYPES:
            page = self._make(model, self.public)
            self.public_pages[model] = page
            self._make(model, self.public, language="en", translation_key=page.translation_key)

    def parent(self, model: PageModel, language: str = "sl") -> Page:
        """Where a page of this type goes."""
        index = INDEXES.get(model)
        if index is None:
            return home_page(language)
        return index.objects.get(
            translation_key=self.public_pages[index].translation_key, locale__language_code=language
        )

    # Private ones

    def never_published(self, model: PageModel, language: str = "sl", **given: Any) -> Page:
        return self._make(model, self.private, "never published", language, live=False, **given)

    def unpublished(self, model: PageModel) -> Page:
        page = self._make(model, self.private, "unpublished")
        page.unpublish()
        return page

    def scheduled(self, model: PageModel) -> Page:
        next_month = timezone.now() + dt.timedelta(days=30)
        page = self._make(model, self.private, "scheduled", live=False, go_live_at=next_month)
        page.save_revision().publish()
        page.refresh_from_db()
        assert not page.live
        assert page.approved_schedule
        return page

    def with_newer_draft(self, model: PageModel) -> Page:
        """A public page with a change that is not published."""
        page = self._make(model, self.public)
        self.change_without_publishing(page)
        return page

    def change_without_publishing(self, page: Page) -> None:
        for name, value in self._texts(type(page), self.private, "newer draft").items():
            setattr(page, name, value)
        page.save_revision()

    def restricted(self, model: PageModel) -> Page:
        page = self._make(model, self.private, "restricted")
        self.restrict(page)
        return page

    def restrict(self, page: Page) -> None:
        kind = PageViewRestriction.PASSWORD if page.pk % 2 else PageViewRestriction.LOGIN
        password = self.private.new("wagtailcore.PageViewRestriction.password")
        PageViewRestriction.objects.create(page=page, restriction_type=kind, password=password)

    def draft_translation(self, model: PageModel) -> Page:
        source = self._make(model, self.public)
        return self.never_published(model, "en", translation_key=source.translation_key)

    def restricted_translation(self, model: PageModel) -> Page:
        source = self._make(model, self.public)
        page = self._make(model, self.private, "restricted translation", "en", translation_key=source.translation_key)
        self.restrict(page)
        return page

    @property
    def states(self) -> dict[str, Callable[[PageModel], Page]]:
        """All ways of not being public."""
        return {
            "never published": self.never_published,
            "unpublished": self.unpublished,
            "scheduled": self.scheduled,
            "newer draft": self.with_newer_draft,
            "restricted": self.restricted,
            "draft translation": self.draft_translation,
            "restricted translation": self.restricted_translation,
        }

    def make_private(self) -> dict[PageModel, dict[str, Page]]:
        """One page of each type in each state; of home pages a newer draft and a draft translation."""
        made: dict[PageModel, dict[str, Page]] = {
            model: {state: make(model) for state, make in self.states.items()} for model in FACTORIES
        }
        home = self.public_pages[models.HomePage]
        self.change_without_publishing(home)
        polish = HomePageFactory(
            language="pl", live=False, **self._texts(models.HomePage, self.private, "draft translation")
        )
        made[models.HomePage] = {"newer draft": home, "draft translation": polish}
        return made

    def _make(self, model: PageModel, words: Words, state: str = "public", language: str = "sl", **given: Any) -> Page:
        texts = self._texts(model, words, state)
        return FACTORIES[model](parent=self.parent(model, language), **{**self.given.get(model, {}), **texts, **given})

    @staticmethod
    def _texts(model: PageModel, words: Words, state: str = "public", without: tuple[str, ...] = ()) -> dict[str, Any]:
        return values_for(model, words, f"{model._meta.label} ({state})", without)
