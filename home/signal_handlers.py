"""Keeps the search in step with the pages: what is published, moved, restricted or gone."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models.signals import post_delete, post_save, pre_delete
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from search.services import reindex

from . import documents

_TYPE_BY_MODEL: dict[type[Page], str] = {
    **{
        source.model: source.type
        for source in (
            documents.NewsSource,
            documents.ProjectSource,
            documents.EventSource,
            documents.GoodPracticeSource,
            documents.EditionSource,
            documents.InitiativesSource,
        )
    },
    **dict.fromkeys(documents.PLAIN_PAGES, documents.PlainPageSource.type),
}


def reindex_pages(pages: Iterable[Page]) -> None:
    """Bring the documents of these pages up to date."""
    pks: dict[str, list[int]] = defaultdict(list)
    for page in pages:
        type_code = _TYPE_BY_MODEL.get(page.specific_class or Page)
        if type_code:
            pks[type_code].append(page.pk)
    for type_code, found in pks.items():
        reindex(type_code, found)


def reindex_page(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """A page appeared, changed or went away."""
    reindex_pages([instance])


def reindex_new_page(sender: type[Page], instance: Page, created: bool, **kwargs: Any) -> None:
    """A page that was live from the start has not been through publishing."""
    if created and instance.live:
        reindex_pages([instance])


def reindex_branch(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """The addresses of a page and of all below it changed."""
    reindex_pages(Page.objects.descendant_of(instance, inclusive=True))


def reindex_restricted(sender: type[PageViewRestriction], instance: PageViewRestriction, **kwargs: Any) -> None:
    """Who may read a branch of pages changed; the restriction may be going with its page."""
    page = Page.objects.filter(pk=instance.page_id).first()
    if page is not None:
        reindex_branch(Page, page)


def reindex_pages_of_hub(sender: type[models.Model], instance: Any, **kwargs: Any) -> None:
    """A hub got another name or became public: its news, events and good practices show it."""
    reindex("news", documents.NewsPage.objects.filter(hub=instance).values_list("pk", flat=True))
    reindex("event", documents.EventPage.objects.filter(hub=instance).values_list("pk", flat=True))
    reindex("practice", documents.GoodPracticePage.objects.filter(hub=instance).values_list("pk", flat=True))


def reindex_pages_of_hub_name(sender: type[models.Model], instance: Any, **kwargs: Any) -> None:
    """A hub is called something else in one language."""
    reindex_pages_of_hub(sender, instance.organisation_id)


def reindex_pages_of_place(sender: type[models.Model], instance: Any, **kwargs: Any) -> None:
    """A municipality or its region has another name or address: its events and good practices show it."""
    place = "municipality__region" if sender._meta.model_name == "region" else "municipality"
    for type_code, model in (("event", documents.EventPage), ("practice", documents.GoodPracticePage)):
        reindex(type_code, model.objects.filter(**{place: instance}).values_list("pk", flat=True))


def reindex_pages_of_edition(sender: type[models.Model], instance: Any, **kwargs: Any) -> None:
    """An edition became public or is of another year: its pages and events show it."""
    reindex("event", documents.EventPage.objects.filter(edition=instance).values_list("pk", flat=True))
    reindex("edition", documents.EditionPage.objects.filter(edition=instance).values_list("pk", flat=True))


def reindex_news_of_project(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """A project goes, and its news without a word no longer belong to it."""
    reindex("news", documents.NewsPage.objects.filter(project=instance.pk).values_list("pk", flat=True))


def reindex_all_pages(sender: type[models.Model], **kwargs: Any) -> None:
    """Another page became the root of the site: every address may be another."""
    reindex_pages(Page.objects.filter(depth__gt=1))


def connect() -> None:
    """Called when the app is ready."""
    page_unpublished.connect(reindex_page, dispatch_uid="home.page_unpublished")
    page_published.connect(reindex_page, dispatch_uid="home.page_published")
    page_slug_changed.connect(reindex_branch, dispatch_uid="home.page_slug_changed")
    post_page_move.connect(reindex_branch, dispatch_uid="home.post_page_move")
    for model in _TYPE_BY_MODEL:
        uid = f"home.{model._meta.model_name}"
        post_save.connect(reindex_new_page, sender=model, dispatch_uid=f"{uid}.created")
        post_delete.connect(reindex_page, sender=model, dispatch_uid=f"{uid}.deleted")
    for signal, name in ((post_save, "saved"), (post_delete, "deleted")):
        signal.connect(reindex_restricted, sender=PageViewRestriction, dispatch_uid=f"home.restriction_{name}")
        signal.connect(reindex_all_pages, sender=Site, dispatch_uid=f"home.site_{name}")
        # The names of hubs are translated in rows of their own.
        signal.connect(
            reindex_pages_of_hub_name, sender="pledges.OrganisationText", dispatch_uid=f"home.hub_name_{name}"
        )
    pre_delete.connect(reindex_news_of_project, sender=documents.ProjectPage, dispatch_uid="home.project_goes")
    # Records of another app, named by string.
    for sender, handler in (
        ("Organisation", reindex_pages_of_hub),
        ("Municipality", reindex_pages_of_place),
        ("Region", reindex_pages_of_place),
        ("Edition", reindex_pages_of_edition),
    ):
        post_save.connect(handler, sender=f"pledges.{sender}", dispatch_uid=f"home.{sender}_saved")
