"""What is asked at each step of the assessment desk."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

OPEN, SKIP = "open", "skip"


class InterestForm(forms.Form):
    """Whoever signs says whether they have an interest; nobody signs without having said so."""

    has_interest = forms.ChoiceField(
        label=gettext_lazy("Do you, or does somebody close to you, have an interest in this judgement?"),
        help_text=gettext_lazy("Money, work or family ties to the municipality, the mayor or a rival."),
        choices=[("no", gettext_lazy("no")), ("yes", gettext_lazy("yes"))],
        widget=forms.RadioSelect,
    )
    interest = forms.CharField(
        label=gettext_lazy("Which interest"),
        help_text=gettext_lazy("Readers see it beside the assessment."),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("has_interest") == "yes" and not cleaned.get("interest", "").strip():
            self.add_error("interest", _("Say which interest you have."))
        if cleaned.get("has_interest") == "no":
            cleaned["interest"] = ""
        return cleaned


class SeenForm(forms.Form):
    """What the page showed, so that who signs something else is told so."""

    seen = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)


class ApprovalForm(SeenForm, InterestForm):
    """The second reader's yes, and whether a reply is asked for first."""

    window = forms.ChoiceField(
        label=gettext_lazy("Reply window"),
        choices=[
            (OPEN, gettext_lazy("ask for a reply first")),
            (SKIP, gettext_lazy("publish now, without asking")),
        ],
        initial=OPEN,
        widget=forms.RadioSelect,
    )
    skip_reason = forms.CharField(
        label=gettext_lazy("Why nobody is asked"),
        help_text=gettext_lazy("Only where it is skipped. Readers see the reason."),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )

    def __init__(self, *args: Any, asks: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks:
            del self.fields["window"], self.fields["skip_reason"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("window") == SKIP and not cleaned.get("skip_reason", "").strip():
            self.add_error("skip_reason", _("Say why nobody is asked."))
        if cleaned.get("window") != SKIP:
            cleaned["skip_reason"] = ""
        return cleaned


class CommentForm(forms.Form):
    """What the author has to change."""

    comment = forms.CharField(
        label=gettext_lazy("What has to change"),
        help_text=gettext_lazy("The author gets it by e-mail. Readers never see it."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
