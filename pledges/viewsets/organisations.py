"""Admin of organisations, what hubs watch and who belongs to them, and partnerships."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column

from ..models import HubCoverage, HubMember, Organisation, Partnership
from ..panels import HUB_COVERAGE_PANELS, HUB_MEMBER_PANELS, ORGANISATION_PANELS, PARTNERSHIP_PANELS
from .actions import ActionsViewSet
from .base import RecordViewSet
from .listing import (
    MunicipalityFilter,
    PublicityColumn,
    PublicityFilter,
    RecordFilterSet,
    choice_column,
    day_column,
    municipality_column,
    updated_column,
)


class OrganisationFilterSet(RecordFilterSet):
    """What an editor looks for among the organisations."""

    publicity = PublicityFilter()

    class Meta:
        model = Organisation
        fields = ["publicity", "kind"]


class OrganisationViewSet(ActionsViewSet):
    """Organisations."""

    model = Organisation
    icon = "group"
    menu_order = 130
    panels = ORGANISATION_PANELS
    filterset_class = OrganisationFilterSet
    search_fields = ("name", "slug", "texts__name")
    list_display = ["name", PublicityColumn(), choice_column("kind", _("Kind")), updated_column()]


class HubCoverageFilterSet(RecordFilterSet):
    """Which hub, which municipality."""

    municipality = MunicipalityFilter()

    class Meta:
        model = HubCoverage
        fields = ["hub", "municipality"]


class HubCoverageViewSet(RecordViewSet):
    """What hubs watch."""

    model = HubCoverage
    icon = "site"
    menu_order = 140
    panels = HUB_COVERAGE_PANELS
    filterset_class = HubCoverageFilterSet
    search_fields = ("hub__name", "municipality__name")
    list_select_related = ("hub", "municipality")
    list_display = [
        "__str__",
        Column("hub", label=_("Hub"), sort_key="hub__name"),
        municipality_column(),
        day_column("start", _("Since")),
        day_column("end", _("Until")),
    ]


class HubMemberViewSet(RecordViewSet):
    """Who belongs to which hub."""

    model = HubMember
    icon = "user"
    menu_order = 150
    panels = HUB_MEMBER_PANELS
    list_filter = ["hub"]
    search_fields = ("user__email", "user__first_name", "user__last_name", "hub__name")
    list_select_related = ("hub", "user")
    list_display = ["__str__", Column("hub", label=_("Hub"), sort_key="hub__name"), updated_column()]


class PartnershipViewSet(RecordViewSet):
    """Partnerships in editions and on pages."""

    model = Partnership
    icon = "link"
    menu_order = 160
    panels = PARTNERSHIP_PANELS
    list_filter = ["role", "edition"]
    search_fields = ("organisation__name",)
    list_select_related = ("organisation", "edition")
    list_display = [
        "__str__",
        choice_column("role", _("Role")),
        Column(
            "edition", label=_("Edition"), accessor=lambda row: row.edition or _("a page"), sort_key="edition__year"
        ),
        Column("sort_order", label=_("Order"), sort_key="sort_order"),
    ]
