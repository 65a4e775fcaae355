"""Columns and filters that several listings share."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import formats
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, UpdatedAtColumn
from wagtail.permissions import policy_registry

from zaveza import clock

from ..enums import OrganisationKind
from ..models import Edition, HubCoverage, Municipality, Organisation, Pledge
from ..permissions import READING_ACTIONS


class MunicipalityFilter(django_filters.ModelChoiceFilter):
    """One municipality; `within` is the way from the record to it."""

    def __init__(self, within: str = "municipality") -> None:
        super().__init__(field_name=within, label=_("Municipality"), queryset=Municipality.objects.all())


class HubFilter(django_filters.ModelChoiceFilter):
    """The municipalities that one hub watches today; `within` as for `MunicipalityFilter`."""

    def __init__(self, *within: str) -> None:
        self.within = within or ("municipality",)
        hubs = Organisation.objects.filter(kind=OrganisationKind.HUB)
        super().__init__(label=_("Hub"), queryset=hubs)

    def filter(self, qs: QuerySet, value: Organisation | None) -> QuerySet:
        return of_hub(qs, value, *self.within) if value else qs


def of_hub(records: QuerySet, hub: Organisation, *within: str) -> QuerySet:
    """Records of the municipalities that a hub watches today."""
    today = clock.today()
    watched = HubCoverage.objects.filter(Q(end__isnull=True) | Q(end__gte=today), hub=hub, start__lte=today)
    places = Q()
    for path in within:
        places |= Q(**{f"{path}__in": watched.values("municipality")})
    return records.filter(places)


class PledgeFilter(django_filters.ModelChoiceFilter):
    """One pledge, as links name it; of those that the user reaches, because the filter in use shows its title."""

    def __init__(self) -> None:
        super().__init__(label=_("Pledge"), queryset=self._reachable, widget=forms.HiddenInput)

    @staticmethod
    def _reachable(request: HttpRequest) -> QuerySet:
        policy = policy_registry.get_by_type(Pledge)
        return policy.instances_user_has_any_permission_for(request.user, READING_ACTIONS)


class EditionFilter(django_filters.ModelChoiceFilter):
    """One edition."""

    def __init__(self, within: str = "edition") -> None:
        super().__init__(field_name=within, label=_("Edition"), queryset=Edition.objects.all())


class PublicityFilter(django_filters.ChoiceFilter):
    """Draft or published, for records that are public from `published_at` on."""

    def __init__(self) -> None:
        choices = [("draft", _("draft")), ("published", _("published"))]
        super().__init__(label=_("State"), choices=choices, method=filter_publicity)


def filter_publicity(records: QuerySet, name: str, value: str) -> QuerySet:
    """Records with or without a time of publication."""
    return records.filter(published_at__isnull=value == "draft")


class RecordFilterSet(WagtailFilterSet):
    """Filters of an admin listing."""


class PublicityColumn(Column):
    """Draft or published, in words."""

    def __init__(self) -> None:
        super().__init__("publicity", label=_("State"), accessor=self._words, sort_key="published_at")

    @staticmethod
    def _words(record: Any) -> Any:
        return _("published") if record.published_at else _("draft")


def municipality_column(path: str = "municipality") -> Column:
    """The municipality; sorted by its name."""
    return Column("municipality", label=_("Municipality"), accessor=path, sort_key=f"{path.replace('.', '__')}__name")


def edition_column(path: str = "edition") -> Column:
    """The edition; sorted by its year."""
    return Column("edition", label=_("Edition"), accessor=path, sort_key=f"{path.replace('.', '__')}__year")


def choice_column(name: str, label: Any) -> Column:
    """A field with choices, in words."""
    return Column(name, label=label, accessor=f"get_{name}_display", sort_key=name)


def day_column(name: str, label: Any, *, sortable: bool = True) -> Column:
    """A day, written as the reader's language does."""

    def words(record: Any) -> str:
        day = getattr(record, name)
        return formats.date_format(day, "SHORT_DATE_FORMAT") if day else ""

    return Column(name, label=label, accessor=words, sort_key=name if sortable else None)


def updated_column() -> UpdatedAtColumn:
    """When somebody last changed the record in the admin."""
    return UpdatedAtColumn(label=_("Updated"))
