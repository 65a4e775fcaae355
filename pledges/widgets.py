"""Widgets of the admin's forms."""

from typing import Any

from django.db.models import Model, QuerySet
from wagtail.admin.widgets.chooser import BaseChooser


class RecordChooser(BaseChooser):
    """Shows the chosen record by its title, but never one that the form's user does not reach."""

    # What the field accepts; set by the form.
    records: QuerySet | None = None

    def get_instance(self, value: Any) -> Model | None:
        try:
            instance: Model | None = super().get_instance(value)
        except (ValueError, OverflowError):
            return None
        if instance is not None and self.records is not None and not self.records.filter(pk=instance.pk).exists():
            return None
        return instance
