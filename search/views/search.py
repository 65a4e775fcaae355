"""The search page over everything that is public, and the suggestions while one types."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zaveza.base.methods import read_only
from zaveza.base.pagination import paginate

from ..analysis import Term
from ..choices import chips, shown_facets, sort_links
from ..engines import Engine, Hit, SearchQuery, SearchResults, get_engine
from ..follows import subject_shown
from ..most_words import most_words
from ..parameters import Parameters, read_parameters, unknown_names
from ..presentation import other_forms, shown_hits
from ..queries import ReadQuery, read_query
from ..services.missed import note_missed
from ..suggesting import complete, did_you_mean

PER_PAGE = 20

# Hits shown while one types, below the words.
SUGGESTED_HITS = 5
# Longer texts are no beginning of a search.
MAX_SUGGESTED = 200


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
    """`/<language>/search/`: everything that fits `q`, within the scope `in` and the filters, in the order `sort`."""
    engine = get_engine()
    parameters = read_parameters(request.GET, engine)
    read = read_query(
        parameters.text,
        facets=parameters.filters,
        scope=parameters.scope,
        sort=parameters.sort,
        offset=(parameters.page - 1) * PER_PAGE,
        limit=PER_PAGE,
    )
    scope = parameters.scopes[0] if parameters.scopes else None
    context: dict[str, Any] = {
        "breadcrumbs": [
            {"title": settings.WAGTAIL_SITE_NAME, "url": reverse("wagtail_serve", args=[""])},
            {"title": _("Search"), "url": None},
        ],
        "noindex": True,
        "notices": [*_unknown_filters(request), *parameters.notices, *read.notices],
        "search_query": read.text,
        "search_type": scope.value if scope else next(iter(parameters.filters.get("type", ())), ""),
        "search_scope": {"value": scope.value, "label": scope.label} if scope else None,
        "parameters": parameters,
        "scopes": [(each, parameters.address(without=("in", each.value))) for each in parameters.scopes],
    }
    if not read.query.is_empty or parameters.is_narrowed:
        context |= _found(request, engine, parameters, read)
        if context["results"].reduced:
            context["notices"].append(
                _("Reduced search: the search server does not answer. No hit is missing, but the order may differ.")
            )
    return render(request, "pages/search.html", context)


def _unknown_filters(request: HttpRequest) -> list[str]:
    return [_("There is no filter “%(name)s”; it was ignored.") % {"name": name} for name in unknown_names(request.GET)]


def _found(request: HttpRequest, engine: Engine, parameters: Parameters, read: ReadQuery) -> dict[str, Any]:
    language = get_language() or settings.LANGUAGE_CODE
    found = FoundHits(engine, read.query)
    page = paginate(request, found, PER_PAGE)
    hits, terms = list(page.object_list), read.marked
    context = {
        "results": found.results,
        "page_obj": page,
        "page_notice": page.notice,
        "hits": shown_hits(hits, terms, language),
        "other_forms": other_forms(hits, _without_parts(read.query.terms)),
        "exact_url": parameters.address(text=exact) if (exact := read.words and read.exact_text) else "",
        "facets": shown_facets(parameters, found.results.counts),
        "chips": chips(parameters, read),
        "sort_links": sort_links(parameters, read.query),
        "everywhere_url": parameters.address(only_text=True),
    }
    context["subject"] = subject_shown(parameters)
    if not found.results.total:
        context |= _instead(engine, parameters, read, language)
        if parameters.page == 1 and not (parameters.is_narrowed or read.conditions or found.results.reduced):
            note_missed(read.text, [read.text[word.start : word.end] for word in read.words], language)
    return context


def _without_parts(terms: Sequence[Term]) -> list[Term]:
    """The terms without synonyms of several words, one of which says something else: "dom" is no other form of ZD."""
    return [
        replace(term, synonyms=tuple(synonym for synonym in term.synonyms if len(synonym.words) == 1)) for term in terms
    ]


def _instead(engine: Engine, parameters: Parameters, read: ReadQuery, language: str) -> dict[str, Any]:
    """What is offered when nothing was found: another spelling, and below it what has most of the words."""
    better = did_you_mean(read, engine)
    partial = most_words(read, engine)
    return {
        "better": better,
        "better_url": parameters.address(text=better) if better else "",
        "partial_words": partial.words if partial else (),
        "partial_hits": shown_hits(partial.results.hits, read.marked, language) if partial else (),
    }


@read_only
def suggest(request: HttpRequest) -> JsonResponse:
    """`/<language>/search/suggest/?q=`: words that complete the text, and the first hits, as JSON.

    A scope and filters are given as to the page of hits, and hold for both.

    `words`: the whole text with its last word completed. `hits`: `title`, `kind`, `url`, `language`.
    """
    typed = request.GET.get("q", "")[:MAX_SUGGESTED]
    language = get_language() or settings.LANGUAGE_CODE
    engine = get_engine()
    parameters = read_parameters(request.GET, engine)
    facets, scope = parameters.filters, parameters.scope
    read = read_query(typed, facets=facets, scope=scope, limit=SUGGESTED_HITS, as_you_type=True)
    hits: Sequence[Hit] = ()
    if read.query.has_words and any(len(word.surface) > 2 for word in read.words):
        hits = engine.search(read.query).hits
    answer = {
        "words": complete(typed, engine, facets=facets, scope=scope),
        "hits": [
            {"title": hit.plain_title, "kind": hit.kind, "url": hit.url, "language": hit.title_language}
            for hit in shown_hits(hits, (), language)
        ],
    }
    return JsonResponse(answer, headers={"X-Robots-Tag": "noindex"})
