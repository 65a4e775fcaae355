"""Uploaded files as the process itself serves them (`SERVE_MEDIA`)."""

import posixpath

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.static import serve

from .methods import read_only


@read_only
def serve_media(request: HttpRequest, path: str) -> HttpResponseBase:
    """A file of the media folder; 404 for the folders in `PRIVATE_MEDIA_FOLDERS`, whatever the name."""
    folder = posixpath.normpath(path).lstrip("/").partition("/")[0]
    if folder in settings.PRIVATE_MEDIA_FOLDERS:
        raise Http404
    try:
        return serve(request, path, document_root=settings.MEDIA_ROOT)
    except OSError as error:  # a name that no file can have
        raise Http404 from error
