"""All addresses: health, files and what crawlers read without a language, everything public below its language."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.urls import serve_pattern

from zaveza import health, permanent, sitemaps
from zaveza.base.media import serve_media
from zaveza.base.routing import serve as serve_page

urlpatterns: list[URLPattern | URLResolver] = [
    path("-/live", health.live, name="live"),
    path("-/ready", health.ready, name="ready"),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("z/<str:public_id>", permanent.permanent, name="permanent"),
    path("z/<str:public_id>/", permanent.permanent_with_slash, name="permanent_with_slash"),
    path("", include("pledges.neutral_urls")),
    path("sitemap.xml", sitemaps.sitemap, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemaps.sitemap, name="sitemap_section"),
    path("robots.txt", sitemaps.robots, name="robots"),
]

if settings.SERVE_MEDIA:
    urlpatterns.append(re_path(r"^media/(?P<path>.*)$", serve_media, name="media"))

# Wagtail's forms below a language (a restricted page asks for a password), without its view of pages: ours follows.
wagtail_forms = [pattern for pattern in wagtail_urls.urlpatterns if pattern.name != "wagtail_serve"]

# Pages come last: Wagtail answers every address below a language that no app has taken.
urlpatterns += i18n_patterns(
    path("", include("pledges.urls")),
    path("search/", include("search.urls")),
    *wagtail_forms,
    re_path(serve_pattern, serve_page, name="wagtail_serve"),
    prefix_default_language=True,
)
