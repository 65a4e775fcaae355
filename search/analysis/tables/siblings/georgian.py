"""Georgian: postpositions that are written together with the case, and the clitic -ც ("also").

Works on Georgian letters, before folding: folded, თან and ტან would be one.
"""

from collections.abc import Iterable, Iterator

_VOWELS = "აეიოუ"

# What may follow a form that ends so: letters to cut, then the tails that take their place.
_AFTER_GENITIVE = ("თვის", "გან", "კენ", "ა", "ათვის", "აგან", "აკენ", "აც")
_DATIVE_POSTPOSITIONS = ("ში", "ზე", "თან")


def georgian_siblings(pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Further pairs of form and lemma for the nouns among these; a noun's lemma ends in a vowel."""
    for form, lemma in pairs:
        if lemma[-1] in _VOWELS:
            for sibling in _siblings(form):
                yield sibling, lemma


def _siblings(form: str) -> Iterator[str]:
    last = form[-1]
    if form.endswith("ის"):
        for tail in _AFTER_GENITIVE:
            yield form + tail
    elif last == "ს":
        for tail in _DATIVE_POSTPOSITIONS:
            yield form[:-1] + tail
        yield form + "აც"
    elif form.endswith("ით"):
        yield form[:-1] + "დან"
        yield form + "აც"
    elif form.endswith("ად"):
        yield form[:-1] + "მდე"
        yield form[:-1] + "მდის"
    elif last in _VOWELS:
        yield form + "ც"
        if last == "ი":
            yield form + "ვით"
