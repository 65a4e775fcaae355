"""Marking found words in the original text; the same with every engine, for no engine is asked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from html import escape

from django.utils.safestring import SafeString

from .text import WORD, Term, known_words

SNIPPET_WORDS = 30
ELLIPSIS = "…"
_NONE: frozenset[int] = frozenset()


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
    return _looked(text, language, tuple(terms)).has_match


def snippet(text: str, language: str, terms: Sequence[Term], words: int = SNIPPET_WORDS) -> SafeString:
    """The stretch of about so many words with the most different words of the query, escaped and marked.

    Without a match, the beginning of the text; empty for an empty one.
    """
    looked = _looked(text, language, tuple(terms))
    all_places, matches = looked.places, looked.matches
    if not all_places:
        return SafeString("")
    first = _best_window(matches, len(all_places), words)
    last = min(first + words, len(all_places)) - 1
    begin = 0 if first == 0 else all_places[first][0]
    end = len(text) if last == len(all_places) - 1 else all_places[last][1]
    marked = _marked(text, begin, end, [match.place for match in matches if first <= match.index <= last])
    before = "" if begin == 0 else f"{ELLIPSIS} "
    after = "" if end == len(text) else f" {ELLIPSIS}"
    # `_marked` has escaped every part.
    return SafeString(before + marked.strip() + after)


class _Finder(dict[str, frozenset[int]]):
    """Which words of a query find a word of a text, by how it is written there.

    A page of hits has the same words again and again, so each is compared once, and with all of the query at once.
    """

    def __init__(self, terms: Sequence[Term], language: str) -> None:
        super().__init__()
        self.words = known_words(language)
        self.surfaces: dict[str, frozenset[int]] = {}
        self.by_key: dict[str, frozenset[int]] = {}
        self.prefixes: list[tuple[str, frozenset[int]]] = []
        for number, term in enumerate(terms):
            self._add(term, frozenset({number}))
        self.all_keys = frozenset(self.by_key)
        self.seen: set[str] = set()
        # What is written like a word and folds to nothing.
        self.nothing: set[str] = set()

    def _add(self, term: Term, numbers: frozenset[int]) -> None:
        """As `Term.finds` says."""
        for surface in term.surfaces:
            self.surfaces[surface] = self.surfaces.get(surface, _NONE) | numbers
        for key in term.keys:
            self.by_key[key] = self.by_key.get(key, _NONE) | numbers
        if term.prefix:
            self.prefixes.append((term.surface, numbers))
        for synonym in term.synonyms:
            for word in synonym.words:
                self._add(word, numbers)

    def look_at(self, written: Iterable[str]) -> None:
        """Compare the words that were not seen before."""
        new = set(written) - self.seen
        self.seen |= new
        words, surfaces, all_keys = self.words, self.surfaces, self.all_keys
        for each in new:
            word = words[each]
            if word is None:
                self.nothing.add(each)
            # Nearly all words of a page have nothing to do with the query.
            elif word[0] in surfaces or self.prefixes or not word[1].isdisjoint(all_keys):
                self._compare(each, *word[:2])

    def _compare(self, written: str, surface: str, keys: frozenset[str]) -> None:
        found = self.surfaces.get(surface, _NONE).union(*(self.by_key[key] for key in keys & self.all_keys))
        for prefix, numbers in self.prefixes:
            if surface.startswith(prefix):
                found |= numbers
        if found:
            self[written] = found


@lru_cache(maxsize=8)
def _finder(terms: tuple[Term, ...], language: str) -> _Finder:
    return _Finder(terms, language)


class _Looked:
    """A text looked through: which of its words are found, and where they stand."""

    def __init__(self, text: str, language: str, terms: tuple[Term, ...]) -> None:
        self.text = text
        self.finder = _finder(terms, language)
        self.written = WORD.findall(text)
        self.finder.look_at(self.written)
        self.has_match = not self.finder.keys().isdisjoint(self.written)

    @cached_property
    def places(self) -> Sequence[tuple[int, int]]:
        """Of all words."""
        return [place for place, _written in self._words]

    @cached_property
    def matches(self) -> Sequence[_Match]:
        """The found ones among them."""
        if not self.has_match:
            return []
        finder = self.finder
        return [
            _Match(index, place, finder[written])
            for index, (place, written) in enumerate(self._words)
            if written in finder
        ]

    @cached_property
    def _words(self) -> Sequence[tuple[tuple[int, int], str]]:
        nothing = self.finder.nothing
        words = zip([found.span() for found in WORD.finditer(self.text)], self.written, strict=True)
        return [word for word in words if word[1] not in nothing] if nothing else list(words)


@lru_cache(maxsize=4)
def _looked(text: str, language: str, terms: tuple[Term, ...]) -> _Looked:
    """Whoever shows a text asks first whether it has a match, and then for a snippet of it."""
    return _Looked(text, language, terms)


def _best_window(matches: Sequence[_Match], total: int, words: int) -> int:
    """Index of the first word of the window to show: most different terms, then most marks, then the earliest."""
    if not matches:
        return 0
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
    if not found:
        return SafeString(escape(text[begin:end]))
    parts, position = [], begin
    for start, stop in found:
        parts += [escape(text[position:start]), "<mark>", escape(text[start:stop]), "</mark>"]
        position = stop
    parts.append(escape(text[position:end]))
    return SafeString("".join(parts))
