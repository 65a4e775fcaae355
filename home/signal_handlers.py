"""Keeps the search in step with the pages and the files that they offer: published, moved, restricted or gone."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models.signals import post_delete, post_save, pre_delete
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction, ReferenceIndex, Site
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from search.services import reindex
from zaveza.images.models import CustomDocument, DocumentText

from . import documents
from .models import EditionPage, EventPage, GoodPracticePage, NewsPage, ProjectPage

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
        _reindex_with_files(type_code, found)


def _reindex_with_files(type_code: str, pages: Iterable[int]) -> None:
    """Bring the documents of pages of one type up to date, and those of the files that they offer."""
    keys = list(pages)
    reindex(type_code, keys)
    reindex(documents.FileSource.type, documents.files_used_by(keys))


def note_references(page: Page) -> None:
    """Note now what a page refers to: Wagtail does so in a task, and the search would ask before it has run."""
    with transaction.atomic():
        ReferenceIndex.create_or_update_for_object(page.specific)


def reindex_page(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """A page was taken back, or went away."""
    reindex_pages([instance])


def reindex_published(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """A page appeared or changed."""
    note_references(instance)
    reindex_pages([instance])


def reindex_new_page(sender: type[Page], instance: Page, created: bool, **kwargs: Any) -> None:
    """A page that was live from the start has not been through publishing."""
    if created and instance.live:
        reindex_published(sender, instance)


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
    _reindex_with_files("news", NewsPage.objects.filter(hub=instance).values_list("pk", flat=True))
    _reindex_with_files("event", EventPage.objects.filter(hub=instance).values_list("pk", flat=True))
    _reindex_with_files("practice", GoodPracticePage.objects.filter(hub=instance).values_list("pk", flat=True))


def reindex_pages_of_hub_name(sender: type[models.Model], instance: Any, **kwargs: Any) -> None:
    """A hub is called something else in one language."""
    reindex_pages_of_hub(sender, instance.organisation_id)


def reindex_pages_of_place(sender: type[models.Model], instance: Any, **kwargs: Any) -> None:
    """A municipality or its region has another name or address: its events and good practices show it."""
    place = "municipality__region" if sender._meta.model_name == "region" else "municipality"
    for type_code, model in (("event", EventPage), ("practice", GoodPracticePage)):
        _reindex_with_files(type_code, model.objects.filter(**{place: instance}).values_list("pk", flat=True))


def reindex_pages_of_edition(sender: type[models.Model], instance: Any, **kwargs: Any) -> None:
    """An edition became public or is of another year: its pages and events show it."""
    _reindex_with_files("event", EventPage.objects.filter(edition=instance).values_list("pk", flat=True))
    _reindex_with_files("edition", EditionPage.objects.filter(edition=instance).values_list("pk", flat=True))


def reindex_news_of_project(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """A project goes, and its news without a word no longer belong to it."""
    _reindex_with_files("news", NewsPage.objects.filter(project=instance.pk).values_list("pk", flat=True))


def reindex_all_pages(sender: type[models.Model], **kwargs: Any) -> None:
    """Another page became the root of the site: every address may be another."""
    reindex_pages(Page.objects.filter(depth__gt=1))


def reindex_file(sender: type[models.Model], instance: CustomDocument, **kwargs: Any) -> None:
    """A document of the library appeared, changed or went away."""
    reindex(documents.FileSource.type, [instance.pk])


def reindex_file_of_text(sender: type[models.Model], instance: DocumentText, **kwargs: Any) -> None:
    """The text of a document was read from its file."""
    reindex(documents.FileSource.type, [instance.document_id])


def reindex_unused_file(sender: type[models.Model], instance: ReferenceIndex, **kwargs: Any) -> None:
    """Something no longer refers to a document: it may have been the only page that offers it."""
    if instance.to_content_type_id == ContentType.objects.get_for_model(CustomDocument).pk:
        reindex(documents.FileSource.type, [instance.to_object_id])


def reindex_collection(sender: type[models.Model], instance: Collection, **kwargs: Any) -> None:
    """A collection may stand elsewhere, below one that only some may read."""
    files = CustomDocument.objects.filter(collection__path__startswith=instance.path)
    reindex(documents.FileSource.type, files.order_by("pk").values_list("pk", flat=True))


def reindex_restricted_collection(
    sender: type[models.Model], instance: CollectionViewRestriction, **kwargs: Any
) -> None:
    """Who may read the documents of a collection changed; the restriction may be going with the collection."""
    collection = Collection.objects.filter(pk=instance.collection_id).first()
    if collection is not None:
        reindex_collection(Collection, collection)


def connect() -> None:
    """Called when the app is ready."""
    page_unpublished.connect(reindex_page, dispatch_uid="home.page_unpublished")
    page_published.connect(reindex_published, dispatch_uid="home.page_published")
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
        signal.connect(reindex_file, sender=CustomDocument, dispatch_uid=f"home.file_{name}")
        signal.connect(reindex_file_of_text, sender=DocumentText, dispatch_uid=f"home.text_of_file_{name}")
        signal.connect(
            reindex_restricted_collection,
            sender=CollectionViewRestriction,
            dispatch_uid=f"home.restriction_of_collection_{name}",
        )
    post_save.connect(reindex_collection, sender=Collection, dispatch_uid="home.collection_saved")
    post_delete.connect(reindex_unused_file, sender=ReferenceIndex, dispatch_uid="home.reference_deleted")
    pre_delete.connect(reindex_news_of_project, sender=ProjectPage, dispatch_uid="home.project_goes")
    # Records of another app, named by string.
    for sender, handler in (
        ("Organisation", reindex_pages_of_hub),
        ("Municipality", reindex_pages_of_place),
        ("Region", reindex_pages_of_place),
        ("Edition", reindex_pages_of_edition),
    ):
        post_save.connect(handler, sender=f"pledges.{sender}", dispatch_uid=f"home.{sender}_saved")
