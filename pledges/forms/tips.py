"""The forms of readers without an account: to send a tip, and to ask what became of it."""

from typing import Any

from django import forms
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import choices
from ..models import Municipality
from ..models.replies import tracking_code
from .uploads import DOCUMENTS_AND_PICTURES, clean_upload

_SALT = "pledges.tips"
# Who leaves the form open longer than that gets a new code with a new page.
_CODE_SECONDS = 24 * 60 * 60
CODE_LENGTH = 16


def signed_code() -> str:
    """A new tracking code for a form: sending the same page twice is then one tip."""
    return signing.dumps(tracking_code(), salt=_SALT)


class SendTipForm(forms.Form):
    """A message with optional file and contact. `website` is for machines only."""

    municipality = forms.ChoiceField(label=gettext_lazy("Municipality"))
    message = forms.CharField(
        label=gettext_lazy("What do you know?"),
        help_text=gettext_lazy("What happened, when and where; what can be checked, and how."),
        max_length=5000,
        min_length=10,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("PDF, DOCX, ODT, JPG or PNG. A file may say who made it: remove that if it matters."),
        required=False,
        max_length=200,
    )
    contact = forms.CharField(
        label=gettext_lazy("How to reach you"),
        help_text=gettext_lazy("Only if you want to be asked. Nobody but those who work on the tip sees it."),
        max_length=255,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    website = forms.CharField(
        label=gettext_lazy("Leave this empty"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    code = forms.CharField(widget=forms.HiddenInput, max_length=200)

    def __init__(self, *args: Any, with_place: bool, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {})["code"] = signed_code()
        super().__init__(*args, **kwargs)
        if with_place:
            places = [(place.slug, place.name) for place in choices.municipalities()]
            self.fields["municipality"].choices = [("", "–"), *places]  # type: ignore[attr-defined]
        else:
            del self.fields["municipality"]

    @property
    def is_from_a_machine(self) -> bool:
        """Whether the field was filled in that people do not see."""
        return bool(self.data.get("website", ""))

    @property
    def shown_fields(self) -> list[forms.BoundField]:
        """What a reader fills in."""
        return [self[name] for name in self.fields if name not in ("website", "code")]

    def clean_municipality(self) -> Municipality:
        return Municipality.objects.get(slug=self.cleaned_data["municipality"])

    def clean_file(self) -> Any:
        file = self.cleaned_data.get("file")
        return clean_upload(file, DOCUMENTS_AND_PICTURES) if isinstance(file, UploadedFile) else file

    def clean_code(self) -> str:
        try:
            code: str = signing.loads(self.cleaned_data["code"], salt=_SALT, max_age=_CODE_SECONDS)
        except signing.BadSignature as error:
            # The page was open for too long, or it is not ours; the next attempt has a new code.
            self.data = self.data.copy()
            self.data["code"] = signed_code()
            raise forms.ValidationError(_("This page was open for too long. Please send it again.")) from error
        return code

    @property
    def code_errors(self) -> list[str]:
        """What is wrong with the hidden code, to be shown above the form."""
        return list(self.errors.get("code", []))


class TipStatusForm(forms.Form):
    """The tracking code of a tip."""

    code = forms.CharField(
        label=gettext_lazy("Tracking code"),
        max_length=64,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_code(self) -> str:
        return "".join(self.cleaned_data["code"].split()).replace("-", "").lower()
