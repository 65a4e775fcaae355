"""What tests of import and export share: small tables, written and read."""

import csv
from pathlib import Path
from typing import Any

from pledges.exchange import ImportRefused, Report, export_records, import_records
from pledges.exchange.scope import Scope


def write_csv(folder: Path, table: str, rows: list[dict[str, Any]], **how: Any) -> Path:
    """A table as a person would write it."""
    path = folder / f"{table}.csv"
    head = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", encoding=how.pop("encoding", "utf-8"), newline="") as file:
        writer = csv.DictWriter(file, head, **how)
        writer.writeheader()
        writer.writerows(rows)
    return path


def read_csv(path: Path) -> list[dict[str, str]]:
    """The rows of an exported table."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def refused(path: Path, **how: Any) -> ImportRefused:
    """The refusal of a file that must not be imported."""
    try:
        import_records(path, **how)
    except ImportRefused as error:
        return error
    raise AssertionError("the import was not refused")


def said(error: ImportRefused) -> list[tuple[str, int | None, str]]:
    """Table, row and column of each problem."""
    return [(problem.table, problem.row, problem.column) for problem in error.problems]


def exported(folder: Path, **how: Any) -> Path:
    """A full export."""
    export_records(folder, how.pop("scope", None) or Scope.everything(), **how)
    return folder


def imported(path: Path, **how: Any) -> Report:
    """The report of an import."""
    return import_records(path, **how)
