"""Forms of what others say: replies, corrections and readers' tips."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ..enums import ReplyState
from ..models import Reply
from ..models.replies import ANSWER_FIELDS, ANSWERED, ENTRY_FIELDS, WINDOW_FIELDS
from ..services import RuleViolation, note_entry, refuse_amending_archive, refuse_own_entry
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
    """What the other side said, or that no answer came. Words that came through the candidate's own link stay.

    Whatever came otherwise is entered by somebody who did not write the assessment, and says how it came and why.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        frozen: set[str] = set()
        if self.instance.pk and self.instance.is_on_desk:
            frozen |= {*WINDOW_FIELDS}
        if self.instance.answered_at:
            frozen |= {*WINDOW_FIELDS, *ANSWER_FIELDS, *ENTRY_FIELDS}
        for name in frozen:
            self.fields.pop(name, None)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.instance.pk and self.instance.is_on_desk and cleaned.get("state") == ReplyState.NONE:
            self.add_error("state", _("That nobody answered by the date is noted when the assessment is published."))
        invited, due = cleaned.get("invited_on"), cleaned.get("due_on")
        if invited and due and due < invited:
            self.add_error("due_on", _("An answer is not due before it was asked for."))
        if "state" in self.fields:
            self._check_answer(cleaned)
        return cleaned

    def _check_answer(self, cleaned: dict[str, Any]) -> None:
        state, text = cleaned.get("state"), (cleaned.get("text") or "").strip()
        if state in ANSWERED:
            for name in ENTRY_FIELDS:
                if not (cleaned.get(name) or "").strip():
                    self.add_error(name, _("An answer that is entered by hand says how it came and why."))
            if state != ReplyState.DECLINED and not text:
                self.add_error("text", _("An answer has words."))
            if state != ReplyState.DECLINED and not cleaned.get("received_on"):
                self.add_error("received_on", _("Say on which day the answer came."))
        elif text and state is not None:
            self.add_error("state", _("There are words of an answer, so there is an answer."))
        assessment = cleaned.get("assessment") or self.instance.assessment
        if self._enters_answer and assessment and self.for_user is not None:
            try:
                refuse_own_entry(Reply(assessment=assessment), self.for_user)
            except RuleViolation as error:
                self.add_error("state", error)

    @property
    def _enters_answer(self) -> bool:
        """Whether an answer is entered, changed or taken away."""
        states = {self.initial.get("state"), self.cleaned_data.get("state")}
        return not states.isdisjoint(ANSWERED) and not {*ANSWER_FIELDS, *ENTRY_FIELDS}.isdisjoint(self.changed_data)

    def save(self, commit: bool = True) -> Reply:
        reply: Reply = super().save(commit)
        if commit and reply.is_by_hand and self._enters_answer and self.for_user is not None:
            note_entry(reply, self.for_user)
        return reply


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
