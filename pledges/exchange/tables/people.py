"""Persons, candidacies, mandates, and what they handed in and got."""

from collections.abc import Iterator

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from ...as_of import AsOf, known_candidacy, known_mandate, known_programme
from ...forms.uploads import TEXT_DOCUMENTS
from ...models import Candidacy, Mandate, Person, Programme, ProgrammeCriterion, Proposal, Recognition
from ..columns import Column, Link, Percent, Publication, Upload
from ..rows import Row
from ..scope import Scope
from ..table import Complaint, Table
from ..values import Hash


class Persons(Table):
    name = "persons"
    model = Person
    prefix = "person"
    declared = (Column("id", attribute="public_id", required=True), Column("name", required=True), Column("gender"))

    def public(self, scope: Scope) -> models.QuerySet:
        return Person.objects.public(scope.at)


class Candidacies(Table):
    name = "candidacies"
    model = Candidacy
    prefix = "candidacy"
    select_related = ("edition",)
    known_fields = ("municipality_id", "edition_id", "person_id")
    declared = (
        Column("id", attribute="public_id", required=True),
        Link("person", to="persons", required=True),
        Link("municipality", to="municipalities", required=True, frozen=True),
        Link("edition", to="editions", required=True, frozen=True),
        Column("list_name"),
        Percent("first_round_share"),
        Percent("second_round_share"),
        Column("first_round_votes"),
        Column("second_round_votes"),
        Column("elected"),
        Column("withdrawn_on"),
        Publication("published_at"),
    )

    def public(self, scope: Scope) -> models.QuerySet:
        return Candidacy.objects.public(scope.at)

    def as_known(self, record: Candidacy, scope: Scope) -> None:
        if scope.day:
            known_candidacy(record, scope.day)

    def municipality(self, row: Row) -> int | None:
        return row.record.municipality_id


class Mandates(Table):
    name = "mandates"
    model = Mandate
    prefix = "mandate"
    declared = (
        Column("id", attribute="public_id", required=True),
        Link("person", to="persons", required=True),
        Link("municipality", to="municipalities", required=True, frozen=True),
        Link("candidacy", to="candidacies"),
        Column("start", required=True),
        Column("planned_end", required=True),
        Column("end"),
        Column("end_reason"),
        Link("predecessor", to="mandates"),
        Publication("published_at"),
    )

    def public(self, scope: Scope) -> models.QuerySet:
        persons = Person.objects.public(scope.at)
        return Mandate.objects.public(scope.at).filter(person__in=persons.values("pk"))

    def as_known(self, record: Mandate, scope: Scope) -> None:
        if scope.day:
            known_mandate(record, scope.day)

    def check(self, row: Row) -> Iterator[Complaint]:
        mandate = row.record
        if mandate.end and mandate.start and mandate.end < mandate.start:
            yield "end", _("A mandate does not end before it starts.")
        if bool(mandate.end) != bool(mandate.end_reason):
            yield "end_reason", _("The end of a mandate needs its reason, and only an ended one has it.")
        if (link := row.found.get("candidacy")) and (link[1], link[3]) != (mandate.municipality_id, mandate.person_id):
            yield "candidacy", _("This candidacy is of another person or municipality.")

    def municipality(self, row: Row) -> int | None:
        return row.record.municipality_id


class Programmes(Table):
    name = "programmes"
    model = Programme
    prefix = "programme"
    known_fields = (
        "candidacy__municipality_id",
        "candidacy__edition_id",
        "candidacy__municipality__code",
        "candidacy__edition__year",
        "candidacy_id",
        "published_at",
        "suitability",
    )
    declared = (
        Column("id", attribute="public_id", required=True),
        Link("candidacy", to="candidacies", required=True, frozen=True),
        Column("version"),
        Link("supersedes", to="programmes"),
        Column("submitted_at", required=True),
        Column("channel", required=True),
        Column("language"),
        Upload("file", size="file_size", extensions=TEXT_DOCUMENTS, frozen=True),
        Column("sha256", kind=Hash(), frozen=True),
        Column("text"),
        Column("suitability"),
        Column("criteria_met"),
        Column("criteria_total"),
        Column("decided_on"),
        Column("jury"),
        Column("decision_reason"),
        Column("adoption_stage"),
        Publication("published_at"),
    )

    def public(self, scope: Scope) -> models.QuerySet:
        return Programme.objects.public(scope.at)

    def as_known(self, record: Programme, scope: Scope) -> None:
        if scope.day:
            known_programme(record, AsOf(scope.day))

    def check(self, row: Row) -> Iterator[Complaint]:
        programme = row.record
        if programme.suitability and not programme.decided_on:
            yield "decided_on", _("A suitability decision needs its date.")
        met, total = programme.criteria_met, programme.criteria_total
        if met is not None and (total is None or met > total):
            yield "criteria_met", _("More criteria are met than there are.")
        if (link := row.found.get("supersedes")) and link[5] != programme.candidacy_id:
            yield "supersedes", _("This programme is of another candidacy.")

    def refusal(self, record: Programme, column: Column) -> str:
        if column.source in record.frozen_fields():
            return _("A published programme and the jury's decision on it stay as they are.")
        return super().refusal(record, column)

    def municipality(self, row: Row) -> int | None:
        return row.of("candidacy", 1)


class ProgrammeCriteria(Table):
    name = "programme_criteria"
    model = ProgrammeCriterion
    natural_key = ("programme", "sort_order")
    declared = (
        Link("programme", to="programmes", required=True),
        Column("sort_order", required=True),
        Column("text", required=True, frozen=True),
        Column("language"),
        Column("met", required=True),
    )

    def check(self, row: Row) -> Iterator[Complaint]:
        published, suitability = row.of("programme", 6), row.of("programme", 7)
        is_brought_along = row.is_new and (row.replays or (published and published >= row.started))
        if published and suitability and not is_brought_along:
            yield "programme", _("A published programme and the jury's decision on it stay as they are.")

    def public(self, scope: Scope) -> models.QuerySet:
        # As on the page of the programme: with the decision, and not before it.
        decided = Programme.objects.public(scope.at).exclude(suitability="")
        if scope.day:
            decided = decided.exclude(decided_on__gt=scope.day)
        return ProgrammeCriterion.objects.filter(programme__in=decided.values("pk"))

    def municipality(self, row: Row) -> int | None:
        return row.of("programme", 1)


class Recognitions(Table):
    name = "recognitions"
    model = Recognition
    prefix = "recognition"
    declared = (
        Column("id", attribute="public_id", required=True),
        Link("candidacy", to="candidacies", required=True, frozen=True),
        Column("kind", required=True),
        Column("date", required=True),
        Column("event"),
        Column("citation"),
        Publication("published_at"),
    )

    def public(self, scope: Scope) -> models.QuerySet:
        return Recognition.objects.public(scope.at)

    def municipality(self, row: Row) -> int | None:
        return row.of("candidacy", 1)


class Proposals(Table):
    name = "proposals"
    model = Proposal
    prefix = "proposal"
    known_fields = ("edition_id", "municipality_id")
    declared = (
        Column("id", attribute="public_id", required=True),
        Link("edition", to="editions", required=True),
        Link("organisation", to="organisations", required=True),
        Link("municipality", to="municipalities"),
        Link("topic", to="topics"),
        Column("title", required=True),
        Column("text"),
        Column("language"),
        Publication("published_at"),
    )

    def public(self, scope: Scope) -> models.QuerySet:
        return Proposal.objects.public(scope.at).filter(Q(edition__published_at__lte=scope.at))

    def municipality(self, row: Row) -> int | None:
        return row.record.municipality_id


PEOPLE = (Persons(), Candidacies(), Mandates(), Programmes(), ProgrammeCriteria(), Recognitions(), Proposals())
