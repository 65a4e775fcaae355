"""The extraction desk: the list of programmes, the text with one's own marks, and the settlement of two extractions."""

from typing import Any

import django_filters
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.base import ViewSet

from ..enums import ExtractionState
from ..models import Extraction, Programme
from .base import RecordIndexView
from .extraction_desk import (
    DeskView,
    FinishView,
    MarkAddView,
    MarkDeleteView,
    MarkEditView,
    ReadTextView,
    ReopenView,
    StartView,
)
from .extraction_settlement import AgreedView, CloseView, SettlementView
from .listing import EditionFilter, MunicipalityFilter, RecordFilterSet, edition_column, municipality_column

MINE = [
    ("mine", gettext_lazy("which I extract")),
    ("free", gettext_lazy("where somebody is missing")),
    ("settle", gettext_lazy("to settle")),
    ("settled", gettext_lazy("settled")),
]


def to_settle(programmes: QuerySet, user: Any) -> QuerySet:
    """Programmes that two people have finished and that this user may settle."""
    own = Extraction.objects.filter(programme=OuterRef("pk"), extractor=user.pk)
    return programmes.filter(agreement__isnull=False, agreement__published_at__isnull=True).exclude(Exists(own))


class ExtractionFilterSet(RecordFilterSet):
    """What somebody looks for at the desk."""

    stage = django_filters.ChoiceFilter(label=gettext_lazy("Extraction"), choices=MINE, method="filter_stage")
    municipality = MunicipalityFilter("candidacy__municipality")
    edition = EditionFilter("candidacy__edition")

    class Meta:
        model = Programme
        fields = ["stage", "municipality", "edition"]

    def filter_stage(self, programmes: QuerySet, name: str, value: str) -> QuerySet:
        """One of `MINE`."""
        user = self.request.user
        if value == "mine":
            return programmes.filter(extractions__extractor=user.pk)
        if value == "free":
            places = Extraction.objects.filter(programme=OuterRef("pk")).order_by().values("programme")
            full = places.annotate(count=Count("pk")).filter(count=2)
            # An agreement without two extractions came with an import: nobody extracts anew.
            return programmes.exclude(Exists(full)).filter(read_text__isnull=False, agreement__isnull=True)
        if value == "settle":
            return to_settle(programmes, user)
        return programmes.filter(agreement__published_at__isnull=False)


class ExtractionIndexView(RecordIndexView):
    """Programmes with how far their extraction is: never what somebody marked."""

    page_title = gettext_lazy("Extraction desk")
    list_select_related = (
        "candidacy__person",
        "candidacy__municipality",
        "candidacy__edition",
        "agreement",
    )

    def get_base_queryset(self) -> QuerySet:
        """With the numbers of extractions begun and finished, and the own one."""
        own = Extraction.objects.filter(programme=OuterRef("pk"), extractor=self.request.user.pk)
        finished = Q(extractions__state=ExtractionState.FINISHED)
        queryset: QuerySet = super().get_base_queryset()
        return queryset.defer("text").annotate(
            begun=Count("extractions"),
            finished=Count("extractions", filter=finished),
            own_begun=Exists(own),
            own_finished=Exists(own.filter(state=ExtractionState.FINISHED)),
        )

    def get_edit_url(self, instance: Any) -> str:
        return self.get_inspect_url(instance)

    def get_list_more_buttons(self, instance: Any) -> list[Any]:
        return []


def own_stage(programme: Any) -> str:
    """How far the signed-in user is."""
    if not programme.own_begun:
        return ""
    return str((ExtractionState.FINISHED if programme.own_finished else ExtractionState.DRAFT).label)


def common_stage(programme: Any) -> str:
    """How far both people and the settlement are."""
    agreement = getattr(programme, "agreement", None)
    if agreement is not None:
        return _("settled") if agreement.published_at else _("to settle")
    if not programme.begun:
        return ""
    return _("%(finished)s of 2 finished") % {"finished": programme.finished}


class ExtractionMenuItem(MenuItem):
    """Shown to those who may look at extractions."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm("pledges.view_extraction")


class ExtractionViewSet(ViewSet):
    """Extractions have no lists and forms of their own: everything happens at the desk of a programme."""

    name = "extraction"
    model = Extraction
    icon = "cut"
    menu_label = gettext_lazy("Extraction desk")
    menu_order = 35
    menu_item_class = ExtractionMenuItem

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_common_view_kwargs(header_icon=self.icon, **kwargs)

    def _index(self, **kwargs: Any) -> Any:
        return self.construct_view(
            ExtractionIndexView,
            model=Programme,
            index_url_name=self.get_url_name("index"),
            index_results_url_name=self.get_url_name("index_results"),
            inspect_url_name=self.get_url_name("desk"),
            filterset_class=ExtractionFilterSet,
            search_fields=("public_id", "candidacy__person__name"),
            search_backend_name=None,
            paginate_by=20,
            list_display=[
                "__str__",
                Column("own", label=gettext_lazy("My extraction"), accessor=own_stage),
                Column("common", label=gettext_lazy("Both"), accessor=common_stage),
                municipality_column("candidacy.municipality"),
                edition_column("candidacy.edition"),
            ],
            **kwargs,
        )

    def get_urlpatterns(self) -> list[Any]:
        steps = {
            "start": StartView,
            "finish": FinishView,
            "reopen": ReopenView,
            "read": ReadTextView,
            "mark": MarkAddView,
            "settlement": SettlementView,
            "agreed": AgreedView,
            "close": CloseView,
        }
        return [
            path("", self._index(), name="index"),
            path("results/", self._index(results_only=True), name="index_results"),
            path("<int:pk>/", self.construct_view(DeskView), name="desk"),
            *(path(f"<int:pk>/{name}/", self.construct_view(view), name=name) for name, view in steps.items()),
            path("<int:pk>/mark/<int:mark>/", self.construct_view(MarkEditView), name="mark_edit"),
            path("<int:pk>/mark/<int:mark>/delete/", self.construct_view(MarkDeleteView), name="mark_delete"),
        ]


__all__ = ["ExtractionViewSet", "to_settle"]
