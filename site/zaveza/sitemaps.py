"""`/sitemap.xml` and `/robots.txt`: every public address in every language.

`zaveza` knows no app: each app registers the sitemap of its records in `AppConfig.ready()`; pages are here.
"""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps import views as django_views
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from wagtail.models import Page

from zaveza.base.addresses import page_address
from zaveza.base.methods import read_only
from zaveza.base.querysets import readable

# The most addresses that one file may hold by the protocol; more of them make an index of files.
FILE_LIMIT = 50_000

_sitemaps: dict[str, type[Sitemap]] = {}


def register_sitemap(name: str, sitemap_class: type[Sitemap]) -> None:
    """Add an app's sitemap under a name; a second one under the same name replaces the first."""
    _sitemaps[name] = sitemap_class


def registered_sitemaps() -> Mapping[str, type[Sitemap]]:
    """All sitemaps by name."""
    return dict(_sitemaps)


class PageSitemap(Sitemap):
    """The published pages of all language trees, each with its translations.

    Wagtail's own sitemap lists only the tree of the default language (design: stack, 3.1). An alias repeats a page of
    another address, so it is left out; so is what only some readers may see.
    """

    def items(self) -> QuerySet[Page]:
        """In the order of the tree."""
        return (
            readable(Page.objects.all())
            .filter(depth__gt=1, alias_of__isnull=True)
            .select_related("locale")
            .order_by("path")
        )

    def get_urls(self, page: int | str = 1, site: Any = None, protocol: str | None = None) -> list[dict[str, Any]]:
        """One entry for a page, with an alternate for every language in which it is published."""
        origin = f"{self.get_protocol(protocol)}://{self.get_domain(site)}"
        shown = list(self.paginator.page(page).object_list)
        translations: dict[Any, list[Page]] = defaultdict(list)
        for item in self.items().filter(translation_key__in={item.translation_key for item in shown}):
            translations[item.translation_key].append(item)
        return [
            {
                "item": item,
                "location": f"{origin}{url}",
                "lastmod": item.last_published_at,
                "changefreq": None,
                "priority": "",
                "alternates": self._alternates(origin, translations[item.translation_key]),
            }
            for item in shown
            if (url := page_address(item, self))
        ]

    def get_latest_lastmod(self) -> Any:
        """The last publication of any page, for the index of a large site."""
        return self.items().order_by("-last_published_at").values_list("last_published_at", flat=True).first()

    def _alternates(self, origin: str, pages: list[Page]) -> list[dict[str, str]]:
        if len(pages) < 2:
            return []
        return [
            {"location": f"{origin}{url}", "lang_code": page.locale.language_code}
            for page in pages
            if (url := page_address(page, self))
        ]


register_sitemap("pages", PageSitemap)


@read_only
def sitemap(request: HttpRequest, section: str | None = None) -> HttpResponseBase:
    """Everything in one file; on a site with more addresses than a file may hold, an index of files."""
    maps: dict[str, Any] = {name: sitemap_class() for name, sitemap_class in _sitemaps.items()}
    if section is None and sum(one.paginator.count for one in maps.values()) > FILE_LIMIT:
        return django_views.index(request, sitemaps=maps, sitemap_url_name="sitemap_section")
    return django_views.sitemap(request, sitemaps=maps, section=section)


@read_only
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers should leave alone: the admin, and the endless pages of search results."""
    lines = ["User-agent: *", "Disallow: /admin/"]
    lines += [f"Disallow: /{code}/search/" for code, _name in settings.LANGUAGES]
    lines += ["", f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
