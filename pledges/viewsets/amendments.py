"""Admin of amendments: other words for what froze, written by one person and published by another."""

import hashlib
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column

from .. import services
from ..forms import AmendmentForm
from ..forms.desk import SeenForm
from ..models import Amendment
from ..panels import AMENDMENT_PANELS
from .actions import ActionsViewSet, ActionView
from .base import RecordCreateView
from .initial import preset
from .listing import (
    MunicipalityFilter,
    PledgeFilter,
    PublicityColumn,
    PublicityFilter,
    RecordFilterSet,
    choice_column,
    municipality_column,
    updated_column,
)


class AmendmentFilterSet(RecordFilterSet):
    """What an editor looks for among the amendments."""

    publicity = PublicityFilter()
    pledge = PledgeFilter()
    municipality = MunicipalityFilter("pledge__municipality")

    class Meta:
        model = Amendment
        fields = ["publicity", "part", "municipality", "pledge"]


class AmendmentCreateView(RecordCreateView):
    """A new draft of the signed-in user; `?pledge=` says for which pledge."""

    def get_initial_form_instance(self) -> Amendment:
        languages = dict(Amendment._meta.get_field("language").choices)
        active = translation.get_language() or ""
        language = active if active in languages else Amendment._meta.get_field("language").get_default()
        pledge = preset(self.request, Amendment, "pledge").get("pledge")
        return Amendment(author=self.request.user, pledge=pledge, language=language)


class PublishAmendmentView(ActionView):
    """The second reader publishes what somebody else wrote."""

    code = "publish"
    label = gettext_lazy("Publish")
    question = gettext_lazy("From now on readers see these words, and beside them those that stood there before.")
    done = gettext_lazy("Published.")
    icon_name = "view"
    permission_required = "approve"
    form_class = SeenForm

    @classmethod
    def offered(cls, record: Amendment, user: Any) -> bool:
        is_draft = record.published_at is None and not record.pledge.edition.is_archived
        return is_draft and record.author_id != user.pk

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "seen": self._digest()}

    def _digest(self) -> str:
        draft: Amendment = self.object
        words = (draft.pledge_id, draft.part, draft.after, draft.reason, draft.language)
        return hashlib.sha256(repr(words).encode()).hexdigest()

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        # The page shows again what is stored now.
        form.data = form.data.copy()
        form.data["seen"] = self._digest()
        return super().form_invalid(form)

    def perform(self, form: forms.Form) -> None:
        seen = form.cleaned_data["seen"]
        if seen and seen != self._digest():
            raise ValidationError(_("It was changed since you opened this page: read it again before you sign."))
        services.publish_amendment(self.object, self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        draft: Amendment = self.object
        services.amended([draft.pledge])
        before = getattr(draft.pledge, draft.part)
        words = [
            (_("Pledge"), str(draft.pledge), None),
            (_("What is amended"), draft.get_part_display(), None),
            (_("Reads now"), "" if before is None else before, draft.pledge.quote_language),
            (_("Reads from now on"), draft.after, draft.pledge.quote_language),
            (_("Reason"), draft.reason, draft.language),
        ]
        details = [{"label": label, "value": value or "–", "lang": lang} for label, value, lang in words]
        return super().get_context_data(details=details, **kwargs)


class AmendmentViewSet(ActionsViewSet):
    """Amendments."""

    model = Amendment
    icon = "edit"
    menu_order = 35
    panels = AMENDMENT_PANELS
    form_class = AmendmentForm
    add_view_class = AmendmentCreateView
    action_view_classes = (PublishAmendmentView,)
    filterset_class = AmendmentFilterSet
    search_fields = ("pledge__public_id", "after", "reason")
    list_select_related = ("pledge__municipality", "author")
    list_display = [
        "__str__",
        PublicityColumn(),
        choice_column("part", gettext_lazy("What is amended")),
        municipality_column("pledge.municipality"),
        Column("author", label=gettext_lazy("Author")),
        updated_column(),
    ]
    inspect_view_fields = [
        "pledge",
        "part",
        "before",
        "after",
        "reason",
        "author",
        "approver_name",
        "published_at",
    ]
