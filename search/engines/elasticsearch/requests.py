"""The mapping, and every query as a request: the only module that imports `elasticsearch.dsl`.

Words are the tokens of our own analysis, so `whitespace` is all the analysis that the server does. Each document is one
document there, too: unlike PostgreSQL, Elasticsearch keeps every position of a text of any length, so a phrase is found
wherever it stands and a hit never comes twice. Surface and keys are fields of their own, and so are title and text, so
no phrase matches across them.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from elasticsearch.dsl import A, Date, Keyword, Object, Q, Search, Text
from elasticsearch.dsl import Mapping as IndexMapping
from elasticsearch.dsl.query import Query

from ...analysis import Term
from ...documents import FACETS
from ...facets import MAX_VALUE
from ..base import (
    COUNTED_FACETS,
    JOINED_FACTOR,
    NAMED_FACTOR,
    RELATED_FACTOR,
    WEIGHT_KEYS_BODY,
    WEIGHT_KEYS_TITLE,
    WEIGHT_SURFACE_BODY,
    WEIGHT_SURFACE_TITLE,
    SearchQuery,
    Sort,
    Within,
)

# The most that the server returns at once, and the furthest that `from` reaches (`index.max_result_window`).
WINDOW = 10_000

# More values than any facet has: the server counts exactly what it returns all of.
_MAX_VALUES = 10_000

# Beyond so many words and forms in a query (the server takes some thousands), forms of names count all the same.
_MANY_WORDS = 1_000

# Every facet that a document may have, counted or not.
KNOWN_FACETS = tuple(dict.fromkeys((*COUNTED_FACETS, *FACETS)))

_SURFACES = (("surface_title", WEIGHT_SURFACE_TITLE), ("surface_body", WEIGHT_SURFACE_BODY))
_KEYS = (("keys_title", WEIGHT_KEYS_TITLE), ("keys_body", WEIGHT_KEYS_BODY))
_SHOWN = ("id", "title", "body", "url", "data", "date", "due", "facet_type", "facet_language")

_BY_DATE: tuple[dict[str, Any], ...] = ({"date": {"order": "desc", "missing": "_last"}}, {"id": "asc"})
_ORDERS: Mapping[Sort, Sequence[dict[str, Any]]] = {
    Sort.RELEVANCE: ({"_score": "desc"}, *_BY_DATE),
    Sort.CHANGED: _BY_DATE,
    Sort.DUE: ({"due": {"order": "asc", "missing": "_last"}}, *_BY_DATE),
}


def facet_field(code: str) -> str:
    """The field that holds the values of a facet."""
    return f"facet_{code}"


def index_mappings() -> dict[str, Any]:
    """The mapping of a generation: every field named, any other refused."""
    mapping = IndexMapping()
    mapping.meta("dynamic", "strict")
    # Only looked for: neither sent back nor kept a second time.
    mapping.meta("_source", excludes=["keys_body", "keys_title", "surface_body", "surface_title"])
    mapping.field("id", Keyword())
    mapping.field("digest", Keyword(index=False))
    for name in ("title", "url"):
        mapping.field(name, Keyword(index=False, doc_values=False))
    mapping.field("body", Keyword(index=False, doc_values=False))
    mapping.field("data", Object(enabled=False))
    for name in ("date", "due"):
        mapping.field(name, Date(format="strict_date"))
    for name, _weight in _SURFACES:
        mapping.field(name, Text(analyzer="whitespace"))
    for name, _weight in _KEYS:
        # No phrase is looked for in keys.
        mapping.field(name, Text(analyzer="whitespace", index_options="freqs"))
    for code in KNOWN_FACETS:
        mapping.field(facet_field(code), Keyword(ignore_above=MAX_VALUE))
    return mapping.to_dict()


def search_request(query: SearchQuery) -> dict[str, Any]:
    """Hits, their number and the numbers of all facets in one request."""
    search = _sorted(Search().query(_question(query)), query)
    search = search.post_filter(_all_of(query.facets)) if _is_filtered(query) else search
    search = search.source(list(_SHOWN)).extra(track_total_hits=True, from_=query.offset, size=query.limit)
    chosen = tuple((code, tuple(values)) for code, values in query.facets.items() if values)
    return {**_body(search), "aggs": _facet_counts(chosen)}


def first_request(query: SearchQuery) -> dict[str, Any]:
    """The first hit alone."""
    search = _sorted(Search().query(_filtered(query)), query)
    return _body(search.source(list(_SHOWN)).extra(track_total_hits=False, size=1))


def count_request(query: SearchQuery) -> dict[str, Any]:
    """The number of hits alone."""
    return _body(Search().query(Q("bool", filter=[_filtered(query)])).extra(track_total_hits=True, size=0))


def walk_request(query: SearchQuery, size: int, from_end: bool = False, shown: bool = False) -> dict[str, Any]:
    """One stretch of all hits in their order, or from the last to the first, for `search_after`."""
    search = _sorted(Search().query(_filtered(query)), query, from_end)
    search = search.source(list(_SHOWN) if shown else False)
    return _body(search.extra(track_total_hits=False, size=size))


def digests_request(size: int) -> dict[str, Any]:
    """A stretch of everything there is, by id, with what it was made of."""
    search = Search().query(Q("match_all")).sort("id").source(False)
    return _body(search.extra(size=size, docvalue_fields=["digest"], version=True, track_total_hits=False))


def _body(search: Search) -> dict[str, Any]:
    body: dict[str, Any] = search.to_dict()
    if "from_" in body:
        body["from"] = body.pop("from_")
    return body


def _sorted(search: Search, query: SearchQuery, from_end: bool = False) -> Search:
    order: Sequence[dict[str, Any]] = _ORDERS[query.order]
    return search.sort(*([_reversed(each) for each in order] if from_end else order))


def _reversed(order: Mapping[str, Any]) -> dict[str, Any]:
    ((name, how),) = order.items()
    if isinstance(how, str):
        return {name: _opposite(how)}
    return {name: {"order": _opposite(how["order"]), "missing": "_first"}}


def _opposite(direction: str) -> str:
    return "asc" if direction == "desc" else "desc"


def _question(query: SearchQuery) -> Query:
    """What is asked, without the filters: the words with their score, the scope without."""
    without = [
        *(_term(term) for term in query.excluded),
        *(_phrase(words) for words in query.excluded_phrases),
        *(_within(within) for within in query.outside),
    ]
    scope = [_within(within) for within in query.scope]
    words = _raised(_words(query), query)
    if not (words or scope or without):
        return Q("match_all")
    return Q("bool", must=words, filter=scope, must_not=without)


def _words(query: SearchQuery) -> list[Query]:
    phrases = [_phrase(words) for words in query.phrases]
    if not query.terms:
        return phrases
    scored = _terms(query)
    if query.has_related:
        # Whatever has not all of it without related words counts less.
        others = Q("bool", must_not=[_terms(query.without_related())])
        scored = Q(
            "function_score",
            query=scored,
            functions=[{"filter": others.to_dict(), "weight": RELATED_FACTOR}],
            boost_mode="multiply",
        )
    return [scored, *phrases]


def _raised(words: list[Query], query: SearchQuery) -> list[Query]:
    """The same, more for what has joined words side by side, and most for the document that is named."""
    functions = [{"filter": _phrase(joined).to_dict(), "weight": JOINED_FACTOR} for joined in query.joined]
    if query.named:
        functions.append({"filter": Q("terms", id=list(query.named)).to_dict(), "weight": NAMED_FACTOR})
    if not functions:
        return words
    both = Q("bool", must=words)
    return [Q("function_score", query=both, functions=functions, score_mode="multiply", boost_mode="multiply")]


def _terms(query: SearchQuery) -> Query:
    many = sum(len(term.surfaces) + len(term.keys) for term in query.terms) > _MANY_WORDS
    terms = [_term(term, many) for term in query.terms]
    if query.needed == len(terms):
        return Q("bool", must=terms)
    return Q("bool", should=terms, minimum_should_match=query.needed)


def _term(term: Term, many: bool = False) -> Query:
    """A word in any of its forms: the best of them counts."""
    found = [*_each({term.surface}, _SURFACES), *_each(term.keys, _KEYS)]
    if term.prefix:
        # The word is still being typed.
        found += [Q("prefix", **{name: {"value": term.surface}}) for name, _weight in _SURFACES]
    if many and term.forms:
        found += [Q("terms", **{name: sorted(term.forms), "boost": weight}) for name, weight in _SURFACES]
    else:
        found += _each(term.forms, _SURFACES)
    for synonym in term.synonyms:
        words = [_synonym_word(word) for word in synonym.words]
        found.append(words[0] if len(words) == 1 else Q("bool", must=words))
    return Q("dis_max", queries=found)


def _synonym_word(word: Term) -> Query:
    """Nobody has typed it, so it does not count as typed."""
    return Q("dis_max", queries=_each(word.keys, _KEYS) if word.keys else _each(word.surfaces, _SURFACES))


def _each(tokens: Iterable[str], fields: Sequence[tuple[str, int]]) -> list[Query]:
    return [
        Q("term", **{name: {"value": token, "boost": weight}}) for token in sorted(tokens) for name, weight in fields
    ]


def _phrase(words: Sequence[str]) -> Query:
    phrase = " ".join(words)
    return Q(
        "dis_max",
        queries=[Q("match_phrase", **{name: {"query": phrase, "boost": weight}}) for name, weight in _SURFACES],
    )


def _within(within: Within) -> Query:
    return _having(within.facet, within.values)


def _having(facet: str, values: Iterable[str]) -> Query:
    return Q("terms", **{facet_field(facet): [value[:MAX_VALUE] for value in values]})


def _is_filtered(query: SearchQuery) -> bool:
    return any(query.facets.values())


def _filtered(query: SearchQuery) -> Query:
    """The question within the filters."""
    question = _question(query)
    return Q("bool", must=[question], filter=[_all_of(query.facets)]) if _is_filtered(query) else question


def _all_of(facets: Mapping[str, Sequence[str]]) -> Query:
    return Q("bool", filter=[_having(code, values) for code, values in facets.items() if values])


@lru_cache(maxsize=256)
def _facet_counts(filters: tuple[tuple[str, tuple[str, ...]], ...]) -> dict[str, Any]:
    """Each facet under all filters but its own; those that are no filter share one pass."""
    search, chosen = Search(), dict(filters)
    for code in COUNTED_FACETS:
        if code in chosen:
            others = _all_of({other: values for other, values in chosen.items() if other != code})
            search.aggs.bucket(code, A("filter", others)).bucket(code, _values(code))
    rest = search.aggs.bucket("rest", A("filter", _all_of(chosen))) if chosen else search.aggs
    for code in COUNTED_FACETS:
        if code not in chosen:
            rest.bucket(code, _values(code))
    counts: dict[str, Any] = search.to_dict()["aggs"]
    return counts


def _values(code: str) -> Any:
    return A("terms", field=facet_field(code), size=_MAX_VALUES)


def read_counts(aggregations: Mapping[str, Any]) -> dict[str, dict[str, int]]:
    """The numbers in an answer to `search_request`."""
    everywhere = {**aggregations, **aggregations.get("rest", {})}
    counts = {}
    for code in COUNTED_FACETS:
        answer = everywhere[code]
        buckets = (answer if "buckets" in answer else answer[code])["buckets"]
        counts[code] = {bucket["key"]: bucket["doc_count"] for bucket in buckets}
    return counts
