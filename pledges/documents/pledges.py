"""Pledges as documents: words, people, places, assessments and sources."""

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy

from search.documents import SearchDocument
from search.registry import DocumentSource
from zaveza import clock

from ..enums import FINAL_STATUSES, AssessmentKind, DatePrecision, Status
from ..models import (
    Amendment,
    Assessment,
    Correction,
    Evidence,
    Organisation,
    Pledge,
    Redaction,
    Reply,
)
from ..timeline import local_day
from .shared import coverages, joined, neutral_address, place_facets, place_words, region_words


def _amendments() -> Prefetch:
    """The public amendments of pledges, oldest first: search finds the words as readers see them."""
    rows = Amendment.objects.filter(published_at__lte=clock.now()).order_by("published_at", "pk")
    return Prefetch("amendments", rows, to_attr="public_amendments")


def _happenings() -> list[Prefetch]:
    """What is published beside a pledge: its followers are told of it."""
    now = clock.now()
    assessments = (
        Assessment.objects.filter(published_at__lte=now, sequence__isnull=False)
        .only("pk", "pledge_id", "sequence", "kind", "supersedes_id", "summary")
        .order_by("sequence")
        .prefetch_related("texts", _public_ids("corrections", Correction, published_at__lte=now))
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


def _evidence() -> Prefetch:
    """What published assessments of pledges cite."""
    rows: Any = Evidence.objects.public()  # type: ignore[attr-defined]
    return Prefetch("evidence", rows.only("pledge_id", "title").order_by("pk"), to_attr="public_evidence")


def _promiser_names(pledge: Pledge) -> list[str]:
    """Of the organisation in every language, or of the person."""
    organisation: Organisation | None = pledge.organisation
    if organisation is None:
        return [pledge.programme.candidacy.person.name]
    names = [organisation.name, *(text.name for text in organisation.texts.all())]
    return list(dict.fromkeys(name for name in names if name))


class PledgeSource(DocumentSource):
    """Pledges, in the language of their quote; words in other languages are found, too."""

    type = "pledge"
    model = Pledge
    label: ClassVar[Any] = gettext_lazy("Pledges")
    kind: ClassVar[Any] = gettext_lazy("Pledge")
    moments = (
        "published_at",
        "edition__published_at",
        "programme__published_at",
        "programme__candidacy__published_at",
        "organisation__published_at",
        "assessments__published_at",
        "amendments__published_at",
        "municipality__coverages__hub__published_at",
        "corrections__published_at",
        "assessments__corrections__published_at",
        "replies__concluded_at",
        "redactions__published_at",
    )
    days = (
        "due_date",
        "municipality__coverages__start",
        "municipality__coverages__end",
    )

    def queryset(self) -> QuerySet:
        return (
            Pledge.objects.public()
            .with_gate()
            .select_related(
                "municipality__region", "edition", "current", "organisation", "programme__candidacy__person"
            )
            .prefetch_related(
                "texts",
                "topics",
                "organisation__texts",
                coverages("municipality__coverages"),
                _amendments(),
                _evidence(),
                *_happenings(),
            )
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
            # The line of facts under a hit says it already.
            facts = joined(
                [
                    *_promiser_names(pledge),
                    place_words(pledge.municipality),
                    region_words(pledge.municipality.region.name),
                    str(pledge.due_date.year) if pledge.due_date else "",
                    pledge.public_id,
                ]
            )
            checked = current.last_checked if current else None
            yield SearchDocument(
                id=pledge.public_id,
                type=self.type,
                language=pledge.quote_language,
                title=own.title if own else (others[0].title if others else pledge.quote[:80]),
                body=joined(
                    [
                        pledge.quote,
                        own.summary if own else "",
                        pledge.success_criteria,
                        pledge.interpretation,
                        *(joined([text.title, text.summary]) for text in others),
                        *self._assessed(pledge),
                        facts,
                    ]
                ),
                url=neutral_address("pledge", pledge.public_id),
                facets={
                    **place_facets(pledge.municipality),
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
                    "facts": len(facts),
                },
                marks=_marks(pledge),
            )

    @staticmethod
    def _assessed(pledge: Any) -> Iterator[str]:
        """What the assessments say that were not corrected or retracted since, and the titles of what they cite."""
        undoing = (AssessmentKind.CORRECTION, AssessmentKind.RETRACTION)
        undone = {row.supersedes_id for row in pledge.public_assessments if row.kind in undoing}
        for assessment in pledge.public_assessments:
            if assessment.pk in undone:
                continue
            yield assessment.summary
            yield from (text.summary for text in assessment.texts.all())
        yield from (evidence.title for evidence in pledge.public_evidence)
