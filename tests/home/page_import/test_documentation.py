"""`docs/page-import.md` says what the importer does: its example is imported, its tables are compared."""

import json
import re

import pytest
from django.conf import settings
from wagtail import blocks

from home.models import HomePage, ProjectPage
from home.page_import.files import DOCUMENT_MEMBERS, IMAGE_MEMBERS
from home.page_import.references import page_types
from home.page_import.run import import_pages
from home.page_import.values import importable_fields
from zaveza.base.blocks import BodyBlock

TEXT = (settings.BASE_DIR / "docs" / "page-import.md").read_text(encoding="utf-8")


def table_row(first_cell: str) -> str:
    return next(line for line in TEXT.splitlines() if line.startswith(f"| `{first_cell}` |"))


@pytest.mark.django_db
def test_example_can_be_imported(tmp_path) -> None:
    example = re.search(r"```json\n(.*?)```", TEXT, re.DOTALL)
    assert example
    path = tmp_path / "pages.json"
    path.write_text(example[1], encoding="utf-8")
    report = import_pages(path)
    assert len(report.created) == len(json.loads(example[1])["pages"])
    assert not report.warnings
    slovene = ProjectPage.objects.get(locale__language_code="sl")
    assert slovene.live
    assert slovene.get_translations().get().title == "Orchards beside schools"
    assert not HomePage.objects.get(locale__language_code="en").live


def test_fields_of_each_page_type_are_listed() -> None:
    common = TEXT[TEXT.index("Every page type has") : TEXT.index("Besides:")]
    for name, model in page_types().items():
        listed = table_row(name)
        for field in importable_fields(model):
            assert f"`{field}`" in listed or f"`{field}`" in common, (name, field)


def test_blocks_are_listed_with_what_they_hold() -> None:
    for name, block in BodyBlock().child_blocks.items():
        listed = table_row(name)
        for inner in _names(block):
            assert f"`{inner}`" in listed, (name, inner)


def test_words_of_files_are_listed() -> None:
    for member in (*IMAGE_MEMBERS, *DOCUMENT_MEMBERS):
        assert f'"{member}": ' in TEXT


def _names(block: blocks.Block):
    if isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            if name != "language":
                yield name
                yield from _names(child)
    elif isinstance(block, blocks.ListBlock):
        yield from _names(block.child_block)
