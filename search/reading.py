"""What is typed, taken up word by word: terms, phrases, exclusions and conditions, and what is told to the reader."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .analysis import MAX_TOKEN, WORD, Term, fold, is_cut, query_terms
from .engines import Within
from .query_language import MAX_VALUES, Field, Item, field_of, scan

# Each word is one more condition; nobody types more of them to find something. No phrase is longer than the passages
# of a long text overlap (`engines.postgresql`).
MAX_TERMS = 32

# A word still being typed is completed from so many letters on.
PREFIX_LETTERS = 3

# The longest name of a value that is read without quotation marks.
MAX_VALUE_WORDS = 5

# What stands alone between two words that are written as one: e-uprava, AJD-2022-04, 10:30.
_JOINS = frozenset("-\u2010\u2011\u2012\u2013\u2212./:_")
# A list goes on behind them, not the name of a value.
_ENDS = tuple(",;.!?")


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
class Misnamed:
    """A value that the field does not have, and where it stands in the text."""

    field: Field
    start: int
    end: int
    text: str


class Reader:
    """Takes up one item after the other, as long as there are not too many words."""

    def __init__(self, text: str, *, as_you_type: bool = False) -> None:
        self.text = text
        self.as_you_type = as_you_type
        self.terms: dict[str, Term] = {}
        self.phrases: list[tuple[str, ...]] = []
        self.excluded: dict[str, Term] = {}
        self.excluded_phrases: list[tuple[str, ...]] = []
        self.conditions: list[Condition] = []
        self.words: list[Word] = []
        # Words written as one, and the ids among them.
        self.joined: list[tuple[str, ...]] = []
        self.named: list[str] = []
        self.misnamed: list[Misnamed] = []
        # Where the text is changed for the exact search, and by what.
        self.exactly: list[tuple[int, int, str]] = []
        # The last word, if the text ends with it.
        self.unfinished = ""
        self._told: dict[str, None] = {}
        self._left = MAX_TERMS
        self._quoted: set[tuple[str, ...]] = set()

    @property
    def notices(self) -> list[str]:
        """Each once."""
        return list(self._told)

    @property
    def has_too_many_words(self) -> bool:
        """Whether some of what was typed is left out."""
        return self._left < 0

    def read(self) -> None:
        """Take up everything."""
        items = list(scan(self.text, lambda name: field_of(name) is not None))
        taken = 0
        while taken < len(items) and self._left >= 0:
            taken += 1 + self._take(items[taken], items[taken + 1 :])
        if self.has_too_many_words:
            self._tell(
                ngettext(
                    "Only the first %(count)s word was searched for.",
                    "Only the first %(count)s words were searched for.",
                    MAX_TERMS,
                )
                % {"count": MAX_TERMS}
            )

    def _take(self, item: Item, following: Sequence[Item]) -> int:
        """Take up one item, and how many of the following with it."""
        if item.open:
            self._tell(_("A quotation mark without its end was left out."))
            if item.field:
                # The field has lost its value: it is a word like any other.
                place = self.text.index(item.field, item.start)
                self._take_words(replace(item, text=item.field, place=place, field=""))
                self.exactly.append((place + len(item.field), item.end, " "))
            else:
                self.exactly.append((item.place, item.end, " "))
            return 0
        if item.strange:
            self._tell(_("There is no field “%(name)s”; it was searched for as words.") % {"name": item.strange[:40]})
        if item.field and (last := self._take_condition(item, following)) is not None:
            return last
        if item.phrase:
            self._take_phrase(item)
        else:
            self._take_words(item)
        return 0

    def within(self, *, excluded: bool) -> list[Within]:
        """The conditions by field: of one field any of the values."""
        values: dict[str, dict[str, None]] = {}
        for condition in self.conditions:
            if condition.excluded == excluded:
                values.setdefault(condition.field.code, {}).update(dict.fromkeys(condition.values))
        return [Within(code, tuple(each)) for code, each in values.items()]

    def _tell(self, notice: str) -> None:
        self._told[notice] = None

    def _take_condition(self, item: Item, following: Sequence[Item]) -> int | None:
        """How many of the following items the value of the field goes on over; None where it is unknown."""
        field = field_of(item.field)
        assert field is not None  # noqa: S101 - the scanner asked the same
        # The longest first: it is meant, if there is such a name.
        runs = [item, *takewhile(_goes_on, _until_end(item, following))][::-1] if not item.phrase else [item]
        texts = [self.text[item.place : last.end] for last in runs[:-1]] + [item.text]
        number, values = field.find_longest(texts)
        if not values or len(values) > MAX_VALUES:
            self._tell(_unknown_value(field, item.text, values))
            self.misnamed.append(Misnamed(field, item.place - item.phrase, item.end, item.text))
            return None
        rest = " ".join(f"{self.text[: item.start]} {self.text[runs[number].end :]}".split())
        self.conditions.append(Condition(field, values, item.excluded, rest))
        return len(runs) - 1 - number

    def _take_phrase(self, item: Item) -> None:
        words = self._surfaces(item.text)[: self._left + 1]
        if not words:
            return
        self._left -= len(words)
        if self._left < 0:
            # One word too many: the phrase is cut with the query. Half of one that is excluded would exclude more.
            words = [] if item.excluded else words[:-1]
        if words:
            (self.excluded_phrases if item.excluded else self.phrases).append(tuple(words))

    def _take_words(self, item: Item) -> None:
        surfaces = self._surfaces(item.text)
        if item.excluded and len(surfaces) > 1:
            # -e-uprava: what is written as one word.
            self._take_phrase(replace(item, phrase=True))
            return
        before = len(self.words)
        for unit in _units(item.text):
            if self._left < 0:
                break
            written = [fold(found[0]) for found in unit]
            ends_text = item.place + unit[-1].end() == len(self.text)
            if _is_number(written) and not (self.as_you_type and ends_text):
                self._take_phrase(replace(item, text=item.text[unit[0].start() : unit[-1].end()], phrase=True))
                self.named.append(item.text[unit[0].start() : unit[-1].end()])
                continue
            for found, surface in zip(unit, written, strict=True):
                self._take_word(item, found, surface)
            if len(unit) > 1 and not item.excluded:
                self.joined.append(tuple(written[:MAX_TERMS]))
        if len(self.words) > before:
            self._quote(item, surfaces)

    def _take_word(self, item: Item, found: re.Match[str], surface: str) -> None:
        terms = self.excluded if item.excluded else self.terms
        if surface not in terms:
            self._left -= 1
            if self._left < 0:
                return
            (terms[surface],) = query_terms(found[0])
        if not item.excluded:
            self.words.append(Word(item.place + found.start(), item.place + found.end(), surface))
            is_last = item.place + found.end() == len(self.text)
            self.unfinished = surface if is_last and len(surface) >= PREFIX_LETTERS else ""

    def _quote(self, item: Item, surfaces: Sequence[str]) -> None:
        """For the exact search: all that is written together becomes one phrase, each once."""
        written = tuple(surfaces)
        again = written in self._quoted and not item.field
        self._quoted.add(written)
        self.exactly.append((item.place, item.place + len(item.text), " " if again else f'"{item.text}"'))

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


def _units(text: str) -> Iterator[list[re.Match[str]]]:
    """The words of a chunk, those together that are written as one."""
    unit: list[re.Match[str]] = []
    for found in WORD.finditer(text):
        if not fold(found[0]):
            continue
        if unit and text[unit[-1].end() : found.start()] not in _JOINS:
            yield unit
            unit = []
        unit.append(found)
    if unit:
        yield unit


def _is_number(words: Sequence[str]) -> bool:
    """Whether words written as one are a number of something, an id, a day or an hour: it has no other form."""
    return sum(any(sign.isdigit() for sign in word) for word in words) > 1


def _goes_on(item: Item) -> bool:
    return item.is_plain and any(sign.isalnum() for sign in item.text)


def _until_end(item: Item, following: Sequence[Item]) -> Iterator[Item]:
    """The items behind a value that may belong to it."""
    for each in following[: MAX_VALUE_WORDS - 1]:
        if item.text.endswith(_ENDS):
            return
        yield each
        item = each


def _unknown_value(field: Field, typed: str, values: Sequence[str]) -> str:
    if values:
        text = ngettext(
            "“%(value)s” is in more than %(count)s name of the field “%(field)s”; it was searched for as words.",
            "“%(value)s” is in more than %(count)s names of the field “%(field)s”; it was searched for as words.",
            MAX_VALUES,
        )
    else:
        text = _("Nothing is called “%(value)s” in the field “%(field)s”; it was searched for as words.")
    return text % {"value": typed[:40], "field": str(field.label), "count": MAX_VALUES}
