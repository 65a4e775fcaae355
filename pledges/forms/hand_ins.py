"""What a candidate's team enters through a link: the programme's file and its pledges, row by row."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..services import ENTRY_FIELDS, MOST_PLEDGES
from .uploads import TEXT_DOCUMENTS, clean_upload

# Longer than any entry that can be handed in; a draft above it is not stored.
LONGEST_ENTRY = 10_000
_PREFIX = "pledges"


class HandInForm(forms.Form):
    """The file and its language. The file is checked as soon as it comes; one that is refused is not stored."""

    language = forms.ChoiceField(label=gettext_lazy("Language of the programme"), choices=settings.LANGUAGES)
    file = forms.FileField(
        label=gettext_lazy("File of the programme"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ",".join(f".{extension}" for extension in TEXT_DOCUMENTS)}),
    )
    remove_file = forms.BooleanField(label=gettext_lazy("Remove this file"), required=False)

    def clean_file(self) -> UploadedFile | None:
        file: UploadedFile | None = self.cleaned_data.get("file")
        if not file:
            return None
        original_name = file.name
        file = clean_upload(file, TEXT_DOCUMENTS)
        file.original_name = original_name
        return file


class PledgeEntryForm(forms.Form):
    """One pledge."""

    quote = forms.CharField(
        label=gettext_lazy("The pledge, word for word"),
        help_text=gettext_lazy("Copy the sentence from your programme. One promise in each pledge."),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    title = forms.CharField(label=gettext_lazy("In short"), max_length=255)
    due = forms.DateField(
        label=gettext_lazy("To be done by"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    check = forms.CharField(
        label=gettext_lazy("How it can be checked"),
        help_text=gettext_lazy("What will be there that anybody can see or look up? One thing on each line."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    @property
    def number(self) -> int:
        """Its place in the list, from 1."""
        return int(str(self.prefix).rpartition("-")[2]) + 1


def rows_from(data: Mapping[str, Any]) -> list[dict[str, str]]:
    """The entries of a posted form as they were typed, at most `MOST_PLEDGES`; what is missing is empty."""
    try:
        count = min(max(int(data.get("rows", "0")), 0), MOST_PLEDGES)
    except ValueError:
        count = 0
    return [
        {name: str(data.get(f"{_PREFIX}-{number}-{name}", "")).replace("\r\n", "\n") for name in ENTRY_FIELDS}
        for number in range(count)
    ]


def entry_forms(rows: Iterable[Mapping[str, str]], *, check: bool) -> list[PledgeEntryForm]:
    """A form for each entry; with `check` also what is wrong with it."""
    forms_: list[PledgeEntryForm] = []
    for number, row in enumerate(rows):
        prefix = f"{_PREFIX}-{number}"
        if check:
            data = {f"{prefix}-{name}": row.get(name, "") for name in ENTRY_FIELDS}
            forms_.append(PledgeEntryForm(data, prefix=prefix))
        else:
            forms_.append(PledgeEntryForm(initial=dict(row), prefix=prefix))
    return forms_


def is_blank(row: Mapping[str, str]) -> bool:
    """Whether nothing was entered in it."""
    return not any(str(row.get(name, "")).strip() for name in ENTRY_FIELDS)


def too_long(rows: Iterable[Mapping[str, str]]) -> Iterator[str]:
    """A sentence for each entry that is too long even for a draft."""
    for number, row in enumerate(rows, 1):
        for name, field in PledgeEntryForm.base_fields.items():
            length = len(row.get(name, ""))
            if length > LONGEST_ENTRY:
                yield _("Pledge %(number)s, %(field)s: %(length)s characters are too many.") % {
                    "number": number,
                    "field": field.label,
                    "length": length,
                }


def problems(forms_: Iterable[PledgeEntryForm]) -> Iterator[tuple[str, str]]:
    """What is wrong with the entries: the id of each field, and the sentence that names row and field."""
    for form in forms_:
        for name, messages in form.errors.items():
            field: BoundField = form[name]
            for message in messages:
                sentence = _("Pledge %(number)s, %(field)s: %(message)s") % {
                    "number": form.number,
                    "field": field.label,
                    "message": message,
                }
                yield str(field.id_for_label), sentence


class ReplyByLinkForm(forms.Form):
    """An answer, word for word as it will be published."""

    text = forms.CharField(
        label=gettext_lazy("Your answer"),
        help_text=gettext_lazy("It is published word for word beside the assessment."),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of the answer"), choices=settings.LANGUAGES)
