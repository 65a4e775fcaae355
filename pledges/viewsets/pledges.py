"""Admin of pledges: the list, the form that freezes, and the steps from draft to published, merged or withdrawn."""

from typing import Any

import django_filters
from django import forms
from django.contrib.admin.utils import quote
from django.db import models
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.widgets.button import Button, HeaderButton

from zaveza import clock

from .. import services
from ..enums import EditionState, Gate, PledgeState, Status
from ..forms import MergeForm, PledgeForm, ReasonForm
from ..models import Assessment, Evidence, Pledge, PledgeStatus
from ..panels import PLEDGE_PANELS
from .actions import ActionsEditView, ActionsInspectView, ActionsViewSet, ActionView
from .base import RecordCreateView, RecordIndexView
from .desk_actions import ConfirmUnchangedView
from .initial import preset
from .listing import (
    EditionFilter,
    HubFilter,
    MunicipalityFilter,
    RecordFilterSet,
    choice_column,
    edition_column,
    municipality_column,
    updated_column,
)


def overdue(pledges: QuerySet) -> QuerySet:
    """Public pledges whose next check should have been by today."""
    return pledges.filter(state=PledgeState.PUBLISHED, current__next_check__lt=clock.today())


def final_due(pledges: QuerySet) -> QuerySet:
    """Public pledges whose mandate has ended and that have no final status yet."""
    return pledges.filter(pk__in=Pledge.objects.unassessed_in_the_end().values("pk"))


def without_evidence(pledges: QuerySet) -> QuerySet:
    """Public pledges that are to be assessed and have no source at all yet."""
    return assessable(pledges).exclude(Exists(Evidence.objects.filter(pledge=OuterRef("pk"))))


def assessable(pledges: QuerySet) -> QuerySet:
    """Public pledges behind no gate, of editions that still run."""
    return (
        pledges.with_gate().filter(state=PledgeState.PUBLISHED, gate="").exclude(edition__state=EditionState.ARCHIVED)
    )


class PledgeFilterSet(RecordFilterSet):
    """What an editor looks for: where, when, how far, and what waits."""

    state = django_filters.ChoiceFilter(label=gettext_lazy("State"), choices=PledgeState)
    status = django_filters.ChoiceFilter(
        label=pgettext_lazy("of a pledge", "Status"),
        choices=Status,
        field_name="current__status",
        method="filter_status",
    )
    check = django_filters.ChoiceFilter(
        label=gettext_lazy("Next check"),
        choices=[("overdue", gettext_lazy("overdue")), ("final", gettext_lazy("final assessment due"))],
        method="filter_check",
    )
    evidence = django_filters.ChoiceFilter(
        label=gettext_lazy("Evidence"), choices=[("none", gettext_lazy("none"))], method="filter_evidence"
    )
    municipality = MunicipalityFilter()
    hub = HubFilter()
    edition = EditionFilter()

    class Meta:
        model = Pledge
        fields = [
            "state",
            "status",
            "check",
            "evidence",
            "municipality",
            "hub",
            "edition",
            "testability",
            "kind",
            "promised_by",
        ]

    def filter_status(self, pledges: QuerySet, name: str, value: str) -> QuerySet:
        """By the projection; a published pledge without a row there is not assessed."""
        if value != Status.NOT_ASSESSED:
            return pledges.filter(current__status=value)
        assessed = PledgeStatus.objects.exclude(status=Status.NOT_ASSESSED)
        return pledges.filter(state=PledgeState.PUBLISHED).exclude(pk__in=assessed.values("pledge"))

    def filter_check(self, pledges: QuerySet, name: str, value: str) -> QuerySet:
        """What is overdue, or what the end of a mandate leaves to be assessed."""
        return final_due(pledges) if value == "final" else overdue(pledges)

    def filter_evidence(self, pledges: QuerySet, name: str, value: str) -> QuerySet:
        """Only what has none."""
        return without_evidence(pledges)


def status_words(pledge: Any) -> str:
    """The status in words; a pledge behind a gate says why it has none, one without assessment that it has none."""
    if pledge.state != PledgeState.PUBLISHED:
        return ""
    if pledge.gate:
        return str(Gate(pledge.gate).label)
    current = getattr(pledge, "current", None)
    return str(current.get_status_display() if current else Status.NOT_ASSESSED.label)


class PledgeIndexView(RecordIndexView):
    """The list of pledges with their status in words."""

    def get_base_queryset(self) -> QuerySet:
        queryset: QuerySet = super().get_base_queryset().with_gate()
        return queryset


class SubmitView(ActionView):
    """Hands a draft to a reviewer."""

    code = "submit"
    label = gettext_lazy("Send to review")
    question = gettext_lazy("Somebody else reads it and publishes it, or returns it.")
    done = gettext_lazy("Sent to review.")
    permission_required = "submit"

    @classmethod
    def offered(cls, record: Pledge, user: Any) -> bool:
        return record.state == PledgeState.DRAFT

    def perform(self, form: forms.Form) -> None:
        services.submit_for_review(self.object, self.request.user)


class ReturnView(ActionView):
    """Gives a pledge in review back to its author."""

    code = "return"
    label = gettext_lazy("Return to draft")
    question = gettext_lazy("The author can go on with it.")
    done = gettext_lazy("Returned to draft.")
    icon_name = "undo"
    permission_required = "publish"

    @classmethod
    def offered(cls, record: Pledge, user: Any) -> bool:
        return record.state == PledgeState.IN_REVIEW

    def perform(self, form: forms.Form) -> None:
        services.return_to_draft(self.object)


class PublishView(ActionView):
    """Publishes what others wrote and sent to review; the number is given here."""

    code = "publish"
    label = gettext_lazy("Publish")
    question = gettext_lazy(
        "The pledge gets its number, which it keeps for good. Quote, place and success criteria freeze."
    )
    done = gettext_lazy("Published.")
    icon_name = "view"
    permission_required = "publish"

    @classmethod
    def offered(cls, record: Pledge, user: Any) -> bool:
        is_own = record.submitted_by_id == user.pk or services.wrote(record, user)
        return record.state == PledgeState.IN_REVIEW and not is_own

    def perform(self, form: forms.Form) -> None:
        services.publish_pledge(self.object, self.request.user)


class WithdrawView(ActionView):
    """Takes a published pledge out of the lists, with a reason."""

    code = "withdraw"
    label = gettext_lazy("Withdraw")
    question = gettext_lazy("The pledge leaves the lists for good; its address goes on to answer with the reason.")
    done = gettext_lazy("Withdrawn.")
    icon_name = "cross"
    is_serious = True
    permission_required = "close"
    form_class = ReasonForm

    @classmethod
    def offered(cls, record: Pledge, user: Any) -> bool:
        return record.state == PledgeState.PUBLISHED

    def perform(self, form: forms.Form) -> None:
        services.withdraw_pledge(self.object, form.cleaned_data["reason"], self.request.user)


class MergeView(WithdrawView):
    """Closes a pledge that another one already says."""

    code = "merge"
    label = gettext_lazy("Merge")
    question = gettext_lazy("The pledge leaves the lists for good; its address leads to the other one.")
    done = gettext_lazy("Merged.")
    icon_name = "resubmit"
    form_class = MergeForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "pledge": self.object}

    def perform(self, form: forms.Form) -> None:
        services.merge_pledge(self.object, form.cleaned_data["into"], form.cleaned_data["reason"], self.request.user)


class PledgeCreateView(RecordCreateView):
    """A new pledge; `?programme=` says of which programme."""

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), **preset(self.request, Pledge, "programme")}


class _NextRecordsMixin:
    """Leads from a pledge to its evidence and assessments."""

    def _link(self, view: str, model: type[models.Model], label: str, icon_name: str) -> dict[str, Any] | None:
        name = model._meta.model_name
        action = "view" if view == "index" else "add"
        if not self.request.user.has_perm(f"pledges.{action}_{name}"):
            return None
        url = f"{reverse(f'{name}:{view}')}?pledge={quote(self.object.pk)}"
        return {"label": label, "url": url, "icon_name": icon_name, "priority": 40}

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        buttons = list(super().header_buttons)
        if self.object.state == PledgeState.PUBLISHED:
            links = (
                self._link("add", Assessment, _("New assessment"), "clipboard-list"),
                self._link("add", Evidence, _("New evidence"), "doc-full"),
            )
            buttons.extend(HeaderButton(**link) for link in links if link)
        return buttons

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        links = (
            self._link("index", Assessment, _("Assessments"), "list-ul"),
            self._link("index", Evidence, _("Evidence"), "list-ul"),
        )
        return [*super().header_more_buttons, *(Button(**link) for link in links if link)]


class PledgeEditView(_NextRecordsMixin, ActionsEditView):
    """The form of a pledge, with the steps of its life."""


class PledgeInspectView(_NextRecordsMixin, ActionsInspectView):
    """A pledge to read, with the steps of its life."""

    def get_authors_display_value(self) -> str:
        return ", ".join(str(author) for author in self.object.authors.all()) or "–"

    def get_texts_display_value(self) -> str:
        return "; ".join(f"{text.title} ({text.language})" for text in self.object.texts.all()) or "–"


class PledgeViewSet(ActionsViewSet):
    """Pledges."""

    model = Pledge
    icon = "list-ul"
    menu_order = 10
    panels = PLEDGE_PANELS
    form_class = PledgeForm
    index_view_class = PledgeIndexView
    add_view_class = PledgeCreateView
    edit_view_class = PledgeEditView
    inspect_view_class = PledgeInspectView
    action_view_classes = (SubmitView, PublishView, ReturnView, ConfirmUnchangedView, MergeView, WithdrawView)
    filterset_class = PledgeFilterSet
    search_fields = ("public_id", "quote", "texts__title", "programme__candidacy__person__name")
    list_select_related = ("municipality", "edition", "current")
    list_prefetch_related = ("texts",)
    list_display = [
        "title",
        Column(
            "public_id",
            label=gettext_lazy("Id"),
            accessor=lambda pledge: pledge.public_id or "",
            sort_key="public_id",
        ),
        choice_column("state", gettext_lazy("State")),
        Column("status", label=pgettext_lazy("of a pledge", "Status"), accessor=status_words),
        municipality_column(),
        edition_column(),
        DateColumn(
            "last_changed",
            label=gettext_lazy("Status changed"),
            accessor="current.last_changed",
            sort_key="current__last_changed",
        ),
        updated_column(),
    ]
    inspect_view_fields = [
        "public_id",
        "state",
        "programme",
        "quote",
        "page",
        "paragraph",
        "kind",
        "testability",
        "interpretation",
        "success_criteria",
        "due_date",
        "promised_by",
        "organisation",
        "topics",
        "authors",
        "submitted_by",
        "withdrawn_reason",
        "merged_into",
        "published_at",
    ]
