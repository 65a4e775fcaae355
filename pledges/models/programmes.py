"""Programmes of cooperation in the community, recognitions for them, and the proposals that they took up."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..enums import AdoptionStage, SubmissionChannel, Suitability, Uptake
from ..querysets import OfCandidacyQuerySet, ProposalQuerySet, UptakeQuerySet
from .areas import Municipality
from .editions import Edition
from .organisations import Organisation
from .people import Candidacy
from .public_ids import PublicIdField, assign_public_id
from .topics import Topic
from .words import PublishedRecord


class Programme(PublishedRecord):
    """One version of the programme that a candidacy handed in, with its file, text and suitability decision.

    Once it is published, `FROZEN_FIELDS` and `DECISION_FIELDS` keep what they say; what was empty can be filled in.
    What is stored decides, `published_at` included: nobody takes a publication back to rewrite what was published.
    """

    FROZEN_FIELDS = ("published_at", "candidacy_id", "version", "supersedes_id", "submitted_at", "channel", "sha256")
    DECISION_FIELDS = ("suitability", "criteria_met", "criteria_total", "decided_on", "jury", "decision_reason")

    public_id = PublicIdField()
    candidacy = models.ForeignKey(
        Candidacy, verbose_name=_("candidacy"), on_delete=models.PROTECT, related_name="programmes"
    )
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    supersedes = models.OneToOneField(
        "self",
        verbose_name=_("supersedes"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="superseded_by",
    )
    submitted_at = models.DateTimeField(_("submitted at"))
    channel = models.CharField(_("channel"), max_length=10, choices=SubmissionChannel)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, default="sl")
    file = models.FileField(_("file"), upload_to="programmes/", blank=True)
    file_size = models.PositiveIntegerField(_("file size in bytes"), null=True, blank=True, editable=False)
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True, editable=False)
    text = models.TextField(_("text"), blank=True)
    # The suitability decision
    suitability = models.CharField(_("suitability"), max_length=12, choices=Suitability, blank=True)
    criteria_met = models.PositiveSmallIntegerField(_("criteria met"), null=True, blank=True)
    criteria_total = models.PositiveSmallIntegerField(_("criteria in all"), null=True, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    jury = models.TextField(_("jury"), blank=True, help_text=_("The names of its members."))
    decision_reason = models.TextField(_("reason of the decision"), blank=True)
    adoption_stage = models.CharField(_("as an official act"), max_length=10, choices=AdoptionStage, blank=True)

    objects = OfCandidacyQuerySet.as_manager()

    class Meta:
        verbose_name = _("programme of cooperation")
        verbose_name_plural = _("programmes of cooperation")
        ordering = ["candidacy", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["candidacy", "version"], name="pledges_programme_version_once"),
            models.CheckConstraint(
                condition=Q(suitability="") | Q(decided_on__isnull=False),
                name="pledges_programme_decision_dated",
                violation_error_message=_("A suitability decision needs its date."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.candidacy}, {_('version')} {self.version}"

    def frozen_fields(self) -> list[str]:
        """Names of the fields that keep their value: those that were published with one."""
        names = (*self.FROZEN_FIELDS, *self.DECISION_FIELDS)
        stored = type(self)._default_manager.filter(pk=self.pk).values(*names).first()
        if not stored or stored["published_at"] is None:
            return []
        return [name for name in names if stored[name] not in (None, "")]

    def frozen_changes(self) -> list[str]:
        """Names of frozen fields that differ from what is stored."""
        names = self.frozen_fields() if self.pk else []
        stored = type(self)._default_manager.filter(pk=self.pk).values(*names).get() if names else {}
        return [name for name in names if getattr(self, name) != stored[name]]

    @transaction.atomic  # what reacts to the save sees the id
    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save. Raises `ValidationError` where a published programme would say something else."""
        if self.frozen_changes():
            raise ValidationError(_("A published programme and the jury's decision on it stay as they are."))
        super().save(*args, **kwargs)
        assign_public_id(self, "programme")


class ProgrammeCriterion(models.Model):
    """One criterion of suitability as it stood when the jury decided, and whether the programme meets it."""

    programme = models.ForeignKey(
        Programme, verbose_name=_("programme"), on_delete=models.CASCADE, related_name="criteria"
    )
    sort_order = models.PositiveSmallIntegerField(_("order"), default=0)
    text = models.CharField(_("criterion"), max_length=255)
    language = models.CharField(
        _("language"), max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    met = models.BooleanField(_("met"))

    class Meta:
        verbose_name = _("criterion of a programme")
        verbose_name_plural = _("criteria of programmes")
        ordering = ["sort_order", "pk"]

    def __str__(self) -> str:
        return self.text


class Recognition(PublishedRecord):
    """An award to a candidacy for a suitable programme."""

    public_id = PublicIdField()
    candidacy = models.ForeignKey(
        Candidacy, verbose_name=_("candidacy"), on_delete=models.PROTECT, related_name="recognitions"
    )
    kind = models.CharField(_("kind"), max_length=255)
    date = models.DateField(_("date"))
    event = models.CharField(_("event"), max_length=255, blank=True)
    citation = models.TextField(_("citation"), blank=True)

    objects = OfCandidacyQuerySet.as_manager()

    class Meta:
        verbose_name = _("recognition")
        verbose_name_plural = _("recognitions")
        ordering = ["-date", "pk"]

    def __str__(self) -> str:
        return f"{self.kind}: {self.candidacy}"

    @transaction.atomic  # what reacts to the save sees the id
    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        assign_public_id(self, "recognition")


class Proposal(PublishedRecord):
    """What an NGO asked candidates to take up; public from `published_at` on, with its edition and its organisation.

    Its page says what became of it (`ProposalUptake`). Without a municipality it was addressed to all of them.
    """

    public_id = PublicIdField()
    edition = models.ForeignKey(Edition, verbose_name=_("edition"), on_delete=models.PROTECT, related_name="proposals")
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="proposals"
    )
    municipality = models.ForeignKey(
        Municipality,
        verbose_name=_("municipality"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="proposals",
    )
    topic = models.ForeignKey(
        Topic, verbose_name=_("topic"), null=True, blank=True, on_delete=models.PROTECT, related_name="proposals"
    )
    title = models.CharField(_("title"), max_length=255)
    text = models.TextField(_("text"), blank=True)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, default="sl")

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ["-edition", "title"]

    def __str__(self) -> str:
        return self.title

    @transaction.atomic  # what reacts to the save sees the id
    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        assign_public_id(self, "proposal")


class ProposalUptake(models.Model):
    """How far one candidacy took up one proposal, and in which pledge."""

    proposal = models.ForeignKey(Proposal, verbose_name=_("proposal"), on_delete=models.CASCADE, related_name="uptakes")
    candidacy = models.ForeignKey(
        Candidacy, verbose_name=_("candidacy"), on_delete=models.CASCADE, related_name="uptakes"
    )
    pledge = models.ForeignKey(
        "pledges.Pledge",
        verbose_name=_("pledge"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="uptakes",
    )
    extent = models.CharField(_("extent"), max_length=10, choices=Uptake)

    objects = UptakeQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer to a proposal")
        verbose_name_plural = _("answers to proposals")
        constraints = [
            models.UniqueConstraint(fields=["proposal", "candidacy", "pledge"], name="pledges_proposaluptake_once")
        ]

    def __str__(self) -> str:
        return f"{self.proposal}: {self.get_extent_display()}"

    def clean(self) -> None:
        """Refuse an answer to what was not asked, in a pledge of somebody else, or beside one that says otherwise."""
        super().clean()
        if not (self.proposal_id and self.candidacy_id):
            return
        proposal, candidacy = self.proposal, self.candidacy
        if proposal.edition_id != candidacy.edition_id:
            raise ValidationError(_("The proposal was made for another edition."))
        if proposal.municipality_id not in (None, candidacy.municipality_id):
            raise ValidationError(_("The proposal was addressed to another municipality."))
        if self.pledge and self.pledge.programme.candidacy_id != candidacy.pk:
            raise ValidationError({"pledge": _("This pledge is of another candidacy.")})
        is_declined = self.extent == Uptake.DECLINED
        if self.pledge and is_declined:
            raise ValidationError({"pledge": _("What was declined stands in no pledge.")})
        others = type(self)._default_manager.filter(proposal=proposal, candidacy=candidacy).exclude(pk=self.pk)
        # In a unique constraint nothing is never the same as nothing.
        if not self.pledge and others.filter(pledge__isnull=True).exists():
            raise ValidationError(_("This candidacy's answer without a pledge stands here already."))
        if (is_declined and others.exists()) or others.filter(extent=Uptake.DECLINED).exists():
            raise ValidationError({"extent": _("A proposal is either declined or taken up.")})
