"""The typed text cut into words, phrases and conditions, before anything of it is looked up."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

# Any of them begins a phrase and any ends it: „sl“, »sl«, "en", „pl”.
QUOTES = '"“”„‟»«'
_QUOTE = re.compile(f"[{QUOTES}]")
_CHUNK = re.compile(rf"[^\s{QUOTES}]+")
_FIELD = re.compile(r"([^\W\d_]\w*):")
_MINUS = "-\u2212"


@dataclass(frozen=True)
class Item:
    """One part of a query. `start` and `end` say where it stands in the text, with its sign, field and quotes.

    `place` is where its own text begins.
    `field` is a known field, as typed. `strange` is what stood before a colon like a field and is none; it is still in
    `text`, if this is no phrase. `open` marks a quotation mark without an end; such an item has no text.
    """

    start: int
    end: int
    text: str
    excluded: bool = False
    phrase: bool = False
    field: str = ""
    strange: str = ""
    open: bool = False
    place: int = 0

    @property
    def is_plain(self) -> bool:
        """Whether it is a chunk without sign, field or quotes."""
        return not (self.excluded or self.phrase or self.field or self.strange or self.open)


def scan(text: str, is_field: Callable[[str], bool]) -> Iterator[Item]:
    """All parts of a text, in order; what is between them is white space."""
    place = 0
    while place < len(text):
        if text[place].isspace():
            place += 1
            continue
        for item in _next(text, place, is_field):
            yield item
            place = item.end


def _next(text: str, start: int, is_field: Callable[[str], bool]) -> Iterator[Item]:
    place = start
    excluded = text[place] in _MINUS and place + 1 < len(text) and not text[place + 1].isspace()
    if excluded:
        place += 1
    named = _FIELD.match(text, place)
    if named and is_field(named[1]):
        value = named.end()
        while value < len(text) and text[value].isspace():
            value += 1
        if value < len(text):
            yield _value(text, start, value, excluded, named[1])
            return
    elif named and named.end() < len(text):
        after = text[named.end()]
        if after in QUOTES:
            # The word before the phrase keeps the sign, and so does the phrase.
            yield Item(start, named.end(), named[1], excluded, strange=named[1], place=place)
            yield _value(text, named.end(), named.end(), excluded)
            return
        if after.isalnum():
            yield _value(text, start, place, excluded, strange=named[1])
            return
    yield _value(text, start, place, excluded)


def _value(text: str, start: int, place: int, excluded: bool, field: str = "", strange: str = "") -> Item:
    """The phrase or the chunk that begins at a place."""
    if text[place] in QUOTES:
        end = _QUOTE.search(text, place + 1)
        if end is None:
            return Item(start, place + 1, "", excluded, field=field, open=True, place=place)
        return Item(
            start, end.end(), text[place + 1 : end.start()], excluded, phrase=True, field=field, place=place + 1
        )
    chunk = _CHUNK.match(text, place)
    end_of_chunk = chunk.end() if chunk else place + 1
    return Item(start, end_of_chunk, text[place:end_of_chunk], excluded, field=field, strange=strange, place=place)
