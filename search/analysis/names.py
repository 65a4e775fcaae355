"""Forms of names that no dictionary has: municipalities and people, declined as in Slovene.

A query for a name looks for all its forms as they stand, so that Črnomljem is found for Črnomelj. More forms than a
name has do no harm: nobody writes them.
"""

import re
from collections.abc import Iterator

from .folding import fold
from .text import WORD

_VOWELS = "aeiou"
_SHORTEST = 3

# "-" is the bare stem.
_MASCULINE = ["-", "a", "u", "om", "em", "i", "e", "ih", "ov", "ev", "oma", "ema"]
_FEMININE = ["a", "e", "i", "o", "ah", "am", "ami", "ama", "-"]
_PLURAL = ["e", "-", "ah", "am", "ami", "i", "ih", "a", "u", "em", "om"]
_NEUTER = ["o", "a", "u", "om", "em", "i", "ih"]
_PLURAL_MASCULINE = ["i", "ov", "ev", "ih", "om", "em", "ema", "e", "a", "u", "ja", "ju", "jem"]
# The possessive adjective: Novakov, Anin.
_POSSESSIVE = ["-", "a", "o", "e", "i", "ega", "emu", "em", "im", "ih", "ima", "imi"]

# The e that comes and goes: Črnomelj, Črnomlja; Trbovlje, Trbovelj.
_FLEETING = re.compile(r"(.*[^aeiou])e(lj|nj|[bcdgkljmnprstvz])")
_BROKEN = re.compile(r"(.*?[^aeiou])(lj|nj|[bcdgkljmnprstvz])")


def name_words(name: str) -> list[str]:
    """The words of a name that can be looked for: folded, without the small ones (ob, pri, mesto)."""
    words = (word for word in WORD.findall(name) if not word.islower())
    return [surface for word in words if len(surface := fold(word)) >= _SHORTEST]


def name_forms(word: str) -> frozenset[str]:
    """The folded forms of one folded word of a name, itself among them."""
    return frozenset({word, *(form for form in _forms(word) if len(form) >= _SHORTEST)})


def _forms(word: str) -> Iterator[str]:
    last, stem = word[-1], word[:-1]
    if last == "a":
        yield from _joined(stem, _FEMININE)
        yield from _joined(stem + "in", _POSSESSIVE)
        yield from _joined(stem + "ov", _POSSESSIVE)
    elif last == "e":
        yield from _joined(stem, _PLURAL)
        broken = _BROKEN.fullmatch(stem)
        if broken:
            yield f"{broken[1]}e{broken[2]}"
    elif last == "o":
        yield from _joined(stem, _NEUTER)
        yield from _joined(stem + "ov", _POSSESSIVE)
    elif last == "i":
        yield from _joined(stem, _PLURAL_MASCULINE)
    elif last not in _VOWELS and last.isalpha():
        fleeting = _FLEETING.fullmatch(word)
        stems = [word, *([fleeting[1] + fleeting[2]] if fleeting else []), *([f"{word}j"] if last == "r" else [])]
        for each in stems:
            yield from _joined(each, _MASCULINE)
            yield from _joined(each + "ov", _POSSESSIVE)
            yield from _joined(each + "ev", _POSSESSIVE)


def _joined(stem: str, endings: list[str]) -> Iterator[str]:
    return (stem + ending.strip("-") for ending in endings)
