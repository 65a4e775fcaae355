"""Rich text of one page drawn with a fixed number of queries, and without a link to anything that is not public."""

import re
from collections.abc import Iterable
from functools import cached_property

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from wagtail.documents import get_document_model
from wagtail.models import Page
from wagtail.rich_text.rewriters import LinkRewriter

from .addresses import page_address
from .querysets import readable

_PAGE_LINK = re.compile(r'<a[^>]*\blinktype="page"[^>]*>')
_DOCUMENT_LINK = re.compile(r'<a[^>]*\blinktype="document"[^>]*>')
_ID = re.compile(r'\bid="(\d+)"')
_EMBED = re.compile(r"<embed[^>]*/?>")


class RichTextRenderer:
    """Knows the addresses of all pages and documents to which the rich texts of one page link.

    Wagtail would ask for them text by text, and would print the address of a draft. Here a link to a page leads to its
    translation in `language` where there is a public one; a link to a page that is not public is plain text.
    """

    def __init__(self, sources: Iterable[str], language: str, request: HttpRequest | None = None) -> None:
        text = "".join(sources)
        self._page_ids = {int(found) for link in _PAGE_LINK.findall(text) for found in _ID.findall(link)}
        self._document_ids = {int(found) for link in _DOCUMENT_LINK.findall(text) for found in _ID.findall(link)}
        self._language = language
        self._request = request
        self._rewrite = LinkRewriter(bulk_rules={"page": self._page_links, "document": self._document_links})

    def render(self, source: str) -> SafeString:
        """The rich text as HTML."""
        html = self._rewrite(_EMBED.sub("", source))
        return mark_safe(html)  # noqa: S308 - written by Wagtail's editor, which lets only known tags through

    @cached_property
    def _page_urls(self) -> dict[int, str]:
        if not self._page_ids:
            return {}
        linked = Page.objects.filter(pk__in=self._page_ids)
        public = list(
            readable(Page.objects.all())
            .filter(Q(pk__in=self._page_ids) | Q(translation_key__in=linked.values("translation_key")))
            .select_related("locale")
        )
        here = {page.translation_key: page for page in public if page.locale.language_code == self._language}
        urls = {}
        for page in public:
            if page.pk in self._page_ids:
                url = page_address(here.get(page.translation_key, page), self._request)
                if url:
                    urls[page.pk] = url
        return urls

    @cached_property
    def _document_urls(self) -> dict[int, str]:
        if not self._document_ids:
            return {}
        return {pk: document.url for pk, document in get_document_model().objects.in_bulk(self._document_ids).items()}

    def _page_links(self, attributes: list[dict[str, str]]) -> list[str]:
        return [_link(self._page_urls, attrs) for attrs in attributes]

    def _document_links(self, attributes: list[dict[str, str]]) -> list[str]:
        return [_link(self._document_urls, attrs) for attrs in attributes]


def _link(urls: dict[int, str], attrs: dict[str, str]) -> str:
    number = attrs.get("id", "")
    url = urls.get(int(number)) if number.isdigit() else None
    return f'<a href="{escape(url)}">' if url else "<a>"


def renderer_for_text(source: str, request: HttpRequest | None = None) -> RichTextRenderer:
    """A renderer for one text that stands alone, such as a block in the editor's preview."""
    return RichTextRenderer([source], settings.LANGUAGE_CODE, request)
