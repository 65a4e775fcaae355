"""What the frame of a page asks for: languages, menu, footer and the scopes of the search."""

from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from wagtail.models import Page

from zaveza.navigation import languages as languages_module
from zaveza.navigation import search_scopes as scopes_module
from zaveza.navigation.languages import LanguageLink
from zaveza.navigation.search_scopes import SearchScope
from zaveza.navigation.services import Frame, frame

register = template.Library()


def _request(context: template.Context) -> HttpRequest | None:
    return getattr(context, "request", None) or context.get("request")


@register.simple_tag(takes_context=True)
def language_links(context: template.Context) -> list[LanguageLink]:
    """The languages of the site with the address of this page in each."""
    page = context.get("page")
    # Only the answer to an unknown address carries the path that was asked for (`django.views.defaults`).
    exists = "request_path" not in context
    return languages_module.language_links(_request(context), page if isinstance(page, Page) else None, exists=exists)


@register.simple_tag
def search_scopes() -> list[SearchScope]:
    """What the masthead search can be narrowed to."""
    return scopes_module.search_scopes()


@register.simple_tag
def site_frame() -> Frame:
    """Menu and footer in the reader's language."""
    return frame(translation.get_language() or settings.LANGUAGE_CODE)


@register.simple_tag(takes_context=True)
def current_state(context: template.Context, url: str) -> Any:
    """The value of `aria-current` for a link of the menu: "page" on that page, "true" below it, else nothing."""
    request = _request(context)
    path = url.partition("?")[0].partition("#")[0]
    if request is None or not path.startswith("/"):
        return ""
    if request.path == path:
        return "page"
    is_home = path.strip("/") in dict(settings.LANGUAGES)
    return "true" if not is_home and request.path.startswith(path) else ""
