"""Erasing by law: of published words, of what is known of a person, of a tip before its time."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages

from .. import services
from ..enums import RedactionGround
from ..ledger.erasures import REDACTABLE
from ..models import Assessment, Tip
from .actions import ActionView

PERMISSION = "pledges.erase_personal_data"


class LegalView(ActionView):
    """A step that nobody can take back, and that only administrators take."""

    icon_name = "warning"
    is_serious = True
    logs_itself = True
    permission_required = "view"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class RedactForm(forms.Form):
    """Which words, and why."""

    parts = forms.MultipleChoiceField(label=_("What is erased"), widget=forms.CheckboxSelectMultiple)
    ground = forms.ChoiceField(
        label=_("Ground"), choices=RedactionGround, help_text=_("Readers see it in the log of corrections.")
    )

    def __init__(self, *args: Any, parts: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parts"].choices = parts  # type: ignore[attr-defined]


class RedactView(LegalView):
    """Erases published words; that they were erased is public, their hash stays in the ledger."""

    code = "redact"
    label = _("Erase words by law")
    question = _(
        "The words are gone for good, in every language, in letters and in the search as well. Readers see that there "
        "were words, and the ground. The ledger still verifies."
    )
    done = _("The words are erased.")
    form_class = RedactForm

    @classmethod
    def offered(cls, record: Any, user: Any) -> bool:
        return user.has_perm(PERMISSION) and bool(_parts(record)) and services.is_published(record)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "parts": _parts(self.object)}

    def perform(self, form: forms.Form) -> None:
        data = form.cleaned_data
        services.redact(self.object, data["parts"], data["ground"], self.request.user)


def _parts(record: Any) -> list[tuple[str, Any]]:
    """The texts of a record that may be erased and are there."""
    names = [*REDACTABLE.get(type(record), ())]
    if isinstance(record, Assessment):
        # What was declared before there were digests of it is hashed itself.
        sealed = {name: bool(getattr(record, f"{name}_digest")) for name in Assessment.DECLARATIONS}
        names = [name for name in names if sealed.get(name, True)]
    return [(name, record._meta.get_field(name).verbose_name) for name in names if getattr(record, name)]


class ErasePersonForm(forms.Form):
    """Further addresses of the person."""

    addresses = forms.CharField(
        label=_("Further e-mail addresses"),
        required=False,
        help_text=_("One per line: tips, follows and letters are found by them."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_addresses(self) -> list[str]:
        field = forms.EmailField()
        return [field.clean(line) for line in self.cleaned_data["addresses"].split()]


class ErasePersonView(LegalView):
    """Erases what is kept of a person beside the public record."""

    code = "erase"
    label = _("Erase personal data")
    question = _(
        "Erased are contact data of links, drafts of programmes, tips, follows and letters. Candidacies, programmes, "
        "replies and the name stay: they are the public record."
    )
    done = _("The personal data are erased.")
    form_class = ErasePersonForm

    @classmethod
    def offered(cls, record: Any, user: Any) -> bool:
        return user.has_perm(PERMISSION)

    def perform(self, form: forms.Form) -> None:
        erased = services.erase_person(self.object, form.cleaned_data["addresses"], self.request.user)
        messages.info(
            self.request,
            _(
                "Contacts: %(links)s, drafts: %(drafts)s, tips: %(tips)s, follows: %(follows)s, letters: %(letters)s, "
                "declarations on the desk: %(declarations)s."
            )
            % {
                "declarations": erased.declarations,
                "links": erased.links,
                "drafts": erased.drafts,
                "tips": erased.tips,
                "follows": erased.follows,
                "letters": erased.letters,
            },
        )


class EraseTipView(LegalView):
    """Erases a tip before its time."""

    code = "erase"
    label = _("Erase personal data")
    question = _("Message, contact and file are gone for good; that there was a tip stays.")
    done = _("The tip is erased.")
    logs_itself = False

    @classmethod
    def offered(cls, record: Tip, user: Any) -> bool:
        return record.erased_at is None and user.has_perm(PERMISSION)

    def perform(self, form: forms.Form) -> None:
        services.erase_tip(self.object)
