"""Where a reader finds this page in another language, and where it is not translated."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils import translation
from django.utils.translation import get_language_info
from wagtail.models import Page

from zaveza.base.addresses import page_address


@dataclass(frozen=True)
class LanguageLink:
    """One language of the site; `url` is None where the page has no text in it."""

    code: str
    name: str
    url: str | None
    is_current: bool

    @property
    def path(self) -> str:
        """The address without its query: what search engines are told."""
        return (self.url or "").partition("?")[0]


def language_links(request: HttpRequest | None, page: Page | None = None, *, exists: bool = True) -> list[LanguageLink]:
    """All languages of the site in their own names, with the address of the same page where there is one.

    A CMS page exists in the languages of its live translations (one query; an alias is not a translation), every
    other address in all languages. An address that nothing answers (`exists=False`) leads to the home page of each.
    """
    active = translation.get_language()
    if page is not None and page.pk:
        urls = _translation_urls(request, page)
    elif exists and request is not None and _is_view(request):
        urls = {code: translate_url(request.get_full_path(), code) for code, _name in settings.LANGUAGES}
    else:
        urls = {code: home_url(code) for code, _name in settings.LANGUAGES}
    return [
        LanguageLink(code, get_language_info(code)["name_local"], urls.get(code), code == active)
        for code, _name in settings.LANGUAGES
    ]


def home_url(language_code: str) -> str:
    """The address of the home page in a language."""
    with translation.override(language_code):
        return reverse("wagtail_serve", args=[""])


def _is_view(request: HttpRequest) -> bool:
    match = getattr(request, "resolver_match", None)
    return match is not None and match.url_name != "wagtail_serve"


def _translation_urls(request: HttpRequest | None, page: Page) -> dict[str, str]:
    translations: list[Page] = getattr(page, "published_translations", [])
    urls = {other.locale.language_code: page_address(other, request) for other in translations}
    # The page itself, also while an editor previews its draft.
    urls[translation.get_language() or settings.LANGUAGE_CODE] = page_address(page, request)
    return {code: url for code, url in urls.items() if url}
