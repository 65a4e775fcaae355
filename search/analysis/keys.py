"""Which keys a folded word has. Everything else treats keys as opaque; learned tables come in here.

A key of a light stem begins with `0`, so that it never meets a key that is a whole word (design: search, 1).
"""

from functools import lru_cache

from .stems import stem

# Stored with the index: a changed version means that the index must be rebuilt.
ANALYSIS_VERSION = "light-1"


@lru_cache(maxsize=200_000)
def document_keys(surface: str, language: str) -> frozenset[str]:
    """Keys of a folded word in a text of this language."""
    return frozenset({"0" + stem(surface, language)})


@lru_cache(maxsize=20_000)
def query_keys(surface: str, languages: tuple[str, ...]) -> frozenset[str]:
    """Keys of a folded word of a query that may be in any of these languages."""
    return frozenset("0" + stem(surface, language) for language in languages)
