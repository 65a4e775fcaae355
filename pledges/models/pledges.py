"""Pledges: checkable promises cut from a programme."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from ..enums import AmendedField, DatePrecision, Gate, PledgeKind, PledgeState, PromisedBy, Testability
from ..querysets import PledgeQuerySet
from .areas import Municipality
from .editions import Edition
from .organisations import Organisation
from .programmes import Programme
from .public_ids import PublicIdField
from .topics import Topic
from .words import HasWords, PublishedRecord, Words


class SimilarityGroup(models.Model):
    """Pledges of different programmes with the same goal."""

    name = models.CharField(_("name"), max_length=255, unique=True)

    class Meta:
        verbose_name = _("group of similar pledges")
        verbose_name_plural = _("groups of similar pledges")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Pledge(HasWords, PublishedRecord):
    """One checkable promise, word for word, with where it stands and what would fulfil it.

    `public_id` and `number` are given at first publication (`services.publish_pledge`) and never change; from then
    on `FROZEN_FIELDS` are frozen: what was promised, by whom, until when, how it is read and measured, and on whom it
    hangs. Those of `enums.AmendedField` may be amended in public; of the others, the due date among them, a correction
    says what was wrong, because the numbers of earlier days were counted with them. Open stay how it is found and
    compared (topics, group of similar pledges) and the editors' words for it in each language (`PledgeText`), which are
    today's on every day. The status is not here: it is a projection (`PledgeStatus`).
    """

    FROZEN_FIELDS = (
        "quote",
        "quote_language",
        "quote_prefix",
        "quote_suffix",
        "page",
        "paragraph",
        "programme_id",
        "success_criteria",
        "promised_by",
        "organisation_id",
        "kind",
        "testability",
        "interpretation",
        "indicator",
        "indicator_baseline",
        "indicator_target",
        "indicator_unit",
        "due_date",
        "due_precision",
        "responsible_body",
        "depends_on_council",
        "depends_on_state",
        "depends_on_eu_funds",
        "carried_over_from_id",
        "municipality_id",
        "edition_id",
        "number",
        "public_id",
        "published_at",
    )
    # Frozen once it was merged or withdrawn
    CLOSING_FIELDS = ("state", "closed_at", "withdrawn_reason", "merged_into_id")

    public_id = PublicIdField()
    number = models.PositiveIntegerField(_("number"), null=True, blank=True, editable=False)
    state = models.CharField(
        _("state"), max_length=10, choices=PledgeState, default=PledgeState.DRAFT, editable=False, db_index=True
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("submitted by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="submitted_pledges",
        editable=False,
    )
    # Whoever made the draft or changed its words: none of them publishes it (`services.note_author`).
    authors = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("written by"),
        through="PledgeAuthor",
        related_name="written_pledges",
        editable=False,
    )
    closed_at = models.DateTimeField(_("merged or withdrawn at"), null=True, blank=True, editable=False)
    withdrawn_reason = models.TextField(_("reason of the withdrawal"), blank=True, editable=False)
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("merged into"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="merged",
        editable=False,
    )

    programme = models.ForeignKey(
        Programme, verbose_name=_("programme"), on_delete=models.PROTECT, related_name="pledges"
    )
    # Of the programme's candidacy, copied so that lists filter without three joins; set in `save`.
    municipality = models.ForeignKey(
        Municipality,
        verbose_name=_("municipality"),
        on_delete=models.PROTECT,
        related_name="pledges",
        editable=False,
    )
    edition = models.ForeignKey(
        Edition, verbose_name=_("edition"), on_delete=models.PROTECT, related_name="pledges", editable=False
    )

    # The promise itself
    quote = models.TextField(_("quote"), help_text=_("Word for word, in the programme's own language."))
    quote_language = models.CharField(
        _("language of the quote"), max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    # Locator: page, paragraph and the W3C TextQuoteSelector (exact = quote)
    page = models.PositiveSmallIntegerField(_("page"), null=True, blank=True)
    paragraph = models.PositiveSmallIntegerField(_("paragraph"), null=True, blank=True)
    quote_prefix = models.TextField(_("text before the quote"), blank=True)
    quote_suffix = models.TextField(_("text after the quote"), blank=True)

    promised_by = models.CharField(_("promised by"), max_length=10, choices=PromisedBy, default=PromisedBy.CANDIDATE)
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("promising organisation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="pledges",
    )
    topics = models.ManyToManyField(Topic, verbose_name=_("topics"), related_name="pledges", blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=PledgeKind, default=PledgeKind.ACTION)
    testability = models.CharField(_("testability"), max_length=25, choices=Testability, default=Testability.TESTABLE)
    interpretation = models.TextField(
        _("interpretation"), blank=True, help_text=_("How the words are read; shown to readers.")
    )
    success_criteria = models.TextField(
        _("success criteria"), blank=True, help_text=_("One criterion per line; frozen at first publication.")
    )
    indicator = models.CharField(_("indicator"), max_length=255, blank=True)
    indicator_baseline = models.DecimalField(_("baseline"), max_digits=14, decimal_places=2, null=True, blank=True)
    indicator_target = models.DecimalField(_("target"), max_digits=14, decimal_places=2, null=True, blank=True)
    indicator_unit = models.CharField(_("unit"), max_length=50, blank=True)
    due_date = models.DateField(_("due date"), null=True, blank=True)
    due_precision = models.CharField(
        _("precision of the due date"), max_length=5, choices=DatePrecision, default=DatePrecision.DAY
    )
    responsible_body = models.CharField(_("responsible body"), max_length=255, blank=True)
    depends_on_council = models.BooleanField(_("depends on the council"), default=False)
    depends_on_state = models.BooleanField(_("depends on the state"), default=False)
    depends_on_eu_funds = models.BooleanField(_("depends on EU funds"), default=False)
    carried_over_from = models.ForeignKey(
        "self",
        verbose_name=_("carried over from"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="carried_over_to",
    )
    similarity_group = models.ForeignKey(
        SimilarityGroup,
        verbose_name=_("group of similar pledges"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="pledges",
    )

    objects = PledgeQuerySet.as_manager()

    class Meta:
        verbose_name = _("pledge")
        verbose_name_plural = _("pledges")
        ordering = ["municipality", "edition", "number", "pk"]
        permissions = [
            ("submit_pledge", "Can submit a pledge for review"),
            ("publish_pledge", "Can publish a pledge that someone else submitted"),
            ("close_pledge", "Can merge or withdraw a pledge"),
        ]
        indexes = [
            models.Index(fields=["municipality", "edition", "state"], name="pledges_pledge_place"),
            models.Index(fields=["due_date"], name="pledges_pledge_due"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "edition", "number"], name="pledges_pledge_number_once"),
            models.CheckConstraint(
                condition=Q(promised_by=PromisedBy.CANDIDATE, organisation__isnull=True)
                | Q(promised_by=PromisedBy.NGO, organisation__isnull=False),
                name="pledges_pledge_promiser",
                violation_error_message=_("A pledge of an organisation names it; a candidate's names none."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=[PledgeState.DRAFT, PledgeState.IN_REVIEW], published_at__isnull=True)
                | Q(
                    state__in=[PledgeState.PUBLISHED, PledgeState.MERGED, PledgeState.WITHDRAWN],
                    published_at__isnull=False,
                    public_id__isnull=False,
                    number__isnull=False,
                ),
                name="pledges_pledge_published_numbered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.public_id or _('draft')}: {self.title}"

    @property
    def title(self) -> str:
        """Its title in the reader's language, else in another, else the beginning of the quote."""
        return self.words.title if self.words else self.quote[:80]

    @property
    def title_language(self) -> str:
        """The language that `title` is in, for the `lang` attribute."""
        return self.words.language if self.words else self.quote_language

    @property
    def criteria(self) -> list[str]:
        """The success criteria, one by one."""
        return [line.strip() for line in self.success_criteria.splitlines() if line.strip()]

    @property
    def due_last_day(self) -> dt.date | None:
        """The last day on which it is still in time: the due date, or the end of its month or year."""
        day = self.due_date
        if day is None or self.due_precision == DatePrecision.DAY:
            return day
        if self.due_precision == DatePrecision.YEAR:
            return day.replace(month=12, day=31)
        return (day.replace(day=1) + dt.timedelta(days=32)).replace(day=1) - dt.timedelta(days=1)

    @property
    def standing(self) -> Any:
        """What its assessments amount to: now, or as known on the day that its queryset was asked for (`known`)."""
        return getattr(self, "known", None) if hasattr(self, "as_of") else getattr(self, "current", None)

    @property
    def gate_code(self) -> str:
        """A `Gate` code where it is shown but never rated, else an empty string; as `PledgeQuerySet.with_gate`."""
        if self.programme.candidacy.is_lost:
            return Gate.NOT_IN_OFFICE
        return Gate.NOT_TESTABLE if self.testability == Testability.NOT_TESTABLE else ""

    def clean(self) -> None:
        """Refuse changes to what froze at first publication; name every such field."""
        super().clean()
        if self.testability == Testability.TESTABLE_AS_INTERPRETED and not self.interpretation:
            raise ValidationError({"interpretation": _("Say how the words are read: readers see this note.")})
        changed = self.frozen_changes()
        if changed:
            raise ValidationError(
                {
                    name.removesuffix("_id"): _("Frozen since the first publication; make an amendment.")
                    if name in AmendedField.values
                    else _("Frozen since the first publication; a correction says what was wrong.")
                    for name in changed
                }
            )

    def frozen_changes(self) -> list[str]:
        """Names of frozen fields that differ from what is stored; empty for a pledge never published."""
        if not self.pk:
            return []
        stored = type(self)._default_manager.filter(pk=self.pk).values("published_at", *self.FROZEN_FIELDS).first()
        if not stored or stored["published_at"] is None:
            return []
        field = self._meta.get_field
        return [name for name in self.FROZEN_FIELDS if field(name).to_python(getattr(self, name)) != stored[name]]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with municipality and edition of its candidacy. Raises `ValidationError` for changed frozen words."""
        if self.frozen_changes():
            raise ValidationError(
                _("What was promised, until when, on whom it depends and how it is read are frozen since publication.")
            )
        candidacy = self.programme.candidacy
        self.municipality_id, self.edition_id = candidacy.municipality_id, candidacy.edition_id
        super().save(*args, **kwargs)


class PledgeAuthor(models.Model):
    """That somebody made a draft or changed it before its first publication. Readers never see it."""

    pledge = models.ForeignKey(Pledge, verbose_name=_("pledge"), on_delete=models.CASCADE, related_name="authorships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("user"), on_delete=models.PROTECT)

    class Meta:
        verbose_name = _("author of a pledge")
        verbose_name_plural = _("authors of pledges")
        constraints = [models.UniqueConstraint(fields=["pledge", "user"], name="pledges_pledgeauthor_once")]

    def __str__(self) -> str:
        return f"{self.pledge_id}: {self.user}"


class PledgeText(Words):
    """Title and summary of a pledge in one language. The quote itself is never translated here."""

    pledge = ParentalKey(Pledge, on_delete=models.CASCADE, related_name="texts")
    title = models.CharField(_("title"), max_length=255)
    summary = models.TextField(_("summary"), blank=True)

    class Meta:
        verbose_name = _("words of a pledge")
        verbose_name_plural = _("words of pledges")
        constraints = [models.UniqueConstraint(fields=["pledge", "language"], name="pledges_pledgetext_language")]

    def __str__(self) -> str:
        return self.title
