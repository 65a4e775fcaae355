"""The search page over everything that is public."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zaveza.base.methods import read_only
from zaveza.base.pagination import paginate

from .engines import Engine, Hit, SearchQuery, SearchResults, get_engine
from .parameters import Parameters, read_parameters
from .presentation import other_forms, shown_hits
from .queries import ReadQuery, read_query
from .registry import sources

PER_PAGE = 20


class FoundHits:
    """All hits of a search as a list for the paginator, of which only the page asked for is fetched."""

    def __init__(self, engine: Engine, query: SearchQuery) -> None:
        self.engine = engine
        self.query = query
        self.results: SearchResults = engine.search(query)

    def count(self) -> int:
        return self.results.total

    def __len__(self) -> int:
        return self.results.total

    def __getitem__(self, wanted: slice) -> Sequence[Hit]:
        if wanted.start != self.query.offset:
            # There is no such page, and the paginator has settled for another.
            return self.engine.search(replace(self.query, offset=wanted.start)).hits
        return self.results.hits


@read_only
def search(request: HttpRequest) -> HttpResponse:
    """`/<language>/search/`: everything that has all the words of `q`, narrowed by `type`, `language` and scope."""
    engine = get_engine()
    parameters = read_parameters(request.GET, engine)
    read = read_query(
        parameters.text, facets=parameters.facets, offset=(parameters.page - 1) * PER_PAGE, limit=PER_PAGE
    )
    context = {
        "breadcrumbs": [
            {"title": settings.WAGTAIL_SITE_NAME, "url": reverse("wagtail_serve", args=[""])},
            {"title": _("Search"), "url": None},
        ],
        "noindex": True,
        "notices": [*parameters.notices, *read.notices],
        "search_query": read.text,
        "search_type": parameters.scopes[0].value if parameters.scopes else next(iter(parameters.types), ""),
        "search_scope": (
            {"value": parameters.scopes[0].value, "label": parameters.scopes[0].label} if parameters.scopes else None
        ),
        "parameters": parameters,
    }
    if not read.query.is_empty:
        context |= _found(request, engine, parameters, read)
    return render(request, "pages/search.html", context)


def _found(request: HttpRequest, engine: Engine, parameters: Parameters, read: ReadQuery) -> dict[str, Any]:
    language = get_language() or settings.LANGUAGE_CODE
    found = FoundHits(engine, read.query)
    page = paginate(request, found, PER_PAGE)
    hits, terms = list(page.object_list), read.query.terms
    counts = found.results.counts
    return {
        "results": found.results,
        "page_obj": page,
        "page_notice": page.notice,
        "hits": shown_hits(hits, terms, language),
        "other_forms": other_forms(hits, terms),
        "type_choices": [
            {
                "value": code,
                "label": source.label,
                "number": counts["type"].get(code, 0),
                "checked": code in parameters.types,
            }
            for code, source in sources().items()
        ],
        "language_choices": [
            {"value": code, "label": str(label), "number": counts["language"].get(code, 0), "checked": checked}
            for code, label in settings.LANGUAGES
            if (checked := code in parameters.languages) or counts["language"].get(code)
        ],
        "everywhere_url": _address(request, keep=("q",)),
        "without_scope_url": _address(request, drop=("municipality", "edition", "page")),
    }


def _address(request: HttpRequest, keep: Sequence[str] = (), drop: Sequence[str] = ()) -> str:
    """This page with only some of its parameters, or without some."""
    query = request.GET.copy()
    for name in list(query):
        if name in drop or (keep and name not in keep):
            del query[name]
    if "type" in query:
        query.setlist("type", [value for value in query.getlist("type") if ":" not in value])
    return f"?{query.urlencode()}"
