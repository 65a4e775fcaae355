"""Words of a text and of a query."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from django.conf import settings

from .folding import fold
from .keys import document_keys, query_keys

# Letters and digits; inside a word also apostrophes, combining marks (a decomposed č), soft hyphens and joiners.
_INNER = "['’\u0300-\u036f\u00ad\u200b-\u200d\u2060]"
_GEORGIAN = re.compile("[\u10a0-\u10ff\u1c90-\u1cbf\u2d00-\u2d2f]")
WORD = re.compile(rf"[^\W_]+(?:{_INNER}+[^\W_]*)*")


class Token(NamedTuple):
    """One word of a text: where it stands, its folded form, and the keys that its other forms share."""

    start: int
    end: int
    surface: str
    keys: frozenset[str]


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a query, with the keys it has in any of the languages it may be in.

    `forms` are further folded words that are as good as the one typed (of a name), `synonyms` other words for it. A
    `prefix` is found by every word that begins like it, too: it is still being typed.
    """

    surface: str
    keys: frozenset[str]
    forms: frozenset[str] = frozenset()
    synonyms: tuple["Synonym", ...] = ()
    prefix: bool = False

    @property
    def surfaces(self) -> frozenset[str]:
        """The folded words that are found as they stand."""
        return self.forms | {self.surface}

    def finds(self, surface: str, keys: frozenset[str]) -> bool:
        """Whether a word of a text is found by this one, or is one of the words of a synonym."""
        return (
            surface == self.surface
            or surface in self.forms
            or (self.prefix and surface.startswith(self.surface))
            or bool(keys & self.keys)
            or any(word.finds(surface, keys) for synonym in self.synonyms for word in synonym.words)
        )


@dataclass(frozen=True, slots=True)
class Synonym:
    """Words that together say the same as a term; `related` ones say something near, and count less."""

    words: tuple[Term, ...]
    related: bool = False


class Word(NamedTuple):
    """A word of a text as it is indexed: folded, with its keys, also as they are written in the index."""

    surface: str
    keys: frozenset[str]
    written_keys: str


@dataclass(frozen=True, slots=True)
class AnalysedText:
    """A text as the engines index it; `spellings` is one way in which each folded word is written."""

    words: Sequence[Word]
    spellings: Mapping[str, str] = field(default_factory=dict, compare=False)

    @property
    def surface(self) -> str:
        """Folded words, joined by spaces."""
        return " ".join([word.surface for word in self.words])

    @property
    def keys(self) -> str:
        """Keys in the order of their words, joined by spaces."""
        return " ".join([word.written_keys for word in self.words])


class KnownWords(dict[str, Word | None]):
    """What this process knows of the words of a language, by how they are written; None folds to nothing.

    Looking a word up here is some ten times as quick as analysing it, and a text has the same words again and again.
    """

    MOST = 200_000

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language

    def __missing__(self, word: str) -> Word | None:
        if len(self) >= self.MOST:
            self.clear()
        surface = fold(word)
        if surface:
            keys = document_keys(surface, self.language)
            found = Word(surface, keys, " ".join(sorted(keys)))
        else:
            found = None
        self[word] = found
        return found


@cache
def known_words(language: str) -> KnownWords:
    """Those of a language."""
    return KnownWords(language)


def tokens(text: str, language: str) -> Iterator[Token]:
    """The words of a text in its language; what folds to nothing is no word."""
    known = known_words(language)
    for found in WORD.finditer(text):
        word = known[found[0]]
        if word:
            yield Token(found.start(), found.end(), word.surface, word.keys)


def analyse(text: str, language: str) -> AnalysedText:
    """What the index keeps of a text in a language."""
    written = WORD.findall(text)
    words = list(map(known_words(language).__getitem__, written))
    spellings: dict[str, str] = {}
    for spelling, word in dict(zip(written, words, strict=True)).items():
        if word:
            other = spellings.setdefault(word.surface, spelling)
            if other is not spelling and not other.islower() and spelling.islower():
                spellings[word.surface] = spelling
    return AnalysedText([word for word in words if word], spellings)


def query_terms(text: str, languages: Sequence[str] | None = None) -> list[Term]:
    """The words of a query, each once; without languages every one of the site, for nobody says what they type in."""
    codes = tuple(languages or (code for code, _ in settings.LANGUAGES))
    terms: dict[str, Term] = {}
    for found in WORD.finditer(text):
        surface = fold(found[0])
        if surface and surface not in terms:
            terms[surface] = Term(surface, query_keys(surface, _written_in(found[0], codes)))
    return list(terms.values())


def _written_in(word: str, languages: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the languages that a word may be in. Georgian is typed in Latin letters, too."""
    if "ka" in languages and _GEORGIAN.search(word):
        return ("ka",)
    return languages
