"""Pairs of form and lemma from simplemma's dictionaries, folded and completed."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from itertools import chain
from string import ascii_lowercase, digits

from ..folding import fold
from .siblings import georgian_siblings, slovene_siblings

# A text never has any other words: what is written with a hyphen or a space is several.
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")

Pair = tuple[str, str]


def dictionary_version() -> str:
    """The version of simplemma that is installed, empty without one."""
    try:
        return version("simplemma")
    except PackageNotFoundError:
        return ""


@dataclass(frozen=True)
class Part:
    """One of several shares of a language's forms, divided by last letter: each letter's tree is learned alone."""

    number: int = 0
    of: int = 1


WHOLE_LANGUAGE = Part()


def folded_pairs(language: str, part: Part = WHOLE_LANGUAGE) -> Iterator[Pair]:
    """What is learned from: a dictionary, the forms that it leaves out, and each lemma as a form of itself."""
    # Slow to import, and needed for building only.
    from simplemma.strategies.dictionaries import DefaultDictionaryFactory

    listed = DefaultDictionaryFactory().get_dictionary(language)
    letters = _Letters()
    wanted = _share(Counter(letters.fold(form[-1])[-1:] for form in listed), part)
    words = ((form, lemma) for form, lemma in listed.items() if _is_word(form) and _is_word(lemma))
    if language == "sl":
        folded = list(letters.pairs(words))
        pairs: Iterator[Pair] = chain(folded, slovene_siblings(folded))
    else:
        pairs = letters.pairs(_with_georgian_siblings(words) if language == "ka" else words)
    seen: set[str] = set()
    for form, lemma in pairs:
        if form[-1] in wanted:
            yield form, lemma
        if lemma not in seen:
            seen.add(lemma)
            if lemma[-1] in wanted:
                yield lemma, lemma


def _share(times: Counter[str], part: Part) -> frozenset[str]:
    """The last letters of this part, so chosen that all parts are about equally large; none is left out."""
    shares: list[list[str]] = [[] for _number in range(part.of)]
    sizes = [0] * part.of
    alphabet = dict.fromkeys([*(letter for letter, _times in times.most_common() if letter), *ascii_lowercase, *digits])
    for letter in alphabet:
        smallest = sizes.index(min(sizes))
        shares[smallest].append(letter)
        sizes[smallest] += times[letter]
    return frozenset(shares[part.number])


def _is_word(text: str) -> bool:
    return text.isalpha() or _WORD.fullmatch(text) is not None


def _with_georgian_siblings(words: Iterable[Pair]) -> Iterator[Pair]:
    for pair in words:
        yield pair
        yield from georgian_siblings([pair])


class _Letters(dict[int, str]):
    """`fold` letter by letter, for millions of words: each letter is asked for once."""

    def __missing__(self, code: int) -> str:
        self[code] = fold(chr(code))
        return self[code]

    def fold(self, word: str) -> str:
        word = word.lower()
        return word if word.isascii() and word.isalpha() else word.translate(self)

    def pairs(self, words: Iterable[Pair]) -> Iterator[Pair]:
        """The folded pairs; what folds to nothing is left out."""
        lemma_of = lru_cache(maxsize=50_000)(self.fold)
        for form, lemma in words:
            folded = self.fold(form), lemma_of(lemma)
            if all(folded):
                yield folded
