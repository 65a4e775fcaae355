"""Whatever a menu or a footer shows has changed: forget what is kept of them."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from wagtail.models import Locale, Page
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from zaveza.navigation.models import Footer, Menu
from zaveza.navigation.services import forget_frames


def forget(sender: type, **kwargs: Any) -> None:
    """A menu, a footer or the address of a page is another."""
    forget_frames()


def forget_deleted_page(sender: type, **kwargs: Any) -> None:
    """A page of any type is gone."""
    if issubclass(sender, Page):
        forget_frames()


def connect() -> None:
    """Called once, when the apps are ready."""
    for model in (Menu, Footer, Locale):
        post_save.connect(forget, sender=model, dispatch_uid=f"navigation-save-{model.__name__}")
        post_delete.connect(forget, sender=model, dispatch_uid=f"navigation-delete-{model.__name__}")
    for signal in (page_published, page_unpublished, page_slug_changed, post_page_move):
        signal.connect(forget, dispatch_uid="navigation-pages")
    post_delete.connect(forget_deleted_page, dispatch_uid="navigation-deleted-page")
