"""What answers under the permanent addresses of documents (`zaveza.permanent`), which feeds give to their entries."""

import re

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from zaveza.permanent import register_resolver, see

from .documents import FileSource

# As many digits as any database has keys.
_DOCUMENT_ID = re.compile(r"document-(?P<key>[1-9][0-9]{0,17})")


def resolve(request: HttpRequest, public_id: str) -> HttpResponseBase | None:
    """`document-17`: its file, where a public page offers it."""
    match = _DOCUMENT_ID.fullmatch(public_id)
    document = FileSource().queryset().filter(pk=match["key"]).first() if match else None
    return see(document.url) if document else None


def register() -> None:
    """Called when the app is ready."""
    register_resolver("documents", resolve)
