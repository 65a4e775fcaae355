"""Uploaded files: their size, whether they are what their name says, and a name that cannot be guessed."""

from collections.abc import Iterable
from pathlib import PurePath

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from ..files import DOCUMENTS_AND_PICTURES, TEXT_DOCUMENTS, is_what_it_says, sha256_of, unguessable_name

__all__ = ["DOCUMENTS_AND_PICTURES", "TEXT_DOCUMENTS", "clean_upload", "sha256_of"]


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
    if not is_what_it_says(file, extension):
        raise forms.ValidationError(
            _("The content of the file is not %(format)s. Accepted are: %(formats)s.")
            % {"format": extension.upper(), "formats": allowed}
        )
    file.name = unguessable_name(path.stem, extension)
    return file
