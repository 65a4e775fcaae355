"""From what was typed to a query that always makes sense, with a word for whatever was not understood or left out."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zaveza.middleware import MAX_QUERY_LENGTH

from .analysis import MAX_TOKEN, WORD, Term, fold, is_cut, query_terms
from .engines import SearchQuery, Sort, Within
from .query_language import Field, Item, field_of, scan
from .vocabulary import current_vocabulary

# Each word is one more condition; nobody types more of them to find something. No phrase is longer than the passages
# of a long text overlap (`engines.postgresql`).
MAX_TERMS = 32

# A word still being typed is completed from so many letters on.
PREFIX_LETTERS = 3


@dataclass(frozen=True)
class Word:
    """A word to look for, and where it stands in the text."""

    start: int
    end: int
    surface: str


@dataclass(frozen=True)
class Condition:
    """What was read from `field:value`; `rest` is the text without it."""

    field: Field
    values: tuple[str, ...]
    excluded: bool
    rest: str

    @property
    def labels(self) -> list[str]:
        """The values in the reader's words."""
        return list(self.field.labelled(self.values).values())


@dataclass(frozen=True)
class ReadQuery:
    """A query with what the reader must know about it. `text` is what was read, with white space normalised.

    `words` are the words to look for in any form, `conditions` what was read from fields.
    """

    text: str
    query: SearchQuery
    notices: list[str] = field(default_factory=list)
    words: Sequence[Word] = ()
    conditions: Sequence[Condition] = ()

    @property
    def marked(self) -> list[Term]:
        """What is marked in the hits: the terms, and the words of phrases as they stand."""
        phrased = {word for phrase in self.query.phrases for word in phrase}
        return [*self.query.terms, *(Term(word, frozenset()) for word in sorted(phrased))]

    @property
    def exact_text(self) -> str:
        """The same with every word as a phrase, so that it is found as it stands only."""
        text = self.text
        for word in reversed(self.words):
            text = f'{text[: word.start]}"{text[word.start : word.end]}"{text[word.end :]}'
        return text


def read_query(
    typed: str,
    facets: Mapping[str, Sequence[str]] | None = None,
    offset: int = 0,
    limit: int = 20,
    *,
    scope: Sequence[Within] = (),
    sort: Sort = Sort.RELEVANCE,
    as_you_type: bool = False,
) -> ReadQuery:
    """The query for a typed text; never fails.

    What is too long is cut, what is not understood is searched as words or left out, and a notice says so. With
    `as_you_type` the last word need not be complete.
    """
    notices = []
    text = " ".join(typed.replace("\x00", " ").split())
    if len(text) > MAX_QUERY_LENGTH:
        text = text[:MAX_QUERY_LENGTH]
        notices.append(
            _("The search text was too long; its first %(count)s characters were used.") % {"count": MAX_QUERY_LENGTH}
        )
    reader = _Reader(text)
    reader.read()
    terms = list(reader.terms.values())
    if terms:
        terms = current_vocabulary().widened(terms)
    if as_you_type and reader.unfinished and terms:
        terms = [replace(term, prefix=True) if term.surface == reader.unfinished else term for term in terms]
    query = SearchQuery(
        terms=tuple(terms),
        phrases=tuple(dict.fromkeys(reader.phrases)),
        excluded=tuple(_without_synonyms(reader.excluded)),
        excluded_phrases=tuple(dict.fromkeys(reader.excluded_phrases)),
        scope=(*scope, *reader.within(excluded=False)),
        outside=tuple(reader.within(excluded=True)),
        facets=dict(facets or {}),
        sort=sort,
        offset=offset,
        limit=limit,
    )
    return ReadQuery(text, query, [*notices, *reader.notices], reader.words, reader.conditions)


def _without_synonyms(terms: Mapping[str, Term]) -> list[Term]:
    """An excluded word takes its own forms out, and no other words."""
    widened = current_vocabulary().widened(list(terms.values())) if terms else []
    return [replace(term, synonyms=()) for term in widened]


class _Reader:
    """Takes up one item after the other, as long as there are not too many words."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.terms: dict[str, Term] = {}
        self.phrases: list[tuple[str, ...]] = []
        self.excluded: dict[str, Term] = {}
        self.excluded_phrases: list[tuple[str, ...]] = []
        self.conditions: list[Condition] = []
        self.words: list[Word] = []
        # The last word, if the text ends with it.
        self.unfinished = ""
        self._told: dict[str, None] = {}
        self._left = MAX_TERMS

    @property
    def notices(self) -> list[str]:
        """Each once."""
        return list(self._told)

    def read(self) -> None:
        """Take up everything."""
        for item in scan(self.text, lambda name: field_of(name) is not None):
            if item.open:
                self._tell(_("A quotation mark without its end was left out."))
                if item.field:
                    # The field has lost its value: it is a word like any other.
                    self._take_words(replace(item, text=item.field), self.text.index(item.field, item.start))
                continue
            if item.strange:
                self._tell(
                    _("There is no field “%(name)s”; it was searched for as words.") % {"name": item.strange[:40]}
                )
            if item.field and self._take_condition(item):
                continue
            if item.phrase:
                self._take_phrase(item)
            else:
                self._take_words(item, item.end - len(item.text))
            if self._left < 0:
                self._tell(
                    ngettext(
                        "Only the first %(count)s word was searched for.",
                        "Only the first %(count)s words were searched for.",
                        MAX_TERMS,
                    )
                    % {"count": MAX_TERMS}
                )
                return

    def within(self, *, excluded: bool) -> list[Within]:
        """The conditions by field: of one field any of the values."""
        values: dict[str, dict[str, None]] = {}
        for condition in self.conditions:
            if condition.excluded == excluded:
                values.setdefault(condition.field.code, {}).update(dict.fromkeys(condition.values))
        return [Within(code, tuple(each)) for code, each in values.items()]

    def _tell(self, notice: str) -> None:
        self._told[notice] = None

    def _take_condition(self, item: Item) -> bool:
        """Whether the value of the field is known."""
        field_typed = field_of(item.field)
        assert field_typed is not None  # noqa: S101 - the scanner asked the same
        values = field_typed.find(item.text)
        if not values:
            self._tell(
                _("Nothing is called “%(value)s” in the field “%(field)s”; it was searched for as words.")
                % {"value": item.text[:40], "field": str(field_typed.label)}
            )
            return False
        rest = " ".join(f"{self.text[: item.start]} {self.text[item.end :]}".split())
        self.conditions.append(Condition(field_typed, values, item.excluded, rest))
        return True

    def _take_phrase(self, item: Item) -> None:
        words = self._surfaces(item.text)[: self._left + 1]
        if not words:
            return
        self._left -= len(words)
        # One word too many: the phrase is cut with the query.
        words = words[:MAX_TERMS] if self._left >= 0 else words[:-1]
        if words:
            (self.excluded_phrases if item.excluded else self.phrases).append(tuple(words))

    def _take_words(self, item: Item, start: int) -> None:
        surfaces = self._surfaces(item.text)
        if item.excluded and len(surfaces) > 1:
            # -e-uprava: what is written as one word.
            self._take_phrase(replace(item, phrase=True))
            return
        for found in WORD.finditer(item.text):
            surface = fold(found[0])
            if not surface:
                continue
            terms = self.excluded if item.excluded else self.terms
            if surface in terms:
                continue
            self._left -= 1
            if self._left < 0:
                return
            (terms[surface],) = query_terms(found[0])
            if not item.excluded:
                self.words.append(Word(start + found.start(), start + found.end(), surface))
                is_last = start + found.end() == len(self.text)
                self.unfinished = surface if is_last and len(surface) >= PREFIX_LETTERS else ""

    def _surfaces(self, text: str) -> list[str]:
        """The folded words, with a notice for what is cut or cannot be read."""
        surfaces = []
        rest = text
        for found in WORD.finditer(text):
            surface = fold(found[0])
            if surface:
                surfaces.append(surface)
                rest = rest.replace(found[0], " ", 1)
            if is_cut(found[0]):
                self._tell(_("Words are searched for by their first %(count)s letters.") % {"count": MAX_TOKEN})
        unread = "".join(sign for sign in rest if unicodedata.category(sign)[0] in "LNSM" or _is_strange(sign))
        # Signs between words say nothing; alone they may be what was meant.
        if unread and (not surfaces or any(unicodedata.category(sign)[0] in "LN" for sign in unread)):
            self._tell(_("“%(signs)s” has no letter or number that can be searched for.") % {"signs": unread[:40]})
        return surfaces


def _is_strange(sign: str) -> bool:
    return unicodedata.category(sign) in ("Cn", "Co", "Cs")
