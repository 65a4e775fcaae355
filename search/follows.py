"""What readers can follow: each app registers its kinds in its `follows.py`, and describes what happened in words.

What is followed is a *kind* and a canonical query string: a search, a list with its filters, one record. The same
subject is a feed, a file and letters.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import ClassVar

from django.core.exceptions import ImproperlyConfigured
from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from .choices import chips
from .engines import embedded_engine
from .models import SearchEntry
from .parameters import SORT, TEXT, Parameters, read_parameters, unknown_names
from .queries import ReadQuery, read_query

# Given marks of documents (`SearchDocument.marks`), a line in the reader's language for each that is worth one.
Describer = Callable[[Sequence[str]], Mapping[str, str]]


class UnknownSubject(ValueError):
    """What a query string names does not exist, in words for the reader."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = list(problems)


@dataclass(frozen=True)
class Subject:
    """Something that can be followed, in the reader's language.

    `page_url`, `feed_url` and `table_url` (CSV) are paths, empty where there is none. `closed` says why nobody can
    begin to follow it.
    """

    kind: str
    query: str
    title: str
    page_url: str
    feed_url: str = ""
    table_url: str = ""
    closed: str = ""

    @property
    def query_digest(self) -> str:
        """Of the query, which is too long for an index."""
        return blake2b(self.query.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()

    @property
    def follow_url(self) -> str:
        """The page with the form for an address."""
        return f"{reverse('search:follow', args=[self.kind])}{f'?{self.query}' if self.query else ''}"


class Followable(ABC):
    """One kind of subjects."""

    kind: ClassVar[str]

    @abstractmethod
    def read(self, given: QueryDict) -> Subject:
        """The subject of a query string. Raises `UnknownSubject` for anything that does not exist."""

    @abstractmethod
    def entries(self, given: QueryDict) -> QuerySet[SearchEntry]:
        """All that belongs to it now, as rows of the embedded index: so it is the same whichever engine searches."""


_kinds: dict[str, Followable] = {}
_describers: dict[str, Describer] = {}


def register_followable(followable: Followable) -> None:
    """Make a kind known. A kind belongs to one class: two are a mistake in the code."""
    known = _kinds.get(followable.kind)
    if known is not None and type(known) is not type(followable):
        raise ImproperlyConfigured(f"Two classes follow the kind {followable.kind!r}.")
    _kinds[followable.kind] = followable


def followables() -> Mapping[str, Followable]:
    """All kinds by their code."""
    return _kinds


def register_describer(prefix: str, describer: Describer) -> None:
    """Have the marks that begin with `<prefix>-` described by a function."""
    _describers[prefix] = describer


def described(marks: Iterable[str]) -> dict[str, str]:
    """Lines for marks, in the reader's language; a mark without one is left out."""
    by_prefix: dict[str, list[str]] = {}
    for mark in dict.fromkeys(marks):
        by_prefix.setdefault(mark.partition("-")[0], []).append(mark)
    lines: dict[str, str] = {}
    for prefix, of_prefix in by_prefix.items():
        if prefix in _describers:
            lines |= _describers[prefix](of_prefix)
    return lines


class SearchFollow(Followable):
    """A search with its scopes and filters, in any order of its hits."""

    kind = "search"

    def read(self, given: QueryDict) -> Subject:
        parameters, read = self.understood(given)
        shown = subject_shown(parameters)
        return replace(shown, title=self._title(parameters, read), closed=_closed_by(parameters, read))

    def entries(self, given: QueryDict) -> QuerySet[SearchEntry]:
        return embedded_engine().entries(self.understood(given)[1].query)

    def understood(self, given: QueryDict) -> tuple[Parameters, ReadQuery]:
        """The search that a query string asks for, in full."""
        problems = [_("There is no filter “%(name)s”.") % {"name": name} for name in unknown_names(given)]
        parameters = read_parameters(given, embedded_engine())
        problems += parameters.notices
        if problems:
            raise UnknownSubject(problems)
        read = read_query(parameters.text, facets=parameters.filters, scope=parameters.scope)
        if parameters.text.strip() and read.query.is_empty and not parameters.is_narrowed:
            # The page finds nothing by it; without a condition everything would be found here.
            problems = [_("The search text “%(text)s” has no word to look for.") % {"text": parameters.text[:50]}]
            raise UnknownSubject([*problems, *read.notices])
        return parameters, read

    @staticmethod
    def query_of(parameters: Parameters) -> str:
        """The canonical query string, without order and page."""
        text = " ".join(parameters.text.replace("\x00", " ").split())
        pairs = [(TEXT, text)] if text else []
        return urlencode([*pairs, *(pair for pair in parameters.pairs() if pair[0] not in (TEXT, SORT))])

    @staticmethod
    def _title(parameters: Parameters, read: ReadQuery) -> str:
        parts = [_("“%(words)s”") % {"words": read.text}] if read.text else []
        parts += [scope.label for scope in parameters.scopes]
        chosen = chips(parameters, read)[len(read.conditions) :]
        return ", ".join([*parts, *(chip.label for chip in chosen)]) or _("everything on this site")


# Says why a search confined to these editions takes no followers; empty if it does.
EditionGate = Callable[[Sequence[str]], str]
_gates: list[EditionGate] = []


def register_edition_gate(gate: EditionGate) -> None:
    """Let the app that has editions close those that are archived."""
    if gate not in _gates:
        _gates.append(gate)


def _closed_by(parameters: Parameters, read: ReadQuery) -> str:
    editions = list(parameters.filters.get("edition", ()))
    for within in read.query.scope:
        if within.facet == "edition":
            editions += within.values
    return next((words for gate in _gates if (words := gate(editions))), "") if editions else ""


def subject_of(kind: str, given: QueryDict) -> Subject:
    """The subject of a kind and a query string. Raises `KeyError` and `UnknownSubject`."""
    return _kinds[kind].read(given)


def subject_shown(parameters: Parameters) -> Subject:
    """What the search page offers to follow: the search that it shows."""
    query = SearchFollow.query_of(parameters)
    suffix = f"?{query}" if query else ""
    return Subject(
        SearchFollow.kind,
        query,
        "",
        f"{reverse('search:search')}{suffix}",
        f"{reverse('search:feed')}{suffix}",
        f"{reverse('search:table')}{suffix}",
    )


def subject_within(**filters: Sequence[str]) -> Subject:
    """What a list of one kind of documents offers to follow: the search with the same filters and no words."""
    return subject_shown(Parameters("", {code: values for code, values in filters.items() if values}))


register_followable(SearchFollow())
