"""From what was typed to a query that always makes sense, with a word for whatever was not understood or left out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from zaveza.middleware import MAX_QUERY_LENGTH

from .analysis import Term
from .engines import SearchQuery, Sort, Within
from .reading import MAX_TERMS, PREFIX_LETTERS, Condition, Misnamed, Reader, Word
from .vocabulary import current_vocabulary

__all__ = ["MAX_TERMS", "PREFIX_LETTERS", "Condition", "Misnamed", "ReadQuery", "Word", "read_query"]


@dataclass(frozen=True)
class ReadQuery:
    """A query with what the reader must know about it. `text` is what was read, with white space normalised.

    `words` are the words to look for in any form, `conditions` what was read from fields, `misnamed` the values that
    their fields do not have. `exactly` says what the exact search has otherwise, `scope` what was not typed.
    """

    text: str
    query: SearchQuery
    notices: list[str] = field(default_factory=list)
    words: Sequence[Word] = ()
    conditions: Sequence[Condition] = ()
    misnamed: Sequence[Misnamed] = ()
    exactly: Sequence[tuple[int, int, str]] = ()
    scope: Sequence[Within] = ()

    @property
    def marked(self) -> list[Term]:
        """What is marked in the hits: the terms, and the words of phrases as they stand."""
        phrased = {word for phrase in self.query.phrases for word in phrase}
        return [*self.query.terms, *(Term(word, frozenset()) for word in sorted(phrased))]

    @property
    def exact_text(self) -> str:
        """The same with every word as a phrase, so that it is found as it stands only.

        What is written together is one phrase: a hyphen left outside the quotation marks would exclude what follows.
        Empty where it would not fit into a query: a word that comes again counts again in a phrase, and an exclusion
        at the end would be lost.
        """
        text = self.text
        for start, end, exact in reversed(self.exactly):
            text = text[:start] + exact + text[end:]
        text = " ".join(text.split())
        if len(text) > MAX_QUERY_LENGTH:
            return ""
        reader = Reader(text)
        reader.read()
        return "" if reader.has_too_many_words else text


def read_query(
    typed: str,
    facets: Mapping[str, Sequence[str]] | None = None,
    offset: int = 0,
    limit: int = 20,
    *,
    scope: Sequence[Within] = (),
    sort: Sort = Sort.RELEVANCE,
    as_you_type: bool = False,
) -> ReadQuery:
    """The query for a typed text; never fails.

    What is too long is cut, what is not understood is searched as words or left out, and a notice says so. With
    `as_you_type` the last word need not be complete.
    """
    notices = []
    text = " ".join(typed.replace("\x00", " ").split())
    if len(text) > MAX_QUERY_LENGTH:
        text = text[:MAX_QUERY_LENGTH]
        notices.append(
            _("The search text was too long; its first %(count)s characters were used.") % {"count": MAX_QUERY_LENGTH}
        )
    reader = Reader(text, as_you_type=as_you_type)
    reader.read()
    terms = list(reader.terms.values())
    if terms:
        terms = current_vocabulary().widened(terms)
    if as_you_type and reader.unfinished and terms:
        terms = [replace(term, prefix=True) if term.surface == reader.unfinished else term for term in terms]
    query = SearchQuery(
        terms=tuple(terms),
        phrases=tuple(dict.fromkeys(reader.phrases)),
        excluded=tuple(_without_synonyms(reader.excluded)),
        excluded_phrases=tuple(dict.fromkeys(reader.excluded_phrases)),
        joined=tuple(dict.fromkeys(reader.joined)),
        named=tuple(dict.fromkeys(name for typed in reader.named for name in (typed, typed.upper(), typed.lower()))),
        scope=(*scope, *reader.within(excluded=False)),
        outside=tuple(reader.within(excluded=True)),
        facets=dict(facets or {}),
        sort=sort,
        offset=offset,
        limit=limit,
    )
    return ReadQuery(
        text,
        query,
        [*notices, *reader.notices],
        words=reader.words,
        conditions=reader.conditions,
        misnamed=reader.misnamed,
        exactly=reader.exactly,
        scope=scope,
    )


def _without_synonyms(terms: Mapping[str, Term]) -> list[Term]:
    """An excluded word takes its own forms out, and no other words."""
    widened = current_vocabulary().widened(list(terms.values())) if terms else []
    return [replace(term, synonyms=()) for term in widened]
