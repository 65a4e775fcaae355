"""The form of a programme of cooperation, with its file."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from ..models import Programme
from .base import RecordForm
from .uploads import TEXT_DOCUMENTS, clean_upload, sha256_of


class ProgrammeForm(RecordForm):
    """Takes a PDF, DOCX or ODT; its size and SHA-256 are computed, never typed in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        frozen = self.instance.frozen_fields() if self.instance.pk else []
        for name in frozen:
            # The hash is not on the form; what it freezes is the file.
            self.fields.pop("file" if name == "sha256" else name.removesuffix("_id"), None)

    def clean_file(self) -> Any:
        file = self.cleaned_data.get("file")
        if file is False and self.instance.published_at:
            self.add_error("file", _("The file of a published programme is not removed."))
        if (
            self.instance.pk
            and (file is False or isinstance(file, UploadedFile))
            and self.instance.extractions.exists()
        ):
            self.add_error("file", _("Pledges are extracted from this file: enter another one as a new version."))
        return clean_upload(file, TEXT_DOCUMENTS) if isinstance(file, UploadedFile) else file

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        candidacy = cleaned.get("candidacy")
        if candidacy and not self.instance.pk and candidacy.edition.is_archived:
            self.add_error("candidacy", _("The edition is archived: it takes no new programme."))
        supersedes = cleaned.get("supersedes")
        if supersedes and candidacy and supersedes.candidacy_id != candidacy.pk:
            self.add_error("supersedes", _("This programme is of another candidacy."))
        met, total = cleaned.get("criteria_met"), cleaned.get("criteria_total")
        if met is not None and (total is None or met > total):
            self.add_error("criteria_met", _("More criteria are met than there are."))
        return cleaned

    def save(self, commit: bool = True) -> Programme:
        file = self.cleaned_data.get("file")
        if isinstance(file, UploadedFile):
            self.instance.file_size, self.instance.sha256 = file.size, sha256_of(file)
        elif file is False:
            self.instance.file_size, self.instance.sha256 = None, ""
        programme: Programme = super().save(commit)
        return programme
