"""One spelling for every way of writing a word: small, without diacritics, in Latin letters."""

import re
from functools import lru_cache

from anyascii import anyascii

# Longer tokens are cut, in the index and in a query alike (design: search, settled for all engines).
MAX_TOKEN = 64

_NOT_KEY = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """A word as `[a-z0-9]`: `Šolnikov` is `solnikov`, `სკოლა` is `skola`; empty when no letter of it can be read."""
    return _whole(word)[:MAX_TOKEN]


def is_cut(word: str) -> bool:
    """Whether a folded word is not all of it."""
    return len(_whole(word)) > MAX_TOKEN


def _whole(word: str) -> str:
    word = word.lower()
    if not word.isascii():
        word = word.translate(_LATIN).lower()
    return word if word.isalnum() else _NOT_KEY.sub("", word)


class _Latin(dict[int, str]):
    """Characters as `anyascii` writes them, each asked for once."""

    def __missing__(self, character: int) -> str:
        written = self[character] = anyascii(chr(character))
        return written


_LATIN = _Latin()
