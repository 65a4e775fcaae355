"""Limits on what a request may ask, the content security policy of site and admin, and the redirects of editors."""

from collections.abc import Callable
from urllib.parse import urlsplit

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.template import loader
from django.utils import translation
from django.utils.cache import patch_vary_headers
from wagtail.contrib.redirects.middleware import RedirectMiddleware as WagtailRedirectMiddleware
from wagtail.contrib.redirects.middleware import get_redirect
from wagtail.contrib.redirects.models import Redirect

# Longest query string that a page answers; longer ones are told so instead of being cut in silence.
MAX_QUERY_LENGTH = 4000
# Below it no address has a language.
NEUTRAL_PREFIX = "/z/"


class RequestLimitsMiddleware:
    """Answers 400 to NUL bytes in address or cookies, and 414 to a query string of over `MAX_QUERY_LENGTH` characters.

    No database takes a NUL byte in text, so it is refused here once, for every view alike.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        query = request.META.get("QUERY_STRING", "")
        # A quoted cookie can spell any byte, and a key of a session is looked up in the database.
        if "\x00" in request.path or "%00" in query or "\x00" in query or "\x00" in "".join(request.COOKIES.values()):
            return self._answer(request, 400)
        if len(query) > MAX_QUERY_LENGTH and not request.path.startswith("/admin/"):
            return self._answer(request, 414)
        return self.get_response(request)

    @staticmethod
    def _answer(request: HttpRequest, status: int) -> HttpResponse:
        template = loader.get_template("bad_request.html")
        # The language is not chosen yet at this point of the chain, and the thread may still hold another reader's.
        with translation.override(translation.get_language_from_request(request, check_path=True)):
            content = template.render({"status": status, "limit": MAX_QUERY_LENGTH})
        return HttpResponse(content, status=status)


class LanguageMiddleware(LocaleMiddleware):
    """Django's, but a permanent address (`/z/`) of nothing is answered 404 at once.

    Django would look for it below a language, where Wagtail answers every address.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.status_code != 404 or not request.path_info.startswith(NEUTRAL_PREFIX):
            return super().process_response(request, response)
        patch_vary_headers(response, ("Accept-Language",))
        response.headers.setdefault("Content-Language", translation.get_language() or settings.LANGUAGE_CODE)
        return response


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """Strict on public pages; under `/admin/` Wagtail's inline scripts and styles are allowed (design: stack, 5.3)."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if request.path.startswith(settings.CSP_RELAXED_PREFIXES):
            response._csp_replace = settings.CSP_ADMIN_DIRECTIVES  # type: ignore[attr-defined]
        return super().process_response(request, response)


class RedirectMiddleware(WagtailRedirectMiddleware):
    """As Wagtail's, but a redirect to a page that is not published leads nowhere: its address would tell of it."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.status_code != 404:
            return response
        path = Redirect.normalise_path(request.get_full_path(), decode_unicode=False)
        redirect = get_redirect(request, path)
        without_query = urlsplit(path).path
        if redirect is None and without_query != path:
            redirect = get_redirect(request, without_query)
        if redirect is None or (redirect.redirect_page and not redirect.redirect_page.live) or redirect.link is None:
            return response
        answer = HttpResponsePermanentRedirect if redirect.is_permanent else HttpResponseRedirect
        return answer(redirect.link)
