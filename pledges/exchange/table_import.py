"""One table of an import, chunk by chunk: read, look up, compare, write. Memory does not grow with the table."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from ..models import Amendment, Assessment, Pledge
from ..permissions import refusal
from . import columns as c
from .exporting import CITATION
from .lookups import Lookups
from .problems import CellError, Problem
from .rows import Row
from .stored import Stored
from .suggestions import nearest
from .table import Table
from .values import split_values
from .writing import ChunkWriter
from .xlsx import Formula

if TYPE_CHECKING:
    from .importing import Counts, Run

CHUNK = 500
# What two people publish: the draft is one's own, and stays as it is while somebody else reads it.
_DRAFTED = (Pledge, Assessment, Amendment)


class TableImport:
    """Reads one table into the record and counts what became of its rows; problems go to the run."""

    def __init__(self, run: Run, table: Table, counts: Counts) -> None:
        self._run, self._table, self._counts = run, table, counts
        self._replays = run.replays_ledger if table.is_ledgered else run.replays
        self._lookups = Lookups(run, table)
        self._writer = ChunkWriter(run, table, self._replays)
        # Place in the row, column and language
        self._columns: list[tuple[int, c.Column, str]] = []
        self._width = 0
        self._missing: list[str] = []
        self._complained_of_missing = False
        # Records with a higher key were made by this import.
        self._last_before = table.model._default_manager.aggregate(last=Max("pk"))["last"] or 0
        self._changed: set[Any] = set()

    def read(self) -> None:
        """Read the whole table."""
        rows = self._run.source.rows(self._table.name)
        head = next(rows, None)
        if head is None:
            # Cut off on its way, most likely: an empty table has at least its head.
            self._complain(1, "", "", _("The table is empty: its first row names the columns."))
            return
        if not self._take_head(head[1]):
            return
        while chunk := list(islice(rows, CHUNK)):
            parsed = [self._parse(number, cells) for number, cells in chunk]
            for part in self._apart(parsed):
                self._take(part)
            self._run.progress(self._table.name, self._counts.new + self._counts.changed + self._counts.unchanged)
        self._writer.finish()

    # Reading

    def _take_head(self, head: list[str]) -> bool:
        names = {name: (column, language) for column in self._table.columns for name, language in _heads(column)}
        seen: set[str] = set()
        for place, title in enumerate(head):
            name = title.strip()
            if not name or name in CITATION:
                continue
            if name in seen:
                self._complain(1, "", name, _("This column stands twice."))
            elif name not in names:
                self._complain(1, "", name, _("There is no column of this name."), nearest(name, names))
            elif not names[name][0].read_only:
                self._columns.append((place, *names[name]))
            seen.add(name)
        keys = [key for key in self._table.natural_key if (column := self._table.by_name.get(key)) and column.required]
        if missing := [key for key in keys or [self._table.key_column] if key not in seen]:
            self._complain(1, "", ", ".join(missing), _("This column is missing."))
            return False
        self._missing = [column.name for column in self._table.columns if column.required and column.name not in seen]
        self._width = len(head)
        self._writer.given = {column.name for _place, column, _language in self._columns}
        return True

    def _parse(self, number: int, cells: list[str]) -> Row:
        """The row in its types; what is wrong with a cell is noted."""
        values: dict[str, Any] = {}
        is_good = True
        key = self._key(cells)
        if len(cells) > self._width and any(cells[self._width :]):
            self._complain(number, key, "", _("There are more cells than columns."))
            is_good = False
        for place, column, language in self._columns:
            cell = cells[place] if place < len(cells) else ""
            name = f"{column.name}_{language}" if language else column.name
            try:
                if isinstance(cell, Formula):
                    raise CellError(_("This is a formula. Paste its value instead."))
                value = self._read(column, cell)
                if column.required and cell.strip() == "" and not self._may_be_erased(column, cells):
                    raise CellError(_("This must not be empty."))
            except CellError as error:
                self._complain(number, key, name, error.message, error.suggestion)
                is_good = False
                continue
            if language:
                values.setdefault(column.name, {})[language] = value
            else:
                values[column.name] = value
        if len(key) > 100:
            self._complain(number, key[:100], self._table.key_column, _("This is too long."))
            is_good = False
        return Row(number, key, values, self._replays, self._run.started, is_broken=not is_good)

    def _read(self, column: c.Column, cell: str) -> Any:
        if isinstance(column, (c.Topics, c.Citations)):
            return split_values(cell)
        if isinstance(column, (c.Link, c.Named, c.Account, c.Authors, c.Upload, c.CitedHashes)):
            return cell.strip()
        if column.kind is None or (cell == "" and not column.required and not isinstance(column, c.Words)):
            return self._empty(column)
        return column.kind.read(cell)

    def _empty(self, column: c.Column) -> Any:
        """What an empty cell stands for: nothing where the record may hold nothing, else the field's default."""
        field = self._table.model._meta.get_field(column.source)
        return None if field.null else field.get_default()

    def _may_be_erased(self, column: c.Column, cells: list[str]) -> bool:
        """Whether an empty text is one that was erased by law: its digest stands in the row."""
        digest = f"{column.name}_digest"
        return any(
            other.name == digest and place < len(cells) and cells[place].strip() for place, other, _l in self._columns
        )

    def _key(self, cells: list[str]) -> str:
        wanted = self._table.natural_key or (self._table.key_column,)
        found = {
            (f"{column.name}_{language}" if language else column.name): (cells[place] if place < len(cells) else "")
            for place, column, language in self._columns
        }
        return ", ".join(part for name in wanted if (part := found.get(name, "").strip()))

    def _apart(self, rows: list[Row]) -> Iterator[list[Row]]:
        """Parts of a chunk of which none refers back to one of its own rows."""
        back = [column.name for column in self._table.links if column.back_only]
        part: list[Row] = []
        keys: set[str] = set()
        for row in rows:
            if back and any(row.values.get(name) in keys for name in back):
                yield part
                part, keys = [], set()
            part.append(row)
            keys.add(row.key)
        if part:
            yield part

    # One part of a chunk

    def _take(self, rows: list[Row]) -> None:
        rows = self._each_once(rows)
        rows = [row for row in self._lookups.resolve(rows) if not row.is_broken]
        stored = Stored.of(self._table, rows, self._lookups, self._writer.given)
        good: list[Row] = []
        for row in rows:
            record = stored.record(row)
            if record is not None and self._is_twice(row, record):
                continue
            row.is_new = record is None
            row.record = self._table.model() if record is None else record
            if self._fill(row, stored) and self._is_allowed(row):
                good.append(row)
        fresh = [row for row in good if row.is_new]
        changed = [row for row in good if not row.is_new and row.changed]
        self._counts.unchanged += len(good) - len(fresh) - len(changed)
        self._counts.new += self._write(self._writer.create, fresh)
        self._counts.changed += self._write(self._writer.update, changed)
        self._changed.update(row.pk for row in changed)

    def _each_once(self, rows: list[Row]) -> list[Row]:
        seen: set[str] = set()
        once = []
        for row in rows:
            if row.key in seen:
                self._complain_twice(row)
            else:
                once.append(row)
            seen.add(row.key)
        return once

    def _is_twice(self, row: Row, record: Any) -> bool:
        """Whether a record that is there already came with this very import."""
        if record.pk > self._last_before or record.pk in self._changed:
            self._complain_twice(row)
            return True
        return False

    def _complain_twice(self, row: Row) -> None:
        column = "" if self._table.natural_key else self._table.key_column
        self._complain(row.number, row.key, column, _("This row stands twice in the file."))

    def _fill(self, row: Row, stored: Stored) -> bool:
        """Put the values into the record; note what is new and what may not change."""
        before = self._run.problems.count
        if row.is_new and self._missing and not self._complained_of_missing:
            self._complained_of_missing = True
            self._complain(row.number, row.key, ", ".join(self._missing), _("New rows need this column."))
        if row.is_new:
            stored.fill_new(row, self._replays, self._complain_of(row))
        else:
            stored.compare(row, self._complain_of(row))
        if self._run.problems.count > before:
            return False
        if row.is_new or row.changed:
            for column, message in self._table.check(row):
                self._complain(row.number, row.key, column, message)
        return self._run.problems.count == before

    def _is_allowed(self, row: Row) -> bool:
        """Whether the user may write this row: with the rights of the role, and within the hub."""
        if not (row.is_new or row.changed):
            return True
        user, model = self._run.user, self._table.model
        # Drafts, and what is on the desk, are as safe from a file as from a form.
        is_draft = not row.is_new and isinstance(row.record, _DRAFTED) and row.record.published_at is None
        if is_draft and (reason := refusal(row.record, "change", user)):
            self._complain(row.number, row.key, "", reason)
            return False
        if not self._run.is_confined:
            return True
        action = "add" if row.is_new else "change"
        if not user.has_perm(f"{model._meta.app_label}.{action}_{model._meta.model_name}"):
            self._complain(
                row.number, row.key, "", _("Your role does not write this table; only unchanged rows may stand here.")
            )
            return False
        return self._lookups.is_within_hub(row, self._complain_of(row))

    def _write(self, write: Any, rows: list[Row]) -> int:
        """Write rows at once, or one by one where the database refuses one of them, to name it."""
        if not rows:
            return 0
        try:
            with transaction.atomic():
                write(rows)
            return len(rows)
        except (DatabaseError, ValidationError, CellError):
            written = 0
        for row in rows:
            try:
                with transaction.atomic():
                    self._writer.again(row)
                    write([row])
                written += 1
            except CellError as error:
                self._complain(row.number, row.key, getattr(error, "column", ""), error.message)
            except ValidationError as error:
                self._complain(row.number, row.key, "", " ".join(error.messages))
            except DatabaseError:
                self._complain(row.number, row.key, "", _("The database refused this: it breaks a rule of the record."))
        return written

    # Problems

    def _complain(self, number: int, key: str, column: str, message: str, suggestion: str = "") -> None:
        self._run.problems.add(Problem(message, self._table.name, number, key, column, suggestion))

    def _complain_of(self, row: Row) -> Any:
        def complain(column: str, message: str, suggestion: str = "") -> None:
            self._complain(row.number, row.key, column, message, suggestion)

        return complain


def _heads(column: c.Column) -> Iterator[tuple[str, str]]:
    if isinstance(column, c.Words):
        for language in column.languages:
            yield f"{column.name}_{language}", language
    else:
        yield column.name, ""
