"""Admin of assessments: drafts of their author, published by somebody else, then only read and followed by new ones."""

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils import translation
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import Button, HeaderButton

from zaveza import clock

from ..enums import AssessmentKind, ReplyState, Stage
from ..forms import AssessmentForm
from ..models import Assessment, Pledge, Reply
from ..panels import ASSESSMENT_PANELS
from .actions import ActionsInspectView, ActionsViewSet
from .base import RecordCreateView, RecordIndexView
from .desk_actions import (
    ApproveAssessmentView,
    PublishAssessmentView,
    ReturnAssessmentView,
    SubmitAssessmentView,
    steps_of,
)
from .erasure import RedactView
from .initial import preset
from .listing import (
    EditionFilter,
    HubFilter,
    MunicipalityFilter,
    PledgeFilter,
    RecordFilterSet,
    choice_column,
    day_column,
    edition_column,
    municipality_column,
)

# What a correction, retraction or confirmation takes over from the assessment that it is about.
_TAKEN_OVER = (
    "status",
    "late",
    "reason",
    "inherited",
    "verification",
    "openness",
    "outlook",
    "outcome",
    "language",
)

_FOLLOWING_KINDS = (AssessmentKind.CONFIRMATION, AssessmentKind.CORRECTION, AssessmentKind.RETRACTION)


def awaiting_reader(assessments: QuerySet, user: Any) -> QuerySet:
    """With the second reader, and written by somebody else: the user may be that reader."""
    return assessments.filter(stage=Stage.SECOND_READER).exclude(author=user)


def ready_to_publish(assessments: QuerySet) -> QuerySet:
    """Approved, and nothing is awaited any more: the reply came or its day has passed."""
    awaited = Reply.objects.filter(assessment=OuterRef("pk"), state=ReplyState.INVITED, due_on__gte=clock.today())
    return assessments.filter(~Exists(awaited), stage=Stage.REPLY_WINDOW)


class AssessmentFilterSet(RecordFilterSet):
    """What an editor looks for: drafts, of which pledge and place, with which verdict."""

    stage = django_filters.ChoiceFilter(
        label=gettext_lazy("Stage"),
        choices=[
            *Stage.choices,
            ("awaiting", gettext_lazy("awaiting a second reader")),
            ("ready", gettext_lazy("ready to be published")),
        ],
        method="filter_stage",
    )
    pledge = PledgeFilter()
    municipality = MunicipalityFilter("pledge__municipality")
    hub = HubFilter("pledge__municipality")
    edition = EditionFilter("pledge__edition")

    class Meta:
        model = Assessment
        fields = ["stage", "status", "kind", "municipality", "hub", "edition", "pledge"]

    def filter_stage(self, assessments: QuerySet, name: str, value: str) -> QuerySet:
        """By the stage; what others wrote; what has nothing more to wait for."""
        if value == "awaiting":
            return awaiting_reader(assessments, self.request.user)
        return ready_to_publish(assessments) if value == "ready" else assessments.filter(stage=value)


def followers(assessment: Assessment, user: Any, button: type[Button] = Button) -> list[Button]:
    """Links to prefilled drafts that follow a published assessment."""
    if not assessment.published_at or not user.has_perm("pledges.add_assessment"):
        return []
    steps = (
        (AssessmentKind.CONFIRMATION, _("Confirm: checked, unchanged"), "check"),
        (AssessmentKind.CORRECTION, _("Correct"), "edit"),
        (AssessmentKind.RETRACTION, _("Retract"), "undo"),
    )
    buttons = []
    for number, (kind, label, icon_name) in enumerate(steps):
        query = QueryDict(mutable=True)
        query.update({"pledge": assessment.pledge_id, "kind": kind, "of": assessment.pk})
        url = f"{reverse('assessment:add')}?{query.urlencode()}"
        buttons.append(button(label, url=url, icon_name=icon_name, priority=50 + number))
    return buttons


class AssessmentIndexView(RecordIndexView):
    """The list of assessments; published ones offer what may follow them."""

    def get_list_more_buttons(self, instance: Assessment) -> list[Any]:
        return [*super().get_list_more_buttons(instance), *followers(instance, self.request.user)]


class AssessmentCreateView(RecordCreateView):
    """A new draft of the signed-in user.

    `?pledge=` says of what, `?kind=` and `?of=` that it confirms, corrects or retracts an assessment of that pledge.
    """

    def get_initial_form_instance(self) -> Assessment:
        pledge = preset(self.request, Assessment, "pledge").get("pledge")
        draft = Assessment(author=self.request.user, pledge=pledge, language=self._language())
        if pledge:
            draft.methodology_version = pledge.edition.methodology_version
            self._fill(draft, pledge)
        return draft

    def get_initial(self) -> dict[str, Any]:
        initial = dict(super().get_initial())
        followed = self._followed()
        if followed:
            initial["evidence"] = list(followed.evidence.all())
        return initial

    def _fill(self, draft: Assessment, pledge: Pledge) -> None:
        """The sensible kind, and what the assessment that it follows says."""
        followed = self._followed()
        if followed is None:
            standing = pledge.assessments.public().exists()
            draft.kind = AssessmentKind.CHANGE if standing else AssessmentKind.INITIAL
            draft.inherited = pledge.carried_over_from_id is not None
            return
        for name in _TAKEN_OVER:
            setattr(draft, name, getattr(followed, name))
        draft.kind = AssessmentKind(self.request.GET["kind"])
        if draft.kind == AssessmentKind.CONFIRMATION:
            draft.effective_date = clock.today()
            with translation.override(draft.language):
                draft.summary = _("Checked: nothing has changed.")
        else:
            draft.supersedes, draft.effective_date = followed, followed.effective_date
        if draft.kind == AssessmentKind.CORRECTION:
            draft.summary, draft.reasoning = followed.summary, followed.reasoning

    def _followed(self) -> Assessment | None:
        pledge, key = preset(self.request, Assessment, "pledge").get("pledge"), self.request.GET.get("of", "")
        if pledge is None or self.request.GET.get("kind") not in _FOLLOWING_KINDS:
            return None
        if not (key.isascii() and key.isdigit() and len(key) < 19):
            return None
        found: Assessment | None = pledge.assessments.public().filter(pk=key).first()
        return found

    @staticmethod
    def _language() -> str:
        languages = dict(Assessment._meta.get_field("language").choices)
        active = translation.get_language() or ""
        return active if active in languages else Assessment._meta.get_field("language").get_default()


class AssessmentInspectView(ActionsInspectView):
    """An assessment to read, with its evidence, and what may be done next."""

    @cached_property
    def header_buttons(self) -> list[Button]:
        return [*super().header_buttons, *followers(self.object, self.request.user, HeaderButton)]

    def get_fields_context(self) -> list[dict[str, Any]]:
        return [*super().get_fields_context(), {"label": _("On the desk"), "value": steps_of(self.object) or "–"}]


class AssessmentViewSet(ActionsViewSet):
    """Assessments."""

    model = Assessment
    icon = "clipboard-list"
    menu_order = 20
    panels = ASSESSMENT_PANELS
    form_class = AssessmentForm
    index_view_class = AssessmentIndexView
    add_view_class = AssessmentCreateView
    inspect_view_class = AssessmentInspectView
    action_view_classes = (
        SubmitAssessmentView,
        ApproveAssessmentView,
        PublishAssessmentView,
        ReturnAssessmentView,
        RedactView,
    )
    filterset_class = AssessmentFilterSet
    search_fields = ("pledge__public_id", "summary", "pledge__quote", "pledge__texts__title")
    list_select_related = ("pledge__municipality", "pledge__edition", "author")
    list_display = [
        "__str__",
        choice_column("stage", gettext_lazy("Stage")),
        choice_column("kind", gettext_lazy("Kind")),
        choice_column("status", pgettext_lazy("of a pledge", "Status")),
        day_column("effective_date", gettext_lazy("Effective date")),
        municipality_column("pledge.municipality"),
        edition_column("pledge.edition"),
        Column("author", label=gettext_lazy("Author")),
    ]
    inspect_view_fields = [
        "pledge",
        "stage",
        "kind",
        "supersedes",
        "status",
        "late",
        "reason",
        "inherited",
        "verification",
        "openness",
        "outlook",
        "outcome",
        "effective_date",
        "summary",
        "reasoning",
        "evidence",
        "language",
        "methodology_version",
        "author",
        "published_at",
        "approver_name",
        "author_interest",
        "approver_interest",
        "window_skipped",
        "sequence",
    ]
