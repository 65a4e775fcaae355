"""`/z/<id>`: the permanent address of every published record, without a language (design: domain, Pledge).

`zaveza` knows no app: each app registers what answers for its ids in `AppConfig.ready()`; pages are here.
"""

import re
import uuid
from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe
from wagtail.models import Page

from zaveza.base.addresses import page_address
from zaveza.base.querysets import readable

# Given the request and the id, the answer; None where it is not an id of this app, or of nothing public.
Resolver = Callable[[HttpRequest, str], HttpResponseBase | None]

_resolvers: dict[str, Resolver] = {}
_PAGE_ID = re.compile(r"page-(?P<key>[0-9a-f-]{36})-(?P<language>[a-z-]+)")


def register_resolver(name: str, resolver: Resolver) -> None:
    """Let an app answer for its ids; a second resolver under the same name replaces the first."""
    _resolvers[name] = resolver


@require_safe
def permanent(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The record in the reader's language (302), where it went or how its id is written (301), why it is gone (410),
    or 404.
    """
    for resolve in _resolvers.values():
        answer = resolve(request, public_id)
        if answer is not None:
            # The language comes from the cookie, else from the header that `LanguageMiddleware` names.
            patch_vary_headers(answer, ("Accept-Language", "Cookie"))
            return answer
    raise Http404


@require_safe
def permanent_with_slash(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The permanent address has no slash at its end; whoever types one is led on."""
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{reverse('permanent', args=[public_id])}{'?' if query else ''}{query}")


def see(address: str) -> HttpResponse:
    """A redirect that depends on the reader's language, so that nothing in between keeps it."""
    answer = HttpResponseRedirect(address)
    answer["Cache-Control"] = "private, max-age=0"
    return answer


def _page(request: HttpRequest, public_id: str) -> HttpResponseBase | None:
    """`page-<translation key>-<language>`: that page in that language."""
    match = _PAGE_ID.fullmatch(public_id)
    if match is None or match["language"] not in dict(settings.LANGUAGES):
        return None
    try:
        key = uuid.UUID(match["key"])
    except ValueError:
        return None
    page = (
        readable(Page.objects.filter(translation_key=key, locale__language_code=match["language"], alias_of=None))
        .select_related("locale")
        .first()
    )
    address = page_address(page, request) if page else None
    return see(address) if address else None


register_resolver("pages", _page)
