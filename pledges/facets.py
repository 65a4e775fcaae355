"""Fields of the record that a search can name: `občina:Sevnica`, `status:izpolnjeno`, `oseba:"Ana Novak"`."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.utils import translation
from django.utils.translation import gettext_lazy, pgettext_lazy

from search.query_language import Field, Named, register_field

from . import choices
from .enums import Gate, OrganisationKind, Status
from .models import Candidacy, HubCoverage, Organisation, Person


class StatusField(Field):
    """Statuses, and the gates of pledges that have none."""

    code = "status"
    label: ClassVar[Any] = pgettext_lazy("search field, one word", "status")
    legend: ClassVar[Any] = gettext_lazy("Status")

    def values(self) -> Iterable[Named]:
        for choice in (*Status, *Gate):
            names = {}
            for language, _name in settings.LANGUAGES:
                with translation.override(language):
                    names[language] = str(choice.label)
            yield Named(choice.value, names)


class RegionField(Field):
    code = "region"
    label: ClassVar[Any] = pgettext_lazy("search field, one word", "region")
    legend: ClassVar[Any] = gettext_lazy("Region")

    def values(self) -> Iterable[Named]:
        return [Named(region.slug, {settings.LANGUAGE_CODE: region.name}) for region in choices.regions()]


class MunicipalityField(Field):
    code = "municipality"
    label: ClassVar[Any] = pgettext_lazy("search field, one word", "municipality")
    legend: ClassVar[Any] = gettext_lazy("Municipality")

    def values(self) -> Iterable[Named]:
        return [Named(place.slug, {settings.LANGUAGE_CODE: place.name}) for place in choices.municipalities()]


class TopicField(Field):
    code = "topic"
    label: ClassVar[Any] = pgettext_lazy("search field, one word", "topic")
    legend: ClassVar[Any] = gettext_lazy("Topic")

    def values(self) -> Iterable[Named]:
        return [Named(topic.code, topic.names) for topic in choices.topics()]


class EditionField(Field):
    """Editions, by their year."""

    code = "edition"
    label: ClassVar[Any] = pgettext_lazy("search field, one word", "edition")
    legend: ClassVar[Any] = gettext_lazy("Edition")

    def values(self) -> Iterable[Named]:
        years = (str(edition.year) for edition in choices.editions())
        return [Named(year, {settings.LANGUAGE_CODE: year}) for year in years]


class HubField(Field):
    """Public hubs: those that watch a municipality or did, and those that only have news or events."""

    code = "hub"
    label: ClassVar[Any] = pgettext_lazy("search field, one word", "hub")
    legend: ClassVar[Any] = pgettext_lazy("search", "Hub")

    def values(self) -> Iterable[Named]:
        hubs: Any = Organisation.objects.public()  # type: ignore[attr-defined]
        watching = Exists(HubCoverage.objects.filter(hub=OuterRef("pk")))
        shown = hubs.filter(Q(kind=OrganisationKind.HUB) | watching).prefetch_related("texts")
        return [
            Named(
                hub.slug, {settings.LANGUAGE_CODE: hub.name, **{text.language: text.name for text in hub.texts.all()}}
            )
            for hub in shown.order_by("name")
        ]


class PersonField(Field):
    """Everybody with a public candidacy."""

    code = "person"
    label: ClassVar[Any] = pgettext_lazy("search field, one word", "person")
    legend: ClassVar[Any] = pgettext_lazy("search", "Person")

    def values(self) -> Iterable[Named]:
        public = Candidacy.objects.public()
        people = Person.objects.filter(Exists(public.filter(person=OuterRef("pk")))).order_by("name", "pk")
        return [
            Named(public_id, {settings.LANGUAGE_CODE: name})
            for public_id, name in people.values_list("public_id", "name")
        ]


for field in (
    StatusField(),
    RegionField(),
    MunicipalityField(),
    TopicField(),
    EditionField(),
    HubField(),
    PersonField(),
):
    register_field(field)
