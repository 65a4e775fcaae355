"""Words in lists and choosers: by substring, and in any of their forms by the index that the app `search` keeps."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from search.analysis import query_terms
from search.engines import SearchQuery, embedded_engine
from search.vocabulary import current_vocabulary


def containing(records: QuerySet, fields: Iterable[str], text: str) -> QuerySet:
    """Records with the text in one of the fields. SQLite folds the case of ASCII only, so common cases are tried."""
    found = Q(pk__in=[])
    for variant in {text, text.lower(), text.upper(), text.capitalize(), text.title()}:
        for field in fields:
            found |= Q(**{f"{field}__icontains": variant})
    return records.order_by().filter(found)


def in_any_form(word: str) -> Q:
    """Pledges in which a word occurs in any of its forms, as they are known today."""
    terms = query_terms(word)
    if not terms:
        return Q(pk__in=[])
    query = SearchQuery(terms=tuple(current_vocabulary().widened(terms)), facets={"type": ["pledge"]})
    return Q(public_id__in=embedded_engine().entries(query).values("document_id"))
