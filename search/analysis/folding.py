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
        word = anyascii(word).lower()
    return _NOT_KEY.sub("", word)
