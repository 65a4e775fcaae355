"""Admin of assessments: drafts of their author, published by somebody else, then only read and followed by new ones."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils import translation
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import Button, HeaderButton

from zaveza import clock

from .. import services
from ..enums import AssessmentKind
from ..forms import AssessmentForm
from ..models import Assessment, Pledge
from ..panels import ASSESSMENT_PANELS
from .actions import ActionsInspectView, ActionsViewSet, ActionView
from .base import RecordCreateView, RecordIndexView
from .erasure import RedactView
from .initial import preset
from .listing import (
    EditionFilter,
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
    """Drafts that somebody else wrote: the user may be their second reader."""
    return assessments.filter(published_at__isnull=True).exclude(author=user)


class AssessmentFilterSet(RecordFilterSet):
    """What an editor looks for: drafts, of which pledge and place, with which verdict."""

    stage = django_filters.ChoiceFilter(
        label=gettext_lazy("State"),
        choices=[
            ("draft", gettext_lazy("draft")),
            ("awaiting", gettext_lazy("awaiting a second reader")),
            ("published", gettext_lazy("published")),
        ],
        method="filter_stage",
    )
    pledge = PledgeFilter()
    municipality = MunicipalityFilter("pledge__municipality")
    edition = EditionFilter("pledge__edition")

    class Meta:
        model = Assessment
        fields = ["stage", "status", "kind", "municipality", "edition", "pledge"]

    def filter_stage(self, assessments: QuerySet, name: str, value: str) -> QuerySet:
        """Drafts, others' drafts, or what is public."""
        if value == "awaiting":
            return awaiting_reader(assessments, self.request.user)
        return assessments.filter(published_at__isnull=value == "draft")


def _stage_words(assessment: Assessment) -> Any:
    return _("published") if assessment.published_at else _("draft")


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


class PublishAssessmentView(ActionView):
    """The second reader publishes what somebody else wrote."""

    code = "publish"
    label = gettext_lazy("Publish")
    question = gettext_lazy("You sign this assessment as its second reader. Once published it is never changed.")
    done = gettext_lazy("Published.")
    icon_name = "view"
    permission_required = "approve"

    @classmethod
    def offered(cls, record: Assessment, user: Any) -> bool:
        return record.published_at is None and record.author_id != user.pk

    def perform(self, form: forms.Form) -> None:
        services.publish_assessment(self.object, self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        draft: Assessment = self.object
        words = [
            (_("Pledge"), str(draft.pledge), None),
            (_("Kind"), draft.get_kind_display(), None),
            (pgettext("of a pledge", "Status"), draft.get_status_display(), None),
            (_("Author"), str(draft.author), None),
            (_("Summary"), draft.summary, draft.language),
            (_("Reasoning"), draft.reasoning, draft.language),
            (_("Evidence"), "\n".join(str(item) for item in draft.evidence.all()), None),
        ]
        details = [{"label": label, "value": value or "–", "lang": lang} for label, value, lang in words]
        return super().get_context_data(details=details, **kwargs)


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
    action_view_classes = (PublishAssessmentView, RedactView)
    filterset_class = AssessmentFilterSet
    search_fields = ("pledge__public_id", "summary", "pledge__quote", "pledge__texts__title")
    list_select_related = ("pledge__municipality", "pledge__edition", "author")
    list_display = [
        "__str__",
        Column("stage", label=gettext_lazy("State"), accessor=_stage_words, sort_key="published_at"),
        choice_column("kind", gettext_lazy("Kind")),
        choice_column("status", pgettext_lazy("of a pledge", "Status")),
        day_column("effective_date", gettext_lazy("Effective date")),
        municipality_column("pledge.municipality"),
        edition_column("pledge.edition"),
        Column("author", label=gettext_lazy("Author")),
    ]
    inspect_view_fields = [
        "pledge",
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
        "sequence",
    ]
