"""Pledges and assessments, published through `services` as the site does, and what is said about them."""

import datetime as dt
import hashlib
from typing import Any

import factory
from factory.django import DjangoModelFactory

from zaveza.users.factories import UserFactory

from .. import models, services
from ..enums import (
    AmendedField,
    AssessmentKind,
    CorrectionSeverity,
    EvidenceKind,
    PromisedBy,
    Reason,
    ReplyState,
    RequestedBy,
    Status,
)
from ..ledger import chain
from .context import MandateFactory, ProgrammeFactory

PLEDGES_PUBLISHED = dt.datetime(2022, 11, 1, 8, 0, tzinfo=dt.UTC)


def _salt(name: str) -> Any:
    """The salt of a text, the same every time; the site's own are random."""

    def salt(record: Any) -> str:
        words = getattr(record, name)
        return hashlib.sha256(f"{name}: {words}".encode()).hexdigest()[:32] if words else ""

    return factory.LazyAttribute(salt)


class SimilarityGroupFactory(DjangoModelFactory):
    """A group of pledges with one goal."""

    class Meta:
        model = models.SimilarityGroup

    name = factory.Sequence(lambda n: f"Skupina {n}")


class PledgeFactory(DjangoModelFactory):
    """A draft; `published=True` publishes it (at `published_at`, if given).

    `title` is its title in Slovene (`None`: no words), `topics` a list. An `organisation` makes it that NGO's pledge.
    """

    class Meta:
        model = models.Pledge

    programme = factory.SubFactory(ProgrammeFactory)
    quote = factory.Sequence(lambda n: f"V prvem letu bomo uredili {n}. točko programa.")
    page = factory.Sequence(lambda n: n % 40 + 1)
    success_criteria = "Ukrep je sprejet.\nUkrep se izvaja."
    promised_by = factory.LazyAttribute(
        lambda pledge: PromisedBy.NGO if getattr(pledge, "organisation", None) else PromisedBy.CANDIDATE
    )
    organisation = None
    title = factory.Sequence(lambda n: f"Zaveza {n}")
    topics: tuple[models.Topic, ...] = ()
    published = False
    published_at: dt.datetime | None = None
    published_by = factory.SubFactory(UserFactory, email="pregledovalka@example.si", last_name="Pregledovalka")

    @classmethod
    def _create(cls, model_class: type[models.Pledge], *args: Any, **fields: Any) -> models.Pledge:
        title, topics, published, published_at, published_by = (
            fields.pop(name) for name in ("title", "topics", "published", "published_at", "published_by")
        )
        pledge: models.Pledge = super()._create(model_class, *args, **fields)
        if title is not None:
            models.PledgeText.objects.create(pledge=pledge, language="sl", title=title)
        if topics:
            pledge.topics.set(topics)
        if published or published_at:
            services.publish_pledge(pledge, published_by, published_at=published_at or PLEDGES_PUBLISHED)
        return pledge

    @classmethod
    def _build(cls, model_class: type[models.Pledge], *args: Any, **fields: Any) -> models.Pledge:
        for name in ("title", "topics", "published", "published_at", "published_by"):
            fields.pop(name)
        pledge: models.Pledge = super()._build(model_class, *args, **fields)
        return pledge


class EvidenceFactory(DjangoModelFactory):
    """Minutes of the council."""

    class Meta:
        model = models.Evidence

    pledge = factory.SubFactory(PledgeFactory, published=True)
    kind = EvidenceKind.COUNCIL_MINUTES
    title = factory.Sequence(lambda n: f"Zapisnik {n}. seje")
    publisher = "Občinski svet"
    url = factory.Sequence(lambda n: f"https://obcina.example.si/zapisnik-{n}")
    published_on = dt.date(2024, 1, 10)
    accessed_on = dt.date(2024, 1, 12)
    excerpt = "Svet je sprejel sklep."
    excerpt_salt = _salt("excerpt")


class AssessmentFactory(DjangoModelFactory):
    """A draft of a published pledge; `published=True` publishes it.

    Its kind follows from what stands. Whoever was elected gets the mandate that it needs, where there is none.
    `published_at` defaults to noon of the effective day, or to the time of the last row of the record where that is
    later. `evidence` is a list.
    """

    class Meta:
        model = models.Assessment

    pledge = factory.SubFactory(PledgeFactory, published=True)
    status = Status.IN_PROGRESS
    effective_date = dt.date(2024, 1, 15)
    author = factory.SubFactory(UserFactory, email="spremljevalka@example.si", last_name="Spremljevalka")
    approver = factory.SubFactory(UserFactory, email="pregledovalka@example.si", last_name="Pregledovalka")
    # Before the deadline a pledge is partly fulfilled only with a reason.
    reason = factory.LazyAttribute(lambda row: Reason.NO_MONEY if row.status == Status.PARTLY else "")
    summary = factory.Sequence(lambda n: f"Povzetek ocene {n}.")
    reasoning = "Zapisnik seje in proračun to potrjujeta."
    summary_salt = _salt("summary")
    reasoning_salt = _salt("reasoning")
    methodology_version = "1.0"
    supersedes = None
    evidence: tuple[models.Evidence, ...] = ()
    published = False
    published_at: dt.datetime | None = None

    @factory.lazy_attribute
    def kind(self: Any) -> str:
        if self.supersedes:
            return AssessmentKind.CORRECTION
        current = services.current_assessment(self.pledge) if self.pledge.pk else None
        if current is None:
            return AssessmentKind.INITIAL
        return AssessmentKind.CONFIRMATION if current.status == self.status else AssessmentKind.CHANGE

    @classmethod
    def _create(cls, model_class: type[models.Assessment], *args: Any, **fields: Any) -> models.Assessment:
        evidence, published, published_at, approver = (
            fields.pop(name) for name in ("evidence", "published", "published_at", "approver")
        )
        assessment: models.Assessment = super()._create(model_class, *args, **fields)
        candidacy = assessment.pledge.programme.candidacy
        if candidacy.elected and not models.Mandate.objects.filter(candidacy=candidacy).exists():
            MandateFactory(candidacy=candidacy)
        for item in evidence:
            models.AssessmentEvidence.objects.create(assessment=assessment, evidence=item)
        if published or published_at:
            services.publish_assessment(
                assessment, approver, published_at=published_at or cls._next_moment(assessment.effective_date)
            )
        return assessment

    @classmethod
    def _build(cls, model_class: type[models.Assessment], *args: Any, **fields: Any) -> models.Assessment:
        for name in ("evidence", "published", "published_at", "approver"):
            fields.pop(name)
        assessment: models.Assessment = super()._build(model_class, *args, **fields)
        return assessment

    @staticmethod
    def _next_moment(day: dt.date) -> dt.datetime:
        noon = dt.datetime.combine(day, dt.time(12), dt.UTC)
        last = chain.head()
        return max(noon, last.at) if last else noon


class ReplyFactory(DjangoModelFactory):
    """That somebody was asked; a draft. A `published_at` is written as it is, past the services and the ledger."""

    class Meta:
        model = models.Reply

    pledge = factory.SubFactory(PledgeFactory, published=True)
    invited_on = dt.date(2024, 1, 16)
    due_on = dt.date(2024, 1, 30)
    state = ReplyState.INVITED
    text = ""
    editors_note = ""
    # Through the candidate's link
    answered_at = factory.LazyAttribute(
        lambda reply: (
            dt.datetime(2024, 1, 20, 12, tzinfo=dt.UTC)
            if reply.state in (ReplyState.RECEIVED, ReplyState.LATE)
            else None
        )
    )
    text_salt = _salt("text")
    editors_note_salt = _salt("editors_note")
    published_at: dt.datetime | None = None
    concluded_at = factory.LazyAttribute(
        lambda reply: None if reply.state == ReplyState.INVITED else reply.published_at
    )


class CorrectionFactory(DjangoModelFactory):
    """An entry of the log of corrections; a draft. A `published_at` is written past the services and the ledger."""

    class Meta:
        model = models.Correction

    pledge = factory.SubFactory(PledgeFactory, published=True)
    wrong = "Navedli smo napačen znesek."
    right = "Pravi znesek je 10.000 €."
    wrong_salt = _salt("wrong")
    right_salt = _salt("right")
    severity = CorrectionSeverity.FACT
    requested_by = RequestedBy.READER


class AmendmentFactory(DjangoModelFactory):
    """Other words for a frozen field; a draft."""

    class Meta:
        model = models.Amendment

    pledge = factory.SubFactory(PledgeFactory, published=True)
    part = AmendedField.QUOTE
    after = "V drugem letu bomo uredili točko programa."
    reason = "Prepis programa je bil napačen."
    author = factory.SubFactory(UserFactory, email="spremljevalka@example.si", last_name="Spremljevalka")


class TipFactory(DjangoModelFactory):
    """A reader's message."""

    class Meta:
        model = models.Tip

    pledge = factory.SubFactory(PledgeFactory, published=True)
    message = "Dela so se začela."
    tracking_digest = factory.Sequence(lambda n: services.tracking_digest(f"{n:016x}"))
    erase_on = dt.date(2027, 1, 1)
