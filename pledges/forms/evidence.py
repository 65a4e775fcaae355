"""The form of a piece of evidence, with its stored copy."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile

from zaveza import clock

from ..enums import LinkState
from ..files import DOCUMENTS_AND_PICTURES, kind_of, sha256_of
from ..models import Evidence, EvidenceState
from .base import RecordForm
from .uploads import clean_upload


class EvidenceForm(RecordForm):
    """Takes a copy of the source; its SHA-256 is computed, never typed in."""

    fixed_fields = ("pledge",)

    def clean_stored_copy(self) -> Any:
        file = self.cleaned_data.get("stored_copy")
        return clean_upload(file, DOCUMENTS_AND_PICTURES) if isinstance(file, UploadedFile) else file

    def save(self, commit: bool = True) -> Evidence:
        file = self.cleaned_data.get("stored_copy")
        if isinstance(file, UploadedFile):
            self.instance.sha256, self.instance.copy_type = sha256_of(file), kind_of(file)
            self.instance.copied_at = clock.now()
        elif file is False:
            self.instance.sha256 = self.instance.copy_type = ""
            self.instance.copied_at = None
        if self.instance.pk and "url" in self.changed_data:
            # What was found at the old address says nothing about the new one.
            EvidenceState.objects.filter(evidence=self.instance).update(
                link=LinkState.UNCHECKED, failures=0, next_check_at=None
            )
        evidence: Evidence = super().save(commit)
        return evidence
