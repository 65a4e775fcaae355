"""Admin of links for candidates: made, sent, shown, renewed and revoked, but never edited."""

from typing import Any

import django_filters
from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.log_actions import log

from .. import links, services
from ..enums import LinkPurpose
from ..forms import CandidacyLinkForm
from ..models import CandidacyLink
from ..panels import CANDIDACY_LINK_PANELS
from .actions import ActionsViewSet, ActionView
from .base import RecordCreateView
from .initial import preset
from .listing import (
    EditionFilter,
    MunicipalityFilter,
    RecordFilterSet,
    choice_column,
    edition_column,
    municipality_column,
)


class _LinkActionView(ActionView):
    permission_required = "change"

    @classmethod
    def offered(cls, record: CandidacyLink, user: Any) -> bool:
        return record.revoked_at is None


class SendLinkView(_LinkActionView):
    """Sends the address by e-mail."""

    code = "send_link"
    label = _("Send")
    question = _("The address goes to the e-mail address of the link. Whoever has it can act for the candidate.")
    done = _("The link is on its way.")
    icon_name = "mail"

    @classmethod
    def offered(cls, record: CandidacyLink, user: Any) -> bool:
        return record.is_open and bool(record.email)

    def perform(self, form: forms.Form) -> None:
        services.send_link(self.object)


class ShowLinkView(_LinkActionView):
    """Shows the address, for handing it over in person; the history says who saw it."""

    code = "show_link"
    label = _("Show the address")
    question = _("Whoever has the address can act for the candidate. The history will say that you saw it.")
    icon_name = "view"

    @classmethod
    def offered(cls, record: CandidacyLink, user: Any) -> bool:
        return record.is_open

    def form_valid(self, form: forms.Form) -> HttpResponse:
        log(instance=self.object, action=f"pledges.{self.code}", user=self.request.user)
        details = [{"label": _("Address"), "value": links.address_of(self.object)}]
        response = self.render_to_response(self.get_context_data(form=form, details=details))
        response["Cache-Control"] = "no-store, private"
        return response


class RenewLinkView(_LinkActionView):
    """Gives the link a new address."""

    code = "renew_link"
    label = _("Renew")
    question = _("The link gets a new address and a new period. The present address ends; send the new one.")
    done = _("Renewed. The new address has not been sent yet.")
    icon_name = "rotate"

    def perform(self, form: forms.Form) -> None:
        services.renew_link(self.object)


class RevokeLinkView(_LinkActionView):
    """Ends the link."""

    code = "revoke_link"
    label = _("Revoke")
    question = _("The address opens nothing any more. What was handed in stays.")
    done = _("Revoked.")
    icon_name = "cross"
    is_serious = True

    def perform(self, form: forms.Form) -> None:
        services.revoke_link(self.object)


class CandidacyLinkCreateView(RecordCreateView):
    """A new link; `?candidacy=` says for whom."""

    def get_initial_form_instance(self) -> CandidacyLink:
        link = CandidacyLink(made_by=self.request.user, **preset(self.request, CandidacyLink, "candidacy"))
        if link.candidacy_id:
            link.language, link.email = links.language_of(link.candidacy), links.contact_of(link.candidacy)
        return link

    def get_success_url(self) -> str:
        return reverse("candidacylink:inspect", args=(self.object.pk,))


class CandidacyLinkFilterSet(RecordFilterSet):
    """What an editor looks for among the links."""

    municipality = MunicipalityFilter("candidacy__municipality")
    edition = EditionFilter("candidacy__edition")
    purpose = django_filters.ChoiceFilter(label=_("Purpose"), choices=LinkPurpose.choices)

    class Meta:
        model = CandidacyLink
        fields = ["purpose", "municipality", "edition"]


def _state(link: CandidacyLink) -> Any:
    if link.revoked_at:
        return _("revoked")
    return _("open") if link.is_open else _("expired")


class CandidacyLinkViewSet(ActionsViewSet):
    """Links for candidates."""

    model = CandidacyLink
    icon = "link"
    menu_order = 65
    panels = CANDIDACY_LINK_PANELS
    form_class = CandidacyLinkForm
    add_view_class = CandidacyLinkCreateView
    action_view_classes = (SendLinkView, ShowLinkView, RenewLinkView, RevokeLinkView)
    filterset_class = CandidacyLinkFilterSet
    search_fields = ("candidacy__person__name", "candidacy__municipality__name", "email")
    list_select_related = ("candidacy__person", "candidacy__municipality", "candidacy__edition")
    list_display = [
        "__str__",
        choice_column("purpose", _("Purpose")),
        Column("state", label=_("State"), accessor=_state),
        DateColumn("sent_at", label=_("Sent")),
        DateColumn("last_used_at", label=_("Last used")),
        municipality_column("candidacy.municipality"),
        edition_column("candidacy.edition"),
    ]
    inspect_view_fields = [
        "candidacy",
        "purpose",
        "email",
        "language",
        "expires_at",
        "sent_at",
        "last_used_at",
        "revoked_at",
        "made_at",
        "made_by",
    ]

    def get_urlpatterns(self) -> list[Any]:
        # Nothing of a link is edited: it is renewed or revoked. Nor deleted: it says who could act for whom.
        return [pattern for pattern in super().get_urlpatterns() if pattern.name not in ("edit", "delete")]

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_common_view_kwargs(edit_url_name=None, delete_url_name=None, **kwargs)
