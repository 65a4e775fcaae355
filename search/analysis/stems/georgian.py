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
_CASES = _folded("ი მა მ ს სა ის ისა ით ითა ად ო დ თ თა ნი ვ")
_PLURAL = _folded("ებ")


def stem_georgian(word: str) -> str:
    """The stem of a folded Georgian word: `skola`, `skolashi` and `skolebistvis` give `skol`."""
    word = strip_one(word, _CLITICS, 5)
    word = strip_one(word, _POSTPOSITIONS, 3)
    word = strip_one(word, _CASES, 3)
    word = strip_one(word, _PLURAL, 2)
    return word[:-1] if len(word) > 3 and word[-1] in "aeiou" else word
