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
    Municipality,
    Person,
    Programme,
)
from ..timeline import local_day
from .shared import (
    coverages,
    in_all_languages,
    joined,
    mayor_words,
    municipality_words,
    neutral_address,
    place_facets,
    place_words,
    promise_words,
    region_words,
    running_mandates,
)


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
        "mandates__published_at",
    )
    days = (
        "mandates__start",
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
                ),
                Prefetch("mandates", running_mandates(), to_attr="running_mandates"),
            )
            .order_by("pk")
        )

    def documents(self, objects: Iterable[Any]) -> Iterator[SearchDocument]:
        for person in objects:
            newest = person.public_candidacies[0]
            there = dict.fromkeys(candidacy.municipality for candidacy in person.public_candidacies)
            facts = joined(
                [
                    *map(place_words, there),
                    promise_words(person.name),
                    mayor_words(person) if person.running_mandates else "",
                ]
            )
            places = [place_facets(candidacy.municipality) for candidacy in person.public_candidacies]
            yield SearchDocument(
                id=person.public_id,
                type=self.type,
                language=settings.LANGUAGE_CODE,
                title=person.name,
                body=joined([*map(self._line, person.public_candidacies), facts]),
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
                    "facts": len(facts),
                },
            )

    @staticmethod
    def _line(candidacy: Candidacy) -> str:
        parts = (candidacy.municipality.name, str(candidacy.edition.year), candidacy.list_name)
        return ", ".join(part for part in parts if part)

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
        running = Prefetch("mandates", running_mandates(), to_attr="running_mandates")
        return (
            Municipality.objects.select_related("region")
            .prefetch_related(coverages("coverages"), running)
            .order_by("pk")
        )

    def documents(self, objects: Iterable[Any]) -> Iterator[SearchDocument]:
        for municipality in objects:
            mayor = municipality.running_mandates[0].person if municipality.running_mandates else None
            region, name = municipality.region.name, mayor.name if mayor else ""
            facts = joined(
                [municipality_words(municipality.name), region_words(region), mayor_words(mayor) if mayor else ""]
            )
            yield SearchDocument(
                id=municipality.public_id,
                type=self.type,
                language=settings.LANGUAGE_CODE,
                title=municipality.name,
                body=joined([region, name, municipality.iso_code, municipality.code, facts]),
                url=neutral_address("municipality", municipality.slug),
                facets=place_facets(municipality),
                data={"language_neutral": True, "place": region, "person": name, "facts": len(facts)},
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
