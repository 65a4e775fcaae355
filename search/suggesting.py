"""Words to complete a query with, a better spelling for one without hits, and what has most of its words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import connection
from django.db.models import QuerySet
from django.db.models.functions import Length
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from .analysis import Term, fold, query_terms
from .engines import Engine, SearchQuery, SearchResults
from .models import IndexToken, SearchWord
from .queries import PREFIX_LETTERS, ReadQuery, Word, read_query

MAX_WORDS = 8

# Completions that are tried beside other words; each is a search.
MAX_TRIED = 20

# A word in more than this share of the documents says nothing alone.
COMMON = 0.2
# Words of a sentence that are looked up at most; each is a search.
MAX_LOOKED_UP = 16


def complete(text: str, engine: Engine, limit: int = MAX_WORDS) -> list[str]:
    """The text with its last word completed to words of the index, the commonest first.

    Beside other words only what finds something together with them.
    """
    read = read_query(text)
    if not read.words or read.words[-1].end != len(read.text) or text != text.rstrip():
        return []
    last = read.words[-1]
    if len(last.surface) < PREFIX_LETTERS - 1:
        return []
    words = _beginning_with(last.surface).exclude(word=last.surface).order_by("-documents", "word")
    if len(read.text) == last.end - last.start:
        return [_replaced(read.text, last, word.spelling) for word in words[:limit]]
    completed = []
    for word in words[:MAX_TRIED]:
        whole = _replaced(read.text, last, word.spelling)
        if engine.count(read_query(whole).query):
            completed.append(whole)
        if len(completed) == limit:
            break
    return completed


def _beginning_with(surface: str) -> QuerySet[SearchWord]:
    if connection.vendor == "sqlite":
        # Its LIKE ignores case and so the index.
        return SearchWord.objects.filter(word__gte=surface, word__lt=surface[:-1] + chr(ord(surface[-1]) + 1))
    return SearchWord.objects.filter(word__startswith=surface)


def _replaced(text: str, word: Word, spelling: str) -> str:
    return text[: word.start] + spelling + text[word.end :]


def did_you_mean(read: ReadQuery, engine: Engine) -> str:
    """The text with the words that nothing has in the nearest spelling that something has; empty if that finds nothing.

    Never searched for by itself: the reader decides.
    """
    text = read.text
    for word in reversed(read.words):
        if _is_known(word.surface):
            continue
        nearest = _nearest(word.surface)
        if nearest:
            text = _replaced(text, word, nearest)
    if text == read.text:
        return ""
    better = read_query(text).query
    asked = replace(read.query, terms=better.terms, least=None)
    return text if engine.count(asked) else ""


def _is_known(surface: str) -> bool:
    """Whether some document has the word in some form."""
    terms = query_terms(surface)
    return SearchWord.objects.filter(word=surface).exists() or any(
        _has_form(term, word) for term in terms for word in _near_forms(term.surface)
    )


def _near_forms(surface: str) -> list[str]:
    beginning = surface[: max(PREFIX_LETTERS, len(surface) - 3)]
    return list(_beginning_with(beginning).values_list("word", flat=True)[:500])


def _has_form(term: Term, word: str) -> bool:
    return any(term.finds(other.surface, other.keys) for other in query_terms(word))


def _nearest(surface: str) -> str:
    """The spelling of the word that differs by the fewest letters; of several, that of the most documents."""
    if len(surface) < PREFIX_LETTERS:
        return ""
    distance = 1 if len(surface) < 6 else 2
    words = _vocabulary()
    candidates = [word for word in words if abs(len(word) - len(surface)) <= distance]
    found = process.extract(surface, candidates, scorer=DamerauLevenshtein.distance, score_cutoff=distance, limit=50)
    if not found:
        return ""
    best = min(found, key=lambda each: (each[1], each[0][0] != surface[0], -words[each[0]], each[0]))
    return SearchWord.objects.filter(word=best[0]).values_list("spelling", flat=True).first() or ""


_kept: tuple[int | None, dict[str, int]] | None = None


def _vocabulary() -> dict[str, int]:
    """All words with the number of their documents, read once for each state of the index."""
    global _kept
    token = IndexToken.objects.values_list("token", flat=True).first()
    if _kept is None or _kept[0] != token:
        words = SearchWord.objects.annotate(length=Length("word")).filter(length__gte=PREFIX_LETTERS)
        _kept = (token, dict(words.values_list("word", "documents")))
    return _kept[1]


@dataclass(frozen=True)
class Partial:
    """What has most of the words of a query, and which words counted."""

    results: SearchResults
    words: Sequence[str]


def most_words(read: ReadQuery, engine: Engine, limit: int = 10) -> Partial | None:
    """For a query without hits: the documents with the most of its words, at least half of those that say something.

    A word that many documents have, or a very short one, never counts. Nothing for a query of one word.
    """
    query = replace(read.query, phrases=(), offset=0, limit=limit)
    terms = list(query.terms)
    known = {term.surface for term in terms}
    for phrase in read.query.phrases:
        terms += [term for word in phrase if word not in known for term in query_terms(word)]
    terms = list({term.surface: term for term in terms}.values())
    if len(terms) < 2:
        return None
    everything = engine.count(SearchQuery())
    telling = [term for term in terms[:MAX_LOOKED_UP] if _tells(term, engine, everything)]
    for least in range(len(telling), 0, -1):
        if least * 2 < len(telling):
            break
        results = engine.search(replace(query, terms=tuple(telling), least=least))
        if results.total:
            counted = {term.surface for term in telling}
            spelled = dict.fromkeys(read.text[word.start : word.end] for word in read.words if word.surface in counted)
            return Partial(results, list(spelled) or sorted(counted))
    return None


def _tells(term: Term, engine: Engine, everything: int) -> bool:
    if len(fold(term.surface)) < PREFIX_LETTERS:
        return False
    return 0 < engine.count(SearchQuery(terms=(term,))) <= max(1, everything * COMMON)
