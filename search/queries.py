"""From what was typed to a query that always makes sense, with a word for whatever was left out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zaveza.middleware import MAX_QUERY_LENGTH

from .analysis import query_terms
from .engines import SearchQuery
from .vocabulary import current_vocabulary

# Each word is one more condition; nobody types more of them to find something.
MAX_TERMS = 32


@dataclass(frozen=True)
class ReadQuery:
    """A query with what the reader must know about it. `text` is what was read, with white space normalised."""

    text: str
    query: SearchQuery
    notices: list[str] = field(default_factory=list)


def read_query(
    typed: str, facets: Mapping[str, Sequence[str]] | None = None, offset: int = 0, limit: int = 20
) -> ReadQuery:
    """The query for a typed text; never fails. What is too long is cut, and a notice says so."""
    notices = []
    text = " ".join(typed.replace("\x00", " ").split())
    if len(text) > MAX_QUERY_LENGTH:
        text = text[:MAX_QUERY_LENGTH]
        notices.append(
            _("The search text was too long; its first %(count)s characters were used.") % {"count": MAX_QUERY_LENGTH}
        )
    terms = query_terms(text)
    if len(terms) > MAX_TERMS:
        notices.append(
            ngettext(
                "Only the first %(count)s word was searched for.",
                "Only the first %(count)s words were searched for.",
                MAX_TERMS,
            )
            % {"count": MAX_TERMS}
        )
        terms = terms[:MAX_TERMS]
    # After the cut: what a term is widened by never pushes another one out.
    if terms:
        terms = current_vocabulary().widened(terms)
    query = SearchQuery(terms=tuple(terms), facets=dict(facets or {}), offset=offset, limit=limit)
    return ReadQuery(text=text, query=query, notices=notices)
