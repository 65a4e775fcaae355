"""The jury's decision on a programme, and the recognition that follows from it."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminDateInput

from zaveza import clock

from .. import services
from ..enums import Suitability
from ..models import Programme, Recognition
from .base import RecordForm


class DecideForm(forms.Form):
    """Each criterion of the edition met or not; where the edition names none, they are typed in, one per line."""

    suitability = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        choices=[
            (Suitability.SUITABLE, Suitability.SUITABLE.label),
            (Suitability.NOT_SUITABLE, Suitability.NOT_SUITABLE.label),
        ],
        widget=forms.RadioSelect,
    )
    decision_reason = forms.CharField(
        label=gettext_lazy("Reason of the decision"), widget=forms.Textarea(attrs={"rows": 4})
    )
    jury = forms.CharField(
        label=gettext_lazy("Jury"),
        help_text=gettext_lazy("The names of its members."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    decided_on = forms.DateField(label=gettext_lazy("Decided on"), widget=AdminDateInput)

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.programme = programme
        self.criteria = services.criteria_of(programme.candidacy)
        earlier = {row.text: row.met for row in programme.criteria.all()}
        last = (
            Programme.objects.filter(
                candidacy__edition=programme.candidacy.edition_id,
                candidacy__municipality=programme.candidacy.municipality_id,
            )
            .exclude(jury="")
            .order_by("-decided_on")
            .first()
        )
        self.initial.setdefault("jury", programme.jury or (last.jury if last else ""))
        self.initial.setdefault("suitability", programme.suitability)
        self.initial.setdefault("decision_reason", programme.decision_reason)
        self.initial.setdefault("decided_on", programme.decided_on or clock.today())
        names = []
        for number, (_language, text) in enumerate(self.criteria):
            name = f"criterion_{number}"
            names.append(name)
            self.fields[name] = forms.TypedChoiceField(
                label=text,
                choices=[("yes", gettext_lazy("met")), ("no", gettext_lazy("not met"))],
                coerce=lambda value: value == "yes",
                widget=forms.RadioSelect,
                initial={True: "yes", False: "no"}.get(earlier.get(text)) if text in earlier else None,
            )
        if not names:
            for name, label in (
                ("met", _("Criteria met, one per line")),
                ("unmet", _("Criteria not met, one per line")),
            ):
                names.append(name)
                self.fields[name] = forms.CharField(
                    label=label,
                    required=False,
                    widget=forms.Textarea(attrs={"rows": 4}),
                    initial="\n".join(text for text, met in earlier.items() if met == (name == "met")),
                )
        self.order_fields([*names, "suitability", "decision_reason", "jury", "decided_on"])

    def decided(self) -> list[services.Criterion]:
        """The criteria with what the jury says of each."""
        if self.criteria:
            return [
                services.Criterion(text, self.cleaned_data[f"criterion_{number}"], language)
                for number, (language, text) in enumerate(self.criteria)
            ]
        language = self.programme.language
        return [
            services.Criterion(line.strip()[:255], name == "met", language)
            for name in ("met", "unmet")
            for line in self.cleaned_data[name].splitlines()
            if line.strip()
        ]


class RecognitionForm(RecordForm):
    """Given for a programme that the jury found suitable."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if cleaned.get("candidacy"):
            award = Recognition(candidacy=cleaned["candidacy"], date=cleaned.get("date"))
            refusal = services.recognition_refusal(award)
            if refusal:
                self.add_error("candidacy", refusal)
        return cleaned
