"""Files that only people with an account may open: what stands in for their address is a page of the admin."""

from typing import Any

from django.db import models
from django.db.models.fields.files import FieldFile
from django.urls import reverse


class GuardedFile(FieldFile):
    """A file below `PRIVATE_MEDIA_FOLDERS`; its `url` is the admin's, which asks who may read the record."""

    @property
    def url(self) -> str:
        self._require_file()
        return reverse(f"{self.instance._meta.model_name}:file", args=[self.instance.pk])


class GuardedFileField(models.FileField):
    """A file field whose files are never served by their name."""

    attr_class = GuardedFile

    def deconstruct(self) -> Any:
        """To a migration it is a file field like any other."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.FileField", args, kwargs
