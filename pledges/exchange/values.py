"""What may stand in a cell: how it is written, and how it is read back.

`write` gives text, or a number where a spreadsheet shows one; `read` takes text (spreadsheets' numbers, dates and
booleans arrive as text, see `xlsx`) and raises `CellError`. What was written reads as the same value.
"""

import datetime as dt
import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import validate_email, validate_unicode_slug
from django.utils.translation import gettext as _

from .problems import CellError
from .suggestions import nearest

# PostgreSQL keeps no such character; the others travel as they are.
_NEVER = "\x00"
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})")
YES, NO = "yes", "no"
SEPARATOR = ";"


@dataclass(frozen=True)
class Text:
    """Words, exactly as they stand; `many_lines` says whether a line break may be among them."""

    max_length: int | None = None
    many_lines: bool = True
    name = "text"

    def write(self, value: Any) -> str:
        return "" if value is None else str(value)

    def read(self, cell: str) -> Any:
        if self.max_length and len(cell) > self.max_length:
            raise CellError(
                _("This is too long: %(length)d characters, at most %(limit)d.")
                % {"length": len(cell), "limit": self.max_length}
            )
        if _NEVER in cell:
            raise CellError(_("There is a character in it that no text has: U+0000."))
        if not self.many_lines and ("\n" in cell or "\r" in cell):
            raise CellError(_("This is one line; a line break is in it."))
        return cell


@dataclass(frozen=True)
class Code(Text):
    """One of the code names of a list of choices."""

    choices: tuple[str, ...] = ()
    # Labels that a reader may type instead are not taken, only suggested from.
    labels: tuple[tuple[str, str], ...] = ()
    name = "code"

    def read(self, cell: str) -> str:
        code = cell.strip()
        if code not in self.choices:
            by_word = {label.casefold(): value for value, label in self.labels}
            meant = by_word.get(code.casefold()) or nearest(code, self.choices)
            raise CellError(
                _("“%(value)s” is none of: %(choices)s.")
                % {"value": code[:50], "choices": ", ".join(choice for choice in self.choices if choice)},
                meant,
            )
        return code


@dataclass(frozen=True)
class YesNo:
    """`yes` or `no`; with `unknown` an empty cell means that nobody knows (which is not *no*)."""

    unknown: bool = False
    name = "yes or no"

    def write(self, value: bool | None) -> str:
        return "" if value is None else YES if value else NO

    def read(self, cell: str) -> bool | None:
        word = cell.strip().lower()
        if not word and self.unknown:
            return None
        if word not in (YES, NO):
            raise CellError(_("Write yes or no.") if not self.unknown else _("Write yes, no, or nothing if unknown."))
        return word == YES


@dataclass(frozen=True)
class Whole:
    """A whole number."""

    least: int = 0
    most: int = 2**31 - 1
    name = "whole number"

    def write(self, value: int | None) -> int | str:
        return "" if value is None else value

    def read(self, cell: str) -> int | None:
        text = cell.strip()
        if not text:
            return None
        if not re.fullmatch(r"-?[0-9]{1,18}", text):
            raise CellError(_("“%(value)s” is not a whole number.") % {"value": text[:50]})
        if not self.least <= int(text) <= self.most:
            raise CellError(
                _("The number must be between %(least)d and %(most)d.") % {"least": self.least, "most": self.most}
            )
        return int(text)


@dataclass(frozen=True)
class Number:
    """A decimal number; a comma is read as the decimal point where there is no point."""

    digits: int
    places: int
    least: Decimal | None = None
    most: Decimal | None = None
    name = "number"

    def write(self, value: Decimal | None) -> Decimal | str:
        return "" if value is None else value

    def read(self, cell: str) -> Decimal | None:
        text = cell.strip()
        if not text:
            return None
        if "." not in text:
            text = text.replace(",", ".")
        try:
            if not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,2})?", text):
                raise InvalidOperation
            value = Decimal(text)
            rounded = value.quantize(Decimal(1).scaleb(-self.places))
        except InvalidOperation as error:
            raise CellError(_("“%(value)s” is not a number.") % {"value": cell.strip()[:50]}) from error
        # A spreadsheet's 16.1 may arrive as 16.100000000000001.
        if abs(value - rounded) > Decimal("1e-9"):
            raise CellError(_("At most %(places)d decimal places.") % {"places": self.places})
        if len(rounded.as_tuple().digits) > self.digits:
            raise CellError(_("The number is too large."))
        if (self.least is not None and rounded < self.least) or (self.most is not None and rounded > self.most):
            raise CellError(
                _("The number must be between %(least)s and %(most)s.") % {"least": self.least, "most": self.most}
            )
        return rounded


@dataclass(frozen=True)
class Day:
    """A day as `2026-02-03`."""

    name = "day"

    def write(self, value: dt.date | None) -> str:
        return "" if value is None else value.isoformat()

    def read(self, cell: str) -> dt.date | None:
        text = cell.strip()
        if not text:
            return None
        try:
            if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
                raise ValueError(text)
            return dt.date.fromisoformat(text)
        except ValueError as error:
            raise CellError(
                _("“%(value)s” is not a day like 2026-02-03.") % {"value": text[:50]}, _iso_day(text)
            ) from error


@dataclass(frozen=True)
class Moment:
    """A moment with its zone, as `2026-02-03T09:00:00Z`; written in UTC, with microseconds where it has them."""

    name = "moment"

    def write(self, value: dt.datetime | None) -> str:
        return "" if value is None else value.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")

    def read(self, cell: str) -> dt.datetime | None:
        text = cell.strip()
        if not text:
            return None
        try:
            if not _MOMENT.fullmatch(text):
                raise ValueError(text)
            return dt.datetime.fromisoformat(text)
        except ValueError as error:
            raise CellError(
                _("“%(value)s” is not a moment with its zone, like 2026-02-03T09:00:00Z.") % {"value": text[:50]}
            ) from error


@dataclass(frozen=True)
class Address(Text):
    """An address on the web."""

    many_lines: bool = False
    name = "web address"

    def read(self, cell: str) -> str:
        text: str = super().read(cell.strip())
        try:
            parts = urlsplit(text)
            is_good = parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"\s", text)
        except ValueError:
            is_good = False
        if text and not is_good:
            raise CellError(_("“%(value)s” is not an address that begins with https://.") % {"value": text[:50]})
        return text


@dataclass(frozen=True)
class Slug(Text):
    """A word of letters, digits, `-` and `_`."""

    many_lines: bool = False
    name = "short name"

    def read(self, cell: str) -> str:
        text: str = super().read(cell.strip())
        try:
            if text:
                validate_unicode_slug(text)
        except ValidationError as error:
            raise CellError(_("Only letters, digits, - and _ may stand here.")) from error
        return text


@dataclass(frozen=True)
class Email(Text):
    """An e-mail address."""

    many_lines: bool = False
    name = "e-mail address"

    def read(self, cell: str) -> str:
        text: str = super().read(cell.strip())
        try:
            if text:
                validate_email(text)
        except ValidationError as error:
            raise CellError(_("“%(value)s” is not an e-mail address.") % {"value": text[:50]}) from error
        return text


@dataclass(frozen=True)
class Hash(Text):
    """A SHA-256 in hexadecimal; of another `length` a salt."""

    length: int = 64
    name = "hexadecimal number"

    def read(self, cell: str) -> str:
        text = cell.strip().lower()
        if text and not re.fullmatch(f"[0-9a-f]{{{self.length}}}", text):
            raise CellError(_("This is not a number of %(length)d hexadecimal digits.") % {"length": self.length})
        return text


@dataclass(frozen=True)
class Uuid:
    """A number that names a page in all its languages."""

    name = "UUID"

    def write(self, value: uuid.UUID | None) -> str:
        return "" if value is None else str(value)

    def read(self, cell: str) -> uuid.UUID | None:
        text = cell.strip()
        if not text:
            return None
        try:
            return uuid.UUID(text)
        except ValueError as error:
            raise CellError(_("“%(value)s” is not a UUID.") % {"value": text[:50]}) from error


def split_values(cell: str) -> list[str]:
    """The values of a cell that holds several, each once, in their order."""
    return list(dict.fromkeys(part for value in cell.split(SEPARATOR) if (part := value.strip())))


def join_values(values: Iterable[str]) -> str:
    """The cell of several values."""
    return SEPARATOR.join(values)


def _iso_day(text: str) -> str:
    """What a Slovene `3. 2. 2026` means, for the suggestion."""
    found = re.fullmatch(r"(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})", text)
    if not found:
        return ""
    try:
        return dt.date(int(found[3]), int(found[2]), int(found[1])).isoformat()
    except ValueError:
        return ""
