"""Admin of replies and corrections."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column

from zaveza import clock

from .. import services
from ..enums import ReplyState
from ..forms import CorrectionForm, ReplyForm
from ..models import Correction, Reply
from ..panels import CORRECTION_PANELS, REPLY_PANELS
from .actions import ActionsViewSet, PublishRecordView
from .erasure import RedactView
from .listing import (
    HubFilter,
    MunicipalityFilter,
    PublicityColumn,
    PublicityFilter,
    RecordFilterSet,
    choice_column,
    day_column,
    municipality_column,
    updated_column,
)


def unanswered(replies: QuerySet) -> QuerySet:
    """Invitations whose date has passed without anybody noting an answer or that there is none."""
    return replies.filter(state=ReplyState.INVITED, due_on__lt=clock.today())


def awaited(replies: QuerySet) -> QuerySet:
    """Invitations whose date has not passed yet."""
    return replies.filter(state=ReplyState.INVITED, due_on__gte=clock.today())


class ReplyFilterSet(RecordFilterSet):
    """What an editor looks for among the replies."""

    publicity = PublicityFilter()
    waiting = django_filters.ChoiceFilter(
        label=_("Waiting"),
        choices=[("open", _("within the date")), ("overdue", _("past the date"))],
        method="filter_waiting",
    )
    municipality = MunicipalityFilter("pledge__municipality")
    hub = HubFilter("pledge__municipality")

    class Meta:
        model = Reply
        fields = ["publicity", "state", "waiting", "municipality", "hub", "language"]

    def filter_waiting(self, replies: QuerySet, name: str, value: str) -> QuerySet:
        """Only what is awaited still, or past its date."""
        return awaited(replies) if value == "open" else unanswered(replies)


class PublishReplyView(PublishRecordView):
    """Makes public that somebody was asked, then what came of it."""

    question = _("From now on everybody can read this. Once there is an answer, or none by the date, it is frozen.")

    @classmethod
    def offered(cls, record: Reply, user: Any) -> bool:
        if record.assessment and record.assessment.published_at is None:
            return False
        answered = record.state != ReplyState.INVITED
        return record.published_at is None or (answered and record.concluded_at is None)

    def perform(self, form: forms.Form) -> None:
        services.publish_reply(self.object)


class ReplyViewSet(ActionsViewSet):
    """Replies."""

    action_view_classes = (PublishReplyView, RedactView)

    model = Reply
    icon = "comment"
    menu_order = 100
    panels = REPLY_PANELS
    form_class = ReplyForm
    filterset_class = ReplyFilterSet
    search_fields = ("pledge__public_id", "text")
    list_select_related = ("pledge__municipality",)
    list_display = [
        "__str__",
        PublicityColumn(),
        choice_column("state", _("Answer")),
        day_column("due_on", _("Due on")),
        municipality_column("pledge.municipality"),
        updated_column(),
    ]


class CorrectionFilterSet(RecordFilterSet):
    """What an editor looks for among the corrections."""

    publicity = PublicityFilter()
    municipality = MunicipalityFilter("pledge__municipality")

    class Meta:
        model = Correction
        fields = ["publicity", "severity", "requested_by", "municipality"]


class PublishCorrectionView(PublishRecordView):
    """Puts a correction into the public log."""

    question = _("From now on everybody can read this. What was published is neither changed nor deleted.")

    def perform(self, form: forms.Form) -> None:
        services.publish_correction(self.object)


class CorrectionViewSet(ActionsViewSet):
    """Corrections."""

    action_view_classes = (PublishCorrectionView, RedactView)

    model = Correction
    icon = "edit"
    menu_order = 110
    panels = CORRECTION_PANELS
    form_class = CorrectionForm
    filterset_class = CorrectionFilterSet
    search_fields = ("wrong", "right", "pledge__public_id")
    list_select_related = ("pledge",)
    list_display = [
        "__str__",
        PublicityColumn(),
        choice_column("severity", _("Severity")),
        Column(
            "pledge",
            label=_("Pledge"),
            accessor=lambda correction: correction.pledge.public_id or "" if correction.pledge else "",
            sort_key="pledge__public_id",
        ),
        updated_column(),
    ]
