"""Images and documents of an import: found beside the JSON file, checked, and stored only when all rows are right.

The rows of pictures and documents are made inside the import's transaction, their files are written last. So nothing
has to be taken back when a row is wrong, and a dry run touches no file at all.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.storage import Storage
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from PIL import Image as PillowImage
from wagtail.images.fields import WagtailImageField
from wagtail.utils.file import hash_filelike

from zaveza.images.models import CustomDocument, CustomImage

from .problems import Place
from .reading import check_text

IMAGE_MEMBERS = ("file", "title", "description", "credit", "licence")
DOCUMENT_MEMBERS = ("file", "title", "language", "dated", "accessibility_note")


@dataclass(frozen=True)
class Found:
    """A file of the import with the row of the picture or document that it is."""

    path: Path
    digest: str
    instance: Any


@dataclass
class Files:
    """The files named in one import, relative to the folder of the JSON file."""

    folder: Path
    hashes: dict[Path, str] = field(default_factory=dict)
    _found: dict[tuple[type[models.Model], str], Any] = field(default_factory=dict)
    _to_store: list[tuple[Any, Path]] = field(default_factory=list)
    _stored: list[tuple[Storage, str]] = field(default_factory=list)
    _is_committed: bool = False

    def image(self, value: Any, place: Place) -> Found | None:
        """The picture that a path, or an object with a path and the picture's words, stands for."""
        return self._file(CustomImage, IMAGE_MEMBERS, value, place)

    def document(self, value: Any, place: Place) -> Found | None:
        """The document that a path, or an object with a path and the document's words, stands for."""
        return self._file(CustomDocument, DOCUMENT_MEMBERS, value, place)

    @property
    def new_files(self) -> int:
        """How many files this import stores."""
        return len(self._to_store)

    @contextmanager
    def removed_on_failure(self) -> Iterator[None]:
        """Take the files that were stored inside away again, unless what is inside has been committed."""
        try:
            yield
        except BaseException:
            if not self._is_committed:
                for storage, name in self._stored:
                    storage.delete(name)
            raise

    def store(self) -> None:
        """Write the files of the new rows: the last thing before the transaction ends."""
        for instance, path in self._to_store:
            storage = instance.file.storage
            with path.open("rb") as file:
                name = storage.save(instance.file.name, File(file))
            self._stored.append((storage, name))
            if name != instance.file.name:
                type(instance).objects.filter(pk=instance.pk).update(file=name)

    def note_commit(self) -> None:
        """From now on the rows stand, and so do the files."""
        self._is_committed = True

    def _file(self, model: type[Any], members: tuple[str, ...], value: Any, place: Place) -> Found | None:
        words = {"file": value} if isinstance(value, str) else value
        if not isinstance(words, dict) or not isinstance(words.get("file"), str):
            place.error(_("Must be the path of a file, or an object with “file”: its path."))
            return None
        if unknown := sorted(set(words) - set(members)):
            place.error(
                _("Unknown: %(unknown)s. A file has %(members)s.")
                % {"unknown": ", ".join(unknown), "members": ", ".join(members)}
            )
            return None
        path = self._path(words["file"], place)
        if path is None or not self._is_acceptable(model, path, place):
            return None
        return self._row(model, path, {name: words[name] for name in members[1:] if name in words}, place)

    def _path(self, name: str, place: Place) -> Path | None:
        """The file of that name, if it is a readable one inside the folder."""
        if not check_text(name, place):
            return None
        try:
            path = (self.folder / name).resolve()
            if Path(name).is_absolute() or not path.is_relative_to(self.folder):
                place.error(
                    _("“%(name)s” leads out of the folder of the import file; put the file beside it or below.")
                    % {"name": name}
                )
                return None
            mode = path.stat().st_mode
        except (OSError, RuntimeError, ValueError):  # missing, no right, a name too long, a loop of links
            place.error(
                _("There is no file “%(name)s” in the folder of the import file; paths count from there.")
                % {"name": name}
            )
            return None
        if not stat.S_ISREG(mode) or not os.access(path, os.R_OK):
            place.error(_("“%(name)s” is not a file that can be read.") % {"name": name})
            return None
        return path

    def _is_acceptable(self, model: type[Any], path: Path, place: Place) -> bool:
        if path in self.hashes and (model, self.hashes[path]) in self._found:
            return True
        is_image = model is CustomImage
        limit = settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE if is_image else settings.WAGTAILDOCS_MAX_UPLOAD_SIZE
        size = path.stat().st_size
        if size > limit:
            message = (
                _("“%(name)s” has %(size)s; an image may have %(limit)s at most.")
                if is_image
                else _("“%(name)s” has %(size)s; a document may have %(limit)s at most.")
            )
            place.error(message % {"name": path.name, "size": filesizeformat(size), "limit": filesizeformat(limit)})
            return False
        if size == 0:
            place.error(_("“%(name)s” is empty.") % {"name": path.name})
            return False
        if is_image:
            return self._is_image(path, place)
        extension = path.suffix.lower().lstrip(".")
        if extension not in settings.WAGTAILDOCS_EXTENSIONS:
            place.error(
                _("“%(name)s” is not of a kind that can be downloaded here: %(known)s.")
                % {"name": path.name, "known": ", ".join(settings.WAGTAILDOCS_EXTENSIONS)}
            )
            return False
        return True

    def _is_image(self, path: Path, place: Place) -> bool:
        """Whether it is what its name says, as the admin's upload checks it, and whole."""
        try:
            with path.open("rb") as file:
                WagtailImageField().clean(UploadedFile(file, name=path.name, size=path.stat().st_size))
            with PillowImage.open(path) as image:
                image.load()
        except ValidationError as error:
            place.error(
                _("“%(name)s” is not an image that can be used: %(why)s")
                % {"name": path.name, "why": " ".join(error.messages)}
            )
        except (OSError, SyntaxError, ValueError, PillowImage.DecompressionBombError) as error:
            place.error(_("“%(name)s” is not a whole image: %(why)s") % {"name": path.name, "why": str(error)[:200]})
        else:
            return True
        return False

    def _row(self, model: type[Any], path: Path, words: dict[str, Any], place: Place) -> Found | None:
        """The row of that file: the one that is there with the same content, or a new one still without its file."""
        if path not in self.hashes:
            with path.open("rb") as file:
                self.hashes[path] = hash_filelike(file)
        digest = self.hashes[path]
        instance = self._found.get((model, digest)) or model.objects.filter(file_hash=digest).order_by("pk").first()
        if instance is None:
            instance = model(title=path.stem, file_hash=digest, file_size=path.stat().st_size)
            if model is CustomImage:
                with PillowImage.open(path) as image:
                    instance.width, instance.height = image.size
            instance.file.name = self._name(instance, path)
            if not _set_words(instance, words, place):
                return None
            instance.save()
            self._to_store.append((instance, path))
        else:
            _warn_of_other_words(instance, words, place)
        self._found[(model, digest)] = instance
        return Found(path, digest, instance)

    def _name(self, instance: Any, path: Path) -> str:
        """A name in the storage; two files of this import with one name get two."""
        taken = {row.file.name for row, _path in self._to_store}
        name = instance.file.field.generate_filename(instance, path.name)
        name = instance.file.storage.get_available_name(name)
        stem, extension = os.path.splitext(name)
        number = 2
        while name in taken:
            name, number = f"{stem}-{number}{extension}", number + 1
        return name


def _set_words(instance: Any, words: dict[str, Any], place: Place) -> bool:
    right = True
    for name, value in words.items():
        try:
            if not isinstance(value, str):
                raise ValidationError(_("Must be a text."))
            setattr(instance, name, instance._meta.get_field(name).clean(value, instance))
        except ValidationError as error:
            (place / name).error(" ".join(error.messages))
            right = False
    return right


def _warn_of_other_words(instance: Any, words: dict[str, Any], place: Place) -> None:
    """Say that a file which is there already keeps its words: an editor may have improved them."""
    for name, value in words.items():
        if str(getattr(instance, name) or "") != value:
            (place / name).warn(
                _("The file is there already and keeps its own words; change them in the admin, or leave this out.")
            )
