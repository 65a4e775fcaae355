"""Marking found words in the original text; the same with every engine, for no engine is asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from django.utils.safestring import SafeString, mark_safe

from .text import WORD, Term, known_words

SNIPPET_WORDS = 30
ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class _Match:
    index: int
    place: tuple[int, int]
    terms: frozenset[int]


def highlight(text: str, language: str, terms: Sequence[Term]) -> SafeString:
    """The whole text, escaped, with every found word in a `mark`."""
    found = [match.place for match in _looked(text, language, tuple(terms)).matches]
    return _marked(text, 0, len(text), found)


def has_match(text: str, language: str, terms: Sequence[Term]) -> bool:
    """Whether any word of the query is in the text."""
    return bool(_looked(text, language, tuple(terms)).matches)


def snippet(text: str, language: str, terms: Sequence[Term], words: int = SNIPPET_WORDS) -> SafeString:
    """The stretch of about so many words with the most different words of the query, escaped and marked.

    Without a match, the beginning of the text; empty for an empty one.
    """
    looked = _looked(text, language, tuple(terms))
    all_places, matches = looked.places, looked.matches
    if not all_places:
        return mark_safe("")
    first = _best_window(matches, len(all_places), words)
    last = min(first + words, len(all_places)) - 1
    begin = 0 if first == 0 else all_places[first][0]
    end = len(text) if last == len(all_places) - 1 else all_places[last][1]
    marked = _marked(text, begin, end, [match.place for match in matches if first <= match.index <= last])
    before = "" if begin == 0 else f"{ELLIPSIS} "
    after = "" if end == len(text) else f" {ELLIPSIS}"
    return mark_safe(before + marked.strip() + after)  # noqa: S308 - _marked has escaped every part


class _Finder:
    """Which words of a query find a word of a text in a language, by how it is written there.

    A page of hits has the same words again and again, so each is compared once.
    """

    def __init__(self, terms: Sequence[Term], language: str) -> None:
        self.terms = terms
        self.words = known_words(language)
        self.numbers: dict[str, frozenset[int] | None] = {}

    def numbers_of(self, written: str) -> frozenset[int] | None:
        """The places of these words in the query; `None` for what is no word."""
        try:
            return self.numbers[written]
        except KeyError:
            word = self.words[written]
            found = None
            if word:
                found = frozenset(
                    number for number, term in enumerate(self.terms) if term.finds(word.surface, word.keys)
                )
            self.numbers[written] = found
            return found


@lru_cache(maxsize=8)
def _finder(terms: tuple[Term, ...], language: str) -> _Finder:
    return _Finder(terms, language)


@dataclass(frozen=True, slots=True)
class _Looked:
    """A text looked through: the places of all its words, and the found ones among them."""

    places: Sequence[tuple[int, int]]
    matches: Sequence[_Match]


@lru_cache(maxsize=4)
def _looked(text: str, language: str, terms: tuple[Term, ...]) -> _Looked:
    """Whoever shows a text asks first whether it has a match, and then for a snippet of it."""
    finder = _finder(terms, language)
    places: list[tuple[int, int]] = []
    matches: list[_Match] = []
    for found in WORD.finditer(text):
        numbers = finder.numbers_of(found[0])
        if numbers is None:
            continue
        if numbers:
            matches.append(_Match(len(places), found.span(), numbers))
        places.append(found.span())
    return _Looked(places, matches)


def _best_window(matches: Sequence[_Match], total: int, words: int) -> int:
    """Index of the first word of the window to show: most different terms, then most marks, then the earliest."""
    best, best_score = 0, (0, 0)
    right = 0
    for left, match in enumerate(matches):
        right = max(right, left)
        while right < len(matches) and matches[right].index < match.index + words:
            right += 1
        inside = matches[left:right]
        score = (len(frozenset().union(*(each.terms for each in inside))), len(inside))
        if score > best_score:
            # A few words before the first mark, and the rest of the window after the last.
            spare = max(0, words - (inside[-1].index - match.index + 1))
            best, best_score = match.index - min(spare // 2, 8), score
    return max(0, min(best, total - words))


def _marked(text: str, begin: int, end: int, found: Sequence[tuple[int, int]]) -> SafeString:
    parts, position = [], begin
    for start, stop in found:
        parts += [escape(text[position:start]), "<mark>", escape(text[start:stop]), "</mark>"]
        position = stop
    parts.append(escape(text[position:end]))
    return mark_safe("".join(parts))  # noqa: S308 - every part is escaped above
