"""The documentation names every column, and every field of the record is in a column or left out for a reason."""

import re
from pathlib import Path

import pytest
from django.db import models

from pledges.exchange import columns as c
from pledges.exchange import ledger_rows
from pledges.exchange.tables import LEDGER, TABLES, Table
from pledges.models import PledgeText

DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "record-exchange.md"

# Fields without a column, each with the reason. A new field of the record gets a column, or a line here.
LEFT_OUT = {
    "Organisation.logo": "a picture of the site",
    "Organisation.logo_alt": "goes with the logo",
    "Pledge.number": "part of the id",
    "Pledge.municipality": "of the programme's candidacy; shown",
    "Pledge.edition": "of the programme's candidacy; shown",
    "Pledge.submitted_by": "a pledge in review is imported as a draft",
    "Programme.file_size": "of the file",
    "Assessment.stage": "follows from the publication; a draft begins anew",
    "Assessment.approved_digest": "of a draft that waits for its reply",
    "Reply.entered_by": "who works here; somebody here vouches for an answer that came without",
    "Assessment.created_at": "when the draft was written here",
}


def columns_of_document() -> dict[str, list[str]]:
    """The columns by table."""
    found: dict[str, list[str]] = {}
    table = ""
    for line in DOCUMENT.read_text(encoding="utf-8").splitlines():
        if head := re.fullmatch(r"### `(\w+)`", line):
            table = head[1]
            found[table] = []
        elif table and line.startswith("| `"):
            found[table] += re.findall(r"`(\w+)`", line.split("|")[1])
    return found


def test_document_names_every_table_and_column() -> None:
    documented = columns_of_document()
    assert list(documented) == [*(table.name for table in TABLES), LEDGER]
    for table in TABLES:
        assert documented[table.name] == [name for column in table.columns for name in column.names], table.name
    assert documented[LEDGER] == ledger_rows.HEAD


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_field_travels_or_is_left_out_for_a_reason(table: Table) -> None:
    carried = {column.attribute or column.name for column in table.columns if not isinstance(column, c.Words)}
    fields = [field for field in table.model._meta.fields if not isinstance(field, models.AutoField)]
    missing = {
        f"{table.model.__name__}.{field.name}"
        for field in [*fields, *table.model._meta.many_to_many]
        if field.name not in carried and f"{table.model.__name__}.{field.name}" not in LEFT_OUT
    }
    assert not missing
    if table.words:
        words = {field.name for field in table.text_model._meta.fields} - {"id", "language"}
        assert words - {column.source for column in table.words} == {table.text_link.removesuffix("_id")}


def test_words_of_pledges_are_all_there() -> None:
    assert {"title", "summary"} <= {field.name for field in PledgeText._meta.fields}
