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


def _is_html(file: File) -> bool:
    # A page of the web has no signature: its beginning has to be that of one.
    head = file.read(2048).removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if head.startswith(b"<?xml"):
        head = head.partition(b"?>")[2].lstrip()
    while head.startswith(b"<!--"):
        head = head.partition(b"-->")[2].lstrip()
    return head.startswith((b"<!doctype html", b"<html"))


_CHECKS: dict[str, Callable[[File], bool]] = {
    "pdf": _is_pdf,
    "docx": _is_docx,
    "odt": _is_odt,
    "jpg": _starts_with(b"\xff\xd8\xff"),
    "jpeg": _starts_with(b"\xff\xd8\xff"),
    "png": _starts_with(b"\x89PNG\r\n\x1a\n"),
    "html": _is_html,
}
TEXT_DOCUMENTS = ("pdf", "docx", "odt")
DOCUMENTS_AND_PICTURES = (*TEXT_DOCUMENTS, "jpg", "jpeg", "png")
# What is kept of an address that is fetched, by the media type under which it comes.
CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "jpg": "image/jpeg",
    "png": "image/png",
    "html": "text/html",
}


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
    file.name = unguessable_name(path.stem, extension)
    return file


def unguessable_name(stem: str, extension: str) -> str:
    """A file name for storage. The file of a draft has an address too: only who knows the name finds it."""
    return f"{slugify(stem)[:80] or 'file'}-{secrets.token_hex(8)}.{extension}"


def kind_of(file: File) -> str:
    """The extension (`CONTENT_TYPES`) that the content of a file stands for; empty where it is none of them."""
    return next((extension for extension in CONTENT_TYPES if _is_what_it_says(file, extension)), "")


def _is_what_it_says(file: File, extension: str) -> bool:
    file.seek(0)
    try:
        return _CHECKS[extension](file)
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, ValueError, OSError):
        return False
    finally:
        file.seek(0)
