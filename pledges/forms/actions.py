"""What is asked before a pledge leaves the lists."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..enums import PledgeState
from ..models import Pledge


class ReasonForm(forms.Form):
    """A reason that readers will see."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Readers see it under the pledge's address."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class MergeForm(ReasonForm):
    """The pledge that says the same, of the same municipality and edition, and the reason."""

    into = forms.ModelChoiceField(label=_("Merge into"), queryset=Pledge.objects.none())

    field_order = ("into", "reason")

    def __init__(self, *args: Any, pledge: Pledge, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = (
            Pledge.objects.filter(
                municipality=pledge.municipality_id, edition=pledge.edition_id, state=PledgeState.PUBLISHED
            )
            .exclude(pk=pledge.pk)
            .with_words()
        )
