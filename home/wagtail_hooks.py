"""Registers with Wagtail's admin what no signal tells."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from wagtail import hooks

from search.services import reindex
from zaveza.images.models import CustomDocument

from .documents import FileSource


@hooks.register("after_bulk_action")
def reindex_files(request: HttpRequest, action_type: str, objects: Sequence[Any], action: Any) -> None:
    """Many documents were put into another collection at once, which may be closed: Wagtail saves none of them."""
    reindex(FileSource.type, [each.pk for each in objects if isinstance(each, CustomDocument)])
