"""The steps of an assessment over the desk, each a page that asks and a POST that does."""

import datetime as dt
from pathlib import PurePath
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import formats
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zaveza import clock

from .. import services
from ..enums import AssessmentKind, PledgeState, ReplyState, Stage
from ..forms.desk import ApprovalForm, CommentForm, InterestForm
from ..models import Assessment, Pledge
from ..permissions import APPROVAL_PERMISSION
from ..services.approvals import SEALED, SEALED_OF_SOURCE
from .actions import ActionView

_ON_THE_DESK = (Stage.SECOND_READER, Stage.REPLY_WINDOW)


def details_of(assessment: Assessment) -> list[dict[str, Any]]:
    """What one reads before the next step: all that is sealed, further declarations, replies and the way so far.

    The sources are `sources_of`.
    """
    words = [
        (_("Stage"), assessment.get_stage_display(), None),
        *((_label(assessment, name), *_shown(assessment, name)) for name in SEALED),
    ]
    further = [name for name in ("approver_id", "approver_interest", "window_skipped") if getattr(assessment, name)]
    words += [(_label(assessment, name), *_shown(assessment, name)) for name in further]
    for reply in assessment.replies.all():
        due = formats.date_format(reply.due_on, "SHORT_DATE_FORMAT")
        words.append((_("Reply (%(due)s)") % {"due": due}, reply.text or reply.get_state_display(), reply.language))
    words.append((_("On the desk"), steps_of(assessment), None))
    return [{"label": label, "value": value or "–", "lang": lang} for label, value, lang in words]


def sources_of(assessment: Assessment) -> list[dict[str, Any]]:
    """The evidence with all that is sealed of it: addresses and stored copies to be opened, and the copies' hashes."""
    sources = []
    for citation in assessment.citations.select_related("evidence").order_by("pk"):
        evidence = citation.evidence
        facts = [name for name in SEALED_OF_SOURCE if name not in ("title", "url", "sha256")]
        rows = [(_label(evidence, name), *_shown(evidence, name)) for name in facts]
        sources.append(
            {
                "evidence": evidence,
                "facts": [{"label": label, "value": value or "–", "lang": lang} for label, value, lang in rows],
                "copy_name": PurePath(evidence.stored_copy.name).name if evidence.stored_copy else "",
            }
        )
    return sources


def _label(record: Any, name: str) -> str:
    return capfirst(str(record._meta.get_field(name.removesuffix("_id")).verbose_name))


def _shown(record: Any, name: str) -> tuple[str, str | None]:
    """What a field holds in words, and the language of words that people wrote."""
    field = record._meta.get_field(name.removesuffix("_id"))
    value = getattr(record, field.name)
    if field.choices:
        return str(getattr(record, f"get_{name}_display")()), None
    if isinstance(value, bool):
        return _("yes") if value else _("no"), None
    if isinstance(value, dt.date):
        return formats.date_format(value, "SHORT_DATE_FORMAT"), None
    is_written = isinstance(field, models.TextField) and bool(value)
    return "" if value is None else str(value), record.language if is_written else None


def steps_of(assessment: Assessment) -> str:
    """The way so far, a line for each step."""
    lines = []
    for step in assessment.steps.select_related("by"):
        parts = [
            formats.date_format(step.at.astimezone(clock.SITE_ZONE), "SHORT_DATETIME_FORMAT"),
            step.get_kind_display(),
            *([str(step.by)] if step.by else []),
            *([step.comment] if step.comment else []),
        ]
        lines.append(" · ".join(parts))
    return "\n".join(lines)


def is_ready(assessment: Assessment) -> bool:
    """Whether nothing is awaited any more before an approved assessment is published."""
    if assessment.stage != Stage.REPLY_WINDOW:
        return False
    awaited = assessment.replies.filter(state=ReplyState.INVITED, due_on__gte=clock.today())
    return not awaited.exists()


class DeskActionView(ActionView):
    """A step that only whom it is offered to may take, whatever address they type."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        record = self.model._default_manager.filter(pk=kwargs["pk"]).first()
        if record and not self.allowed(record, request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @classmethod
    def allowed(cls, record: Any, user: Any) -> bool:
        """Whether this user may take the step at all, whatever the stage; the stages are the services'."""
        return True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(details=details_of(self.object), sources=sources_of(self.object), **kwargs)


class SubmitAssessmentView(DeskActionView):
    """The author hands the draft over."""

    code = "submit"
    label = gettext_lazy("Give to a second reader")
    question = gettext_lazy("Somebody else reads it, then approves it or returns it with a comment.")
    done = gettext_lazy("Given to a second reader.")
    icon_name = "resubmit"
    permission_required = "change"
    form_class = InterestForm

    @classmethod
    def offered(cls, record: Assessment, user: Any) -> bool:
        return record.stage == Stage.DRAFT and record.author_id == user.pk

    def perform(self, form: forms.Form) -> None:
        services.submit_assessment(self.object, self.request.user, interest=form.cleaned_data["interest"])


class ApproveAssessmentView(DeskActionView):
    """The second reader signs."""

    code = "approve"
    label = gettext_lazy("Approve")
    question = gettext_lazy("You sign this assessment as its second reader. Once published it is never changed.")
    done = gettext_lazy("Approved.")
    icon_name = "check"
    permission_required = "approve"
    form_class = ApprovalForm

    @classmethod
    def offered(cls, record: Assessment, user: Any) -> bool:
        return record.stage == Stage.SECOND_READER and record.author_id != user.pk

    def get_form_kwargs(self) -> dict[str, Any]:
        return {
            **super().get_form_kwargs(),
            "asks": self.object.kind != AssessmentKind.CONFIRMATION,
            "initial": {"seen": services.digest_of(self.object)},
        }

    def perform(self, form: forms.Form) -> None:
        services.approve_assessment(
            self.object,
            self.request.user,
            interest=form.cleaned_data["interest"],
            skip_window=form.cleaned_data.get("skip_reason", ""),
            seen=form.cleaned_data["seen"],
        )

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        # The page shows again what is stored now.
        form.data = form.data.copy()
        form.data["seen"] = services.digest_of(self.object)
        return super().form_invalid(form)


class ReturnAssessmentView(DeskActionView):
    """Back to the author with a comment, by a second reader or by the author."""

    code = "return"
    label = gettext_lazy("Return to the author")
    question = gettext_lazy("The author can change it. Whoever was asked for a reply is told that none is needed.")
    done = gettext_lazy("Returned to the author.")
    icon_name = "undo"
    permission_required = "view"
    form_class = CommentForm

    @classmethod
    def allowed(cls, record: Assessment, user: Any) -> bool:
        return record.author_id == user.pk or user.has_perm(APPROVAL_PERMISSION)

    @classmethod
    def offered(cls, record: Assessment, user: Any) -> bool:
        return record.stage in _ON_THE_DESK and cls.allowed(record, user)

    def perform(self, form: forms.Form) -> None:
        services.return_assessment(self.object, self.request.user, form.cleaned_data["comment"])


class PublishAssessmentView(DeskActionView):
    """Publishes what was approved, once the reply window is over or answered."""

    code = "publish"
    label = gettext_lazy("Publish")
    question = gettext_lazy("The assessment is published as it was approved, with the reply. It is never changed.")
    done = gettext_lazy("Published.")
    icon_name = "view"
    permission_required = "approve"

    @classmethod
    def offered(cls, record: Assessment, user: Any) -> bool:
        return is_ready(record)

    def perform(self, form: forms.Form) -> None:
        services.release_assessment(self.object, self.request.user)


class ConfirmUnchangedView(DeskActionView):
    """On a pledge: checked today, nothing changed; the confirmation goes to a second reader at once."""

    code = "confirm"
    label = gettext_lazy("Checked, unchanged")
    question = gettext_lazy("A confirmation of what stands goes to a second reader, dated today.")
    done = gettext_lazy("The confirmation is with a second reader.")
    icon_name = "check"
    permission_required = "view"
    form_class = InterestForm

    @classmethod
    def allowed(cls, record: Pledge, user: Any) -> bool:
        return user.has_perm("pledges.add_assessment")

    @classmethod
    def offered(cls, record: Pledge, user: Any) -> bool:
        current = getattr(record, "current", None)
        return (
            record.state == PledgeState.PUBLISHED
            and current is not None
            and current.assessment_id is not None
            and cls.allowed(record, user)
        )

    def perform(self, form: forms.Form) -> None:
        services.confirm_unchanged(self.object, self.request.user, interest=form.cleaned_data["interest"])

    def get_success_url(self) -> str:
        return reverse(self.inspect_url_name, args=(self.object.pk,))

    def form_valid(self, form: forms.Form) -> HttpResponse:
        response = super().form_valid(form)
        # Back to the desk, where the button was pressed.
        desk = reverse("pledges_desk")
        if response.status_code == 302 and self.request.POST.get("next") == desk:
            response["Location"] = desk
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        current = self.object.current.assessment if getattr(self.object, "current", None) else None
        shown = {"details": details_of(current), "sources": sources_of(current)} if current else {}
        return super(DeskActionView, self).get_context_data(**shown, **kwargs)
