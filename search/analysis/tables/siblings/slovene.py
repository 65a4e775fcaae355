"""Slovene: the dual, the cells of adjectives, participles in -l, comparatives and the present of common verb classes.

Works on folded words. Each rule asks which endings of the word are listed before it adds the others of that pattern.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

_VOWELS = "aeiou"
# "-" is the bare stem.
_FEMININE = ["a", "e", "i", "o", "ah", "am", "ama", "ami"]
_ADJECTIVE = ["i", "a", "e", "o", "ega", "emu", "em", "im", "ih", "ima", "imi"]
_COMPARATIVE = re.compile(r"(?:naj)?(.*ejs)(?:i|a|e|ega|ih)$")
_SHORTEST = 3

Forms = set[str]


def slovene_siblings(pairs: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Further pairs of folded form and lemma."""
    forms_of: dict[str, Forms] = defaultdict(set)
    for form, lemma in pairs:
        forms_of[lemma].add(form)
    return {
        (form, lemma)
        for lemma, forms in forms_of.items()
        if len(lemma) >= _SHORTEST
        for form in _of_lemma(lemma, forms)
        if len(form) >= _SHORTEST
    }


def _of_lemma(lemma: str, forms: Forms) -> Iterator[str]:
    yield from _noun(lemma, forms)
    yield from _verb(lemma, forms)
    for form in forms:
        yield from _of_form(form, lemma, forms)


def _noun(lemma: str, forms: Forms) -> Iterator[str]:
    stem = lemma[:-1]
    if lemma.endswith("ija"):
        if _any(forms, stem, "o ah"):
            yield from _joined(stem, _FEMININE)
            yield stem
    elif lemma[-1] == "a":
        if _any(forms, stem, "ah ami o am"):
            yield from _joined(stem, _FEMININE)
        if _any(forms, stem, "ah ami am") and len(stem) > 2 and stem[-1] not in _VOWELS and stem[-2] in _VOWELS:
            yield stem  # genitive plural: cesta, cest
    if lemma.endswith("ost"):
        yield from _joined(lemma, ["i", "jo", "im", "ih", "ma", "mi", "ima"])
    if lemma.endswith(("je", "ce", "se", "ze")) and _any(forms, stem, "u em"):
        yield from _joined(stem, ["a", "u", "em", "i", "ih", "ema", "e"])
    if lemma[-1] == "o" and _any(forms, stem, "u om"):
        yield from _joined(stem, ["a", "u", "om", "ih", "oma", "i"])


def _verb(lemma: str, forms: Forms) -> Iterator[str]:
    stem = lemma[:-2]
    if lemma.endswith(("ati", "iti", "eti", "uti")):
        yield from _joined(stem, ["l", "la", "li", "lo", "le", "t"])
    if lemma.endswith("ati") and _any(forms, stem, "m jo"):
        yield from _joined(stem, ["m", "s", "-", "va", "ta", "mo", "te", "jo", "j", "jta", "jmo", "jte"])
    if lemma.endswith("iti") and _any(forms, stem, "m jo mo"):
        yield from _joined(stem, ["m", "s", "-", "va", "ta", "mo", "te", "jo"])
    if lemma.endswith("ovati") and _any(forms, lemma[:-5], "ujem uje"):
        present = "ujem ujes uje ujeva ujeta ujemo ujete ujejo"
        yield from _joined(lemma[:-5], f"{present} uj ujta ujmo ujte ujoc".split())


def _of_form(form: str, lemma: str, forms: Forms) -> Iterator[str]:
    """What a single listed form shows."""
    stem, ending = form[:-2], form[-2:]
    if (
        ending in ("om", "ov", "em", "ev")
        and lemma[-1] not in _VOWELS
        and stem + "a" in forms
        and _any(forms, stem, "u i e")
        and not (stem + "ega" in forms or (stem + "ih" in forms and stem + "im" in forms))
    ):
        vowel = ending[0]  # masculine nouns, with o or e
        yield from _joined(stem, ["a", "u", f"{vowel}m", "i", f"{vowel}v", "ih", f"{vowel}ma", "e"])
    if form.endswith(("ega", "emu", "imi")):
        yield from _joined(form[:-3], _ADJECTIVE)
    if lemma.endswith("ti") and len(form) > 3 and form.endswith(("la", "li", "lo", "le")):
        yield from _joined(form[:-1], ["a", "i", "o", "e"])
    comparative = _COMPARATIVE.match(form)
    if comparative:
        yield from _joined(comparative[1], _ADJECTIVE)
        yield from _joined("naj" + comparative[1], _ADJECTIVE)


def _any(forms: Forms, stem: str, endings: str) -> bool:
    return any(stem + ending in forms for ending in endings.split())


def _joined(stem: str, endings: Iterable[str]) -> Iterator[str]:
    return (stem + ending.strip("-") for ending in endings)
