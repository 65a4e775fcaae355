"""Forms of the extraction desk."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminDateInput

from ..enums import MarkOutcome, Testability
from ..models import ExtractionMark
from ..models.extractions import ProgrammeText, TextParagraph
from ..services import Decision, Difference

# Of a sentence where one is chosen.
_SNIPPET = 45


class MarkForm(forms.ModelForm):
    """One mark: in which sentences of a paragraph it stands, which of their words, and what they promise.

    The instance has its extraction and first sentence already.
    """

    class Meta:
        model = ExtractionMark
        fields = [
            "first_sentence",
            "last_sentence",
            "exact",
            "title",
            "kind",
            "testability",
            "interpretation",
            "due_date",
            "due_precision",
            "note",
        ]
        labels = {"exact": gettext_lazy("Only these words")}
        help_texts = {
            "exact": gettext_lazy("Word for word; leave empty to take whole sentences."),
            "title": gettext_lazy("The promise in a few words."),
        }
        widgets = {
            "first_sentence": forms.HiddenInput,
            "exact": forms.Textarea(attrs={"rows": 3}),
            "interpretation": forms.Textarea(attrs={"rows": 2}),
            "note": forms.Textarea(attrs={"rows": 2}),
            "due_date": AdminDateInput,
        }

    def __init__(self, *args: Any, text: ProgrammeText, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["exact"].required = False
        first = self["first_sentence"].value()
        self.paragraph = _paragraph_of(text, first)
        following = [one for one in self.paragraph.sentences if one.number >= int(first)] if self.paragraph else []
        self.fields["last_sentence"] = forms.TypedChoiceField(
            label=_("Up to and with sentence"),
            coerce=int,
            choices=[(one.number, f"{one.number}: {Truncator(one.text).chars(_SNIPPET)}") for one in following],
            widget=forms.Select if len(following) > 1 else forms.HiddenInput,
        )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("testability") == Testability.TESTABLE_AS_INTERPRETED and not cleaned.get("interpretation"):
            self.add_error("interpretation", _("Say how the words are read: readers see this note."))
        return cleaned


def _paragraph_of(text: ProgrammeText, number: Any) -> TextParagraph | None:
    """The paragraph of a sentence; None where there is no such sentence."""
    if not str(number).isdecimal() or not 1 <= int(number) <= len(text.sentences):
        return None
    return text.layout[text.sentences[int(number) - 1].paragraph]


class SettlementForm(forms.Form):
    """For each mark: what becomes of it, and why. What is left open stays open."""

    def __init__(self, *args: Any, differences: Iterable[Difference], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = []
        for difference in differences:
            for mark in difference.marks:
                decision = getattr(mark, "decision", None)
                others = [other for other in difference.marks if other != mark]
                self.fields[f"outcome_{mark.pk}"] = forms.ChoiceField(
                    label=_("What becomes of it"),
                    choices=[
                        ("", _("open")),
                        (MarkOutcome.ACCEPTED.value, MarkOutcome.ACCEPTED.label),
                        *(
                            (f"{MarkOutcome.MERGED}-{one.pk}", _("the same as “%(mark)s”") % {"mark": one})
                            for one in others
                        ),
                        (MarkOutcome.REJECTED.value, MarkOutcome.REJECTED.label),
                    ],
                    required=False,
                    initial=_code(decision) if decision else "",
                )
                self.fields[f"reason_{mark.pk}"] = forms.CharField(
                    label=_("Why"), required=False, initial=decision.reason if decision else "", max_length=500
                )
            self.rows.append(difference)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name, value in list(cleaned.items()):
            kind, _sep, key = name.partition("_")
            if kind == "outcome" and value == MarkOutcome.REJECTED and not cleaned.get(f"reason_{key}", "").strip():
                self.add_error(f"reason_{key}", _("Say why it is no pledge."))
        return cleaned

    def decisions(self) -> dict[int, Decision]:
        """What was decided, by the key of the mark."""
        made = {}
        for name, value in self.cleaned_data.items():
            kind, _sep, key = name.partition("_")
            if kind == "outcome" and value:
                outcome, _sep, into = value.partition("-")
                reason = self.cleaned_data.get(f"reason_{key}", "")
                made[int(key)] = Decision(MarkOutcome(outcome), int(into) if into else None, reason)
        return made


def _code(decision: Any) -> str:
    if decision.outcome == MarkOutcome.MERGED:
        return f"{decision.outcome}-{decision.merged_into_id}"
    return str(decision.outcome)
