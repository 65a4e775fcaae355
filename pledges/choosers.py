"""Choosers of records with long lists; they offer what the user reaches, and their forms search by words."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.views.generic import chooser
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.permissions import policy_registry

from .models import Candidacy, Organisation, Person, Pledge, Programme
from .permissions import READING_ACTIONS
from .searching import containing
from .widgets import RecordChooser


class ReachableMixin:
    """Only for who may read such records at all, and only those within the user's hub."""

    list_select_related: tuple[str, ...] = ()
    list_prefetch_related: tuple[str, ...] = ()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self._policy.user_has_any_permission(request.user, READING_ACTIONS):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def _policy(self) -> Any:
        return policy_registry.get_by_type(self.model_class)

    def _reachable(self) -> QuerySet:
        records = self._policy.instances_user_has_any_permission_for(self.request.user, READING_ACTIONS)
        if self.list_select_related:
            records = records.select_related(*self.list_select_related)
        return records.prefetch_related(*self.list_prefetch_related)

    def get_object_list(self) -> QuerySet:
        return self._reachable()

    def get_object(self, pk: str) -> Model:
        try:
            return self._reachable().get(pk=pk)
        except ValueError as error:
            raise self.model_class.DoesNotExist from error

    def get_objects(self, pks: list[str]) -> QuerySet:
        return self._reachable().filter(pk__in=[pk for pk in pks if pk.isascii() and pk.isdigit()])


class ReachableChooseView(ReachableMixin, chooser.ChooseView):
    """The chooser's window."""


class ReachableChooseResultsView(ReachableMixin, chooser.ChooseResultsView):
    """The list in the chooser's window, as one searches."""


class ReachableChosenView(ReachableMixin, chooser.ChosenView):
    """The record that was chosen."""


class ReachableChosenMultipleView(ReachableMixin, chooser.ChosenMultipleView):
    """The records that were chosen."""


class RecordChooserViewSet(ChooserViewSet):
    """A chooser of records; nothing is made in its window."""

    choose_view_class = ReachableChooseView
    choose_results_view_class = ReachableChooseResultsView
    chosen_view_class = ReachableChosenView
    chosen_multiple_view_class = ReachableChosenMultipleView
    base_widget_class = RecordChooser
    search_fields: tuple[str, ...] = ()
    list_select_related: tuple[str, ...] = ()
    list_prefetch_related: tuple[str, ...] = ()

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_common_view_kwargs(
            filter_form_class=self.filter_form_class,
            list_select_related=self.list_select_related,
            list_prefetch_related=self.list_prefetch_related,
            **kwargs,
        )

    def get_urlpatterns(self) -> list[URLPattern]:
        """Without the address of Wagtail's form for a new record, which fails where there is no such form."""
        return [pattern for pattern in super().get_urlpatterns() if pattern.name != "create"]

    @cached_property
    def filter_form_class(self) -> type[BaseFilterForm]:
        """A search field over `search_fields`."""
        fields = self.search_fields

        class FilterForm(BaseFilterForm):
            q = forms.CharField(
                label=_("Search"), required=False, widget=forms.TextInput(attrs={"placeholder": _("Search")})
            )

            def filter(self, objects: QuerySet) -> QuerySet:
                text = self.cleaned_data.get("q")
                if text:
                    self.is_searching, self.search_query = True, text
                    everything = objects.model._default_manager.all()
                    objects = objects.filter(pk__in=containing(everything, fields, text).values("pk"))
                return super().filter(objects)

        return FilterForm


class PersonChooserViewSet(RecordChooserViewSet):
    """Persons."""

    model = Person
    icon = "user"
    choose_one_text = _("Choose a person")
    choose_another_text = _("Choose another person")
    edit_item_text = _("Edit this person")
    search_fields = ("name",)


class CandidacyChooserViewSet(RecordChooserViewSet):
    """Candidacies."""

    model = Candidacy
    icon = "clipboard-list"
    choose_one_text = _("Choose a candidacy")
    choose_another_text = _("Choose another candidacy")
    edit_item_text = _("Edit this candidacy")
    search_fields = ("person__name", "municipality__name", "list_name")
    list_select_related = ("person", "municipality", "edition")


class ProgrammeChooserViewSet(RecordChooserViewSet):
    """Programmes of cooperation."""

    model = Programme
    icon = "doc-full-inverse"
    choose_one_text = _("Choose a programme")
    choose_another_text = _("Choose another programme")
    edit_item_text = _("Edit this programme")
    search_fields = ("candidacy__person__name", "candidacy__municipality__name")
    list_select_related = ("candidacy__person", "candidacy__municipality", "candidacy__edition")


class PledgeChooserViewSet(RecordChooserViewSet):
    """Pledges."""

    model = Pledge
    icon = "list-ul"
    choose_one_text = _("Choose a pledge")
    choose_another_text = _("Choose another pledge")
    edit_item_text = _("Edit this pledge")
    search_fields = ("public_id", "quote", "texts__title", "municipality__name")
    list_prefetch_related = ("texts",)


class OrganisationChooserViewSet(RecordChooserViewSet):
    """Organisations."""

    model = Organisation
    icon = "group"
    choose_one_text = _("Choose an organisation")
    choose_another_text = _("Choose another organisation")
    edit_item_text = _("Edit this organisation")
    search_fields = ("name", "texts__name")


CHOOSERS = [
    PersonChooserViewSet("person_chooser"),
    CandidacyChooserViewSet("candidacy_chooser"),
    ProgrammeChooserViewSet("programme_chooser"),
    PledgeChooserViewSet("pledge_chooser"),
    OrganisationChooserViewSet("organisation_chooser"),
]
