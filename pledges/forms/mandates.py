"""Forms of elections and mandates: results of one municipality, the end of a mandate, what is carried over."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminDateInput

from zaveza import clock

from .. import services
from ..enums import MandateEndReason
from ..models import Candidacy, Edition, Mandate, Municipality, Pledge

_ELECTED = [("", gettext_lazy("unknown")), ("yes", gettext_lazy("yes")), ("no", gettext_lazy("no"))]


class PlaceForm(forms.Form):
    """Which election in which municipality."""

    edition = forms.ModelChoiceField(label=gettext_lazy("Edition"), queryset=Edition.objects.all())
    municipality = forms.ModelChoiceField(label=gettext_lazy("Municipality"), queryset=Municipality.objects.none())

    def __init__(self, *args: Any, municipalities: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["municipality"].queryset = municipalities


class CandidacyResultForm(forms.ModelForm):
    """The result of one candidacy. Empty *elected* means unknown, which is not *no*."""

    elected = forms.TypedChoiceField(
        label=gettext_lazy("Elected"),
        choices=_ELECTED,
        required=False,
        coerce=lambda value: value == "yes",
        empty_value=None,
    )

    class Meta:
        model = Candidacy
        fields = services.RESULT_FIELDS
        widgets = {"withdrawn_on": AdminDateInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.elected is not None:
            self.initial["elected"] = "yes" if self.instance.elected else "no"
        for name in ("first_round_share", "second_round_share"):
            self.fields[name].min_value, self.fields[name].max_value = 0, 100


class OfficeForm(forms.Form):
    """From when to when the elected one is in office; empty while it is not known."""

    takes_office = forms.DateField(
        label=gettext_lazy("Takes office on"),
        required=False,
        widget=AdminDateInput,
        help_text=gettext_lazy("The elected person gets a mandate from this day. Leave it empty while it is unknown."),
    )
    planned_end = forms.DateField(
        label=gettext_lazy("Planned end"),
        required=False,
        widget=AdminDateInput,
        help_text=gettext_lazy("Left empty: four years later."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        start, end = cleaned.get("takes_office"), cleaned.get("planned_end")
        if end and not start:
            self.add_error("takes_office", _("The planned end needs a beginning."))
        if start and end and end <= start:
            self.add_error("planned_end", _("A mandate does not end before it starts."))
        return cleaned


def result_forms(candidacies: Sequence[Candidacy], data: Any = None) -> list[CandidacyResultForm]:
    """One form for each candidacy of a municipality and edition."""
    return [CandidacyResultForm(data, instance=row, prefix=f"candidacy-{row.pk}") for row in candidacies]


class EndMandateForm(forms.Form):
    """When and why a mandate ended."""

    end = forms.DateField(label=gettext_lazy("Ended on"), widget=AdminDateInput)
    end_reason = forms.ChoiceField(label=gettext_lazy("Reason of the end"), choices=MandateEndReason.choices)

    def __init__(self, *args: Any, mandate: Mandate, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("end", min(mandate.planned_end, clock.today()))


class CarryOverForm(forms.Form):
    """Which pledges of the predecessor the successor takes over."""

    pledges = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Pledges"), queryset=Pledge.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, mandate: Mandate, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pledges"].queryset = services.carriable(mandate).with_words()
