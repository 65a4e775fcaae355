"""Pages for tests and for the demo, deterministic and without any file.

A page is made below `parent` (by default below the index, or the home page, of the source language) and published
with a revision, as an editor would; `live=False` makes a draft. `translation_of=page, parent=…` links a translation.
"""

from typing import Any

import factory
from django.conf import settings
from factory.django import DjangoModelFactory
from wagtail.models import Locale, Page, Site

from .models import (
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


def locale_for(language: str) -> Locale:
    """The locale of a language, made where a flushed database has none."""
    return Locale.objects.get_or_create(language_code=language)[0]


def root_page() -> Page:
    """The root of the page tree, made where a flushed database has none."""
    root = Page.get_first_root_node()
    return root or Page.add_root(instance=Page(title="Root", slug="root", locale=locale_for(settings.LANGUAGE_CODE)))


def home_page(language: str = settings.LANGUAGE_CODE) -> HomePage:
    """The home page of a language, made where there is none."""
    return HomePage.objects.filter(locale__language_code=language).first() or HomePageFactory(language=language)


class BasePageFactory(DjangoModelFactory):
    """Adds the page to the tree instead of saving a bare row."""

    class Meta:
        abstract = True

    @classmethod
    def default_parent(cls) -> Page:
        """Where a page without `parent` goes."""
        return home_page()

    @classmethod
    def _create(cls, model_class: type[Page], *args: Any, **kwargs: Any) -> Page:
        parent = kwargs.pop("parent", None) or cls.default_parent()
        translation_of = kwargs.pop("translation_of", None)
        live = kwargs.pop("live", True)
        with_revision = kwargs.pop("with_revision", True)
        kwargs.setdefault("locale", parent.locale)
        if translation_of is not None:
            kwargs["translation_key"] = translation_of.translation_key
            kwargs["slug"] = translation_of.slug
        page = model_class(live=live, **kwargs)
        # A parent that has got children since it was loaded would hand out a path twice.
        Page.objects.get(pk=parent.pk).add_child(instance=page)
        if with_revision:
            revision = page.save_revision()
            if live:
                revision.publish()
                page.refresh_from_db()
        return page


class HomePageFactory(BasePageFactory):
    """The home page of `language`; one that is there already gets the values instead of a second one being made."""

    class Meta:
        model = HomePage

    @classmethod
    def _create(cls, model_class: type[Page], *args: Any, **kwargs: Any) -> Page:
        language = kwargs.pop("language", settings.LANGUAGE_CODE)
        home = HomePage.objects.filter(locale__language_code=language).first()
        if home is not None:
            for name, value in kwargs.items():
                setattr(home, name, value)
            home.save_revision().publish()
            home.refresh_from_db()
            return home
        source = HomePage.objects.filter(locale__language_code=settings.LANGUAGE_CODE).first()
        if source is not None:
            kwargs.setdefault("translation_key", source.translation_key)
        slug = "zaveza" if language == settings.LANGUAGE_CODE else f"zaveza-{language}"
        home = super()._create(
            model_class,
            *args,
            **{"title": "Zaveza", "parent": root_page(), "locale": locale_for(language), "slug": slug, **kwargs},
        )
        if language == settings.LANGUAGE_CODE and not Site.objects.filter(is_default_site=True).exists():
            Site.objects.create(hostname="localhost", root_page=home, is_default_site=True, site_name="Zaveza")
        return home


def _index(model_class: type[Page], factory_class: type[BasePageFactory]) -> Page:
    found = model_class.objects.filter(locale__language_code=settings.LANGUAGE_CODE).first()
    return found or factory_class()


class StandardPageFactory(BasePageFactory):
    title = factory.Sequence(lambda number: f"Stran {number}")
    slug = factory.Sequence(lambda number: f"stran-{number}")

    class Meta:
        model = StandardPage


class InitiativesPageFactory(BasePageFactory):
    title = factory.Sequence(lambda number: f"Pobude {number}")
    slug = factory.Sequence(lambda number: f"pobude-{number}")

    class Meta:
        model = InitiativesPage


class EditionPageFactory(BasePageFactory):
    """`edition` has to be given: home makes no records of pledges."""

    title = factory.LazyAttribute(lambda page: f"Šola za župane {page.edition.year}")
    slug = factory.LazyAttribute(lambda page: f"sola-za-zupane-{page.edition.year}")

    class Meta:
        model = EditionPage


class NewsIndexPageFactory(BasePageFactory):
    title = "Novice"
    slug = "novice"

    class Meta:
        model = NewsIndexPage


class NewsPageFactory(BasePageFactory):
    title = factory.Sequence(lambda number: f"Novica {number}")
    slug = factory.Sequence(lambda number: f"novica-{number}")

    class Meta:
        model = NewsPage

    @classmethod
    def default_parent(cls) -> Page:
        return _index(NewsIndexPage, NewsIndexPageFactory)


class ProjectIndexPageFactory(BasePageFactory):
    title = "Projekti"
    slug = "projekti"

    class Meta:
        model = ProjectIndexPage


class ProjectPageFactory(BasePageFactory):
    title = factory.Sequence(lambda number: f"Projekt {number}")
    slug = factory.Sequence(lambda number: f"projekt-{number}")

    class Meta:
        model = ProjectPage

    @classmethod
    def default_parent(cls) -> Page:
        return _index(ProjectIndexPage, ProjectIndexPageFactory)


class EventIndexPageFactory(BasePageFactory):
    title = "Dogodki"
    slug = "dogodki"

    class Meta:
        model = EventIndexPage


class EventPageFactory(BasePageFactory):
    title = factory.Sequence(lambda number: f"Dogodek {number}")
    slug = factory.Sequence(lambda number: f"dogodek-{number}")

    class Meta:
        model = EventPage

    @classmethod
    def default_parent(cls) -> Page:
        return _index(EventIndexPage, EventIndexPageFactory)


class GoodPracticeIndexPageFactory(BasePageFactory):
    title = "Dobre prakse"
    slug = "dobre-prakse"

    class Meta:
        model = GoodPracticeIndexPage


class GoodPracticePageFactory(BasePageFactory):
    title = factory.Sequence(lambda number: f"Dobra praksa {number}")
    slug = factory.Sequence(lambda number: f"dobra-praksa-{number}")

    class Meta:
        model = GoodPracticePage

    @classmethod
    def default_parent(cls) -> Page:
        return _index(GoodPracticeIndexPage, GoodPracticeIndexPageFactory)
