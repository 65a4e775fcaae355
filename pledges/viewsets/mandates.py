"""Admin of mandates: from taking office to the end, and what the successor carries over."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages

from .. import services
from ..enums import MandateEndReason
from ..forms import CarryOverForm, EndMandateForm
from ..models import Mandate
from ..panels import MANDATE_PANELS
from .actions import ActionsViewSet, ActionView, PublishRecordView
from .listing import (
    MunicipalityFilter,
    PublicityColumn,
    PublicityFilter,
    RecordFilterSet,
    day_column,
    municipality_column,
    updated_column,
)


class EndMandateView(ActionView):
    """Closes a mandate; its pledges are then due for their final assessment."""

    code = "end_mandate"
    label = gettext_lazy("End the mandate")
    question = gettext_lazy(
        "The mandate is closed with its reason. Every pledge without a final status is then due for its final "
        "assessment, and a successor can carry pledges over."
    )
    done = gettext_lazy("The mandate is closed.")
    icon_name = "date"
    is_serious = True
    permission_required = "change"
    form_class = EndMandateForm

    @classmethod
    def offered(cls, record: Mandate, user: Any) -> bool:
        return record.end is None

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "mandate": self.object}

    def perform(self, form: forms.Form) -> None:
        due = services.end_mandate(
            self.object, form.cleaned_data["end"], MandateEndReason(form.cleaned_data["end_reason"])
        ).count()
        if due:
            words = ngettext(
                "%(count)s pledge is due for its final assessment.",
                "%(count)s pledges are due for their final assessment.",
                due,
            )
            messages.info(self.request, words % {"count": due})


class CarryOverView(ActionView):
    """Makes drafts of the predecessor's pledges in the successor's programme."""

    code = "carry_over"
    label = gettext_lazy("Carry pledges over")
    question = gettext_lazy(
        "Each chosen pledge of the predecessor becomes a draft in the newest programme of this mandate's holder, "
        "named as carried over. Its assessments begin as inherited."
    )
    done = gettext_lazy("The drafts are made.")
    icon_name = "copy"
    permission_required = "change"
    form_class = CarryOverForm

    @classmethod
    def offered(cls, record: Mandate, user: Any) -> bool:
        return record.end is None and services.carriable(record).exists()

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "mandate": self.object}

    def perform(self, form: forms.Form) -> None:
        services.carry_over(self.object, list(form.cleaned_data["pledges"]), self.request.user)

    def get_success_url(self) -> str:
        if self.request.method == "POST":
            query = f"state=draft&municipality={self.object.municipality_id}"
            return f"{reverse('pledge:index')}?{query}"
        return super().get_success_url()


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
    action_view_classes = (PublishRecordView, CarryOverView, EndMandateView)
    filterset_class = MandateFilterSet
    search_fields = ("person__name", "municipality__name", "public_id")
    list_select_related = ("person", "municipality")
    list_display = [
        "__str__",
        PublicityColumn(),
        municipality_column(),
        day_column("start", gettext_lazy("Start")),
        day_column("last_day", gettext_lazy("Last day"), sortable=False),
        updated_column(),
    ]
