"""The form in which editors write a page."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm

HOME_DEPTH = 2


def refuse_taken_slug(slug: str) -> None:
    """Raise `ValidationError` for a slug below the home page that a view of the site answers to (`/sl/pledges/`)."""
    try:
        match = resolve(f"/{settings.LANGUAGE_CODE}/{slug}/")
    except Resolver404:
        return
    if match.url_name != "wagtail_serve":
        raise ValidationError({"slug": _("The site itself answers to this address; choose another slug.")})


class BasePageForm(WagtailAdminPageForm):
    """Refuses an address that belongs to a view: the page would be saved and never be seen."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if self.parent_page and self.parent_page.depth == HOME_DEPTH and cleaned.get("slug"):
            try:
                refuse_taken_slug(cleaned["slug"])
            except ValidationError as error:
                self.add_error(None, error)
        return cleaned
