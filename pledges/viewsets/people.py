"""Admin of persons, candidacies and mandates: three different things."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column

from ..models import Candidacy, Mandate, Person
from ..panels import CANDIDACY_PANELS, MANDATE_PANELS, PERSON_PANELS
from .actions import ActionsViewSet
from .erasure import ErasePersonView
from .listing import (
    EditionFilter,
    MunicipalityFilter,
    PublicityColumn,
    PublicityFilter,
    RecordFilterSet,
    day_column,
    edition_column,
    municipality_column,
    updated_column,
)


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


class CandidacyViewSet(ActionsViewSet):
    """Candidacies."""

    model = Candidacy
    icon = "clipboard-list"
    menu_order = 60
    panels = CANDIDACY_PANELS
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


class MandateFilterSet(RecordFilterSet):
    """What an editor looks for among the mandates."""

    publicity = PublicityFilter()
    municipality = MunicipalityFilter()

    class Meta:
        model = Mandate
        fields = ["publicity", "municipality", "end_reason"]


class MandateViewSet(ActionsViewSet):
    """Mandates."""

    model = Mandate
    icon = "date"
    menu_order = 70
    panels = MANDATE_PANELS
    filterset_class = MandateFilterSet
    search_fields = ("person__name", "municipality__name", "public_id")
    list_select_related = ("person", "municipality")
    list_display = [
        "__str__",
        PublicityColumn(),
        municipality_column(),
        day_column("start", _("Start")),
        day_column("last_day", _("Last day"), sortable=False),
        updated_column(),
    ]
