"""Where the tables of an export go: CSV files in a folder, one workbook, or one table as a stream."""

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO, Self

from zaveza.base.cells import neutralised

from . import xlsx

BOM = "\ufeff"
# Of CSV; a spreadsheet that expects another one finds it out, and the import does, too.
DELIMITER = ","

Rows = Iterable[list[Any]]


def csv_cell(value: Any) -> str:
    """A value as CSV holds it; numbers are no formulas."""
    if isinstance(value, (int, Decimal)):
        return str(value)
    return neutralised(value)


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def csv_lines(head: Iterable[str], rows: Rows) -> Iterator[str]:
    """A table as CSV in UTF-8 with its mark (by which spreadsheets know it), line by line."""
    write = csv.writer(_Echo(), delimiter=DELIMITER, lineterminator="\r\n").writerow
    yield BOM + str(write(list(head)))
    for row in rows:
        yield str(write([csv_cell(value) for value in row]))


def json_lines(head: Iterable[str], rows: Rows) -> Iterator[str]:
    """A table as JSON Lines: one object for each row; empty cells are null, other cells as CSV has them.

    No spreadsheet reads it, so that texts stand as they are.
    """
    names = list(head)
    for row in rows:
        yield (
            json.dumps(
                {name: None if value == "" else value for name, value in zip(names, row, strict=True)},
                ensure_ascii=False,
                separators=(",", ":"),
                default=str,
            )
            + "\n"
        )


def sheet_rows(rows: Rows) -> Iterator[list[Any]]:
    """Rows for a workbook: text neutralised as in CSV, so that both are one format."""
    for row in rows:
        yield [neutralised(value) if isinstance(value, str) else value for value in row]


class CsvFolder:
    """Writes each table to `<table>.csv`, within a `with`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def table(self, name: str, head: Iterable[str], rows: Rows, progress: Callable[[int], Any]) -> int:
        """Write a table; how many rows it has."""
        count = 0
        with (self._folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            for count, line in enumerate(csv_lines(head, rows)):
                file.write(line)
                progress(count)
        return count

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        """All files are closed already."""


class Book:
    """Writes each table to a sheet of one workbook, within a `with`; the workbook is written at its end."""

    def __init__(self, target: Path | BinaryIO) -> None:
        self._writer = xlsx.Writer(target)

    def table(self, name: str, head: Iterable[str], rows: Rows, progress: Callable[[int], Any]) -> int:
        """Write a sheet; how many rows it has."""
        count = 0
        for count in self._writer.sheet(name, head, sheet_rows(rows)):
            progress(count)
        return count

    def __enter__(self) -> Self:
        return self

    def __exit__(self, error: type[BaseException] | None, *details: object) -> None:
        """Write the workbook; where something went wrong on the way, nothing of it stays."""
        if error is None:
            self._writer.close()
        else:
            self._writer.abandon()
