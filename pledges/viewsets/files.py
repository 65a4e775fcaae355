"""Files that only the people of a record may open."""

from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import path
from django.views import View
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from ..files import CONTENT_TYPES
from ..permissions import READING_ACTIONS
from ..views.copies import guarded
from .base import WithinHubMixin


class GuardedFileView(WithinHubMixin, PermissionCheckedMixin, View):
    """The file of a record to be saved, for those who may read the record."""

    model: Any = None
    any_permission_required = READING_ACTIONS
    file_field = ""

    def get(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Answer with the file; 404 where there is none (any more)."""
        record = self.model._default_manager.filter(pk=pk).first()
        file = getattr(record, self.file_field, None)
        if not file:
            raise Http404
        kind = file.name.rpartition(".")[2].lower()
        try:
            opened = file.open("rb")
        except OSError as error:
            raise Http404 from error
        content_type = CONTENT_TYPES.get(kind, "application/octet-stream")
        return guarded(opened, f"{record._meta.model_name}-{record.pk}.{kind}", content_type)


class WithFileMixin:
    """Adds the address of the file to a viewset (`GuardedFile.url`)."""

    file_field = ""

    def get_urlpatterns(self) -> list[Any]:
        view = self.construct_view(GuardedFileView, file_field=self.file_field)  # type: ignore[attr-defined]
        return [*super().get_urlpatterns(), path("file/<int:pk>/", view, name="file")]  # type: ignore[misc]
