"""Places, editions, organisations, people and what they handed in."""

import datetime as dt
import string
from collections.abc import Iterable
from typing import Any

import factory
from factory.django import DjangoModelFactory

from zaveza.users.factories import UserFactory

from .. import models
from ..enums import EditionState, MandateEndReason, OrganisationKind, PartnershipRole, SubmissionChannel, Uptake

LONG_AGO = dt.datetime(2022, 9, 1, 8, 0, tzinfo=dt.UTC)


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
    """The four years that a candidacy won; `ended=True` ends them on the planned day.

    One that an assessment made for itself gives way to the one that a test asks for.
    """

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

    @classmethod
    def _create(cls, model_class: type[models.Mandate], *args: Any, **fields: Any) -> models.Mandate:
        made = model_class.objects.filter(candidacy=fields["candidacy"], candidacy__isnull=False).first()
        if made is not None:
            for name, value in fields.items():
                setattr(made, name, value)
            made.save()
            return made
        mandate: models.Mandate = super()._create(model_class, *args, **fields)
        return mandate


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
