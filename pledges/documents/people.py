"""Programmes, persons and municipalities as documents, and the names among them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar

from django.conf import settings
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.utils.translation import gettext_lazy

from search.documents import SearchDocument
from search.registry import DocumentSource
from search.vocabulary import NameSource
from zaveza import clock

from ..enums import TextSource
from ..models import (
    Candidacy,
    Mandate,
    Municipality,
    Person,
    Programme,
)
from ..timeline import local_day
from .shared import coverages, in_all_languages, joined, neutral_address, place_facets


def _programme_text(programme: Programme) -> str:
    """What was typed in, and where it is not the same, what was read from the file, paragraph by paragraph."""
    read = getattr(programme, "read_text", None)
    of_file = [] if read is None or read.source != TextSource.FILE else read.paragraphs
    written = "\n".join(paragraph["text"] for paragraph in of_file)
    return programme.text if written == programme.text else joined([programme.text, written])


class ProgrammeSource(DocumentSource):
    """Programmes of cooperation with their text."""

    type = "programme"
    model = Programme
    label: ClassVar[Any] = gettext_lazy("Programmes")
    kind: ClassVar[Any] = gettext_lazy("Programme of cooperation")
    moments = (
        "published_at",
        "candidacy__published_at",
        "candidacy__edition__published_at",
        "candidacy__municipality__coverages__hub__published_at",
    )
    days = (
        "candidacy__municipality__coverages__start",
        "candidacy__municipality__coverages__end",
    )

    def queryset(self) -> QuerySet:
        now = clock.now()
        return (
            Programme.objects.public()
            .filter(candidacy__published_at__lte=now, candidacy__edition__published_at__lte=now)
            .select_related("candidacy__person", "candidacy__edition", "candidacy__municipality__region", "read_text")
            .prefetch_related(coverages("candidacy__municipality__coverages"))
            .order_by("pk")
        )

    def documents(self, objects: Iterable[Any]) -> Iterator[SearchDocument]:
        for programme in objects:
            candidacy = programme.candidacy
            titles = self._titles(programme)
            text = _programme_text(programme)
            yield SearchDocument(
                id=programme.public_id,
                type=self.type,
                language=programme.language,
                title=titles[programme.language],
                body=joined([text, candidacy.list_name]),
                url=neutral_address("programme", programme.public_id),
                facets={
                    **place_facets(candidacy.municipality),
                    "edition": [str(candidacy.edition.year)],
                    "person": [candidacy.person.public_id],
                },
                date=local_day(programme.submitted_at),
                data={
                    "language_neutral": True,
                    "titles": titles,
                    "place": candidacy.municipality.name,
                    "person": candidacy.person.name,
                    "edition": candidacy.edition.year,
                    "quoted": len(text),
                },
            )

    @staticmethod
    def _titles(programme: Programme) -> Mapping[str, str]:
        return in_all_languages(
            gettext_lazy("Programme of cooperation: %(person)s (%(municipality)s, %(year)s)"),
            person=programme.candidacy.person.name,
            municipality=programme.candidacy.municipality.name,
            year=programme.candidacy.edition.year,
        )


class PersonSource(DocumentSource):
    """Everybody with a public candidacy; the hit leads to the newest one."""

    type = "person"
    model = Person
    label: ClassVar[Any] = gettext_lazy("People")
    kind: ClassVar[Any] = gettext_lazy("Person")
    moments = (
        "candidacies__published_at",
        "candidacies__edition__published_at",
        "candidacies__municipality__coverages__hub__published_at",
    )
    days = (
        "candidacies__municipality__coverages__start",
        "candidacies__municipality__coverages__end",
    )

    def queryset(self) -> QuerySet:
        public = self._candidacies()
        return (
            Person.objects.filter(Exists(public.filter(person=OuterRef("pk"))))
            .prefetch_related(
                Prefetch(
                    "candidacies",
                    public.select_related("municipality__region", "edition")
                    .prefetch_related(coverages("municipality__coverages"))
                    .order_by("-edition__year", "pk"),
                    to_attr="public_candidacies",
                )
            )
            .order_by("pk")
        )

    def documents(self, objects: Iterable[Any]) -> Iterator[SearchDocument]:
        for person in objects:
            newest = person.public_candidacies[0]
            places = [place_facets(candidacy.municipality) for candidacy in person.public_candidacies]
            yield SearchDocument(
                id=person.public_id,
                type=self.type,
                language=settings.LANGUAGE_CODE,
                title=person.name,
                body=joined(
                    ", ".join(
                        part
                        for part in (candidacy.municipality.name, str(candidacy.edition.year), candidacy.list_name)
                        if part
                    )
                    for candidacy in person.public_candidacies
                ),
                url=neutral_address("candidate", newest.public_id),
                facets={
                    **{code: sorted({value for place in places for value in place[code]}) for code in places[0]},
                    "edition": sorted({str(candidacy.edition.year) for candidacy in person.public_candidacies}),
                    "person": [person.public_id],
                },
                data={
                    "language_neutral": True,
                    "place": newest.municipality.name,
                    "edition": newest.edition.year,
                },
            )

    @staticmethod
    def _candidacies() -> Any:
        return Candidacy.objects.public().filter(edition__published_at__lte=clock.now())


class MunicipalitySource(DocumentSource):
    """All municipalities, with who is in office."""

    type = "municipality"
    model = Municipality
    label: ClassVar[Any] = gettext_lazy("Municipalities")
    kind: ClassVar[Any] = gettext_lazy("Municipality")
    moments = (
        "mandates__published_at",
        "coverages__hub__published_at",
    )
    days = (
        "mandates__start",
        "coverages__start",
        "coverages__end",
    )

    def queryset(self) -> QuerySet:
        running = (
            Mandate.objects.public()
            .filter(start__lte=clock.today(), end__isnull=True)
            .select_related("person")
            .order_by("-start")
        )
        return (
            Municipality.objects.select_related("region")
            .prefetch_related(coverages("coverages"), Prefetch("mandates", running, to_attr="running_mandates"))
            .order_by("pk")
        )

    def documents(self, objects: Iterable[Any]) -> Iterator[SearchDocument]:
        for municipality in objects:
            mayor = municipality.running_mandates[0].person.name if municipality.running_mandates else ""
            yield SearchDocument(
                id=municipality.public_id,
                type=self.type,
                language=settings.LANGUAGE_CODE,
                title=municipality.name,
                body=joined([municipality.region.name, mayor, municipality.iso_code, municipality.code]),
                url=neutral_address("municipality", municipality.slug),
                facets=place_facets(municipality),
                data={"language_neutral": True, "place": municipality.region.name, "person": mayor},
            )


class MunicipalityNames(NameSource):
    """Names of all municipalities."""

    models = (Municipality,)

    def names(self) -> Iterable[str]:
        return Municipality.objects.values_list("name", flat=True)


class CandidateNames(NameSource):
    """Names of everybody with a public candidacy."""

    models = (Person, Candidacy)

    def names(self) -> Iterable[str]:
        public = Candidacy.objects.public()
        return Person.objects.filter(Exists(public.filter(person=OuterRef("pk")))).values_list("name", flat=True)
