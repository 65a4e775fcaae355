"""Forms of what others say: replies, corrections and readers' tips."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ..enums import ReplyState
from ..models.replies import ANSWER_FIELDS, WINDOW_FIELDS
from ..services import refuse_amending_archive
from .base import RecordForm


class _AboutAssessmentForm(RecordForm):
    """Holds the assessment that is named to the pledge that is named."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        pledge, assessment = cleaned.get("pledge"), cleaned.get("assessment")
        if pledge and assessment and assessment.pledge_id != pledge.pk:
            self.add_error("assessment", _("This assessment is of another pledge."))
        return cleaned


class ReplyForm(_AboutAssessmentForm):
    """What the other side said, or that no answer came. Words that came through the candidate's own link stay."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        frozen: set[str] = set()
        if self.instance.pk and self.instance.is_on_desk:
            frozen |= {*WINDOW_FIELDS}
        if self.instance.answered_at:
            frozen |= {*WINDOW_FIELDS, *ANSWER_FIELDS}
        for name in frozen:
            self.fields.pop(name, None)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.instance.pk and self.instance.is_on_desk and cleaned.get("state") == ReplyState.NONE:
            self.add_error("state", _("That nobody answered by the date is noted when the assessment is published."))
        invited, due = cleaned.get("invited_on"), cleaned.get("due_on")
        if invited and due and due < invited:
            self.add_error("due_on", _("An answer is not due before it was asked for."))
        return cleaned


class CorrectionForm(_AboutAssessmentForm):
    """What was wrong and what is right."""


class AmendmentForm(RecordForm):
    """Other words for a frozen field of a published pledge."""

    fixed_fields = ("pledge",)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        pledge = cleaned.get("pledge") or (self.instance.pledge if self.instance.pk else None)
        if pledge:
            try:
                refuse_amending_archive(pledge)
            except ValidationError as error:
                self.add_error("pledge" if "pledge" in self.fields else None, error)
        return cleaned


class TipForm(RecordForm):
    """Only how far the work on a tip is: what the reader wrote is nobody's to edit."""
