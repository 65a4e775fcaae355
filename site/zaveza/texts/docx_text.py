"""Paragraphs of a Word document."""

import io
from collections.abc import Iterator
from typing import Any

from docx import Document
from docx.blkcntnr import BlockItemContainer
from docx.document import Document as WordDocument
from docx.table import Table, _Cell

# Tables in tables in tables are layout, not text.
_DEEPEST = 8


def paragraphs(content: bytes) -> Iterator[str]:
    """Headings and paragraphs in reading order, those in tables included."""
    yield from _of(Document(io.BytesIO(content)), 0)


def _of(container: WordDocument | BlockItemContainer, depth: int) -> Iterator[str]:
    for item in container.iter_inner_content():
        if not isinstance(item, Table):
            yield item.text
        elif depth < _DEEPEST:
            for cell in _cells(item):
                yield from _of(cell, depth + 1)


def _cells(table: Table) -> Iterator[_Cell]:
    # One cell over several columns or rows is found in each of them.
    seen: set[Any] = set()
    for row in table.rows:
        for cell in row.cells:
            if cell._tc not in seen:
                seen.add(cell._tc)
                yield cell
