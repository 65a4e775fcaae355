"""Admin of evidence: the source, its stored copy, and whether its address still works."""

from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column

from .. import services
from ..enums import CopyState, LinkState
from ..forms import EvidenceForm
from ..models import AssessmentEvidence, Evidence, EvidenceState
from ..panels import EVIDENCE_PANELS
from .actions import ActionsInspectView, ActionsViewSet, ActionView
from .base import RecordCreateView, RecordIndexView
from .erasure import LegalView, RedactView
from .files import WithFileMixin
from .initial import preset
from .listing import (
    EditionFilter,
    HubFilter,
    MunicipalityFilter,
    PledgeFilter,
    RecordFilterSet,
    choice_column,
    day_column,
    municipality_column,
)


def broken_links(evidence: QuerySet) -> QuerySet:
    """Sources whose address no longer works."""
    return evidence.filter(state__link=LinkState.BROKEN)


class EvidenceFilterSet(RecordFilterSet):
    """What an editor looks for among the evidence."""

    link = django_filters.ChoiceFilter(label=gettext_lazy("Link"), choices=LinkState.choices, method="filter_link")
    copy = django_filters.ChoiceFilter(
        label=gettext_lazy("Copy"),
        choices=[
            ("stored", gettext_lazy("stored")),
            ("missing", gettext_lazy("missing")),
            ("failed", gettext_lazy("could not be fetched")),
        ],
        method="filter_copy",
    )
    pledge = PledgeFilter()
    municipality = MunicipalityFilter("pledge__municipality")
    hub = HubFilter("pledge__municipality")
    edition = EditionFilter("pledge__edition")

    class Meta:
        model = Evidence
        fields = ["kind", "direction", "link", "copy", "municipality", "hub", "edition", "pledge"]

    def filter_link(self, evidence: QuerySet, name: str, value: str) -> QuerySet:
        """By what the checks amount to; without a check there is no state yet."""
        if value == LinkState.UNCHECKED:
            return evidence.exclude(url="").filter(Q(state__isnull=True) | Q(state__link=value))
        return evidence.filter(state__link=value)

    def filter_copy(self, evidence: QuerySet, name: str, value: str) -> QuerySet:
        """With or without a stored copy."""
        if value == CopyState.FAILED:
            return evidence.filter(state__copy=value, stored_copy="")
        return evidence.exclude(stored_copy="") if value == "stored" else evidence.filter(stored_copy="")


class EvidenceIndexView(RecordIndexView):
    """The list of evidence; what a published assessment cites is only to read."""

    def get_base_queryset(self) -> QuerySet:
        citing = AssessmentEvidence.objects.filter(evidence=OuterRef("pk"), assessment__published_at__isnull=False)
        queryset: QuerySet = super().get_base_queryset().annotate(cited=Exists(citing))
        return queryset


class EvidenceCreateView(RecordCreateView):
    """New evidence; `?pledge=` says for which pledge."""

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), **preset(self.request, Evidence, "pledge")}


def _state(evidence: Evidence) -> EvidenceState:
    return getattr(evidence, "state", None) or EvidenceState(evidence=evidence)


class EvidenceInspectView(ActionsInspectView):
    """A source to read, with its hash and what the checks of its address found."""

    def get_fields_context(self) -> list[dict[str, Any]]:
        state, evidence = _state(self.object), self.object
        last = evidence.link_checks.first()
        copy = _("%(day)s, SHA-256 %(hash)s")
        copied = {"day": _moment(evidence.copied_at), "hash": evidence.sha256}
        further = [
            (_("Copy stored"), copy % copied if evidence.sha256 else ""),
            (_("Fetching"), " – ".join(filter(None, [state.get_copy_display(), state.copy_problem]))),
            (_("Link"), state.get_link_display() if evidence.url else ""),
            (_("Link last worked"), _moment(state.worked_at)),
            (_("Last check"), f"{_moment(last.checked_at)}: {_what(last)}" if last else ""),
        ]
        fields: list[dict[str, Any]] = super().get_fields_context()
        return [*fields, *({"label": label, "value": value or "–"} for label, value in further)]


def _moment(moment: Any) -> str:
    return formats.date_format(moment, "SHORT_DATETIME_FORMAT") if moment else "–"


def _what(check: Any) -> str:
    found = [check.get_result_display(), str(check.status or ""), check.problem]
    return ", ".join(part for part in found if part)


class FetchCopyView(ActionView):
    """Has a copy of the source fetched from its address."""

    code = "fetch_copy"
    label = gettext_lazy("Fetch a copy")
    question = gettext_lazy("The file behind the address is stored here with its hash. Readers do not see it.")
    done = gettext_lazy("The copy is being fetched.")
    icon_name = "download"
    permission_required = "change"

    @classmethod
    def offered(cls, record: Evidence, user: Any) -> bool:
        return bool(record.url) and not record.stored_copy

    def perform(self, form: forms.Form) -> None:
        services.ask_for_copy(self.object)
        state = EvidenceState.objects.filter(evidence=self.object).first()
        # Where tasks run at once the outcome is known already.
        if state and state.copy == CopyState.FAILED:
            raise ValidationError(state.copy_problem)


class CheckLinkView(ActionView):
    """Looks at once whether the address works."""

    code = "check_link"
    label = gettext_lazy("Check the link")
    question = gettext_lazy("The address is asked now, as it is from time to time anyway.")
    done = gettext_lazy("Checked.")
    icon_name = "link"
    permission_required = "change"

    @classmethod
    def offered(cls, record: Evidence, user: Any) -> bool:
        return bool(record.url)

    def perform(self, form: forms.Form) -> None:
        messages.info(self.request, _what(services.check_link(self.object)))


class ShowCopyView(ActionView):
    """Lets readers open the stored copy."""

    code = "show_copy"
    label = gettext_lazy("Let readers open the copy")
    question = gettext_lazy("Only where its licence or the law allows it. Everybody can then save the copy.")
    done = gettext_lazy("Readers can open the copy.")
    icon_name = "view"
    permission_required = "change"

    @classmethod
    def offered(cls, record: Evidence, user: Any) -> bool:
        return bool(record.stored_copy) and not record.copy_is_public

    def perform(self, form: forms.Form) -> None:
        services.show_copy(self.object, is_public=True)


class HideCopyView(ActionView):
    """Takes the stored copy back from readers; it is kept."""

    code = "hide_copy"
    label = gettext_lazy("Hide the copy from readers")
    question = gettext_lazy("The copy is kept, and its hash stays public.")
    done = gettext_lazy("Readers can no longer open the copy.")
    icon_name = "lock"
    permission_required = "change"

    @classmethod
    def offered(cls, record: Evidence, user: Any) -> bool:
        return bool(record.stored_copy) and record.copy_is_public

    def perform(self, form: forms.Form) -> None:
        services.show_copy(self.object, is_public=False)


class DropCopyView(LegalView):
    """Removes the stored copy, as the rights of others may demand."""

    code = "drop_copy"
    label = gettext_lazy("Remove the copy")
    question = gettext_lazy("The file is gone for good; its hash stays public.")
    done = gettext_lazy("The copy is removed.")
    logs_itself = False

    @classmethod
    def offered(cls, record: Evidence, user: Any) -> bool:
        return bool(record.stored_copy) and user.has_perm("pledges.erase_personal_data")

    def perform(self, form: forms.Form) -> None:
        services.drop_copy(self.object)


class EvidenceViewSet(WithFileMixin, ActionsViewSet):
    """Evidence."""

    model = Evidence
    icon = "doc-full"
    menu_order = 30
    panels = EVIDENCE_PANELS
    form_class = EvidenceForm
    file_field = "stored_copy"
    index_view_class = EvidenceIndexView
    add_view_class = EvidenceCreateView
    inspect_view_class = EvidenceInspectView
    action_view_classes = (FetchCopyView, CheckLinkView, ShowCopyView, HideCopyView, DropCopyView, RedactView)
    filterset_class = EvidenceFilterSet
    search_fields = ("title", "publisher", "excerpt", "url", "pledge__public_id")
    list_select_related = ("pledge__municipality", "pledge__edition", "state")
    list_display = [
        "title",
        Column("pledge", label=gettext_lazy("Pledge"), accessor="pledge.public_id", sort_key="pledge__public_id"),
        choice_column("kind", gettext_lazy("Kind")),
        choice_column("direction", gettext_lazy("Direction")),
        Column(
            "cited",
            label=gettext_lazy("Cited"),
            accessor=lambda evidence: _("by a published assessment") if evidence.cited else "",
        ),
        Column(
            "link",
            label=gettext_lazy("Link"),
            accessor=lambda evidence: _state(evidence).get_link_display() if evidence.url else "",
            sort_key="state__link",
        ),
        municipality_column("pledge.municipality"),
        day_column("published_on", gettext_lazy("Published on")),
    ]
