"""Uploaded files: their size, whether they are what their name says, their hash, and a name that cannot be guessed."""

import secrets
import zipfile
from collections.abc import Callable, Iterable
from pathlib import PurePath

from django import forms
from django.conf import settings
from django.core.files import File
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.text import slugify
from django.utils.translation import gettext as _

from ..files import sha256_of

__all__ = ["DOCUMENTS_AND_PICTURES", "TEXT_DOCUMENTS", "clean_upload", "sha256_of"]


def _starts_with(*signatures: bytes) -> Callable[[File], bool]:
    longest = max(map(len, signatures))

    def check(file: File) -> bool:
        return file.read(longest).startswith(signatures)

    return check


def _is_pdf(file: File) -> bool:
    # Readers accept a few bytes before the header, and some scanners write them.
    return b"%PDF-" in file.read(1024)


def _is_docx(file: File) -> bool:
    with zipfile.ZipFile(file) as archive:
        return {"[Content_Types].xml", "word/document.xml"} <= set(archive.namelist())


def _is_odt(file: File) -> bool:
    with zipfile.ZipFile(file) as archive, archive.open("mimetype") as mimetype:
        return mimetype.read(100).strip() == b"application/vnd.oasis.opendocument.text"


_CHECKS: dict[str, Callable[[File], bool]] = {
    "pdf": _is_pdf,
    "docx": _is_docx,
    "odt": _is_odt,
    "jpg": _starts_with(b"\xff\xd8\xff"),
    "jpeg": _starts_with(b"\xff\xd8\xff"),
    "png": _starts_with(b"\x89PNG\r\n\x1a\n"),
}
TEXT_DOCUMENTS = ("pdf", "docx", "odt")
DOCUMENTS_AND_PICTURES = (*TEXT_DOCUMENTS, "jpg", "jpeg", "png")


def clean_upload(file: UploadedFile, extensions: Iterable[str]) -> UploadedFile:
    """The file under a safe name. Raises `ValidationError` where it is too big, empty, or not what its name says."""
    allowed = ", ".join(extension.upper() for extension in extensions)
    limit = settings.WAGTAILDOCS_MAX_UPLOAD_SIZE
    if limit and file.size > limit:
        raise forms.ValidationError(
            _("The file is %(size)s; at most %(limit)s is accepted.")
            % {"size": filesizeformat(file.size), "limit": filesizeformat(limit)}
        )
    path = PurePath(file.name)
    extension = path.suffix.lower().removeprefix(".")
    if extension not in extensions:
        raise forms.ValidationError(_("Accepted are: %(formats)s.") % {"formats": allowed})
    if not _is_what_it_says(file, extension):
        raise forms.ValidationError(
            _("The content of the file is not %(format)s. Accepted are: %(formats)s.")
            % {"format": extension.upper(), "formats": allowed}
        )
    # The file of a draft has an address too: only who knows the name finds it.
    file.name = f"{slugify(path.stem)[:80] or 'file'}-{secrets.token_hex(8)}.{extension}"
    return file


def _is_what_it_says(file: UploadedFile, extension: str) -> bool:
    file.seek(0)
    try:
        return _CHECKS[extension](file)
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, ValueError, OSError):
        return False
    finally:
        file.seek(0)
