"""Admin of the versions of methodology, corrections and funding."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column

from .. import services
from ..models import PolicyVersion
from ..panels import POLICY_PANELS
from .actions import ActionsViewSet, PublishRecordView
from .listing import PublicityColumn, PublicityFilter, RecordFilterSet, choice_column, updated_column


class PolicyVersionFilterSet(RecordFilterSet):
    """Which kind, draft or published."""

    publicity = PublicityFilter()

    class Meta:
        model = PolicyVersion
        fields = ["publicity", "kind"]


class PublishPolicyView(PublishRecordView):
    """Puts a version into force."""

    question = _("From now on this version is in force and never rewritten, in no language. Are all languages there?")
    permission_required = "publish"

    def perform(self, form: forms.Form) -> None:
        services.publish_policy(self.object)


class PolicyVersionViewSet(ActionsViewSet):
    """Versions of methodology, corrections and funding."""

    model = PolicyVersion
    icon = "doc-full-inverse"
    menu_order = 165
    panels = POLICY_PANELS
    action_view_classes = (PublishPolicyView,)
    filterset_class = PolicyVersionFilterSet
    search_fields = ("version", "texts__title")
    list_prefetch_related = ("texts",)
    list_display: tuple[Any, ...] = (
        "__str__",
        PublicityColumn(),
        choice_column("kind", _("Kind")),
        Column("title", label=_("Title"), accessor=lambda row: row.words.title if row.words else ""),
        updated_column(),
    )
