"""Editions of the School for Mayors and their key dates."""

import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from zaveza import clock

from ..enums import DatePrecision, EditionState, KeyDateKind
from ..querysets import PublishedWordsQuerySet, WordsQuerySet
from .words import HasWords, PublishedRecord, Words


class Edition(HasWords, PublishedRecord):
    """One School for Mayors and its local election. Never edited into the next one."""

    year = models.PositiveSmallIntegerField(_("year"), unique=True)
    election_date = models.DateField(_("election day"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=EditionState, default=EditionState.ANNOUNCED)
    methodology_version = models.CharField(_("methodology version"), max_length=20)
    copyright_holder = models.CharField(_("© holder"), max_length=255, blank=True)

    objects = PublishedWordsQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["-year"]

    def __str__(self) -> str:
        return str(self.year)

    @property
    def is_archived(self) -> bool:
        """Readable but closed: no new programme, pledge, tip or follow."""
        return self.state == EditionState.ARCHIVED


class EditionText(Words):
    """The words of an edition in one language, with the funder's obligatory text word for word."""

    edition = ParentalKey(Edition, on_delete=models.CASCADE, related_name="texts")
    title = models.CharField(_("title"), max_length=255)
    funder_text = models.TextField(_("funder's text"), blank=True)
    suitability_criteria = models.TextField(
        _("criteria of suitability"),
        blank=True,
        help_text=_("One per line. The jury decides each of them for every programme."),
    )

    class Meta:
        verbose_name = _("words of an edition")
        verbose_name_plural = _("words of editions")
        constraints = [models.UniqueConstraint(fields=["edition", "language"], name="pledges_editiontext_language")]

    def __str__(self) -> str:
        return self.title


class KeyDate(HasWords):
    """A dated step of an edition; whether it is past, today or next is computed."""

    edition = models.ForeignKey(Edition, verbose_name=_("edition"), on_delete=models.CASCADE, related_name="key_dates")
    date = models.DateField(_("date"), help_text=_("The first day of the month where only the month is known."))
    precision = models.CharField(
        _("precision"),
        max_length=5,
        choices=[(DatePrecision.DAY, DatePrecision.DAY.label), (DatePrecision.MONTH, DatePrecision.MONTH.label)],
        default=DatePrecision.DAY,
    )
    kind = models.CharField(
        _("what it means to the site"),
        max_length=20,
        choices=KeyDateKind,
        blank=True,
        help_text=_("After the day on which programmes are due the hand-in form takes none."),
    )

    objects = WordsQuerySet.as_manager()

    class Meta:
        verbose_name = _("key date")
        verbose_name_plural = _("key dates")
        ordering = ["date", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "kind"], condition=~models.Q(kind=""), name="pledges_keydate_kind_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.edition} {self.date.isoformat()}"

    @property
    def last_day(self) -> dt.date:
        """The day itself, or the last day of the month."""
        if self.precision == DatePrecision.DAY:
            return self.date
        next_month = (self.date.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
        return next_month - dt.timedelta(days=1)

    @property
    def is_past(self) -> bool:
        return self.last_day < clock.today()

    @property
    def is_now(self) -> bool:
        return self.date <= clock.today() <= self.last_day


class KeyDateText(Words):
    """The words of a key date in one language."""

    key_date = ParentalKey(KeyDate, on_delete=models.CASCADE, related_name="texts")
    title = models.CharField(_("title"), max_length=255)
    text = models.TextField(_("text"), blank=True)

    class Meta:
        verbose_name = _("words of a key date")
        verbose_name_plural = _("words of key dates")
        constraints = [models.UniqueConstraint(fields=["key_date", "language"], name="pledges_keydatetext_language")]

    def __str__(self) -> str:
        return self.title
