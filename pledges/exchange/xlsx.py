"""XLSX row by row: written by openpyxl, read by a parser that holds one row, whatever the size of the sheet.

Reading through openpyxl builds several objects for every cell with words, which takes five times as long. The
specification is ECMA-376, part 1, 18.3 (sheets) and 18.4 (shared strings); `_xHHHH_` stands for a character that XML
does not carry (22.9.2.19).
"""

import datetime as dt
import re
import zipfile
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO
from xml.parsers import expat

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from .archives import UNREADABLE, opened
from .problems import ImportRefused

MOST_LETTERS = 32_767  # in one cell
MOST_ROWS = 1_048_576
_PIECE = 1 << 16

_NOT_IN_XML = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def escaped(text: str) -> str:
    """Text for a cell: without characters that XML does not carry."""
    return _NOT_IN_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def unescaped(text: str) -> str:
    """The text that `escaped` was given."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


class TooLong(ValueError):
    """A text that no cell of a workbook holds; such a record travels as CSV."""


class Writer:
    """A workbook with one sheet after the other; `close` writes it to its path, `abandon` leaves nothing of it."""

    def __init__(self, target: Path | BinaryIO) -> None:
        self._target = target
        self._book = Workbook(write_only=True)
        self._bold = Font(bold=True)

    def sheet(self, name: str, head: Iterable[str], rows: Iterable[list[Any]]) -> Iterator[int]:
        """Write a sheet; yields how many rows there are after each."""
        sheet = self._book.create_sheet(name)
        sheet.freeze_panes = "A2"
        titles = [WriteOnlyCell(sheet, value=title) for title in head]
        for title in titles:
            title.font = self._bold
        sheet.append(titles)
        number = 0
        for number, row in enumerate(rows, start=1):
            sheet.append([self._cell(sheet, value) for value in row])
            yield number
        if number + 1 > MOST_ROWS:
            raise ValueError(f"{name}: a sheet holds {MOST_ROWS} rows")

    @staticmethod
    def _cell(sheet: Any, value: Any) -> Any:
        if value is None or value == "":
            return None
        if isinstance(value, (int, Decimal)):
            return value
        text = escaped(value)
        if len(text) > MOST_LETTERS:
            # openpyxl would cut it off without a word.
            raise TooLong(
                _("A text of “%(sheet)s” is longer than a cell of XLSX holds (%(most)d characters): take CSV.")
                % {"sheet": sheet.title, "most": MOST_LETTERS}
            )
        if text[0] != "=" and text not in _ERROR_WORDS:
            return text
        # openpyxl would take it for a formula or an error.
        cell = WriteOnlyCell(sheet)
        cell._value, cell.data_type = text, "s"
        return cell

    def close(self) -> None:
        """Write the file."""
        self._book.save(self._target)

    def abandon(self) -> None:
        """Close the sheets that were begun and remove what openpyxl keeps of each on disk until a workbook is saved."""
        for sheet in self._book.worksheets:
            if not sheet.closed:
                sheet.close()
                sheet._writer.cleanup()


_ERROR_WORDS = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"})


class Formula(str):
    """A cell that holds a formula; its text is what the formula gave when the file was saved."""


class Reader:
    """The sheets of a workbook by name, each read row by row. Raises `ImportRefused` for what is no workbook."""

    def __init__(self, file: BinaryIO) -> None:
        try:
            self._archive = zipfile.ZipFile(file)
            self._names = self._sheet_paths()
            self._strings = _Strings(self._archive)
            self._date_styles = self._read_date_styles()
        except (*UNREADABLE, KeyError, StopIteration, ValueError, expat.ExpatError) as error:
            raise ImportRefused.for_file(_("This is not an XLSX file that can be read.")) from error

    @property
    def sheets(self) -> list[str]:
        """The names of the sheets."""
        return list(self._names)

    def rows(self, name: str) -> Iterator[tuple[int, list[str]]]:
        """Each row that is not empty: its number and its cells as text. Raises `ImportRefused`."""
        parser = _Sheet(self._strings, self._date_styles, self._epoch)
        try:
            with opened(self._archive, self._names[name]) as part:
                yield from parser.rows(part)
        except (*UNREADABLE, expat.ExpatError, KeyError, IndexError, ValueError) as error:
            raise ImportRefused.for_file(_("The sheet “%(name)s” cannot be read.") % {"name": name}) from error

    def _sheet_paths(self) -> dict[str, str]:
        targets: dict[str, str] = {}
        found: dict[str, str] = {}
        self._epoch = CALENDAR_WINDOWS_1900

        def relation(tag: str, attributes: dict[str, str]) -> None:
            if tag == "Relationship":
                target = attributes["Target"]
                targets[attributes["Id"]] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"

        def sheet(tag: str, attributes: dict[str, str]) -> None:
            if tag == "sheet":
                key = next(value for name, value in attributes.items() if name.endswith(":id") or name == "id")
                found[attributes["name"]] = targets[key]
            elif tag == "workbookPr" and attributes.get("date1904") in ("1", "true"):
                self._epoch = CALENDAR_MAC_1904

        _each_element(self._archive, "xl/_rels/workbook.xml.rels", relation)
        _each_element(self._archive, "xl/workbook.xml", sheet)
        return found

    def _read_date_styles(self) -> frozenset[int]:
        formats = dict(BUILTIN_FORMATS)
        styles: list[int] = []
        inside = [False]

        def element(tag: str, attributes: dict[str, str]) -> None:
            if tag == "numFmt" and "formatCode" in attributes:
                formats[int(attributes["numFmtId"])] = attributes["formatCode"]
            elif tag in ("cellXfs", "cellStyleXfs", "cellStyles", "dxfs"):
                inside[0] = tag == "cellXfs"
            elif tag == "xf" and inside[0]:
                styles.append(int(attributes.get("numFmtId", 0)))

        if "xl/styles.xml" in self._archive.namelist():
            _each_element(self._archive, "xl/styles.xml", element)
        return frozenset(number for number, code in enumerate(styles) if is_date_format(formats.get(code, "")))


def _local(tag: str) -> str:
    return tag.rpartition(":")[2]


def _parser() -> Any:
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def refuse(*_arguments: Any) -> None:
        raise ImportRefused.for_file(_("This is not an XLSX file that can be read."))

    # A document type is the way to entities that unfold without end; no spreadsheet writes one.
    parser.StartDoctypeDeclHandler = refuse
    return parser


def _each_element(archive: zipfile.ZipFile, name: str, take: Any) -> None:
    parser = _parser()
    parser.StartElementHandler = lambda tag, attributes: take(_local(tag), attributes)
    with opened(archive, name) as part:
        while piece := part.read(_PIECE):
            parser.Parse(piece, False)
    parser.Parse(b"", True)


class _Strings:
    """The shared strings: all in memory, as the format wants it. Our own files have none."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.texts: list[str] = []
        if "xl/sharedStrings.xml" not in archive.namelist():
            return
        pieces: list[str] = []
        state = {"in_text": False, "phonetic": False}

        def start(tag: str, attributes: dict[str, str]) -> None:
            tag = _local(tag)
            if tag == "si":
                pieces.clear()
            elif tag == "rPh":
                state["phonetic"] = True
            elif tag == "t":
                state["in_text"] = not state["phonetic"]

        def end(tag: str) -> None:
            tag = _local(tag)
            if tag == "si":
                self.texts.append(unescaped("".join(pieces)))
            elif tag == "rPh":
                state["phonetic"] = False
            elif tag == "t":
                state["in_text"] = False

        def words(data: str) -> None:
            if state["in_text"]:
                pieces.append(data)

        parser = _parser()
        parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, words
        with opened(archive, "xl/sharedStrings.xml") as part:
            while piece := part.read(_PIECE):
                parser.Parse(piece, False)
        parser.Parse(b"", True)


class _Sheet:
    """The parser of one sheet."""

    def __init__(self, strings: _Strings, date_styles: frozenset[int], epoch: dt.datetime) -> None:
        self._strings, self._date_styles, self._epoch = strings.texts, date_styles, epoch
        self._ready: list[tuple[int, list[str]]] = []
        self._number = 0
        self._row: list[str] = []
        self._cell: dict[str, str] = {}
        self._value: list[str] = []
        self._collects = self._is_formula = self._is_phonetic = False

    def rows(self, part: BinaryIO) -> Iterator[tuple[int, list[str]]]:
        parser = _parser()
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._words
        while piece := part.read(_PIECE):
            parser.Parse(piece, False)
            yield from self._ready
            self._ready.clear()
        parser.Parse(b"", True)
        yield from self._ready

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = _local(tag)
        if tag == "c":
            self._cell, self._is_formula = attributes, False
            self._value.clear()
        elif tag == "v" or (tag == "t" and not self._is_phonetic):
            self._collects = True
        elif tag == "f":
            self._is_formula = True
        elif tag == "row":
            self._number = int(attributes.get("r", self._number + 1))
            self._row = []
        elif tag == "rPh":
            self._is_phonetic = True

    def _words(self, data: str) -> None:
        if self._collects:
            self._value.append(data)

    def _end(self, tag: str) -> None:
        tag = _local(tag)
        if tag in ("v", "t"):
            self._collects = False
        elif tag == "c":
            self._take_cell()
        elif tag == "rPh":
            self._is_phonetic = False
        elif tag == "row" and any(self._row):
            self._ready.append((self._number, self._row))

    def _take_cell(self) -> None:
        place = _column_number(self._cell.get("r", "")) if "r" in self._cell else len(self._row)
        if place > len(self._row):
            self._row.extend([""] * (place - len(self._row)))
        text = self._text("".join(self._value))
        self._row.append(Formula(text) if self._is_formula else text)

    def _text(self, value: str) -> str:
        kind = self._cell.get("t", "n")
        if kind == "s":
            return self._strings[int(value)] if value else ""
        if kind in ("inlineStr", "str"):
            return unescaped(value)
        if kind == "b":
            return "yes" if value == "1" else "no" if value else ""
        if kind == "n" and value:
            return self._number_text(value)
        return value

    def _number_text(self, value: str) -> str:
        if int(self._cell.get("s", 0)) in self._date_styles:
            moment = from_excel(float(value), self._epoch)
            if isinstance(moment, dt.datetime):
                return moment.date().isoformat() if moment.time() == dt.time() else moment.isoformat()
            return str(moment)
        if value.lstrip("-").isdigit():
            return value
        number = float(value)
        return str(int(number)) if number.is_integer() and abs(number) < 2**53 else repr(number)


def _column_number(reference: str) -> int:
    """The place of a cell in its row, counted from 0: that of `C7` is 2."""
    number = 0
    for letter in reference:
        if not letter.isalpha():
            break
        number = number * 26 + ord(letter.upper()) - 64
    if not 0 < number <= 16_384:
        raise ValueError(reference)
    return number - 1
