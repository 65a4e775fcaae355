"""Forms of what others say: replies, corrections and readers' tips."""

from typing import Any

from django.utils.translation import gettext as _

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
        if self.instance.answered_at:
            for name in ("state", "received_on", "text", "language", "invited_on", "due_on"):
                self.fields.pop(name, None)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        invited, due = cleaned.get("invited_on"), cleaned.get("due_on")
        if invited and due and due < invited:
            self.add_error("due_on", _("An answer is not due before it was asked for."))
        return cleaned


class CorrectionForm(_AboutAssessmentForm):
    """What was wrong and what is right."""


class AmendmentForm(RecordForm):
    """Other words for a frozen field of a published pledge."""

    fixed_fields = ("pledge",)


class TipForm(RecordForm):
    """Only how far the work on a tip is: what the reader wrote is nobody's to edit."""
