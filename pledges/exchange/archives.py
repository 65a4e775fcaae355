"""ZIP archives as strangers bring them: damaged, locked, or made to unpack without end."""

import io
import lzma
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from .problems import ImportRefused

# What is unpacked of one part before the file counts as a trap, and how often its size it may unpack to.
MOST_UNPACKED, MOST_RATIO = 4 << 30, 400
_ENCRYPTED = 0x1
# What `zipfile` and the decompressors behind it raise for an archive that is not as it should be; `RuntimeError` (and
# with it `NotImplementedError`) for one with a password, or packed in a way that nobody unpacks here.
UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    OverflowError,
    RuntimeError,
    UnicodeDecodeError,
)


def archive_of(file: Path | BinaryIO) -> zipfile.ZipFile:
    """An archive to read. Raises `ImportRefused` for what is none."""
    try:
        return zipfile.ZipFile(file)
    except (*UNREADABLE, ValueError) as error:
        raise ImportRefused.for_file(_("This is not a ZIP file that can be read.")) from error


def opened(archive: zipfile.ZipFile, name: str) -> BinaryIO:
    """A part of an archive to read.

    Raises `ImportRefused`, also while it is read: for one with a password, one that is damaged, and one that unpacks to
    far more than it is.
    """
    info = archive.getinfo(name)
    if info.flag_bits & _ENCRYPTED:
        raise ImportRefused.for_file(_("“%(name)s” has a password: pack it without.") % {"name": name})
    if info.file_size > MOST_UNPACKED or info.file_size > MOST_RATIO * max(info.compress_size, 1024):
        raise ImportRefused.for_file(_("“%(name)s” unpacks to too much.") % {"name": name})
    try:
        return io.BufferedReader(_Part(archive.open(info), name))
    except (*UNREADABLE, ValueError) as error:
        raise _damaged(name) from error


class _Part(io.RawIOBase):
    """A part that is refused where it turns out to be damaged."""

    def __init__(self, part: Any, name: str) -> None:
        self._part, self._name = part, name

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            piece = self._part.read(len(buffer))
        except (*UNREADABLE, ValueError) as error:
            raise _damaged(self._name) from error
        buffer[: len(piece)] = piece
        return len(piece)

    def close(self) -> None:
        self._part.close()
        super().close()


def _damaged(name: str) -> ImportRefused:
    return ImportRefused.for_file(_("“%(name)s” is damaged: pack it again.") % {"name": name})
