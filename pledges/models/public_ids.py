"""Permanent ids of records (`person-17`); pledges have their own rule (`AJD-2022-04`, see `Pledge`)."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class PublicIdField(models.CharField):
    """An id that never changes and stands in exports, citations and search results; set when the row is first saved."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("verbose_name", _("public id"))
        kwargs.setdefault("max_length", 40)
        kwargs.setdefault("unique", True)
        kwargs.setdefault("null", True)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)


def assign_public_id(record: models.Model, prefix: str) -> None:
    """Give a saved row its id: the prefix and its number, or the next free number where an import took that one."""
    if record.public_id:  # type: ignore[attr-defined]
        return
    manager = type(record)._default_manager
    number = record.pk
    while manager.filter(public_id=f"{prefix}-{number}").exists():
        number += 1
    record.public_id = f"{prefix}-{number}"  # type: ignore[attr-defined]
    manager.filter(pk=record.pk).update(public_id=record.public_id)  # type: ignore[attr-defined]
