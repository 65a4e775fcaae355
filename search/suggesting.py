"""Words to complete a query with, and a better spelling for one without hits."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from django.db.models.functions import Length
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from .analysis import LIGHT, WORD, Term, document_keys, fold, query_terms
from .engines import Engine, Within
from .models import IndexToken, SearchWord
from .queries import PREFIX_LETTERS, Misnamed, ReadQuery, Word, read_query

MAX_WORDS = 8

# Completions that are tried beside other words or within a part of the index; each is a search.
MAX_TRIED = 20
# Words of the index that are looked at for them: forms of one word are tried once.
MAX_BEGINNINGS = 100


def complete(
    text: str,
    engine: Engine,
    limit: int = MAX_WORDS,
    *,
    facets: Mapping[str, Sequence[str]] | None = None,
    scope: Sequence[Within] = (),
) -> list[str]:
    """The text with its last word completed to words of the index, one form of each, the commonest first.

    Beside other words or within facets and a scope only what finds something there, and what finds the most first.
    """
    read = read_query(text, as_you_type=True)
    if not read.words or read.words[-1].end != len(read.text) or text != text.rstrip():
        return []
    last = read.words[-1]
    if len(last.surface) < PREFIX_LETTERS - 1:
        return []
    words = _beginning_with(last.surface).exclude(word=last.surface).order_by("-documents", "word")
    tried = _one_of_each(words[:MAX_BEGINNINGS])[:MAX_TRIED]
    whole = [_replaced(read.text, last.start, last.end, word.spelling) for word in tried]
    if len(read.text) > last.end - last.start or facets or scope:
        found = [engine.count(read_query(text, facets=facets, scope=scope).query) for text in whole]
        # Of the same number, the commonest word first: sorting keeps the order.
        ranked = sorted(zip(found, whole, strict=True), key=lambda each: -each[0])
        whole = [text for number, text in ranked if number]
    return whole[:limit]


def _one_of_each(words: Iterable[SearchWord]) -> list[SearchWord]:
    """The first of the words that are forms of one."""
    kept: list[SearchWord] = []
    taken: set[tuple[str, str]] = set()
    for word in words:
        keys = {
            (language, key)
            for language, _name in settings.LANGUAGES
            for key in document_keys(word.word, language)
            if not key.startswith(LIGHT)
        }
        if keys.isdisjoint(taken):
            kept.append(word)
        taken |= keys
    return kept


def _beginning_with(surface: str) -> QuerySet[SearchWord]:
    if connection.vendor == "sqlite":
        # Its LIKE ignores case and so the index.
        return SearchWord.objects.filter(word__gte=surface, word__lt=surface[:-1] + chr(ord(surface[-1]) + 1))
    return SearchWord.objects.filter(word__startswith=surface)


def _replaced(text: str, start: int, end: int, instead: str) -> str:
    return text[:start] + instead + text[end:]


def did_you_mean(read: ReadQuery, engine: Engine) -> str:
    """The text with the words that nothing has in the nearest spelling that something has; empty if that finds nothing.

    A value that its field does not have is given in the spelling of one that it has. Never searched for by itself: the
    reader decides.
    """
    text = read.text
    parts: list[Word | Misnamed] = [*read.words, *read.misnamed]
    for part in sorted(parts, key=lambda part: part.start, reverse=True):
        if isinstance(part, Misnamed):
            nearest = _nearest_value(part)
        elif any(value.start <= part.start < value.end for value in read.misnamed) or _is_known(part.surface):
            continue
        else:
            nearest = _nearest(part.surface)
        if nearest:
            text = _replaced(text, part.start, part.end, nearest)
    if text == read.text:
        return ""
    better = read_query(text, scope=read.scope).query
    asked = replace(better, facets=read.query.facets)
    return text if engine.count(asked) else ""


def _nearest_value(misnamed: Misnamed) -> str:
    """The name of a value of the field that differs by the fewest letters, in quotation marks if it needs them."""
    typed = " ".join(map(fold, WORD.findall(misnamed.text)))
    if len(typed) < PREFIX_LETTERS:
        return ""
    names = {
        name: " ".join(map(fold, WORD.findall(name)))
        for named in misnamed.field.values()
        for name in dict.fromkeys((named.label, *named.names.values()))
    }
    found = process.extractOne(
        typed, names, scorer=DamerauLevenshtein.distance, score_cutoff=1 if len(typed) < 6 else 2
    )
    if not found:
        return ""
    name = str(found[2])
    return name if WORD.fullmatch(name) else f'"{name}"'


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
