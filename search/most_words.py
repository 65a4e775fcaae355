"""For a query without hits: the documents that have most of its words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from .analysis import query_terms
from .engines import Engine, SearchQuery, SearchResults
from .function_words import FUNCTION_WORDS
from .queries import PREFIX_LETTERS, ReadQuery

# A word in more than this share of the documents, or of those in one language, says nothing alone.
COMMON = 0.2
# Of so few documents a share says nothing.
_FEW = 10
# Words of a sentence that are looked up at most; each is a search.
MAX_LOOKED_UP = 16


@dataclass(frozen=True)
class Partial:
    """What has most of the words of a query, and which words counted."""

    results: SearchResults
    words: Sequence[str]


def most_words(read: ReadQuery, engine: Engine, limit: int = 10) -> Partial | None:
    """The documents with the most of the words that say something: more than half of three or more, else one.

    A word that no document has is one of them: who asks for three things of which two are unknown is not answered by
    the third. Function words, very short ones and those that many documents have never count. Nothing for a query of
    one word.
    """
    query = replace(read.query, phrases=(), joined=(), named=(), offset=0, limit=limit)
    terms = list(query.terms)
    for phrase in read.query.phrases:
        terms += [term for word in phrase for term in query_terms(word)]
    terms = list({term.surface: term for term in reversed(terms)}.values())[::-1]
    if len(terms) < 2:
        return None
    content = [term for term in terms if _may_tell(term.surface)]
    documents = engine.search(SearchQuery(limit=0))
    found = {term.surface: engine.search(SearchQuery(terms=(term,), limit=0)) for term in content[:MAX_LOOKED_UP]}
    asked = [term for term in content if term.surface not in found or not _is_common(found[term.surface], documents)]
    telling = [term for term in asked if term.surface in found and found[term.surface].total]
    needed = len(asked) // 2 + 1 if len(asked) > 2 else 1
    for least in range(len(telling), needed - 1, -1):
        results = engine.search(replace(query, terms=tuple(telling), least=least))
        if results.total:
            counted = {term.surface for term in telling}
            spelled = dict.fromkeys(read.text[word.start : word.end] for word in read.words if word.surface in counted)
            return Partial(results, list(spelled) or sorted(counted))
    return None


def _may_tell(surface: str) -> bool:
    return len(surface) >= PREFIX_LETTERS and surface not in FUNCTION_WORDS


def _is_common(found: SearchResults, documents: SearchResults) -> bool:
    """Whether many documents have it: of all, or of those in one language, of which there may be few."""
    shares = [(found.total, documents.total), *_by_language(found.counts, documents.counts)]
    return any(number > max(1, of * COMMON) for number, of in shares)


def _by_language(
    found: Mapping[str, Mapping[str, int]], documents: Mapping[str, Mapping[str, int]]
) -> list[tuple[int, int]]:
    numbers = documents.get("language", {})
    return [(found.get("language", {}).get(language, 0), of) for language, of in numbers.items() if of >= _FEW]
