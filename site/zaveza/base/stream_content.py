"""What a page's stream fields hold, without drawing them: running text, rich texts and pictures."""

import html
import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.html import strip_tags
from wagtail import blocks
from wagtail.blocks.stream_block import StreamValue
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

_BETWEEN_BLOCKS = re.compile(r"(</(?:p|li|h\d|blockquote)>|<br\s*/?>)")
_WHITE_SPACE = re.compile(r"\s+")


def plain(rich_text: str) -> str:
    """Rich text without its markup, in one line; paragraphs stay apart."""
    return _WHITE_SPACE.sub(" ", html.unescape(strip_tags(_BETWEEN_BLOCKS.sub(r"\1 ", rich_text)))).strip()


def plain_text(stream: StreamValue) -> str:
    """All text of a stream in reading order; asks the database nothing, so an index can read thousands of pages."""
    return " ".join(_texts(stream.stream_block, list(stream.raw_data)))


def _texts(block: Any, value: Any) -> Iterator[str]:
    """The texts of a value as it is stored. Addresses, choices, dates and numbers are not text."""
    if value in (None, "", []):
        return
    if isinstance(block, blocks.StreamBlock):
        for child in value:
            child_block = block.child_blocks.get(child["type"])
            if child_block is not None:
                yield from _texts(child_block, child["value"])
    elif isinstance(block, blocks.StructBlock):
        for name, child_block in block.child_blocks.items():
            yield from _texts(child_block, value.get(name))
    elif isinstance(block, blocks.ListBlock):
        for item in value:
            stored = item["value"] if isinstance(item, dict) and item.get("type") == "item" else item
            yield from _texts(block.child_block, stored)
    elif isinstance(block, blocks.RichTextBlock):
        yield plain(str(value))
    elif isinstance(block, blocks.CharBlock | blocks.TextBlock):
        yield _WHITE_SPACE.sub(" ", str(value)).strip()


def streams(page: Page) -> list[StreamValue]:
    """The values of all stream fields of a page."""
    return [getattr(page, field.name) for field in page._meta.get_fields() if isinstance(field, StreamField)]


def rich_text_sources(page: Page) -> Iterator[str]:
    """Every rich text of a page as it is stored: in its stream fields and in fields of its own."""
    for field in page._meta.get_fields():
        if isinstance(field, RichTextField):
            yield getattr(page, field.name) or ""
        elif isinstance(field, StreamField):
            stream = getattr(page, field.name)
            yield from _rich_texts(stream.stream_block, list(stream.raw_data))


def _rich_texts(block: Any, value: Any) -> Iterator[str]:
    if not value:
        return
    if isinstance(block, blocks.StreamBlock):
        for child in value:
            if child["type"] in block.child_blocks:
                yield from _rich_texts(block.child_blocks[child["type"]], child["value"])
    elif isinstance(block, blocks.StructBlock):
        for name, child_block in block.child_blocks.items():
            yield from _rich_texts(child_block, value.get(name))
    elif isinstance(block, blocks.ListBlock):
        for item in value:
            stored = item["value"] if isinstance(item, dict) and item.get("type") == "item" else item
            yield from _rich_texts(block.child_block, stored)
    elif isinstance(block, blocks.RichTextBlock):
        yield str(value)


def prefetch_pictures(values: Iterable[StreamValue], others: Iterable[Any] = ()) -> None:
    """Load the sizes of all pictures of these streams, and of others, at once instead of one by one when drawn."""
    pictures = list(others)
    for stream in values:
        for child in stream:
            picture = child.value.get("image") or child.value.get("picture") if isinstance(child.value, dict) else None
            if picture is not None:
                pictures.append(picture)
    if pictures:
        prefetch_related_objects(pictures, "renditions")
