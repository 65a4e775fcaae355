"""Files beside the tables: checked, stored, and taken away again where the import fails."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from tempfile import SpooledTemporaryFile
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext as _

from ..forms.uploads import clean_upload
from .columns import Upload
from .problems import CellError
from .sources import Source

_PIECE = 1 << 20


class Attached:
    """The files of one import. `keeps`: whether they are stored, or only checked."""

    def __init__(self, source: Source, *, keeps: bool) -> None:
        self._source, self._keeps = source, keeps
        self._stored: list[str] = []
        self._is_committed = False
        self.count = 0

    def take(self, path: str, column: Upload, folder: str, sha256: str, *, keep_name: bool) -> tuple[str, str, int]:
        """Store a file; its name in the storage, SHA-256 and size. Raises `CellError`.

        `keep_name`: a public file goes on under the name that its address has; a draft's gets one that nobody guesses.
        """
        part = self._source.file(path)
        if part is None:
            raise CellError(_("There is no file “%(path)s” beside the tables.") % {"path": path[:200]})
        digest, size = hashlib.sha256(), 0
        with part, SpooledTemporaryFile(max_size=_PIECE) as copy:
            while piece := part.read(_PIECE):
                digest.update(piece)
                size += len(piece)
                copy.write(piece)
            if sha256 and digest.hexdigest() != sha256:
                raise CellError(_("The file is not the one whose SHA-256 stands in the row."))
            copy.seek(0)
            name = PurePosixPath(path).name
            # In memory only as far as the site accepts uploads at all.
            upload = SimpleUploadedFile(name, copy.read())
            try:
                clean_upload(upload, column.extensions)
            except ValidationError as error:
                raise CellError(" ".join(error.messages)) from error
            self.count += 1
            if not self._keeps:
                return f"{folder}{name}", digest.hexdigest(), size
            copy.seek(0)
            stored = default_storage.save(f"{folder}{name if keep_name else upload.name}", File(copy))
            self._stored.append(stored)
            return stored, digest.hexdigest(), size

    def note_commit(self) -> None:
        """The record refers to the files from now on."""
        self._is_committed = True

    @contextmanager
    def removed_on_failure(self) -> Iterator[None]:
        """Take stored files away where nothing was committed."""
        try:
            yield
        finally:
            if not self._is_committed:
                for name in self._stored:
                    default_storage.delete(name)


def folder_of(model: Any, column: Upload) -> str:
    """Where the files of a column are kept."""
    return str(model._meta.get_field(column.source).upload_to)
