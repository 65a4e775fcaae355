"""Made-up words, each of which stands in one text of one record and nowhere else, and the texts made of them."""

import io
import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import unquote

from django.core.files.base import ContentFile
from django.db import models
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from PIL import Image
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageChooserBlock
from wagtail.images.models import WagtailImageField

from pledges.models.public_ids import PublicIdField

# Consonants only: no stemmer shortens such a word and no language of the site has one like it.
_LETTERS = "bcdfghjklmnpqrstvwz"


class Words:
    """Hands out words that begin with the same two letters, and remembers whose each is."""

    def __init__(self, beginning: str) -> None:
        self.beginning = beginning
        self.owners: dict[str, str] = {}
        self._pattern = re.compile(rf"{beginning}[{_LETTERS}]{{4}}qk")

    def new(self, owner: str) -> str:
        """A word that nobody has yet; `owner` says whose it is where a test fails."""
        number, letters = len(self.owners), ""
        for _place in range(4):
            number, place = divmod(number, len(_LETTERS))
            letters += _LETTERS[place]
        word = f"{self.beginning}{letters}qk"
        self.owners[word] = owner
        return word

    def of(self, beginning_of_owner: str) -> list[str]:
        """The words of an owner."""
        return [word for word, owner in self.owners.items() if owner.startswith(beginning_of_owner)]

    def found_in(self, text: str) -> set[str]:
        """The words that stand in a text, in whatever case."""
        return set(self._pattern.findall(text.lower()))


def text_of(response: HttpResponseBase) -> str:
    """All that a reader gets: the status line's headers and the content."""
    headers = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
    if isinstance(response, HttpResponse):
        return unquote(headers) + response.content.decode(errors="replace")
    content = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    return unquote(headers) + content.decode(errors="replace")


def text_fields(model: type[models.Model]) -> Iterator[models.Field]:
    """The fields of a model in which somebody's words stand; not codes to choose from, ids and relations."""
    for field in model._meta.concrete_fields:
        is_text = isinstance(field, models.CharField | models.TextField | models.FileField | models.JSONField)
        if (is_text or isinstance(field, StreamField)) and not field.choices and not isinstance(field, PublicIdField):
            yield field


def values_for(model: type[models.Model], words: Words, owner: str, without: Iterable[str] = ()) -> dict[str, Any]:
    """A value with a word of its own for every text that an editor or monitor enters."""
    values: dict[str, Any] = {}
    left_out = {*without, "path", "url_path", "draft_title", "password"}
    for field in text_fields(model):
        if field.name not in left_out and field.editable:
            values[field.name] = _value(field, words, f"{owner}.{field.name}")
    return values


def _value(field: models.Field, words: Words, owner: str) -> Any:
    if isinstance(field, StreamField):
        return stream(field.stream_block, words, owner)
    word = words.new(owner)
    if isinstance(field, RichTextField):
        return f"<p>{word}</p>"
    if isinstance(field, models.URLField):
        return f"https://{word}.example.si/"
    if isinstance(field, models.EmailField):
        return f"{word}@example.si"
    if isinstance(field, WagtailImageField):
        return ContentFile(png(), f"{word}.png")
    if isinstance(field, models.FileField):
        return ContentFile(f"%PDF-1.4 {word}".encode(), f"{word}.pdf")
    return word


def png(width: int = 40, height: int = 30) -> bytes:
    """A small picture."""
    file = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(file, "PNG")
    return file.getvalue()


def stream(block: blocks.StreamBlock, words: Words, owner: str) -> list[dict[str, Any]]:
    """One of each block of a stream, every text in them with a word of its own. Links and pictures stay empty."""
    return [
        {"type": name, "value": _block_value(child, words, f"{owner}.{name}")}
        for name, child in block.child_blocks.items()
        if not _needs_a_record(child)
    ]


def _needs_a_record(block: blocks.Block) -> bool:
    if isinstance(block, ImageChooserBlock | DocumentChooserBlock):
        return block.required
    if isinstance(block, blocks.StructBlock):
        return any(_needs_a_record(child) for child in block.child_blocks.values())
    return isinstance(block, blocks.ListBlock) and _needs_a_record(block.child_block)


def _block_value(block: blocks.Block, words: Words, owner: str) -> Any:
    if isinstance(block, blocks.StructBlock):
        return {name: _block_value(child, words, f"{owner}.{name}") for name, child in block.child_blocks.items()}
    if isinstance(block, blocks.ListBlock):
        return [_block_value(block.child_block, words, owner)]
    if isinstance(block, blocks.StreamBlock):
        return stream(block, words, owner)
    if isinstance(block, blocks.RichTextBlock):
        return f"<p>{words.new(owner)}</p>"
    if isinstance(block, blocks.URLBlock):
        return f"https://{words.new(owner)}.example.si/"
    if isinstance(block, blocks.CharBlock | blocks.TextBlock):
        return words.new(owner)
    default = block.get_default()
    return default if default not in (None, "") or isinstance(block, blocks.ChooserBlock) else None
