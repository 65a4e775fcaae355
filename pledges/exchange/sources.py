"""Where the tables of an import come from: a folder, one CSV, a workbook, or a ZIP of any of them."""

import codecs
import csv
import io
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, Protocol

from django.utils.translation import gettext as _

from zaveza.base.cells import restored

from . import xlsx
from .archives import archive_of, opened
from .problems import ImportRefused

DELIMITERS = ",;\t|"
ABOUT = "about"  # the sheet that says what the file is
FILES = "files/"
_LARGEST_CELL = 64 << 20
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

# The number of the row, as a spreadsheet counts, and its cells
NumberedRow = tuple[int, list[str]]


class Source(Protocol):
    """Tables by name, and the files that lie beside them."""

    tables: list[str]

    def rows(self, table: str) -> Iterator[NumberedRow]:
        """The head and every row that is not empty."""
        ...

    def file(self, path: str) -> BinaryIO | None:
        """A file beside the tables, by its path below `files/`; None where there is none."""
        ...

    def close(self) -> None:
        """Let go of what was opened."""
        ...


def open_source(path: Path, name: str = "") -> Source:
    """What an import reads. `name` is the file's own name where it is stored under another.

    Raises `ImportRefused` for what is none of the formats.
    """
    suffix = PurePosixPath(name or path.name).suffix.lower()
    if path.is_dir():
        return _Folder(path)
    if not path.is_file():
        raise ImportRefused.for_file(_("There is no file “%(path)s”.") % {"path": path})
    if suffix == ".xlsx":
        return _Workbook(path.open("rb"), path.parent)
    if suffix == ".zip":
        return _Archive(path)
    if suffix == ".csv":
        return _Csv(path, PurePosixPath(name or path.name).stem)
    raise ImportRefused.for_file(_("Accepted are a folder, CSV, XLSX and ZIP."))


def _safe(path: str) -> PurePosixPath | None:
    """A path below `files/`, or None for one that leads out of it."""
    pure = PurePosixPath(path)
    if pure.is_absolute() or ".." in pure.parts or "\\" in path or not path.startswith(FILES):
        return None
    return pure


class _Base:
    def __init__(self) -> None:
        self.tables: list[str] = []
        self._open = ExitStack()

    def close(self) -> None:
        self._open.close()


class _Beside(_Base):
    """Files lie in a folder on the disk."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder

    def file(self, path: str) -> BinaryIO | None:
        safe = _safe(path)
        if safe is None:
            return None
        found = (self._folder / safe).resolve()
        is_inside = found.is_relative_to((self._folder / FILES).resolve())
        return found.open("rb") if is_inside and found.is_file() else None


class _Folder(_Beside):
    """One CSV for each table, or one workbook."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        books = sorted(folder.glob("*.xlsx"))
        sheets = sorted(folder.glob("*.csv"))
        if len(books) + bool(sheets) != 1:
            raise ImportRefused.for_file(
                _("The folder “%(path)s” must hold CSV files or one XLSX file.") % {"path": folder}
            )
        self._book = _Workbook(books[0].open("rb"), folder) if books else None
        self.tables = self._book.tables if self._book else [path.stem for path in sheets]

    def rows(self, table: str) -> Iterator[NumberedRow]:
        if self._book:
            yield from self._book.rows(table)
            return
        with (self._folder / f"{table}.csv").open("rb") as file:
            yield from csv_rows(file, table)

    def close(self) -> None:
        if self._book:
            self._book.close()


class _Csv(_Beside):
    """One table."""

    def __init__(self, path: Path, table: str) -> None:
        super().__init__(path.parent / "-")  # nothing lies beside an uploaded table
        self._path, self.tables = path, [table]

    def rows(self, table: str) -> Iterator[NumberedRow]:
        with self._path.open("rb") as file:
            yield from csv_rows(file, table)


class _Workbook(_Beside):
    """One sheet for each table."""

    def __init__(self, file: BinaryIO, folder: Path) -> None:
        super().__init__(folder)
        self._open.callback(file.close)
        self._reader = xlsx.Reader(file)
        self.tables = [name for name in self._reader.sheets if name != ABOUT]

    def rows(self, table: str) -> Iterator[NumberedRow]:
        for number, cells in self._reader.rows(table):
            yield number, [_restored(cell) for cell in cells]


class _Archive(_Base):
    """A folder that was packed, at its top or in one folder."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._archive = self._open.enter_context(archive_of(path))
        names = [name for name in self._archive.namelist() if not name.endswith("/") and "__MACOSX" not in name]
        names = [name for name in names if PurePosixPath(name).parts]
        tops = {PurePosixPath(name).parts[0] for name in names}
        self._top = f"{tops.pop()}/" if len(tops) == 1 and all("/" in name for name in names) else ""
        self._names = {name.removeprefix(self._top) for name in names}
        books = [name for name in self._names if name.endswith(".xlsx") and "/" not in name]
        sheets = sorted(name for name in self._names if name.endswith(".csv") and "/" not in name)
        if len(books) + bool(sheets) != 1:
            raise ImportRefused.for_file(_("The ZIP must hold CSV files or one XLSX file."))
        self._book: xlsx.Reader | None = None
        if books:
            # A workbook is read back and forth, which a packed one does not allow.
            self._book = xlsx.Reader(self._spooled(books[0]))
        self.tables = (
            [name for name in self._book.sheets if name != ABOUT]
            if self._book
            else [PurePosixPath(name).stem for name in sheets]
        )

    def _spooled(self, name: str) -> BinaryIO:
        import shutil
        import tempfile

        copy: Any = self._open.enter_context(tempfile.TemporaryFile())  # noqa: SIM115 - `close` closes it
        with opened(self._archive, self._top + name) as part:
            shutil.copyfileobj(part, copy)
        copy.seek(0)
        return copy

    def rows(self, table: str) -> Iterator[NumberedRow]:
        if self._book:
            for number, cells in self._book.rows(table):
                yield number, [_restored(cell) for cell in cells]
            return
        with opened(self._archive, f"{self._top}{table}.csv") as file:
            yield from csv_rows(file, table)

    def file(self, path: str) -> BinaryIO | None:
        if _safe(path) is None or path not in self._names:
            return None
        return opened(self._archive, self._top + path)


def csv_rows(file: BinaryIO, table: str) -> Iterator[NumberedRow]:
    """The rows of a CSV in UTF-8 or, with its mark, UTF-16; the delimiter is the one that parts the head best.

    Raises `ImportRefused`.
    """
    csv.field_size_limit(_LARGEST_CELL)
    start = file.read(4096)
    file = _joined(start, file)
    encoding = "utf-16" if start.startswith(_UTF16) else "utf-8-sig"
    text = io.TextIOWrapper(file, encoding=encoding, newline="")
    number = 0
    try:
        head = start.decode(encoding, errors="ignore").lstrip().splitlines()[:1]
        delimiter = max(DELIMITERS, key=lambda mark: head[0].count(mark)) if head else ","
        for number, cells in enumerate(csv.reader(text, delimiter=delimiter, strict=True), start=1):
            if any(cells):
                yield number, [_restored(cell) for cell in cells]
    except UnicodeDecodeError as error:
        raise ImportRefused.for_file(
            _("%(table)s: the file is not in UTF-8. Save it as “CSV UTF-8”.") % {"table": table}
        ) from error
    except csv.Error as error:
        raise ImportRefused.for_file(
            _("%(table)s: after row %(row)d the CSV cannot be read: %(error)s.")
            % {"table": table, "row": number, "error": error}
        ) from error


def _restored(cell: str) -> str:
    return restored(cell) if cell.startswith("'") else cell


class _Joined(io.RawIOBase):
    """What was read of a file already, and then the rest of it."""

    def __init__(self, start: bytes, rest: BinaryIO) -> None:
        self._start, self._rest = start, rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        piece = self._start[: len(buffer)] or self._rest.read(len(buffer))
        self._start = self._start[len(buffer) :]
        buffer[: len(piece)] = piece
        return len(piece)


def _joined(start: bytes, rest: BinaryIO) -> Any:
    return io.BufferedReader(_Joined(start, rest), 1 << 16)
