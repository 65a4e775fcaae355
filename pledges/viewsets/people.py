"""Admin of persons and candidacies, with the results of elections."""

from typing import Any

from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import Button

from ..models import Candidacy, Person
from ..panels import CANDIDACY_PANELS, PERSON_PANELS
from .actions import ActionsViewSet
from .base import RecordIndexView
from .erasure import ErasePersonView
from .listing import (
    EditionFilter,
    MunicipalityFilter,
    PublicityColumn,
    PublicityFilter,
    RecordFilterSet,
    edition_column,
    municipality_column,
    updated_column,
)
from .results import ResultsView


class PersonViewSet(ActionsViewSet):
    """Persons."""

    model = Person
    icon = "user"
    menu_order = 50
    panels = PERSON_PANELS
    action_view_classes = (ErasePersonView,)
    list_filter = ["gender"]
    search_fields = ("name", "public_id")
    list_display = ["name", Column("public_id", label=_("Id"), sort_key="public_id"), updated_column()]


class CandidacyFilterSet(RecordFilterSet):
    """What an editor looks for among the candidacies."""

    publicity = PublicityFilter()
    municipality = MunicipalityFilter()
    edition = EditionFilter()

    class Meta:
        model = Candidacy
        fields = ["publicity", "municipality", "edition", "elected"]


class CandidacyIndexView(RecordIndexView):
    """The list of candidacies, with the way to the results."""

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        buttons = list(super().header_more_buttons)
        if self.permission_policy.user_has_permission(self.request.user, "change"):
            buttons.append(Button(_("Results of an election"), url=reverse("candidacy:results"), icon_name="list-ol"))
        return buttons


class CandidacyViewSet(ActionsViewSet):
    """Candidacies."""

    model = Candidacy
    icon = "clipboard-list"
    menu_order = 60
    panels = CANDIDACY_PANELS
    index_view_class = CandidacyIndexView
    filterset_class = CandidacyFilterSet
    search_fields = ("person__name", "list_name", "municipality__name", "public_id")
    list_select_related = ("person", "municipality", "edition")
    list_display = [
        "__str__",
        PublicityColumn(),
        Column("list_name", label=_("List or party"), sort_key="list_name"),
        Column(
            "elected",
            label=_("Elected"),
            accessor=lambda candidacy: {True: _("yes"), False: _("no")}.get(candidacy.elected, _("unknown")),
            sort_key="elected",
        ),
        municipality_column(),
        edition_column(),
        updated_column(),
    ]

    def get_urlpatterns(self) -> list[Any]:
        return [*super().get_urlpatterns(), path("election/", self.construct_view(ResultsView), name="results")]
