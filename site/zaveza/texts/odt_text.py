"""Paragraphs of an OpenDocument text."""

import io
from collections.abc import Iterator

from odfdo import Document, Element

# Not part of the running text: notes, comments, deleted words, indexes.
_ASIDE = ("text:note", "office:annotation", "text:tracked-changes", "text:table-of-content", "text:alphabetical-index")
_PARAGRAPHS = "//office:body/office:text//*[self::text:p or self::text:h]"


def paragraphs(content: bytes) -> Iterator[str]:
    """Headings and paragraphs in reading order, those in tables and lists included."""
    document = Document(io.BytesIO(content))
    asides = "".join(f"[not(ancestor::{name})]" for name in _ASIDE)
    for paragraph in _elements(document.body, f"{_PARAGRAPHS}{asides}"):
        # A paragraph in a frame in a paragraph comes by itself.
        for name in ("text:note", "office:annotation", "draw:frame"):
            for aside in _elements(paragraph, f"descendant::{name}"):
                aside.delete(keep_tail=True)
        yield paragraph.inner_text


def _elements(element: Element, query: str) -> list[Element]:
    return [found for found in element.xpath(query) if isinstance(found, Element)]
