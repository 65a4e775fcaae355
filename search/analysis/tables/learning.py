"""Learns which endings stand for which, from pairs of form and lemma.

A rule cuts letters off the end of a form and puts others in their place; a form has as many rules as lemmas. The forms
are a tree, read from their last letter on, and a suffix is kept only where the commonest rules below it are others
than above it. So a few ten thousand suffixes say what a million forms say, and a form that was never seen is treated as
those that end like it (design: search, 5).
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator

Rule = tuple[int, str]
Rules = tuple[Rule, ...]

# Stands before a form: a suffix that begins with it is a whole word.
WHOLE = "^"
_AFTER_ALL = "\U0010ffff"


class RuleBook:
    """Rules by small numbers, so that millions of forms share them."""

    def __init__(self) -> None:
        self.rules: list[Rules] = []
        self._numbers: dict[Rules, int] = {}
        self._merged: dict[tuple[int, int], int] = {}

    def number(self, rules: Rules) -> int:
        known = self._numbers.get(rules)
        if known is None:
            known = self._numbers[rules] = len(self.rules)
            self.rules.append(rules)
        return known

    def merged(self, one: int, other: int) -> int:
        """The number of both together."""
        known = self._merged.get((one, other))
        if known is None:
            both = tuple(sorted({*self.rules[one], *self.rules[other]}))
            known = self._merged[one, other] = self.number(both)
        return known


def rule(form: str, lemma: str) -> Rule:
    """How the lemma comes from the form: letters to cut, letters to add."""
    same = 0
    for ours, theirs in zip(form, lemma, strict=False):
        if ours != theirs:
            break
        same += 1
    return len(form) - same, lemma[same:]


def rules_of_forms(pairs: Iterable[tuple[str, str]], book: RuleBook) -> dict[str, int]:
    """For each form the number of its rules."""
    numbers: dict[str, int] = {}
    single: dict[Rule, int] = {}
    for form, lemma in pairs:
        found = rule(form, lemma)
        number = single.get(found)
        if number is None:
            number = single[found] = book.number((found,))
        known = numbers.get(form)
        numbers[form] = number if known is None or known == number else book.merged(known, number)
    return numbers


def learn(numbers: dict[str, int]) -> dict[str, int]:
    """Suffixes with the rules they stand for."""
    ordered = sorted((form[::-1], number) for form, number in numbers.items())
    forms = [backwards + WHOLE for backwards, _number in ordered]
    own = [number for _backwards, number in ordered]
    suffixes: dict[str, int] = {}
    # Each last letter is a tree of its own. Begun above it, the trees would share the empty suffix, and a form with an
    # unknown last letter would be given the rules of another.
    waiting: list[tuple[int, int, int, int | None]] = [
        (begin, end, 1, None) for begin, end in _groups(forms, 0, len(forms), 0)
    ]
    while waiting:
        begin, end, depth, inherited = waiting.pop()
        counted = Counter(own[begin:end])
        best, times = counted.most_common(1)[0]
        if inherited is not None and counted[inherited] == times:
            best = inherited
        if best != inherited:
            suffixes[forms[begin][:depth][::-1]] = best
        if counted[best] == end - begin:
            continue
        # Where all go on alike, nothing changes: on to the letter in which they differ.
        depth = _shared(forms[begin], forms[end - 1], depth)
        waiting += [(first, last, depth + 1, best) for first, last in _groups(forms, begin, end, depth)]
    return suffixes


def _groups(forms: list[str], begin: int, end: int, depth: int) -> Iterator[tuple[int, int]]:
    """Stretches of the sorted forms that agree up to and including this letter."""
    while begin < end:
        last = bisect_right(forms, forms[begin][: depth + 1] + _AFTER_ALL, begin, end)
        yield begin, last
        begin = last


def _shared(one: str, other: str, depth: int) -> int:
    """How many letters they share, of which so many are known."""
    while one[depth] == other[depth]:
        depth += 1
    return depth
