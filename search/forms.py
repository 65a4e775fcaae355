"""The form of a reader who wants letters."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy


class FollowForm(forms.Form):
    """An e-mail address. `website` is for machines only."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    website = forms.CharField(
        label=gettext_lazy("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    @property
    def is_from_a_machine(self) -> bool:
        """Whether the field was filled in that people do not see."""
        return bool(self.data.get("website", ""))

    @property
    def shown_fields(self) -> list[Any]:
        """What a reader fills in."""
        return [self["email"]]
