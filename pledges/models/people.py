"""Persons, their candidacies and their mandates: three different things."""

from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..enums import Gender, MandateEndReason
from ..querysets import CandidacyQuerySet, PersonQuerySet, PublishedQuerySet
from .areas import Municipality
from .editions import Edition
from .public_ids import PublicIdField, assign_public_id
from .words import PublishedRecord


class Person(models.Model):
    """Somebody who stands for mayor or holds the office. No birth date, address or e-mail is kept."""

    public_id = PublicIdField()
    name = models.CharField(_("name"), max_length=200)
    gender = models.CharField(_("grammatical form"), max_length=1, choices=Gender, blank=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("persons")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @transaction.atomic  # what reacts to the save sees the id
    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        assign_public_id(self, "person")


class Candidacy(PublishedRecord):
    """A person who stands in one municipality at one edition's election."""

    public_id = PublicIdField()
    person = models.ForeignKey(Person, verbose_name=_("person"), on_delete=models.PROTECT, related_name="candidacies")
    municipality = models.ForeignKey(
        Municipality, verbose_name=_("municipality"), on_delete=models.PROTECT, related_name="candidacies"
    )
    edition = models.ForeignKey(
        Edition, verbose_name=_("edition"), on_delete=models.PROTECT, related_name="candidacies"
    )
    list_name = models.CharField(
        _("list or party"), max_length=255, blank=True, help_text=_("As printed on the ballot then.")
    )
    first_round_share = models.DecimalField(
        _("first round, % of votes"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    second_round_share = models.DecimalField(
        _("second round, % of votes"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    first_round_votes = models.PositiveIntegerField(_("first round, votes"), null=True, blank=True)
    second_round_votes = models.PositiveIntegerField(_("second round, votes"), null=True, blank=True)
    elected = models.BooleanField(
        _("elected"), null=True, blank=True, default=None, help_text=_("Leave empty while it is unknown.")
    )
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)

    objects = CandidacyQuerySet.as_manager()

    class Meta:
        verbose_name = _("candidacy")
        verbose_name_plural = _("candidacies")
        ordering = ["edition", "municipality", "person"]
        constraints = [
            models.UniqueConstraint(fields=["person", "municipality", "edition"], name="pledges_candidacy_once")
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.municipality}, {self.edition})"

    @transaction.atomic  # what reacts to the save sees the id
    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        assign_public_id(self, "candidacy")

    @property
    def is_lost(self) -> bool:
        """Not elected, or withdrawn; while the result is unknown it is neither won nor lost."""
        return self.elected is False or (self.elected is None and self.withdrawn_on is not None)


class Mandate(PublishedRecord):
    """A person in the office of mayor of one municipality, from taking office to the end."""

    public_id = PublicIdField()
    person = models.ForeignKey(Person, verbose_name=_("person"), on_delete=models.PROTECT, related_name="mandates")
    municipality = models.ForeignKey(
        Municipality, verbose_name=_("municipality"), on_delete=models.PROTECT, related_name="mandates"
    )
    candidacy = models.OneToOneField(
        Candidacy,
        verbose_name=_("candidacy"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="mandate",
        help_text=_("The candidacy that won it."),
    )
    start = models.DateField(_("start"))
    planned_end = models.DateField(_("planned end"))
    end = models.DateField(_("end"), null=True, blank=True)
    end_reason = models.CharField(_("reason of the end"), max_length=20, choices=MandateEndReason, blank=True)
    predecessor = models.ForeignKey(
        "self",
        verbose_name=_("predecessor"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="successors",
    )

    objects = PublishedQuerySet.as_manager()

    class Meta:
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates")
        ordering = ["-start"]
        constraints = [
            models.CheckConstraint(
                condition=Q(end__isnull=True) | Q(end__gte=models.F("start")),
                name="pledges_mandate_dates",
                violation_error_message=_("A mandate does not end before it starts."),
            ),
            models.CheckConstraint(
                condition=Q(end__isnull=True, end_reason="") | (Q(end__isnull=False) & ~Q(end_reason="")),
                name="pledges_mandate_end_reason",
                violation_error_message=_("The end of a mandate needs its reason, and only an ended one has it."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.municipality} {self.start.year}–{self.last_day.year}"

    @transaction.atomic  # what reacts to the save sees the id
    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        assign_public_id(self, "mandate")

    @property
    def last_day(self) -> Any:
        """The day it ended, else the day on which it is to end."""
        return self.end or self.planned_end
