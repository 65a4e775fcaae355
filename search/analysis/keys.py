"""Which keys a folded word has. Everything else treats keys as opaque.

The keys of a word are its lemmas, from the learned table of the language. Slovene and Georgian add a light stem: in the
index only of words that the table does not know, which are mostly names, in a query always (design: search, 1). Without
a table the light stem is all there is. A light stem begins with `0`, so that it never meets a key that is a whole word.

Short words are never guessed at: ZD, KS and OŠ are abbreviations, and what is left of three letters without an ending
is a part of anything. Of two letters a word has no key but itself, of three those that a table knows it to have, and no
other word has a key of two letters: in some language it is a preposition.
"""

from functools import lru_cache

from .stems import stem
from .tables import LANGUAGES, SHORT, WITH_KNOWN_FORMS, SuffixTable, table_of

# Begins a light stem.
LIGHT = "0"

# Raise it when keys or surfaces change for another reason than another table.
_CODE_VERSION = 3
_WITHOUT_TABLE = "stems"


def analysis_version() -> str:
    """What the words of an index went through; with another than today's, the index must be rebuilt."""
    versions = {language: table.key if (table := table_of(language)) else _WITHOUT_TABLE for language in LANGUAGES}
    return " ".join([str(_CODE_VERSION), *(f"{language}:{key}" for language, key in versions.items())])


@lru_cache(maxsize=100_000)
def document_keys(surface: str, language: str) -> frozenset[str]:
    """Keys of a folded word in a text of this language."""
    table = table_of(language)
    if table is None:
        return frozenset({_light(surface, language)})
    lemmas = _lemmas(surface, table)
    if language not in WITH_KNOWN_FORMS or len(surface) < SHORT or table.knows(surface):
        return lemmas
    return lemmas | {_light(surface, language)}


@lru_cache(maxsize=20_000)
def query_keys(surface: str, languages: tuple[str, ...]) -> frozenset[str]:
    """Keys of a folded word of a query that may be in any of these languages."""
    keys: set[str] = set()
    for language in languages:
        table = table_of(language)
        if table is not None:
            keys |= _lemmas(surface, table)
        if table is None or (language in WITH_KNOWN_FORMS and len(surface) >= SHORT):
            keys.add(_light(surface, language))
    return frozenset(keys)


def _lemmas(surface: str, table: SuffixTable) -> frozenset[str]:
    """The lemmas of a word that say anything; itself, where there are none."""
    if len(surface) < SHORT or (len(surface) == SHORT and not table.knows(surface)):
        return frozenset({surface})
    return frozenset(lemma for lemma in table.lemmas(surface) if len(lemma) >= SHORT) or frozenset({surface})


def _light(surface: str, language: str) -> str:
    return LIGHT + stem(surface, language)
