"""Turns the blocks of a row into the raw value of a StreamField, and Wagtail's block errors into the row's."""

import json
import uuid
from collections.abc import Callable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from .problems import Place
from .scalars import WRONG, read_date, read_flag, read_number, read_text, read_time
from .sources import Sources

# Block ids come from the key and the place in the page: the same in every language, as wagtail-localize keeps them.
_NAMESPACE = uuid.UUID("5d3c9f0e-6f3b-4c6c-9f0a-0a6f3a4f7f11")
_TEXT_BLOCKS = (blocks.CharBlock, blocks.TextBlock, blocks.URLBlock, blocks.EmailBlock, blocks.ChoiceBlock)


def prepare_stream(block: blocks.StreamBlock, value: Any, sources: Sources, place: Place) -> list[dict[str, Any]]:
    """The stream as its field stores it: pictures, documents and pages by their number, HTML cleaned."""
    if not isinstance(value, list):
        place.error(_('Must be a list of blocks: {"type": ..., "value": ...}.'))
        return []
    prepared = []
    for index, raw in enumerate(value):
        spot = place[index]
        if not isinstance(raw, dict) or set(raw) != {"type", "value"}:
            spot.error(_('A block is an object with “type” and “value”, such as {"type": "text", "value": ...}.'))
            continue
        child = block.child_blocks.get(raw["type"]) if isinstance(raw["type"], str) else None
        if child is None:
            spot.error(
                _("“%(type)s” is not a block of this field; there are %(known)s.")
                % {"type": str(raw["type"])[:60], "known": ", ".join(block.child_blocks)}
            )
            continue
        if (inner := prepare_block(child, raw["value"], sources, spot)) is not WRONG:
            prepared.append({"type": raw["type"], "value": inner, "id": _block_id(spot)})
    return prepared


def prepare_block(block: blocks.Block, value: Any, sources: Sources, place: Place) -> Any:
    """The raw value of one block, or WRONG."""
    if isinstance(block, blocks.StreamBlock):
        return prepare_stream(block, value, sources, place)
    if isinstance(block, blocks.StructBlock):
        return _prepare_struct(block, value, sources, place)
    if isinstance(block, blocks.ListBlock):
        return _prepare_list(block, value, sources, place)
    if value is None and not block.required:
        return block.get_prep_value(block.get_default())
    if isinstance(block, ImageChooserBlock):
        return _number_of(sources.image(value, place))
    if isinstance(block, DocumentChooserBlock):
        return _number_of(sources.document(value, place))
    if isinstance(block, blocks.RichTextBlock):
        return sources.html(value, block.features or [], place)
    if isinstance(block, blocks.DateBlock):
        return _written(read_date(value, place), str)
    if isinstance(block, blocks.TimeBlock):
        return _written(read_time(value, place), str)
    if isinstance(block, blocks.BooleanBlock):
        return read_flag(value, place)
    if isinstance(block, blocks.IntegerBlock | blocks.FloatBlock | blocks.DecimalBlock):
        return _written(read_number(value, place), str)
    if isinstance(block, _TEXT_BLOCKS):
        return read_text(value, place)
    raise NotImplementedError(f"No import of {type(block).__name__} yet: teach it to home.page_import.streams.")


def note_block_errors(error: ValidationError, place: Place) -> None:
    """Note what Wagtail finds wrong in a stream, each at its own place."""
    for spot, problem in _block_errors(error, place):
        # What is missing because it was refused is said once, where it was refused.
        is_missing = all(each.code == "required" for each in problem.error_list)
        if not (is_missing and spot.has_errors_within):
            spot.error(" ".join(problem.messages))


def _prepare_struct(block: blocks.StructBlock, value: Any, sources: Sources, place: Place) -> Any:
    names = ", ".join(block.child_blocks)
    if not isinstance(value, dict):
        place.error(_("Must be an object with %(names)s.") % {"names": names})
        return WRONG
    for name in value:
        if name not in block.child_blocks:
            (place / name).error(_("Unknown; here belong %(names)s.") % {"names": names})
    result = {}
    for name, child in block.child_blocks.items():
        inner = prepare_block(child, value[name], sources, place / name) if name in value else WRONG
        result[name] = child.get_prep_value(child.get_default()) if inner is WRONG else inner
    return result


def _prepare_list(block: blocks.ListBlock, value: Any, sources: Sources, place: Place) -> Any:
    if not isinstance(value, list):
        place.error(_("Must be a list."))
        return WRONG
    items = []
    for index, raw in enumerate(value):
        inner = prepare_block(block.child_block, raw, sources, place[index])
        if inner is WRONG:
            inner = block.child_block.get_prep_value(block.child_block.get_default())
        items.append({"type": "item", "value": inner, "id": _block_id(place[index])})
    return items


def _number_of(instance: Any) -> Any:
    return instance.pk if instance else WRONG


def _written(value: Any, write: Callable[[Any], Any]) -> Any:
    return value if value is WRONG else write(value)


def _block_id(place: Place) -> str:
    return str(uuid.uuid5(_NAMESPACE, json.dumps([place.key, place.field])))


def _block_errors(error: ValidationError, place: Place) -> Iterator[tuple[Place, ValidationError]]:
    if not isinstance(error, StructBlockValidationError | StreamBlockValidationError | ListBlockValidationError):
        yield place, error
        return
    for problem in error.non_block_errors.as_data():
        yield place, problem
    for name, problem in error.block_errors.items():
        yield from _block_errors(problem, place[name] if isinstance(name, int) else place / name)
