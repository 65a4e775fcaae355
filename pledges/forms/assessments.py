"""The form of an assessment's draft."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..enums import AssessmentKind, Outlook
from ..models import Assessment, Evidence, Pledge
from .base import RecordForm

SUPERSEDING_KINDS = (AssessmentKind.CORRECTION, AssessmentKind.RETRACTION)


class _EvidenceField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Evidence) -> str:
        return f"{obj.title} ({obj.get_kind_display()}, {obj.get_direction_display()})"


class AssessmentForm(RecordForm):
    """A draft on one pledge; it cites that pledge's evidence and supersedes only published rows of that pledge."""

    fixed_fields = ("pledge",)

    evidence = _EvidenceField(
        label=gettext_lazy("Evidence"),
        queryset=Evidence.objects.none(),
        required=False,
        help_text=gettext_lazy("Evidence of this pledge. Add what is missing under Evidence first."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["methodology_version"].required = False
        pledge = self._pledge()
        self.fields["evidence"].queryset = Evidence.objects.filter(pledge=pledge) if pledge else Evidence.objects.none()
        self.fields["supersedes"].queryset = (
            Assessment.objects.filter(pledge=pledge, published_at__isnull=False).select_related("pledge")
            if pledge
            else Assessment.objects.none()
        )

    def _pledge(self) -> Pledge | None:
        """The pledge that is assessed: fixed, or as chosen in the form."""
        if "pledge" in self.fields and self.is_bound:
            try:
                return self.fields["pledge"].clean(self["pledge"].data)
            except forms.ValidationError:
                return None
        return self.instance.pledge if self.instance.pledge_id else None

    def clean_outlook(self) -> str:
        outlook: str = self.cleaned_data["outlook"]
        pledge = self._pledge()
        if outlook in Outlook.values and pledge and not pledge.due_date:
            raise forms.ValidationError(_("Only a pledge with a due date has an outlook."))
        return outlook

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        pledge = self._pledge()
        if pledge and not cleaned.get("methodology_version"):
            cleaned["methodology_version"] = pledge.edition.methodology_version
        superseding = cleaned.get("kind") in SUPERSEDING_KINDS
        if superseding and not cleaned.get("supersedes"):
            self.add_error("supersedes", _("A correction or retraction names the assessment it supersedes."))
        elif cleaned.get("supersedes") and not superseding:
            self.add_error("supersedes", _("Only a correction or a retraction supersedes another assessment."))
        return cleaned
