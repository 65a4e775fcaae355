"""What a file is by its content, whatever its name says."""

import io
import zipfile

from .extracted import Limits, Problem, UnreadableError

_COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# The stream in which Office keeps a document behind a password, as the directory of a compound file names it.
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_ODT = b"application/vnd.oasis.opendocument.text"
CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": _ODT.decode(),
    "text": "text/plain",
}


def kind_of(content: bytes, content_type: str, limits: Limits) -> str:
    """`pdf`, `docx`, `odt` or `text`. Raises `UnreadableError` for everything else, and for a bomb."""
    # Readers accept a few bytes before the header, and some scanners write them.
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if content.startswith(_COMPOUND_FILE):
        raise UnreadableError(Problem.ENCRYPTED if _ENCRYPTED_PACKAGE in content else Problem.UNKNOWN_TYPE)
    if content.startswith(b"PK"):
        return _kind_of_archive(content, limits)
    if content_type == CONTENT_TYPES["text"]:
        return "text"
    raise UnreadableError(Problem.UNKNOWN_TYPE)


def _kind_of_archive(content: bytes, limits: Limits) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
            # A reader stops at the size that a part declares: a part that lies about it is damaged, not large.
            if len(parts) > limits.parts or sum(part.file_size for part in parts) > limits.unpacked_bytes:
                raise UnreadableError(Problem.TOO_MUCH_WORK)
            if any(part.flag_bits & 1 for part in parts):
                raise UnreadableError(Problem.ENCRYPTED)
            if {"[Content_Types].xml", "word/document.xml"} <= names:
                return "docx"
            if "mimetype" in names and archive.read("mimetype")[:200].strip() == _ODT:
                if b"encryption-data" in archive.read("META-INF/manifest.xml"):
                    raise UnreadableError(Problem.ENCRYPTED)
                return "odt"
    except (zipfile.BadZipFile, KeyError, NotImplementedError, OSError, RuntimeError, ValueError, EOFError) as error:
        raise UnreadableError(Problem.DAMAGED) from error
    raise UnreadableError(Problem.UNKNOWN_TYPE)
