"""The way from an address to its page, in two queries however deep the page lies.

Wagtail asks for every level of the tree one by one, then for the ancestors again to see whether they are restricted.
All of them are in the address already.
"""

from itertools import accumulate

from django.db.models import Q
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import get_language
from wagtail.models import Page, Site
from wagtail.views import serve as wagtail_serve

from .methods import read_only
from .models.pages import BasePage
from .querysets import restricted


@read_only
def serve(request: HttpRequest, path: str) -> HttpResponseBase:
    """Wagtail's view of a page, with the page found beforehand where it can be found in one go."""
    _find(request, path)
    return wagtail_serve(request, path)


def _find(request: HttpRequest, path: str) -> None:
    """Leave the page on the request, where Wagtail looks first; nothing where Wagtail has to look itself."""
    roots = Site.get_site_root_paths()
    if len({root.site_id for root in roots}) != 1:
        return
    home_path = next((root.root_path for root in roots if root.language_code == get_language()), None)
    if home_path is None:
        return
    steps = [step for step in path.split("/") if step]
    addresses = list(accumulate((f"{step}/" for step in steps), initial=home_path))
    slugs = [home_path.strip("/").rpartition("/")[2], *steps]
    # `url_path` has no index, the slug has one.
    asked = Page.objects.filter(slug=slugs[-1], url_path=addresses[-1])
    found = list(
        Page.objects.filter(
            Q(slug__in=slugs, url_path__in=addresses) | Q(translation_key__in=asked.values("translation_key"))
        )
        .annotate(is_restricted=restricted("path"))
        .select_related("locale")
        .order_by("depth")
    )
    branch = [page for page in found if page.url_path in addresses]
    if not branch or branch[0].url_path != home_path or not branch[0].live:
        return
    if branch[-1].url_path != addresses[-1]:
        request._wagtail_route_for_request = None  # type: ignore[attr-defined]
        return
    page = branch[-1].specific
    if isinstance(page, BasePage):
        page.locale = branch[-1].locale
        page.published_translations = [
            other
            for other in found
            if other.translation_key == page.translation_key
            and other.pk != page.pk
            and other.live
            and not other.is_restricted
            and not other.alias_of_id
        ]
        page.public_ancestors = [above for above in branch[:-1] if above.live]
        # The restrictions of an alias are those of its source: Wagtail looks for them.
        page.is_known_public = not any(above.is_restricted or above.alias_of_id for above in branch)
    try:
        request._wagtail_route_for_request = page.route(request, [])  # type: ignore[attr-defined]
    except Http404:
        request._wagtail_route_for_request = None  # type: ignore[attr-defined]
