"""Extraction: two people mark the pledges of a programme independently; then a third settles where they differ."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from ..enums import DatePrecision, ExtractionState, MarkOutcome, PledgeKind, Testability, TextSource
from ..querysets import AgreementQuerySet
from .pledges import Pledge
from .programmes import Programme
from .words import PublishedRecord


@dataclass(frozen=True)
class Sentence:
    """One sentence of a programme's text: the unit of agreement. `start` and `end` are offsets in its paragraph."""

    number: int
    text: str
    paragraph: int
    start: int
    end: int


@dataclass(frozen=True)
class TextParagraph:
    """One paragraph with its sentences; `index` counts from 0 in the text, `page` and `number` are the locator."""

    index: int
    page: int | None
    number: int
    text: str
    sentences: tuple[Sentence, ...]


class ProgrammeText(models.Model):
    """The text of one programme version as marks refer to it: read once from the file, fixed by the first extraction.

    `paragraphs` are those of `zaveza.texts.Paragraph` as data. Without any, `problems` says why.
    """

    programme = models.OneToOneField(
        Programme, verbose_name=_("programme"), on_delete=models.CASCADE, related_name="read_text"
    )
    source = models.CharField(_("source"), max_length=5, choices=TextSource)
    source_sha256 = models.CharField(_("SHA-256 of the source"), max_length=64, editable=False)
    pages = models.PositiveIntegerField(_("pages"), null=True, blank=True)
    paragraphs = models.JSONField(_("paragraphs"), default=list, editable=False)
    problems = models.JSONField(_("problems"), default=list, editable=False)
    read_at = models.DateTimeField(_("read at"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("text of a programme")
        verbose_name_plural = _("texts of programmes")

    def __str__(self) -> str:
        return f"{self.programme}, {self.get_source_display()}"

    @cached_property
    def layout(self) -> tuple[TextParagraph, ...]:
        """Its paragraphs with their sentences, numbered from 1 through the whole text."""
        return tuple(self._layout())

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """All its sentences; the one with number n is at n - 1."""
        return tuple(sentence for paragraph in self.layout for sentence in paragraph.sentences)

    def _layout(self) -> Iterator[TextParagraph]:
        number = 0
        for index, data in enumerate(self.paragraphs):
            sentences = []
            for start, end in data["sentences"]:
                number += 1
                sentences.append(Sentence(number, data["text"][start:end], index, start, end))
            yield TextParagraph(index, data["page"], data["number"], data["text"], tuple(sentences))


class Extraction(models.Model):
    """What one of two people marked in one programme version. Nobody but its author sees it before both finished."""

    programme = models.ForeignKey(
        Programme, verbose_name=_("programme"), on_delete=models.PROTECT, related_name="extractions"
    )
    extractor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("extractor"),
        on_delete=models.PROTECT,
        related_name="extractions",
    )
    programme_id: int
    extractor_id: int
    # First or second: the database itself holds them to two.
    place = models.PositiveSmallIntegerField(_("place"), choices=[(1, _("first")), (2, _("second"))])
    state = models.CharField(
        _("state"), max_length=10, choices=ExtractionState, default=ExtractionState.DRAFT, editable=False
    )
    started_at = models.DateTimeField(_("started at"))
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("extraction")
        verbose_name_plural = _("extractions")
        ordering = ["programme", "place"]
        permissions = [("settle_extraction", "Can settle the differences between two extractions")]
        constraints = [
            models.UniqueConstraint(fields=["programme", "extractor"], name="pledges_extraction_person_once"),
            models.UniqueConstraint(fields=["programme", "place"], name="pledges_extraction_place_once"),
            models.CheckConstraint(condition=Q(place__in=[1, 2]), name="pledges_extraction_two_places"),
            models.CheckConstraint(
                condition=Q(state=ExtractionState.DRAFT, finished_at__isnull=True)
                | Q(state=ExtractionState.FINISHED, finished_at__isnull=False),
                name="pledges_extraction_finished_dated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme}: {self.extractor}"

    @property
    def is_finished(self) -> bool:
        return self.state == ExtractionState.FINISHED


class ExtractionMark(models.Model):
    """One pledge that somebody sees in the text: which sentences, which words, and what they say of them.

    The words are a W3C text-quote selector (`exact`, `prefix`, `suffix`) in one paragraph; a sentence may bear several
    marks, because a sentence with two actions is two pledges.
    """

    extraction = models.ForeignKey(
        Extraction, verbose_name=_("extraction"), on_delete=models.CASCADE, related_name="marks"
    )
    first_sentence = models.PositiveIntegerField(_("first sentence"))
    last_sentence = models.PositiveIntegerField(_("last sentence"))
    exact = models.TextField(_("quote"))
    prefix = models.TextField(_("text before the quote"), blank=True)
    suffix = models.TextField(_("text after the quote"), blank=True)
    page = models.PositiveSmallIntegerField(_("page"), null=True, blank=True)
    paragraph = models.PositiveSmallIntegerField(_("paragraph"))
    title = models.CharField(_("title"), max_length=255)
    kind = models.CharField(_("kind"), max_length=10, choices=PledgeKind, default=PledgeKind.ACTION)
    testability = models.CharField(_("testability"), max_length=25, choices=Testability, default=Testability.TESTABLE)
    interpretation = models.TextField(_("interpretation"), blank=True, help_text=_("How you read the words."))
    due_date = models.DateField(_("due date"), null=True, blank=True)
    due_precision = models.CharField(
        _("precision of the due date"), max_length=5, choices=DatePrecision, default=DatePrecision.DAY
    )
    note = models.TextField(_("note"), blank=True, help_text=_("For whoever settles; readers never see it."))

    decision: "MarkDecision"
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("mark")
        verbose_name_plural = _("marks")
        ordering = ["first_sentence", "last_sentence", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(first_sentence__gte=1, last_sentence__gte=F("first_sentence")),
                name="pledges_mark_sentences_ordered",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def numbers(self) -> range:
        """The numbers of the sentences that it touches."""
        return range(self.first_sentence, self.last_sentence + 1)


class MarkDecision(models.Model):
    """What became of one mark in the settlement."""

    mark = models.OneToOneField(
        ExtractionMark, verbose_name=_("mark"), on_delete=models.PROTECT, related_name="decision"
    )
    outcome = models.CharField(_("outcome"), max_length=10, choices=MarkOutcome)
    merged_into = models.ForeignKey(
        ExtractionMark,
        verbose_name=_("same as"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="merged_decisions",
    )
    reason = models.TextField(_("reason"), blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("decided by"), on_delete=models.PROTECT, related_name="mark_decisions"
    )
    decided_at = models.DateTimeField(_("decided at"))
    pledge = models.OneToOneField(
        Pledge,
        verbose_name=_("pledge"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="mark_decision",
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("decision on a mark")
        verbose_name_plural = _("decisions on marks")
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome=MarkOutcome.MERGED, merged_into__isnull=False)
                | (~Q(outcome=MarkOutcome.MERGED) & Q(merged_into__isnull=True)),
                name="pledges_decision_merged_into",
            )
        ]

    def __str__(self) -> str:
        return f"{self.mark}: {self.get_outcome_display()}"


class ExtractionAgreement(PublishedRecord):
    """How far two independent extractions of a programme agree, sentence by sentence: pledge or not.

    Computed when the second one is finished and never again; public from the end of the settlement on. `alpha` is empty
    where it is not defined: when every sentence got one and the same answer from both, chance cannot be told apart.
    """

    programme = models.OneToOneField(
        Programme, verbose_name=_("programme"), on_delete=models.PROTECT, related_name="agreement"
    )
    units = models.PositiveIntegerField(_("sentences"))
    both = models.PositiveIntegerField(_("marked by both"))
    only_first = models.PositiveIntegerField(_("marked by the first only"))
    only_second = models.PositiveIntegerField(_("marked by the second only"))
    alpha = models.DecimalField(_("Krippendorff's alpha"), max_digits=5, decimal_places=4, null=True, blank=True)
    computed_at = models.DateTimeField(_("computed at"))
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("settled by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="settlements",
    )

    objects = AgreementQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("agreement of two extractions")
        verbose_name_plural = _("agreements of two extractions")
        constraints = [
            models.CheckConstraint(
                condition=Q(units__gte=F("both") + F("only_first") + F("only_second")), name="pledges_agreement_counts"
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | Q(settled_by__isnull=False), name="pledges_agreement_settled"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme}: {self.same}/{self.units}"

    @property
    def neither(self) -> int:
        """Sentences that nobody marked."""
        return self.units - self.both - self.only_first - self.only_second

    @property
    def same(self) -> int:
        """Sentences on which both agree: the numerator of raw agreement; `units` is its denominator."""
        return self.both + self.neither

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; raises `ValueError` where figures that were computed once would change."""
        figures = ("programme_id", "units", "both", "only_first", "only_second", "alpha", "computed_at")
        stored = type(self)._default_manager.filter(pk=self.pk).values(*figures).first() if self.pk else None
        if stored and any(getattr(self, name) != stored[name] for name in figures):
            raise ValueError("The figures of an agreement never change.")
        super().save(*args, **kwargs)
