"""Light stems: what is left of a folded word when its commonest endings are taken off."""

from collections.abc import Callable

from .english import stem_english
from .georgian import stem_georgian
from .polish import stem_polish
from .slovene import stem_slovene

_STEMMERS: dict[str, Callable[[str], str]] = {
    "sl": stem_slovene,
    "en": stem_english,
    "ka": stem_georgian,
    "pl": stem_polish,
}


def stem(word: str, language: str) -> str:
    """The light stem of a folded word; in a language without a stemmer the word itself."""
    stemmer = _STEMMERS.get(language)
    return stemmer(word) if stemmer and not word.isdigit() else word


__all__ = ["stem"]
