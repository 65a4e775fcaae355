"""Admin of readers' tips."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column

from ..forms import TipForm
from ..models import Tip
from ..panels import TIP_PANELS
from .actions import ActionsViewSet
from .erasure import EraseTipView
from .files import WithFileMixin
from .listing import (
    HubFilter,
    MunicipalityFilter,
    RecordFilterSet,
    choice_column,
    day_column,
    updated_column,
)


class TipFilterSet(RecordFilterSet):
    """What an editor looks for among the tips."""

    municipality = MunicipalityFilter()
    hub = HubFilter("municipality", "pledge__municipality")

    class Meta:
        model = Tip
        fields = ["state", "municipality", "hub"]


class TipViewSet(WithFileMixin, ActionsViewSet):
    """Readers' tips: to read and to mark as used or not; nobody writes or deletes one here."""

    model = Tip
    icon = "mail"
    menu_order = 120
    panels = TIP_PANELS
    form_class = TipForm
    file_field = "file"
    action_view_classes = (EraseTipView,)
    filterset_class = TipFilterSet
    search_fields = ("message", "pledge__public_id")
    list_select_related = ("municipality", "pledge__municipality")
    list_display = [
        "__str__",
        choice_column("state", _("State")),
        Column(
            "municipality", label=_("Municipality"), accessor=lambda tip: tip.municipality or tip.pledge.municipality
        ),
        day_column("received_at", _("Received")),
        day_column("erase_on", _("To be erased on")),
        updated_column(),
    ]
    inspect_view_fields = [
        "state",
        "pledge",
        "municipality",
        "message",
        "file",
        "contact",
        "received_at",
        "erase_on",
        "erased_at",
    ]

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_common_view_kwargs(add_url_name=None, **kwargs)

    def get_urlpatterns(self) -> list[Any]:
        return [pattern for pattern in super().get_urlpatterns() if pattern.name not in ("add", "delete")]
