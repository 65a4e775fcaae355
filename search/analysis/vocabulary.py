"""What a query is widened by: other forms of names, and synonyms.

Applied to queries only, so that a new name or synonym counts at once and no document need be indexed anew.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from .keys import LIGHT
from .tables import SHORT
from .text import Synonym, Term, query_terms

# In quotation marks: these very forms only.
_AS_WRITTEN = re.compile(r"""^["„“”»«](.+)["„“”»«]$""")


@dataclass(frozen=True)
class SynonymGroup:
    """Words or phrases that say the same; in a `related` group something near, such as woman and man."""

    members: Sequence[tuple[Term, ...]]
    related: bool = False

    @classmethod
    def read(cls, members: Iterable[str], related: bool = False) -> "SynonymGroup":
        """From words as they are typed; one in quotation marks stands for this form alone."""
        return cls([words for member in members if (words := _read_member(member))], related)


def _read_member(typed: str) -> tuple[Term, ...]:
    as_written = _AS_WRITTEN.match(typed.strip())
    if as_written:
        return tuple(Term(term.surface, frozenset()) for term in query_terms(as_written[1]))
    return tuple(query_terms(typed))


@dataclass(frozen=True)
class Vocabulary:
    """Names with their forms, and synonyms."""

    groups: Sequence[SynonymGroup] = ()
    # Folded name to its folded forms, and each form to the names it may be of.
    forms: Mapping[str, frozenset[str]] = field(default_factory=dict)
    names: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, groups: Sequence[SynonymGroup], forms: Mapping[str, Iterable[str]]) -> "Vocabulary":
        names: dict[str, set[str]] = defaultdict(set)
        for name, inflected in forms.items():
            for form in (name, *inflected):
                names[form].add(name)
        return cls(
            groups,
            {name: frozenset({name, *inflected}) for name, inflected in forms.items()},
            {form: frozenset(each) for form, each in names.items()},
        )

    def widened(self, terms: Sequence[Term]) -> list[Term]:
        """The terms of a query with the forms and synonyms they have here."""
        found: list[list[Synonym]] = [[] for _term in terms]
        typed = {each for term in terms for each in (term.surface, *term.keys)}
        for group in self.groups:
            for number, member in enumerate(group.members):
                if typed.isdisjoint(_begin(member)):
                    continue
                for start in _places(member, terms):
                    others = [
                        Synonym(words, group.related) for other, words in enumerate(group.members) if other != number
                    ]
                    # Of a phrase, each word gets them: (a or s) and (b or s) is (a and b) or s.
                    for place in range(start, start + len(member)):
                        found[place] += [each for each in others if each not in found[place]]
        return [
            replace(term, forms=self._forms_of(term.surface) - {term.surface}, synonyms=tuple(synonyms))
            for term, synonyms in zip(terms, found, strict=True)
        ]

    def _forms_of(self, surface: str) -> frozenset[str]:
        return frozenset().union(*(self.forms[name] for name in self.names.get(surface, ())))


@lru_cache(maxsize=10_000)
def _begin(member: tuple[Term, ...]) -> frozenset[str]:
    """All by which the first word of a member can be met."""
    return member[0].keys | {member[0].surface} if member else frozenset()


def _places(member: Sequence[Term], terms: Sequence[Term]) -> Iterable[int]:
    """Where in the query the words of a member stand one after the other, in any form."""
    return [
        start
        for start in range(len(terms) - len(member) + 1)
        if all(_same(word, terms[start + offset]) for offset, word in enumerate(member))
    ]


def _same(word: Term, typed: Term) -> bool:
    """Whether the typed word is one of a synonym's, by a lemma: a light stem is too coarse to bring in other words.

    A short word of a synonym is mostly an abbreviation, and has no other form than its own.
    """
    if len(word.surface) <= SHORT:
        return word.surface == typed.surface
    shared = word.keys & typed.keys
    only_light = all(key.startswith(LIGHT) for key in word.keys)
    return word.surface == typed.surface or any(only_light or not key.startswith(LIGHT) for key in shared)
