"""Records for tests and the demo, all fictional; every value follows from a counter, nothing is random.

Everything but pledges, assessments, replies, corrections, recognitions and proposals is public from `LONG_AGO` on;
`published_at=None` makes a draft. Pledges and assessments are drafts; `published=True` publishes them through
`services`, as the site does.
"""

import datetime as dt
import string
from collections.abc import Iterable
from typing import Any

import factory
from factory.django import DjangoModelFactory

from zaveza.users.factories import UserFactory

from . import models, services
from .enums import (
    AmendedField,
    AssessmentKind,
    CorrectionSeverity,
    EditionState,
    EvidenceKind,
    MandateEndReason,
    OrganisationKind,
    PartnershipRole,
    PromisedBy,
    ReplyState,
    RequestedBy,
    Status,
    SubmissionChannel,
    Uptake,
)
from .ledger import chain

LONG_AGO = dt.datetime(2022, 9, 1, 8, 0, tzinfo=dt.UTC)
PLEDGES_PUBLISHED = dt.datetime(2022, 11, 1, 8, 0, tzinfo=dt.UTC)


def _letters(n: int) -> str:
    """Three letters of which the first stands in no Slovene name, so that it meets no code of the reference data."""
    first, rest = divmod(n, 26 * 26)
    return "QWXY"[first % 4] + string.ascii_uppercase[rest // 26] + string.ascii_uppercase[rest % 26]


class RegionFactory(DjangoModelFactory):
    """A region beside the twelve of the reference data."""

    class Meta:
        model = models.Region
        django_get_or_create = ("nuts3",)

    nuts3 = factory.Sequence(lambda n: f"XX{n % 1000:03d}")
    name = factory.Sequence(lambda n: f"Regija {n}")
    slug = factory.Sequence(lambda n: f"regija-{n}")
    population = 100_000


class MunicipalityFactory(DjangoModelFactory):
    """A municipality beside the 212 of the reference data; `MunicipalityFactory(code="AJD")` gives that one."""

    class Meta:
        model = models.Municipality
        django_get_or_create = ("code",)

    iso_code = factory.Sequence(lambda n: f"X{n % 100_000:05d}")
    code = factory.Sequence(_letters)
    name = factory.Sequence(lambda n: f"Občina {n}")
    slug = factory.Sequence(lambda n: f"obcina-{n}")
    region = factory.SubFactory(RegionFactory, nuts3="XX000", name="Izmišljena", slug="izmisljena")
    population = 5_000
    latitude = "46.05000"
    longitude = "14.50000"


class EditionFactory(DjangoModelFactory):
    """The running School for Mayors of 2022, or of another `year`, with its title in Slovene."""

    class Meta:
        model = models.Edition
        django_get_or_create = ("year",)
        skip_postgeneration_save = True

    year = 2022
    election_date = factory.LazyAttribute(lambda edition: dt.date(edition.year, 11, 20))
    state = EditionState.RUNNING
    methodology_version = "1.0"
    copyright_holder = "Mreža izmišljenih organizacij"
    published_at = LONG_AGO

    @factory.post_generation
    def title(edition: models.Edition, create: bool, title: str | None, **kwargs: Any) -> None:
        if create and not edition.texts.filter(language="sl").exists():
            text = title or f"Šola za župane {edition.year}"
            models.EditionText.objects.create(edition=edition, language="sl", title=text)


class KeyDateFactory(DjangoModelFactory):
    """A dated step of an edition."""

    class Meta:
        model = models.KeyDate
        skip_postgeneration_save = True

    edition = factory.SubFactory(EditionFactory)
    date = factory.Sequence(lambda n: dt.date(2022, 9, 1) + dt.timedelta(days=n % 300))

    @factory.post_generation
    def title(key_date: models.KeyDate, create: bool, title: str | None, **kwargs: Any) -> None:
        if create:
            models.KeyDateText.objects.create(key_date=key_date, language="sl", title=title or "Ključni dan")


class OrganisationFactory(DjangoModelFactory):
    """A non-governmental organisation."""

    class Meta:
        model = models.Organisation
        django_get_or_create = ("slug",)

    name = factory.Sequence(lambda n: f"Društvo {n}")
    slug = factory.Sequence(lambda n: f"drustvo-{n}")
    kind = OrganisationKind.NGO
    website = factory.LazyAttribute(lambda organisation: f"https://{organisation.slug}.example.si/")
    published_at = LONG_AGO


class HubFactory(OrganisationFactory):
    """A regional hub; `covers=[municipality, …]` says what it watches."""

    class Meta:
        model = models.Organisation
        django_get_or_create = ("slug",)
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Stičišče {n}")
    slug = factory.Sequence(lambda n: f"sticisce-{n}")
    kind = OrganisationKind.HUB

    @factory.post_generation
    def covers(
        hub: models.Organisation,
        create: bool,
        municipalities: Iterable[models.Municipality] | None,
        **kwargs: Any,
    ) -> None:
        for municipality in municipalities or ():
            HubCoverageFactory(hub=hub, municipality=municipality)


class HubCoverageFactory(DjangoModelFactory):
    """That a hub watches a municipality."""

    class Meta:
        model = models.HubCoverage

    hub = factory.SubFactory(HubFactory)
    municipality = factory.SubFactory(MunicipalityFactory)
    start = dt.date(2018, 1, 1)


class HubMemberFactory(DjangoModelFactory):
    """A user's hub."""

    class Meta:
        model = models.HubMember

    user = factory.SubFactory(UserFactory)
    hub = factory.SubFactory(HubFactory)


class PartnershipFactory(DjangoModelFactory):
    """A partner of an edition; for a page pass `edition=None` and its `page_translation_key`."""

    class Meta:
        model = models.Partnership

    organisation = factory.SubFactory(OrganisationFactory)
    role = PartnershipRole.PARTNER
    edition = factory.SubFactory(EditionFactory)


class PersonFactory(DjangoModelFactory):
    """A fictional person."""

    class Meta:
        model = models.Person

    name = factory.Sequence(lambda n: f"Jana Primerna {n}")
    gender = "f"


class CandidacyFactory(DjangoModelFactory):
    """A person who stood and was elected."""

    class Meta:
        model = models.Candidacy

    person = factory.SubFactory(PersonFactory)
    municipality = factory.SubFactory(MunicipalityFactory)
    edition = factory.SubFactory(EditionFactory)
    list_name = "Lista za kraj"
    elected = True
    published_at = LONG_AGO


class MandateFactory(DjangoModelFactory):
    """The four years that a candidacy won; `ended=True` ends them on the planned day."""

    class Meta:
        model = models.Mandate

    class Params:
        ended = factory.Trait(
            end=factory.SelfAttribute("planned_end"),
            end_reason=MandateEndReason.TERM,
        )

    candidacy = factory.SubFactory(CandidacyFactory)
    person = factory.SelfAttribute("candidacy.person")
    municipality = factory.SelfAttribute("candidacy.municipality")
    start = factory.LazyAttribute(lambda mandate: dt.date(mandate.candidacy.edition.year, 12, 12))
    planned_end = factory.LazyAttribute(lambda mandate: mandate.start.replace(year=mandate.start.year + 4))
    published_at = LONG_AGO


class ProgrammeFactory(DjangoModelFactory):
    """The first version of the programme that a candidacy handed in."""

    class Meta:
        model = models.Programme

    candidacy = factory.SubFactory(CandidacyFactory)
    submitted_at = LONG_AGO
    channel = SubmissionChannel.FORM
    text = "Program sodelovanja v skupnosti."
    published_at = LONG_AGO


class RecognitionFactory(DjangoModelFactory):
    """An award; a draft."""

    class Meta:
        model = models.Recognition

    candidacy = factory.SubFactory(CandidacyFactory)
    kind = "Priznanje za primeren program"
    date = dt.date(2022, 10, 20)


class TopicFactory(DjangoModelFactory):
    """A topic with its name in Slovene."""

    class Meta:
        model = models.Topic
        django_get_or_create = ("code",)
        skip_postgeneration_save = True

    code = factory.Sequence(lambda n: f"topic-{n}")
    sort_order = factory.Sequence(lambda n: n)

    @factory.post_generation
    def name(topic: models.Topic, create: bool, name: str | None, **kwargs: Any) -> None:
        if create and not topic.texts.filter(language="sl").exists():
            models.TopicText.objects.create(topic=topic, language="sl", name=name or f"Področje {topic.code}")


class ProposalFactory(DjangoModelFactory):
    """What an NGO asked for; a draft."""

    class Meta:
        model = models.Proposal

    edition = factory.SubFactory(EditionFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    title = factory.Sequence(lambda n: f"Predlog {n}")
    text = "Občina naj pripravi akcijski načrt."


class ProposalUptakeFactory(DjangoModelFactory):
    """How far a candidacy took up a proposal."""

    class Meta:
        model = models.ProposalUptake

    proposal = factory.SubFactory(ProposalFactory)
    candidacy = factory.SubFactory(CandidacyFactory)
    extent = Uptake.FULLY


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


class AssessmentFactory(DjangoModelFactory):
    """A draft of a published pledge; `published=True` publishes it.

    Its kind follows from what stands. `published_at` defaults to noon of the effective day, or to the time of the last
    row of the record where that is later. `evidence` is a list.
    """

    class Meta:
        model = models.Assessment

    pledge = factory.SubFactory(PledgeFactory, published=True)
    status = Status.IN_PROGRESS
    effective_date = dt.date(2024, 1, 15)
    author = factory.SubFactory(UserFactory, email="spremljevalka@example.si", last_name="Spremljevalka")
    approver = factory.SubFactory(UserFactory, email="pregledovalka@example.si", last_name="Pregledovalka")
    summary = factory.Sequence(lambda n: f"Povzetek ocene {n}.")
    reasoning = "Zapisnik seje in proračun to potrjujeta."
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
    tracking_code = factory.Sequence(lambda n: f"{n:016x}")
    erase_on = dt.date(2027, 1, 1)


class SubscriptionFactory(DjangoModelFactory):
    """A follow of a pledge that is not confirmed yet."""

    class Meta:
        model = models.Subscription

    email = factory.Sequence(lambda n: f"bralka{n}@example.si")
    token = factory.Sequence(lambda n: f"token-{n}")
    pledge = factory.SubFactory(PledgeFactory, published=True)
