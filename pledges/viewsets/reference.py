"""Admin of editions and their key dates, and of what records are sorted by: topics, areas, similarity groups."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column

from ..models import Edition, KeyDate, Municipality, Region, SimilarityGroup, Topic
from ..panels import (
    EDITION_PANELS,
    KEY_DATE_PANELS,
    MUNICIPALITY_PANELS,
    REGION_PANELS,
    SIMILARITY_GROUP_PANELS,
    TOPIC_PANELS,
)
from .actions import ActionsViewSet
from .base import RecordViewSet
from .listing import PublicityColumn, choice_column, day_column, edition_column, updated_column


class EditionViewSet(ActionsViewSet):
    """Editions of the School for Mayors."""

    model = Edition
    icon = "calendar-alt"
    menu_order = 170
    panels = EDITION_PANELS
    list_filter = ["state"]
    search_fields = ("year", "texts__title")
    list_display = [
        "__str__",
        PublicityColumn(),
        choice_column("state", _("Stage")),
        day_column("election_date", _("Election day")),
        updated_column(),
    ]


class KeyDateViewSet(RecordViewSet):
    """Key dates of editions."""

    model = KeyDate
    icon = "date"
    menu_order = 180
    panels = KEY_DATE_PANELS
    list_filter = ["edition"]
    search_fields = ("texts__title", "edition__year")
    list_select_related = ("edition",)
    list_prefetch_related = ("texts",)
    list_display = [
        "__str__",
        Column("title", label=_("Title"), accessor=lambda row: row.words.title if row.words else ""),
        day_column("date", _("Date")),
        edition_column(),
        updated_column(),
    ]


class TopicViewSet(RecordViewSet):
    """Topics of pledges."""

    model = Topic
    icon = "tag"
    menu_order = 190
    panels = TOPIC_PANELS
    search_fields = ("code", "texts__name")
    list_prefetch_related = ("texts",)
    list_display = [
        "__str__",
        Column("code", label=_("Code"), sort_key="code"),
        Column("sort_order", label=_("Order"), sort_key="sort_order"),
    ]


class SimilarityGroupViewSet(RecordViewSet):
    """Groups of pledges with the same goal."""

    model = SimilarityGroup
    icon = "duplicate"
    menu_order = 200
    panels = SIMILARITY_GROUP_PANELS
    search_fields = ("name",)
    list_display = ["name", updated_column()]


class ReferenceViewSet(RecordViewSet):
    """Reference data: loaded by a command, neither added nor deleted by hand."""

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_common_view_kwargs(add_url_name=None, **kwargs)

    def get_urlpatterns(self) -> list[Any]:
        return [pattern for pattern in super().get_urlpatterns() if pattern.name not in ("add", "delete")]


class MunicipalityViewSet(ReferenceViewSet):
    """Municipalities."""

    model = Municipality
    icon = "site"
    menu_order = 210
    panels = MUNICIPALITY_PANELS
    list_filter = ["region"]
    search_fields = ("name", "code", "iso_code")
    list_select_related = ("region",)
    list_display = [
        "name",
        Column("code", label=_("Code"), sort_key="code"),
        Column("region", label=_("Region"), sort_key="region__name"),
        Column("population", label=_("Population"), sort_key="population"),
    ]


class RegionViewSet(ReferenceViewSet):
    """Statistical regions."""

    model = Region
    icon = "globe"
    menu_order = 220
    panels = REGION_PANELS
    search_fields = ("name", "nuts3")
    list_display = [
        "name",
        Column("nuts3", label=_("NUTS-3 code"), sort_key="nuts3"),
        Column("population", label=_("Population"), sort_key="population"),
    ]
