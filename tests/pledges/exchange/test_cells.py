"""Every text comes back as it was, and no spreadsheet runs it."""

import csv
import datetime as dt
import gc
import io
import tempfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import load_workbook

from pledges.exchange import values, xlsx
from pledges.exchange.problems import CellError, ImportRefused
from pledges.exchange.sources import csv_rows
from pledges.exchange.writers import Book, csv_lines
from zaveza.base.cells import TRIGGERS, neutralised, restored

TEXTS = st.text(alphabet=st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=60)
AWKWARD = st.one_of(
    TEXTS,
    st.builds(lambda start, rest: start + rest, st.sampled_from([*TRIGGERS, "'", "''", "'=", "\ufeff"]), TEXTS),
    st.sampled_from(
        [
            "=1+1",
            "'",
            "''",
            "'''=",
            "-5",
            "+386 1 234",
            "@SUM(A1)",
            "\tx",
            "\r\nx",
            "_x0041_",
            "a\r\nb",
            "»„“”«",
            "👩‍👩‍👧",
            "שלום",
            "#N/A",
            ' "a"; b, c ',
        ]
    ),
)


@given(AWKWARD)
def test_neutralised_text_is_no_formula_and_comes_back(text: str) -> None:
    cell = neutralised(text)
    assert cell[:1] not in TRIGGERS
    assert restored(cell) == text


@given(st.lists(st.lists(AWKWARD, min_size=3, max_size=3), min_size=1, max_size=4))
@example([["", "=cmd|' /C calc'!A0", "x"]])
def test_csv_and_workbook_bring_every_text_back(rows: list[list[str]]) -> None:
    rows = [["key", *row] for row in rows]
    file = io.BytesIO("".join(csv_lines(["a", "b", "c", "d"], rows)).encode())
    assert [cells for _number, cells in csv_rows(file, "t")][1:] == rows

    book_file = io.BytesIO()
    with Book(book_file) as book:
        book.table("t", ["a", "b", "c", "d"], rows, lambda done: None)
    book_file.seek(0)
    found = [[restored(cell) for cell in cells] for _number, cells in xlsx.Reader(book_file).rows("t")][1:]
    assert [cells + [""] * (4 - len(cells)) for cells in found] == rows


def test_no_cell_of_a_workbook_is_a_formula() -> None:
    file = io.BytesIO()
    with Book(file) as book:
        book.table("t", ["a"], [["=1+1"], ["@SUM(A1)"], ["#N/A"], ["+1"]], lambda done: None)
    cells = [row[0] for row in load_workbook(io.BytesIO(file.getvalue()))["t"].iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} == {"s"}


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_csv_of_any_spreadsheet_is_read(delimiter: str, encoding: str) -> None:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter).writerows([["id", "quote"], ["1", "Čas, prostor; in\nšola"]])
    rows = list(csv_rows(io.BytesIO(buffer.getvalue().encode(encoding)), "t"))
    assert rows == [(1, ["id", "quote"]), (2, ["1", "Čas, prostor; in\nšola"])]


def test_csv_in_another_encoding_is_refused() -> None:
    with pytest.raises(ImportRefused, match="pledges: .*UTF-8"):
        list(csv_rows(io.BytesIO("id,quote\n1,a\n2,Čas šole\n".encode("cp1250")), "pledges"))


def test_workbook_of_a_spreadsheet_program_is_read() -> None:
    """Shared strings, dates, booleans, formulas and numbers, as Excel and LibreOffice write them."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.title = "pledges"
    sheet.append(["id", "day", "moment", "yes", "number", "formula"])
    sheet.append(["A", dt.date(2026, 2, 3), dt.datetime(2026, 2, 3, 9, 30), True, 12.5, "=1+1"])
    file = io.BytesIO()
    book.save(file)
    reader = xlsx.Reader(io.BytesIO(file.getvalue()))
    _head, (number, cells) = list(reader.rows("pledges"))
    assert (number, cells[:5]) == (2, ["A", "2026-02-03", "2026-02-03T09:30:00", "yes", "12.5"])
    assert isinstance(cells[5], xlsx.Formula)


@pytest.mark.filterwarnings("error::pytest.PytestUnraisableExceptionWarning")
def test_text_too_long_for_a_cell_is_never_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    file = io.BytesIO()
    with pytest.raises(xlsx.TooLong), Book(file) as book:
        book.table("one", ["a"], [["x"]], lambda done: None)
        book.table("two", ["a"], [["x"], ["x" * 32_768]], lambda done: None)
    assert not file.getvalue()
    assert not list(tmp_path.iterdir()), "nothing of the sheets stays on disk"
    gc.collect()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no zip", b"<html>"])
def test_what_is_no_workbook_is_refused(content: bytes) -> None:
    with pytest.raises(ImportRefused):
        xlsx.Reader(io.BytesIO(content))


ROUND: list[tuple[Any, Any]] = [
    (values.Day(), dt.date(2026, 2, 3)),
    (values.Moment(), dt.datetime(2026, 2, 3, 9, 0, 0, 123456, tzinfo=dt.UTC)),
    (values.Number(5, 2), Decimal("56.10")),
    (values.Whole(), 0),
    (values.YesNo(unknown=True), None),
    (values.YesNo(unknown=True), False),
    (values.Address(max_length=200), "https://obcina.example.si/a?b=č"),
]


@pytest.mark.parametrize(("kind", "value"), ROUND)
def test_written_value_reads_as_the_same(kind: Any, value: Any) -> None:
    assert kind.read(str(kind.write(value))) == value


@pytest.mark.parametrize(
    ("kind", "cell", "suggestion"),
    [
        (values.Day(), "3. 2. 2026", "2026-02-03"),
        (values.Day(), "2026-02-30", ""),
        (values.Moment(), "2026-02-03T09:00:00", ""),
        (values.Whole(most=10), "11", ""),
        (values.Number(5, 2), "1.234", ""),
        (values.Number(5, 2), "NaN", ""),
        (values.YesNo(), "da", ""),
        (values.Code(choices=("fulfilled", "partly")), "fullfilled", "fulfilled"),
        (values.Address(), "javascript:alert(1)", ""),
        (values.Text(max_length=2), "abc", ""),
        (values.Text(), "a\x00", ""),
        (values.Hash(), "xyz", ""),
    ],
)
def test_wrong_cell_says_why(kind: Any, cell: str, suggestion: str) -> None:
    with pytest.raises(CellError) as caught:
        kind.read(cell)
    assert caught.value.message
    assert caught.value.suggestion == suggestion
