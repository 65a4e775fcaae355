"""What the frame of a page asks for: languages, menu, footer and the scopes of the search."""

from django import template
from wagtail.models import Page

from zaveza.navigation import languages as languages_module
from zaveza.navigation import search_scopes as scopes_module
from zaveza.navigation.languages import LanguageLink
from zaveza.navigation.search_scopes import SearchScope

register = template.Library()


@register.simple_tag(takes_context=True)
def language_links(context: template.Context) -> list[LanguageLink]:
    """The languages of the site with the address of this page in each."""
    request = getattr(context, "request", None) or context.get("request")
    page = context.get("page")
    return languages_module.language_links(request, page if isinstance(page, Page) else None)


@register.simple_tag
def search_scopes() -> list[SearchScope]:
    """What the masthead search can be narrowed to."""
    return scopes_module.search_scopes()
