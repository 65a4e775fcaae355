"""Georgian: clitic, postposition, case and plural, one after the other.

Works on folded words, so that a query typed in Latin letters finds the Georgian word.
"""

from ..folding import fold
from .endings import longest_first, strip_one


def _folded(*groups: str) -> tuple[str, ...]:
    return longest_first(" ".join(fold(ending) for group in groups for ending in group.split()))


_CLITICS = _folded("ც")
_POSTPOSITIONS = _folded(
    "ში ზე თან თვის გან კენ მდე ამდე ამდის მდის ვით ივით დან იდან",
    "ისთვის ისგან ისკენ ისათვის ისაგან ისაკენ",
)
_CASES = _folded("ი მა ს სა ის ისა ით ითა ად ადა თა ნი", "ებენ ებდა ებდნენ")
# Of one consonant: only where a vowel stands before it, or names such as Zugdid-i would lose a letter of their own.
_SHORT_CASES = _folded("მ ს დ თ ვ")
_PLURAL = _folded("ებ")
_VOWELS = "aeiou"


def stem_georgian(word: str) -> str:
    """The stem of a folded Georgian word: `skola`, `skolashi` and `skolebistvis` give `skol`."""
    word = strip_one(word, _CLITICS, 5)
    bare = strip_one(word, _POSTPOSITIONS, 3)
    if bare == word:
        cased = strip_one(word, _CASES, 3)
        word = _strip_short_case(word) if cased == word else cased
    else:
        # A postposition stands after the bare stem or after the dative of a stem that ends in a vowel.
        word = bare[:-1] if len(bare) > 3 and bare.endswith(("as", "es", "os", "us")) else bare
    if len(word) > 2 and word[-1] in _VOWELS:
        word = word[:-1]
    return strip_one(word, _PLURAL, 2)


def _strip_short_case(word: str) -> str:
    stripped = strip_one(word, _SHORT_CASES, 3)
    return stripped if stripped[-1] in _VOWELS else word
