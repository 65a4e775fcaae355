"""A learned table as it is used: from a folded form to its lemmas.

Suffixes are kept as 64-bit numbers in sorted arrays, not as strings: Polish takes 4 MB instead of 40, and little is
parsed when a process begins.
"""

import json
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import Self
from zlib import crc32

from .learning import WHOLE, Rules

_SUFFIXES, _NUMBERS, _KNOWN = "Q", "H", "I"
_ALIGNED = 8
# So many letters are a number as they are.
_LETTERS = 8
_MASKS = tuple((1 << 8 * letters) - 1 for letters in range(_LETTERS, 0, -1))
# Slovene has some 30,000 suffixes, Polish ten times as many.
_MOST_QUICK = 100_000


class BrokenTable(Exception):
    """The file is no table, or only a part of one."""


def number_of(text: bytes) -> int:
    """A 64-bit number for a suffix: its own letters if they fit in, else a hash, which no short one has."""
    if len(text) <= _LETTERS:
        return int.from_bytes(text, "big")
    return int.from_bytes(blake2b(text, digest_size=8).digest(), "big") | 1 << 63


def _applied(rules: Rules, form: str) -> frozenset[str]:
    """The lemmas by these rules; none if they cut off more than there is."""
    length = len(form)
    return frozenset([lemma for cut, tail in rules if cut <= length and (lemma := form[: length - cut] + tail)])


def known_number(form: str) -> int:
    """A shorter number; one unknown word in some thousands is wrongly taken for known by it, and has no light stem."""
    return crc32(form.encode())


@dataclass(frozen=True)
class SuffixTable:
    """What was learned about one language. `key` says from what and how."""

    key: str
    rules: Sequence[Rules]
    suffixes: Sequence[int]
    numbers: Sequence[int]
    forms: Sequence[int]

    def lemmas(self, form: str) -> frozenset[str]:
        """The lemmas of a folded form; of one that was never seen, those of the forms that end like it."""
        find = self._find
        whole = (WHOLE + form).encode()
        for start in range(len(whole) - _LETTERS):
            rules = find(number_of(whole[start:]))
            if rules and (found := _applied(rules, form)):
                return found
        # The last letters of a number are those of all shorter suffixes.
        number = int.from_bytes(whole[-_LETTERS:], "big")
        for mask in _MASKS[max(0, _LETTERS - len(whole)) :]:
            rules = find(number & mask)
            if rules and (found := _applied(rules, form)):
                return found
        return frozenset((form,))

    def knows(self, form: str) -> bool:
        """Whether the form was learned from, not guessed."""
        return _position(self.forms, known_number(form)) is not None

    @cached_property
    def _find(self) -> Callable[[int], Rules | None]:
        """The rules of a suffix. A smaller table is a mapping: some megabytes for looking up a few times as quickly."""
        if len(self.suffixes) > _MOST_QUICK:
            return self._searched
        return {suffix: self.rules[number] for suffix, number in zip(self.suffixes, self.numbers, strict=True)}.get

    def _searched(self, suffix: int) -> Rules | None:
        position = _position(self.suffixes, suffix)
        return None if position is None else self.rules[self.numbers[position]]

    @classmethod
    def of(cls, key: str, rules: Sequence[Rules], suffixes: Mapping[str, int], forms: Iterable[int]) -> Self:
        """A table of what was learned."""
        ordered = sorted((number_of(suffix.encode()), number) for suffix, number in suffixes.items())
        return cls(
            key,
            rules,
            array(_SUFFIXES, [suffix for suffix, _number in ordered]),
            array(_NUMBERS, [number for _suffix, number in ordered]),
            array(_KNOWN, sorted(set(forms))),
        )

    def write(self, path: Path) -> None:
        """Into a file that is either complete or not there."""
        parts = [self.suffixes, self.numbers, self.forms]
        head = {"key": self.key, "rules": self.rules, "lengths": [len(part) for part in parts]}
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix(".part")
        with partial.open("wb") as file:
            file.write(json.dumps(head, separators=(",", ":")).encode() + b"\n")
            for part in parts:
                file.write(bytes(-file.tell() % _ALIGNED))
                file.write(bytes(part))
        partial.replace(path)

    @classmethod
    def read(cls, path: Path) -> Self:
        """From such a file; `BrokenTable` when it is none."""
        data = path.read_bytes()
        begin = data.find(b"\n") + 1
        try:
            head = json.loads(data[:begin])
            rules = [tuple((int(cut), str(tail)) for cut, tail in each) for each in head["rules"]]
            parts = []
            for kind, length in zip((_SUFFIXES, _NUMBERS, _KNOWN), head["lengths"], strict=True):
                begin += -begin % _ALIGNED
                part = array(kind)
                part.frombytes(data[begin : begin + length * part.itemsize])
                if len(part) != length:
                    raise BrokenTable(f"{path} is cut off.")
                begin += length * part.itemsize
                parts.append(part)
            return cls(str(head["key"]), rules, *parts)
        except (ValueError, KeyError, TypeError) as error:
            raise BrokenTable(f"{path} is no table: {error}") from error


def _position(numbers: Sequence[int], wanted: int) -> int | None:
    position = bisect_left(numbers, wanted)
    return position if position < len(numbers) and numbers[position] == wanted else None
