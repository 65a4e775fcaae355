"""Ready-made questions to the record. `public()` is the only door from a public page to a model."""

import datetime as dt
from typing import ClassVar, Self

from django.db import models
from django.db.models import Case, Exists, FilteredRelation, OuterRef, Q, Value, When

from zaveza import clock

from .enums import FINAL_STATUSES, Gate, PledgeState, Testability


def as_moment(at: dt.datetime | dt.date | None = None) -> dt.datetime:
    """The moment asked for: now, that moment, or for a day its end in Europe/Ljubljana."""
    if at is None:
        return clock.now()
    return at if isinstance(at, dt.datetime) else clock.end_of_day(at)


# Not elected, or withdrawn before it could be known (unknown is not no).
_LOST = Q(programme__candidacy__elected=False) | Q(
    programme__candidacy__elected__isnull=True, programme__candidacy__withdrawn_on__isnull=False
)


def _lost_by(day: dt.date) -> Q:
    """The same as known on a day: results come with the election, a withdrawal with its date."""
    voted = Q(edition__election_date__isnull=True) | Q(edition__election_date__lte=day)
    unknown = Q(programme__candidacy__elected__isnull=True) | Q(edition__election_date__gt=day)
    return (Q(programme__candidacy__elected=False) & voted) | (Q(programme__candidacy__withdrawn_on__lte=day) & unknown)


class PublishedQuerySet(models.QuerySet):
    """Records with a `published_at`: public from that moment on, and only together with what they are part of.

    `PART_OF` names the ways to those records; one that is empty hides nothing.
    """

    PART_OF: ClassVar[tuple[str, ...]] = ()

    def public(self, at: dt.datetime | dt.date | None = None) -> Self:
        """What an anonymous reader may see, now or as known at an earlier moment."""
        moment = as_moment(at)
        wholes = [Q(**{f"{path}__isnull": True}) | Q(**{f"{path}__published_at__lte": moment}) for path in self.PART_OF]
        return self.filter(*wholes, published_at__lte=moment)


class WordsQuerySet(models.QuerySet):
    """Records whose translated words are rows beside them."""

    def with_words(self) -> Self:
        """One query for the words of all rows (`.words` then costs nothing)."""
        return self.prefetch_related("texts")


class PublishedWordsQuerySet(PublishedQuerySet, WordsQuerySet):
    """Both of the above."""


class CandidacyQuerySet(PublishedQuerySet):
    """Candidacies."""

    PART_OF = ("edition",)


class OfCandidacyQuerySet(PublishedQuerySet):
    """What belongs to a candidacy: programmes and recognitions."""

    PART_OF = ("candidacy", "candidacy__edition")


class AgreementQuerySet(PublishedQuerySet):
    """Agreement of two extractions of a programme."""

    PART_OF = ("programme", "programme__candidacy", "programme__candidacy__edition")


class OfPledgeQuerySet(PublishedQuerySet):
    """What is said about a pledge: replies and corrections. They outlive its withdrawal."""

    PART_OF = ("pledge",)


class ProposalQuerySet(PublishedQuerySet):
    """What organisations asked for."""

    PART_OF = ("edition", "organisation")


class UptakeQuerySet(models.QuerySet):
    """What became of proposals. A row has no time of its own: it is public together with all that it names."""

    def public(self, at: dt.datetime | dt.date | None = None) -> Self:
        """Rows of public proposals and candidacies; a pledge that one names was published, and may be closed since."""
        model = self.model
        proposals = model._meta.get_field("proposal").related_model._default_manager.public(at)
        candidacies = model._meta.get_field("candidacy").related_model._default_manager.public(at)
        pledges = model._meta.get_field("pledge").related_model._default_manager.on_record(at)
        return self.filter(
            Q(pledge__isnull=True) | Exists(pledges.filter(pk=OuterRef("pledge"))),
            Exists(proposals.filter(pk=OuterRef("proposal"))),
            Exists(candidacies.filter(pk=OuterRef("candidacy"))),
        )


class PersonQuerySet(models.QuerySet):
    """Persons have no date of publication: a candidacy or a mandate makes them public."""

    def public(self, at: dt.datetime | dt.date | None = None) -> Self:
        """Those with a public candidacy or mandate."""
        model = self.model
        candidacies = model._meta.get_field("candidacies").related_model._default_manager.public(at)
        mandates = model._meta.get_field("mandates").related_model._default_manager.public(at)
        own = {"person": OuterRef("pk")}
        return self.filter(Exists(candidacies.filter(**own)) | Exists(mandates.filter(**own)))


class EvidenceQuerySet(models.QuerySet):
    """Evidence is public once a published assessment cites it."""

    def public(self, at: dt.datetime | dt.date | None = None) -> Self:
        """What a published assessment cites."""
        citations = self.model._meta.get_field("citations").related_model._default_manager
        return self.filter(
            Exists(citations.filter(evidence=OuterRef("pk"), assessment__published_at__lte=as_moment(at)))
        )


class PledgeQuerySet(PublishedQuerySet, WordsQuerySet):
    """Pledges."""

    # The moment as at which the rows were asked for; None: now.
    known_at: dt.datetime | None = None

    def _clone(self) -> Self:
        clone: Self = super()._clone()
        clone.known_at = self.known_at
        return clone

    def known(self, at: dt.datetime | dt.date | None = None) -> Self:
        """What was known then: the pledges public at a moment with their gates and statuses of that moment.

        Everything that is built on it (lists, counts, facets, exports) asks `standing_path` and follows. Without `at`
        it is `public()`.
        """
        return self.public(at).with_standing(at)

    def with_standing(self, at: dt.datetime | dt.date | None = None) -> Self:
        """The rows with their statuses, now or as known then; which rows they are stays as it is."""
        if at is None:
            return self._clone()
        moment = as_moment(at)
        then = Q(standings__since__lte=moment) & (Q(standings__until__isnull=True) | Q(standings__until__gt=moment))
        day = moment.astimezone(clock.SITE_ZONE).date()
        queryset = self.annotate(
            known=FilteredRelation("standings", condition=then), as_of=Value(day, models.DateField())
        )
        queryset.known_at = moment
        return queryset

    @property
    def standing_path(self) -> str:
        """Where the status of the rows stands: now, or as known at the moment that they were asked for."""
        return "known" if self.known_at else "current"

    def public(self, at: dt.datetime | dt.date | None = None) -> Self:
        """Published pledges, neither merged nor withdrawn, of a public programme, candidacy and edition.

        Of a pledge that an organisation promised, that organisation is public, too.
        """
        moment = as_moment(at)
        return self.on_record(moment).filter(Q(closed_at__isnull=True) | Q(closed_at__gt=moment))

    def on_record(self, at: dt.datetime | dt.date | None = None) -> Self:
        """The same with those that were merged or withdrawn: their addresses go on to answer."""
        moment = as_moment(at)
        return self.filter(
            Q(organisation__isnull=True) | Q(organisation__published_at__lte=moment),
            published_at__lte=moment,
            programme__published_at__lte=moment,
            programme__candidacy__published_at__lte=moment,
            edition__published_at__lte=moment,
        ).exclude(state__in=[PledgeState.DRAFT, PledgeState.IN_REVIEW])

    def with_gate(self) -> Self:
        """Annotate `gate`: a `Gate` code where the pledge is shown but not rated, else an empty string."""
        day = self.known_at and self.known_at.astimezone(clock.SITE_ZONE).date()
        return self.annotate(
            gate=Case(
                When(_lost_by(day) if day else _LOST, then=Value(Gate.NOT_IN_OFFICE.value)),
                When(testability=Testability.NOT_TESTABLE, then=Value(Gate.NOT_TESTABLE.value)),
                default=Value(""),
                output_field=models.CharField(),
            )
        )

    def unassessed_in_the_end(self) -> Self:
        """Pledges whose mandate has ended and that still have no final status: their final assessment is due."""
        return (
            self.with_gate()
            .filter(state=PledgeState.PUBLISHED, gate="", programme__candidacy__mandate__end__isnull=False)
            .exclude(current__status__in=FINAL_STATUSES)
        )

    def for_listing(self) -> Self:
        """Everything that a row of a list shows, in a fixed number of queries."""
        return (
            self.with_gate()
            .select_related(
                "municipality", "edition", self.standing_path, "programme__candidacy__person", "organisation"
            )
            .prefetch_related("texts", "topics__texts")
        )
