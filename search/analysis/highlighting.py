"""Marking found words in the original text; the same with every engine, for no engine is asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from django.utils.safestring import SafeString, mark_safe

from .text import Term, Token, tokens

SNIPPET_WORDS = 30
ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class _Match:
    index: int
    token: Token
    terms: frozenset[int]


def highlight(text: str, language: str, terms: Sequence[Term]) -> SafeString:
    """The whole text, escaped, with every found word in a `mark`."""
    found = [match.token for match in _matches(_tokens(text, language), terms)]
    return _marked(text, 0, len(text), found)


def has_match(text: str, language: str, terms: Sequence[Term]) -> bool:
    """Whether any word of the query is in the text."""
    finder = _finder(tuple(terms))
    return any(finder.numbers(token) for token in _tokens(text, language))


def snippet(text: str, language: str, terms: Sequence[Term], words: int = SNIPPET_WORDS) -> SafeString:
    """The stretch of about so many words with the most different words of the query, escaped and marked.

    Without a match, the beginning of the text; empty for an empty one.
    """
    all_tokens = _tokens(text, language)
    if not all_tokens:
        return mark_safe("")
    matches = _matches(all_tokens, terms)
    first = _best_window(matches, len(all_tokens), words)
    last = min(first + words, len(all_tokens)) - 1
    begin = 0 if first == 0 else all_tokens[first].start
    end = len(text) if last == len(all_tokens) - 1 else all_tokens[last].end
    marked = _marked(text, begin, end, [match.token for match in matches if first <= match.index <= last])
    before = "" if begin == 0 else f"{ELLIPSIS} "
    after = "" if end == len(text) else f" {ELLIPSIS}"
    return mark_safe(before + marked.strip() + after)  # noqa: S308 - _marked has escaped every part


@lru_cache(maxsize=4)
def _tokens(text: str, language: str) -> Sequence[Token]:
    """The words of a text: whoever shows one asks first whether it has a match, and then for a snippet of it."""
    return tuple(tokens(text, language))


class _Finder:
    """Which words of a query find a word of a text. A page of hits has the same words again and again."""

    def __init__(self, terms: Sequence[Term]) -> None:
        self.terms = terms
        self.known: dict[tuple[str, frozenset[str]], frozenset[int]] = {}

    def numbers(self, token: Token) -> frozenset[int]:
        """The places of these words in the query."""
        word = token.surface, token.keys
        found = self.known.get(word)
        if found is None:
            finding = (number for number, term in enumerate(self.terms) if term.finds(*word))
            found = self.known[word] = frozenset(finding)
        return found


@lru_cache(maxsize=4)
def _finder(terms: tuple[Term, ...]) -> _Finder:
    return _Finder(terms)


def _matches(all_tokens: Sequence[Token], terms: Sequence[Term]) -> list[_Match]:
    finder = _finder(tuple(terms))
    return [_Match(index, token, found) for index, token in enumerate(all_tokens) if (found := finder.numbers(token))]


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


def _marked(text: str, begin: int, end: int, found: Sequence[Token]) -> SafeString:
    parts, position = [], begin
    for token in found:
        parts += [escape(text[position : token.start]), "<mark>", escape(text[token.start : token.end]), "</mark>"]
        position = token.end
    parts.append(escape(text[position:end]))
    return mark_safe("".join(parts))  # noqa: S308 - every part is escaped above
