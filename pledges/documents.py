"""What of the record can be searched: pledges, programmes, persons and municipalities, each once for all languages."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar

from django.conf import settings
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy

from search.documents import SearchDocument
from search.registry import DocumentSource, register
from search.vocabulary import NameSource, register_names
from zaveza import clock

from .enums import FINAL_STATUSES, DatePrecision, Status
from .models import (
    Amendment,
    Assessment,
    Candidacy,
    Correction,
    HubCoverage,
    Mandate,
    Municipality,
    Person,
    Pledge,
    Programme,
    Redaction,
    Reply,
)
from .timeline import local_day


def neutral_address(name: str, *args: Any) -> str:
    """The path of a record without the language in front."""
    with translation.override(settings.LANGUAGE_CODE):
        path = reverse(f"pledges:{name}", args=args)
    return path.removeprefix(f"/{settings.LANGUAGE_CODE}")


def _in_all_languages(words: Any, **values: Any) -> dict[str, str]:
    """A message of ours in every language of the site."""
    texts = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            texts[language] = str(words) % values
    return texts


def _hubs(municipality: Municipality) -> list[Any]:
    """The public hubs that watch a municipality today; its coverages are loaded."""
    today, now = clock.today(), clock.now()
    return [
        coverage.hub
        for coverage in municipality.coverages.all()
        if coverage.start <= today
        and (coverage.end is None or coverage.end >= today)
        and coverage.hub.published_at
        and coverage.hub.published_at <= now
    ]


def _coverages(path: str) -> Prefetch:
    return Prefetch(path, HubCoverage.objects.select_related("hub"))


def _amendments() -> Prefetch:
    """The public amendments of pledges, oldest first: search finds the words as readers see them."""
    rows = Amendment.objects.filter(published_at__lte=clock.now()).order_by("published_at", "pk")
    return Prefetch("amendments", rows, to_attr="public_amendments")


def _happenings() -> list[Prefetch]:
    """What is published beside a pledge: its followers are told of it."""
    now = clock.now()
    assessments = (
        Assessment.objects.filter(published_at__lte=now, sequence__isnull=False)
        .only("pk", "pledge_id", "sequence")
        .order_by("sequence")
        .prefetch_related(_public_ids("corrections", Correction, published_at__lte=now))
    )
    return [
        Prefetch("assessments", assessments, to_attr="public_assessments"),
        _public_ids("corrections", Correction, published_at__lte=now),
        _public_ids("replies", Reply, published_at__lte=now, concluded_at__lte=now),
        _public_ids("redactions", Redaction, published_at__lte=now),
    ]


def _public_ids(path: str, model: Any, **conditions: Any) -> Prefetch:
    owner = "assessment_id" if model is Correction else "pledge_id"
    rows = model.objects.filter(**conditions).only("pk", "public_id", "pledge_id", owner).order_by("pk")
    return Prefetch(path, rows, to_attr=f"public_{path}")


def _marks(pledge: Any) -> list[str]:
    """Public ids of all of it."""
    rows = [
        *(correction for row in pledge.public_assessments for correction in row.public_corrections),
        *pledge.public_corrections,
        *pledge.public_replies,
        *pledge.public_amendments,
        *pledge.public_redactions,
    ]
    numbers = [f"assessment-{row.sequence}" for row in pledge.public_assessments]
    late = [f"overdue-{pledge.due_date}"] if is_overdue(pledge) else []
    return [*numbers, *dict.fromkeys(row.public_id for row in rows), *late]


def is_overdue(pledge: Any) -> bool:
    """As `filters.overdue`, for a pledge that is loaded with its gate and its status."""
    day, current = clock.today(), getattr(pledge, "current", None)
    if pledge.due_date is None or pledge.gate or (current and current.status in FINAL_STATUSES):
        return False
    first = {DatePrecision.MONTH: day.replace(day=1), DatePrecision.YEAR: day.replace(month=1, day=1)}
    return bool(pledge.due_date < first.get(pledge.due_precision, day))


def _place_facets(municipality: Municipality) -> dict[str, list[str]]:
    return {
        "municipality": [municipality.slug],
        "region": [municipality.region.slug],
        "hub": sorted({hub.slug for hub in _hubs(municipality)}),
    }


def _joined(parts: Iterable[str]) -> str:
    return "\n".join(part for part in parts if part)


class PledgeSource(DocumentSource):
    """Pledges, in the language of their quote; words in other languages are found, too."""

    type = "pledge"
    model = Pledge
    label: ClassVar[Any] = gettext_lazy("Pledges")
    kind: ClassVar[Any] = gettext_lazy("Pledge")

    def queryset(self) -> QuerySet:
        return (
            Pledge.objects.public()
            .with_gate()
            .select_related(
                "municipality__region", "edition", "current", "organisation", "programme__candidacy__person"
            )
            .prefetch_related("texts", "topics", _coverages("municipality__coverages"), _amendments(), *_happenings())
            .order_by("pk")
        )

    def documents(self, objects: Iterable[Any]) -> Iterator[SearchDocument]:
        for pledge in objects:
            for amendment in pledge.public_amendments:
                setattr(pledge, amendment.part, amendment.value)
            texts = {text.language: text for text in pledge.texts.all()}
            own = texts.get(pledge.quote_language)
            others = [text for language, text in sorted(texts.items()) if language != pledge.quote_language]
            current = getattr(pledge, "current", None)
            promiser = pledge.organisation or pledge.programme.candidacy.person
            checked = current.last_checked if current else None
            yield SearchDocument(
                id=pledge.public_id,
                type=self.type,
                language=pledge.quote_language,
                title=own.title if own else (others[0].title if others else pledge.quote[:80]),
                body=_joined(
                    [
                        pledge.quote,
                        own.summary if own else "",
                        pledge.success_criteria,
                        pledge.interpretation,
                        *(_joined([text.title, text.summary]) for text in others),
                        pledge.public_id,
                    ]
                ),
                url=neutral_address("pledge", pledge.public_id),
                facets={
                    **_place_facets(pledge.municipality),
                    "edition": [str(pledge.edition.year)],
                    "topic": [topic.code for topic in pledge.topics.all()],
                    "status": [pledge.gate or (current.status if current else Status.NOT_ASSESSED.value)],
                    "language": sorted({pledge.quote_language, *texts}),
                    "person": [] if pledge.organisation else [promiser.public_id],
                },
                date=local_day(current.last_changed)
                if current and current.last_changed
                else local_day(pledge.published_at),
                due=pledge.due_date,
                data={
                    "language_neutral": True,
                    "titles": {language: text.title for language, text in texts.items()},
                    "status": pledge.gate or (current.status if current else Status.NOT_ASSESSED.value),
                    "place": pledge.municipality.name,
                    "person": promiser.name,
                    "edition": pledge.edition.year,
                    "checked": local_day(checked).isoformat() if checked else "",
                    "number": pledge.public_id,
                    "quoted": len(pledge.quote),
                },
                marks=_marks(pledge),
            )


class ProgrammeSource(DocumentSource):
    """Programmes of cooperation with their text."""

    type = "programme"
    model = Programme
    label: ClassVar[Any] = gettext_lazy("Programmes")
    kind: ClassVar[Any] = gettext_lazy("Programme of cooperation")

    def queryset(self) -> QuerySet:
        now = clock.now()
        return (
            Programme.objects.public()
            .filter(candidacy__published_at__lte=now, candidacy__edition__published_at__lte=now)
            .select_related("candidacy__person", "candidacy__edition", "candidacy__municipality__region")
            .prefetch_related(_coverages("candidacy__municipality__coverages"))
            .order_by("pk")
        )

    def documents(self, objects: Iterable[Any]) -> Iterator[SearchDocument]:
        for programme in objects:
            candidacy = programme.candidacy
            titles = self._titles(programme)
            yield SearchDocument(
                id=programme.public_id,
                type=self.type,
                language=programme.language,
                title=titles[programme.language],
                body=_joined([programme.text, candidacy.list_name]),
                url=neutral_address("programme", programme.public_id),
                facets={
                    **_place_facets(candidacy.municipality),
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
                    "quoted": len(programme.text),
                },
            )

    @staticmethod
    def _titles(programme: Programme) -> Mapping[str, str]:
        return _in_all_languages(
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

    def queryset(self) -> QuerySet:
        public = self._candidacies()
        return (
            Person.objects.filter(Exists(public.filter(person=OuterRef("pk"))))
            .prefetch_related(
                Prefetch(
                    "candidacies",
                    public.select_related("municipality__region", "edition")
                    .prefetch_related(_coverages("municipality__coverages"))
                    .order_by("-edition__year", "pk"),
                    to_attr="public_candidacies",
                )
            )
            .order_by("pk")
        )

    def documents(self, objects: Iterable[Any]) -> Iterator[SearchDocument]:
        for person in objects:
            newest = person.public_candidacies[0]
            places = [_place_facets(candidacy.municipality) for candidacy in person.public_candidacies]
            yield SearchDocument(
                id=person.public_id,
                type=self.type,
                language=settings.LANGUAGE_CODE,
                title=person.name,
                body=_joined(
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

    def queryset(self) -> QuerySet:
        running = (
            Mandate.objects.public()
            .filter(start__lte=clock.today(), end__isnull=True)
            .select_related("person")
            .order_by("-start")
        )
        return (
            Municipality.objects.select_related("region")
            .prefetch_related(_coverages("coverages"), Prefetch("mandates", running, to_attr="running_mandates"))
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
                body=_joined([municipality.region.name, mayor, municipality.iso_code, municipality.code]),
                url=neutral_address("municipality", municipality.slug),
                facets=_place_facets(municipality),
                data={"language_neutral": True, "place": municipality.region.name, "person": mayor},
            )


for source in (PledgeSource(), ProgrammeSource(), PersonSource(), MunicipalitySource()):
    register(source)


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


register_names(MunicipalityNames())
register_names(CandidateNames())
