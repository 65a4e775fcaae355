"""Files: what they are by their first bytes, their hash, and a name that cannot be guessed."""

import hashlib
import secrets
import zipfile
from collections.abc import Callable

from django.core.files import File
from django.utils.text import slugify


def sha256_of(file: File) -> str:
    """The SHA-256 of a file, read in pieces; the file is at its beginning again afterwards."""
    digest = hashlib.sha256()
    file.seek(0)
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


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


def unguessable_name(stem: str, extension: str) -> str:
    """A file name for storage. The file of a draft has an address too: only who knows the name finds it."""
    return f"{slugify(stem)[:80] or 'file'}-{secrets.token_hex(8)}.{extension}"


def kind_of(file: File) -> str:
    """The extension (`CONTENT_TYPES`) that the content of a file stands for; empty where it is none of them."""
    return next((extension for extension in CONTENT_TYPES if is_what_it_says(file, extension)), "")


def is_what_it_says(file: File, extension: str) -> bool:
    """Whether the content of a file is what an extension (`CONTENT_TYPES`, `jpeg`) stands for."""
    file.seek(0)
    try:
        return _CHECKS[extension](file)
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, ValueError, OSError):
        return False
    finally:
        file.seek(0)
