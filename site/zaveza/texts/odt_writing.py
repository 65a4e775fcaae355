"""A small OpenDocument text, written with the standard library: files of the demo and of tests, with real text."""

import io
import zipfile
from xml.sax.saxutils import escape

_MIMETYPE = "application/vnd.oasis.opendocument.text"
_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_MIMETYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)
# A fixed date, so that the same text gives the same bytes and the same SHA-256.
_DATE = (2022, 10, 11, 12, 0, 0)


def write_odt(title: str, paragraphs: list[str]) -> bytes:
    """The bytes of an .odt file with one heading and paragraphs; the same for the same words."""
    body = f'<text:h text:outline-level="1">{escape(title)}</text:h>' + "".join(
        f"<text:p>{escape(paragraph)}</text:p>" for paragraph in paragraphs
    )
    content = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">'
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text, compression in (
            ("mimetype", _MIMETYPE, zipfile.ZIP_STORED),  # first and uncompressed, as the format demands
            ("content.xml", content, zipfile.ZIP_DEFLATED),
            ("META-INF/manifest.xml", _MANIFEST, zipfile.ZIP_DEFLATED),
        ):
            entry = zipfile.ZipInfo(name, _DATE)
            entry.compress_type = compression
            archive.writestr(entry, text)
    return buffer.getvalue()
