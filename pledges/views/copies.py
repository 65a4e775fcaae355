"""The stored copy of a source, given to readers as a file and never shown as a page of this site."""

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase

from zaveza.base.methods import read_only

from ..files import CONTENT_TYPES
from ..models import Evidence


def copy_response(evidence: Evidence) -> FileResponse:
    """The copy to be saved. Whatever it holds, a browser runs nothing of it and takes it for nothing else."""
    kind = evidence.copy_type or evidence.stored_copy.name.rpartition(".")[2].lower()
    try:
        file = evidence.stored_copy.open("rb")
    except OSError as error:
        raise Http404 from error
    return guarded(file, f"{evidence.public_id}.{kind}", CONTENT_TYPES.get(kind, "application/octet-stream"))


def guarded(file: object, name: str, content_type: str) -> FileResponse:
    """Somebody else's file, as an attachment in a sandbox."""
    response = FileResponse(file, as_attachment=True, filename=name, content_type=content_type)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox; frame-ancestors 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex"
    return response


@read_only
def evidence_copy(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The copy of a source that a published assessment cites, where readers may have it."""
    evidence = (
        Evidence.objects.public().filter(public_id=public_id, copy_is_public=True).exclude(stored_copy="").first()
    )
    if evidence is None:
        raise Http404
    return copy_response(evidence)
