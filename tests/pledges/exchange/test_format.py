"""The documentation names every column, and every field of the record is in a column or left out for a reason."""

import re
from pathlib import Path

import pytest
from django.apps import apps
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

# Models without a table, each with the reason. A new model of the record gets a table, or a line here.
WITHOUT_TABLE = {
    "AssessmentEvidence": "the column `evidence` of assessments",
    "CandidacyLink": "a secret of the candidate's",
    "DeskStep": "of the work on drafts; what is public of it stands in the assessment",
    "EvidenceState": "what the last check of a link said; checked anew",
    "ExchangeKey": "of this site's imports",
    "Extraction": "nobody's but its author's; what is public is the agreement",
    "ExtractionMark": "goes with the extraction",
    "HandIn": "of the candidate's link",
    "HandInDraft": "private until handed in",
    "HubMember": "of accounts, which are in no export",
    "ImportJob": "of this site's imports",
    "LedgerRow": "the table `ledger`",
    "LinkCheck": "of this site; links are checked anew",
    "MarkDecision": "goes with the extraction",
    "PledgeAuthor": "the column `authors` of pledges",
    "PledgeStanding": "a projection; rebuilt",
    "PledgeStatus": "a projection; rebuilt",
    "ProgrammeText": "read anew from the file of the programme",
    "RecordLogEntry": "who did what in this admin",
    "SimilarityGroup": "the column `similarity_group` of pledges",
    "Tip": "private; erased after its period",
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


def test_every_model_has_a_table_or_none_for_a_reason() -> None:
    carried = {table.model.__name__ for table in TABLES} | {
        table.text_model.__name__ for table in TABLES if table.words
    }
    there = {model.__name__ for model in apps.get_app_config("pledges").get_models()}
    assert there - carried == set(WITHOUT_TABLE)
    assert carried <= there


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
