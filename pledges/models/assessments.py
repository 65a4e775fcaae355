"""Assessments (append-only), the evidence for them, and the one projection of a pledge's status."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from ..enums import (
    ASSESSABLE_STATUSES,
    AssessmentKind,
    Direction,
    EvidenceKind,
    Openness,
    Outcome,
    Outlook,
    Reason,
    Stage,
    Status,
    Verification,
)
from ..querysets import EvidenceQuerySet, PublishedQuerySet
from .files import GuardedFileField
from .pledges import Pledge
from .public_ids import PublicIdField, assign_public_id
from .redactable import digest_field, salt_field
from .words import Words

_ASSESSABLE = [(status.value, status.label) for status in ASSESSABLE_STATUSES]


class Evidence(models.Model):
    """A source for or against a judgement; public once a published assessment cites it."""

    public_id = PublicIdField()
    pledge = models.ForeignKey(Pledge, verbose_name=_("pledge"), on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField(_("kind"), max_length=20, choices=EvidenceKind)
    direction = models.CharField(_("direction"), max_length=12, choices=Direction, default=Direction.SUPPORTS)
    title = models.CharField(_("title"), max_length=255)
    publisher = models.CharField(_("publisher"), max_length=255, blank=True)
    url = models.URLField(_("address"), max_length=1000, blank=True)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    accessed_on = models.DateField(_("accessed on"), null=True, blank=True)
    excerpt = models.TextField(_("excerpt"), blank=True)
    excerpt_salt = salt_field()
    excerpt_digest = digest_field()
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, default="sl")
    licence = models.CharField(_("licence"), max_length=100, blank=True)
    stored_copy = GuardedFileField(_("stored copy"), upload_to="evidence/", blank=True)
    sha256 = models.CharField(_("SHA-256 of the copy"), max_length=64, blank=True, editable=False)
    # What the file is by its first bytes: `pdf`, `html` …
    copy_type = models.CharField(_("type of the copy"), max_length=5, blank=True, default="", editable=False)
    copied_at = models.DateTimeField(_("copied at"), null=True, blank=True, editable=False)
    copy_is_public = models.BooleanField(
        _("readers may open the stored copy"),
        default=False,
        help_text=_(
            "Only where its licence or the law allows it, as with official documents. Readers see the excerpt, the "
            "link and the hash of the copy in any case."
        ),
    )

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["-published_on", "pk"]

    def __str__(self) -> str:
        return self.title

    @transaction.atomic  # what reacts to the save sees the id
    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        assign_public_id(self, "evidence")


class Assessment(ClusterableModel):
    """One dated judgement of a pledge.

    A draft has no `published_at`. Published (`services.publish_assessment`) it has a `sequence` and the database
    refuses every UPDATE and DELETE (`append_only`); what was wrong is corrected by a new row that `supersedes` it.
    """

    pledge = models.ForeignKey(Pledge, verbose_name=_("pledge"), on_delete=models.PROTECT, related_name="assessments")
    # What the signers declared: erasable where it was sealed, as it is since there are digests of it.
    DECLARATIONS = ("author_interest", "approver_interest")

    sequence = models.PositiveBigIntegerField(_("record number"), unique=True, null=True, blank=True, editable=False)
    kind = models.CharField(_("kind"), max_length=12, choices=AssessmentKind, default=AssessmentKind.CHANGE)
    supersedes = models.ForeignKey(
        "self",
        verbose_name=_("supersedes"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="superseded_by",
    )
    status = models.CharField(_("status"), max_length=20, choices=_ASSESSABLE)
    late = models.BooleanField(_("late"), default=False)
    reason = models.CharField(_("reason"), max_length=20, choices=Reason, blank=True)
    inherited = models.BooleanField(_("begun before the mandate"), default=False)
    verification = models.CharField(
        _("verification"), max_length=15, choices=Verification, default=Verification.DOCUMENTED
    )
    openness = models.CharField(_("openness"), max_length=15, choices=Openness, blank=True)
    outlook = models.CharField(_("outlook"), max_length=10, choices=Outlook, blank=True)
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome, blank=True)
    effective_date = models.DateField(_("effective date"), help_text=_("When it became so in the world."))
    stage = models.CharField(
        _("stage"), max_length=15, choices=Stage, default=Stage.DRAFT, editable=False, db_index=True
    )
    published_at = models.DateTimeField(_("published at"), null=True, blank=True, editable=False, db_index=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("author"), on_delete=models.PROTECT, related_name="assessments"
    )
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("approver"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="approved_assessments",
        editable=False,
    )
    # The names as signed then: a user's later change of name rewrites no published row.
    author_name = models.CharField(_("signed by"), max_length=255, blank=True, editable=False)
    approver_name = models.CharField(_("approved by"), max_length=255, blank=True, editable=False)
    # What each of the two declared before signing; empty where they have no interest. Readers see it.
    author_interest = models.TextField(_("interest of the author"), blank=True, default="", editable=False)
    approver_interest = models.TextField(_("interest of the second reader"), blank=True, default="", editable=False)
    author_interest_salt = salt_field()
    author_interest_digest = digest_field()
    approver_interest_salt = salt_field()
    approver_interest_digest = digest_field()
    window_skipped = models.TextField(_("why nobody was asked for a reply"), blank=True, default="", editable=False)
    # Over what the second reader approved (`services.digest_of`): nothing changes between that and publication.
    approved_digest = models.CharField(_("digest of what was approved"), max_length=64, blank=True, editable=False)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, default="sl")
    summary = models.TextField(_("summary"))
    reasoning = models.TextField(_("reasoning"), blank=True)
    summary_salt = salt_field()
    summary_digest = digest_field()
    reasoning_salt = salt_field()
    reasoning_digest = digest_field()
    methodology_version = models.CharField(_("methodology version"), max_length=20)
    evidence = models.ManyToManyField(
        Evidence, verbose_name=_("evidence"), through="AssessmentEvidence", related_name="assessments", blank=True
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    objects = PublishedQuerySet.as_manager()

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        ordering = ["-published_at", "-sequence", "-pk"]
        permissions = [("approve_assessment", "Can approve and publish an assessment that someone else wrote")]
        indexes = [models.Index(fields=["pledge", "published_at"], name="pledges_assessment_history")]
        constraints = [
            models.CheckConstraint(
                condition=Q(published_at__isnull=True, sequence__isnull=True)
                | Q(published_at__isnull=False, sequence__isnull=False, approver__isnull=False),
                name="pledges_assessment_published_numbered",
            ),
            models.CheckConstraint(
                condition=Q(approver__isnull=True) | ~Q(approver=models.F("author")),
                name="pledges_assessment_two_people",
                violation_error_message=_("Nobody approves their own assessment."),
            ),
            models.CheckConstraint(
                condition=Q(stage=Stage.PUBLISHED, published_at__isnull=False)
                | (~Q(stage=Stage.PUBLISHED) & Q(published_at__isnull=True)),
                name="pledges_assessment_published_stage",
            ),
            models.CheckConstraint(
                condition=~Q(stage=Stage.REPLY_WINDOW) | (Q(approver__isnull=False) & ~Q(approved_digest="")),
                name="pledges_assessment_window_approved",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.NOT_ASSESSED), name="pledges_assessment_never_not_assessed"
            ),
            models.CheckConstraint(
                condition=Q(supersedes__isnull=False)
                | ~Q(kind__in=[AssessmentKind.CORRECTION, AssessmentKind.RETRACTION]),
                name="pledges_assessment_supersedes",
                violation_error_message=_("A correction or retraction names the assessment it supersedes."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pledge.public_id}: {self.get_status_display()}, {self.effective_date.isoformat()}"

    def clean(self) -> None:
        super().clean()
        if self.supersedes_id and self.supersedes.pledge_id != self.pledge_id:
            raise ValidationError({"supersedes": _("This assessment is of another pledge.")})
        if self.outlook and not (self.pledge_id and self.pledge.due_date):
            raise ValidationError({"outlook": _("Only a pledge with a due date has an outlook.")})


class AssessmentEvidence(models.Model):
    """That an assessment cites a piece of evidence; frozen with the assessment."""

    # A part of its assessment: it goes with a draft; the database keeps it where the assessment is published.
    assessment = ParentalKey(Assessment, on_delete=models.CASCADE, related_name="citations")
    evidence = models.ForeignKey(
        Evidence, verbose_name=_("evidence"), on_delete=models.PROTECT, related_name="citations"
    )
    sha256 = models.CharField(
        _("SHA-256 of the copy when it was cited"), max_length=64, blank=True, default="", editable=False
    )

    class Meta:
        verbose_name = _("cited evidence")
        verbose_name_plural = _("cited evidence")
        constraints = [
            models.UniqueConstraint(fields=["assessment", "evidence"], name="pledges_assessmentevidence_once")
        ]

    def __str__(self) -> str:
        return str(self.evidence)


class AssessmentText(Words):
    """A translation of an assessment's summary and reasoning; labelled as such and no part of the record itself."""

    assessment = ParentalKey(Assessment, on_delete=models.CASCADE, related_name="texts")
    summary = models.TextField(_("summary"))
    reasoning = models.TextField(_("reasoning"), blank=True)

    class Meta:
        verbose_name = _("translation of an assessment")
        verbose_name_plural = _("translations of assessments")
        constraints = [
            models.UniqueConstraint(fields=["assessment", "language"], name="pledges_assessmenttext_language")
        ]

    def __str__(self) -> str:
        return f"{self.assessment} ({self.language})"


class StandingFields(models.Model):
    """What a pledge's assessments amount to, as a row to filter and sort by."""

    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.NOT_ASSESSED, db_index=True)
    assessment = models.ForeignKey(Assessment, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    late = models.BooleanField(_("late"), default=False)
    reason = models.CharField(_("reason"), max_length=20, choices=Reason, blank=True)
    inherited = models.BooleanField(_("begun before the mandate"), default=False)
    verification = models.CharField(_("verification"), max_length=15, choices=Verification, blank=True)
    last_changed = models.DateTimeField(_("last changed"), null=True, blank=True, db_index=True)
    last_checked = models.DateTimeField(_("last checked"), null=True, blank=True)

    class Meta:
        abstract = True


class PledgeStatus(StandingFields):
    """What a pledge's assessments amount to now: a projection, written by `services.rebuild_statuses` only."""

    pledge = models.OneToOneField(Pledge, on_delete=models.CASCADE, primary_key=True, related_name="current")
    next_check = models.DateField(_("next check due"), null=True, blank=True, db_index=True)

    class Meta:
        verbose_name = _("status of a pledge")
        verbose_name_plural = _("statuses of pledges")

    def __str__(self) -> str:
        return f"{self.pledge_id}: {self.status}"


class PledgeStanding(StandingFields):
    """The same for the time between two publications: what `PledgeQuerySet.known` reads, written with it."""

    pledge = models.ForeignKey(Pledge, on_delete=models.CASCADE, related_name="standings")
    since = models.DateTimeField(_("since"))
    until = models.DateTimeField(_("until"), null=True, blank=True)

    # Nothing was due to be checked again in the past.
    next_check = None

    class Meta:
        verbose_name = _("earlier status of a pledge")
        verbose_name_plural = _("earlier statuses of pledges")
        constraints = [models.UniqueConstraint(fields=["pledge", "since"], name="pledges_pledgestanding_once")]

    def __str__(self) -> str:
        return f"{self.pledge_id}: {self.status}, {self.since.isoformat()}"
