"""Admin of programmes of cooperation, recognitions for them, proposals and the answers to these."""

from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column

from .. import services
from ..enums import Suitability, Uptake
from ..forms import DecideForm, ProgrammeForm, ProposalUptakeForm, RecognitionForm
from ..models import Programme, Proposal, ProposalUptake, Recognition
from ..panels import PROGRAMME_PANELS, PROPOSAL_PANELS, PROPOSAL_UPTAKE_PANELS, RECOGNITION_PANELS
from .actions import ActionsViewSet, ActionView, PublishRecordView
from .base import RecordViewSet
from .listing import (
    EditionFilter,
    MunicipalityFilter,
    PublicityColumn,
    PublicityFilter,
    RecordFilterSet,
    choice_column,
    day_column,
    edition_column,
    municipality_column,
    updated_column,
)

_CANDIDACY = ("candidacy__person", "candidacy__municipality", "candidacy__edition")


class ProgrammeFilterSet(RecordFilterSet):
    """What an editor looks for among the programmes."""

    publicity = PublicityFilter()
    municipality = MunicipalityFilter("candidacy__municipality")
    edition = EditionFilter("candidacy__edition")
    suitability = django_filters.ChoiceFilter(
        label=_("Suitability"), choices=[choice for choice in Suitability.choices if choice[0]]
    )

    class Meta:
        model = Programme
        fields = ["publicity", "municipality", "edition", "suitability", "channel", "language"]


class DecideView(ActionView):
    """Writes the jury's decision; once readers see it, it stays."""

    code = "decide"
    label = _("Decide on suitability")
    question = _("Every criterion is met or not. Once the programme is published the decision stays as it is.")
    done = _("The decision is written down.")
    permission_required = "change"
    form_class = DecideForm

    @classmethod
    def offered(cls, record: Programme, user: Any) -> bool:
        return not (record.published_at and record.suitability)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "programme": self.object}

    def perform(self, form: forms.Form) -> None:
        cleaned = form.cleaned_data
        services.decide_suitability(
            self.object,
            Suitability(cleaned["suitability"]),
            form.decided(),
            decided_on=cleaned["decided_on"],
            jury=cleaned["jury"],
            reason=cleaned["decision_reason"],
        )


class ProgrammeViewSet(ActionsViewSet):
    """Programmes of cooperation."""

    model = Programme
    icon = "doc-full-inverse"
    menu_order = 40
    panels = PROGRAMME_PANELS
    form_class = ProgrammeForm
    action_view_classes = (DecideView, PublishRecordView)
    filterset_class = ProgrammeFilterSet
    search_fields = ("public_id", "candidacy__person__name", "candidacy__list_name", "text")
    list_select_related = _CANDIDACY
    list_display = [
        "__str__",
        PublicityColumn(),
        choice_column("suitability", _("Suitability")),
        municipality_column("candidacy.municipality"),
        edition_column("candidacy.edition"),
        updated_column(),
    ]


class RecognitionFilterSet(RecordFilterSet):
    """What an editor looks for among the recognitions."""

    publicity = PublicityFilter()
    municipality = MunicipalityFilter("candidacy__municipality")
    edition = EditionFilter("candidacy__edition")

    class Meta:
        model = Recognition
        fields = ["publicity", "municipality", "edition"]


class RecognitionViewSet(ActionsViewSet):
    """Recognitions."""

    model = Recognition
    icon = "pick"
    menu_order = 80
    panels = RECOGNITION_PANELS
    form_class = RecognitionForm
    filterset_class = RecognitionFilterSet
    search_fields = ("kind", "event", "candidacy__person__name")
    list_select_related = _CANDIDACY
    list_display = [
        "__str__",
        PublicityColumn(),
        day_column("date", _("Date")),
        municipality_column("candidacy.municipality"),
        edition_column("candidacy.edition"),
        updated_column(),
    ]


class ProposalFilterSet(RecordFilterSet):
    """What an editor looks for among the proposals."""

    publicity = PublicityFilter()
    municipality = MunicipalityFilter()
    edition = EditionFilter()

    class Meta:
        model = Proposal
        fields = ["publicity", "municipality", "edition", "organisation", "topic"]


class ProposalViewSet(ActionsViewSet):
    """Proposals of organisations."""

    model = Proposal
    icon = "comment"
    menu_order = 90
    panels = PROPOSAL_PANELS
    filterset_class = ProposalFilterSet
    search_fields = ("title", "text", "organisation__name")
    list_select_related = ("organisation", "municipality", "edition")
    list_display = [
        "title",
        PublicityColumn(),
        Column("organisation", label=_("Organisation"), sort_key="organisation__name"),
        municipality_column(),
        edition_column(),
        updated_column(),
    ]


class ProposalUptakeFilterSet(RecordFilterSet):
    """What an editor looks for among the answers."""

    extent = django_filters.ChoiceFilter(label=_("Extent"), choices=Uptake.choices)
    municipality = MunicipalityFilter("candidacy__municipality")
    edition = EditionFilter("candidacy__edition")

    class Meta:
        model = ProposalUptake
        fields = ["extent", "municipality", "edition"]


def _pledge_id(uptake: ProposalUptake) -> str:
    """The pledge by its id, without its title, which would take a query a row."""
    return str(uptake.pledge.public_id or _("draft")) if uptake.pledge else ""


class ProposalUptakeViewSet(RecordViewSet):
    """Answers to proposals. One is public together with the proposal, the candidacy and the pledge that it names."""

    model = ProposalUptake
    icon = "check"
    menu_order = 95
    panels = PROPOSAL_UPTAKE_PANELS
    form_class = ProposalUptakeForm
    filterset_class = ProposalUptakeFilterSet
    search_fields = ("proposal__title", "candidacy__person__name", "pledge__public_id")
    list_select_related = (*_CANDIDACY, "proposal", "pledge")
    list_display = [
        "__str__",
        Column("candidacy", label=_("Candidacy"), accessor="candidacy.person", sort_key="candidacy__person__name"),
        Column("pledge", label=_("Pledge"), accessor=_pledge_id, sort_key="pledge__public_id"),
        municipality_column("candidacy.municipality"),
        edition_column("candidacy.edition"),
        updated_column(),
    ]
