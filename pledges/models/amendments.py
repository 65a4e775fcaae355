"""Amendments of a pledge's frozen words: visible, with a reason, and never in place of what stood there."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..enums import AmendedField, Testability
from ..querysets import OfPledgeQuerySet
from .pledges import Pledge
from .public_ids import PublicIdField, assign_public_id
from .words import PublishedRecord


class Amendment(PublishedRecord):
    """One frozen field of a published pledge reads differently from `published_at` on (`services.publish_amendment`).

    The pledge's own row keeps its first words; `services.amended` shows those of a moment.
    """

    public_id = PublicIdField()
    pledge = models.ForeignKey(Pledge, verbose_name=_("pledge"), on_delete=models.PROTECT, related_name="amendments")
    part = models.CharField(_("what is amended"), max_length=20, choices=AmendedField)
    before = models.TextField(_("read until then"), blank=True, editable=False)
    after = models.TextField(_("reads from now on"), blank=True)
    reason = models.TextField(_("reason"), help_text=_("Readers see it."))
    language = models.CharField(_("language of the reason"), max_length=10, choices=settings.LANGUAGES, default="sl")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("author"), on_delete=models.PROTECT, related_name="amendments"
    )
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("approver"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="approved_amendments",
        editable=False,
    )
    # The names as signed then
    author_name = models.CharField(_("signed by"), max_length=255, blank=True, editable=False)
    approver_name = models.CharField(_("approved by"), max_length=255, blank=True, editable=False)

    objects = OfPledgeQuerySet.as_manager()

    class Meta:
        verbose_name = _("amendment")
        verbose_name_plural = _("amendments")
        ordering = ["-published_at", "-pk"]
        permissions = [("approve_amendment", "Can approve and publish an amendment that someone else wrote")]
        constraints = [
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | Q(approver__isnull=False), name="pledges_amendment_approved"
            ),
            models.CheckConstraint(
                condition=Q(approver__isnull=True) | ~Q(approver=models.F("author")),
                name="pledges_amendment_two_people",
                violation_error_message=_("Nobody approves their own amendment."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pledge.public_id}: {self.get_part_display()}"

    def clean(self) -> None:
        super().clean()
        if message := self.refusal():
            raise ValidationError({"after": message})

    def refusal(self) -> str:
        """Why the field cannot read so; empty where it can."""
        if self.part not in AmendedField.values:
            return ""  # which the field itself refuses
        try:
            value = typed(self.part, self.after)
        except ValueError:
            return gettext("A page, a paragraph or a target is a number, or nothing.")
        try:
            Pledge._meta.get_field(self.part).run_validators(value)  # type: ignore[union-attr]
        except ValidationError as error:
            return " ".join(error.messages)
        if self.part == AmendedField.QUOTE and not self.after.strip():
            return gettext("A pledge has a quote.")
        is_read = self.part == AmendedField.INTERPRETATION and not self.after.strip()
        if is_read and self.pledge.testability == Testability.TESTABLE_AS_INTERPRETED:
            return gettext("Say how the words are read: readers see this note.")
        return ""

    @transaction.atomic  # what reacts to the save sees the id
    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        assign_public_id(self, "amendment")

    @property
    def value(self) -> Any:
        """What the field holds from now on, in its own type."""
        return typed(self.part, self.after)


def typed(field: str, text: str) -> Any:
    """A value of a pledge's field from its text. Raises `ValueError` where it is no number and should be one."""
    if field == AmendedField.INDICATOR_TARGET:
        return _target(text)
    if field not in (AmendedField.PAGE, AmendedField.PARAGRAPH):
        return text
    number = int(text) if text.strip() else None
    if number is not None and not 0 < number <= 32767:
        raise ValueError(text)
    return number


def _target(text: str) -> Decimal | None:
    if not text.strip():
        return None
    field = Pledge._meta.get_field("indicator_target")
    try:
        number = Decimal(text.strip())
        # As the database gives it back, so that the same number reads the same.
        return field.clean(number, None).quantize(Decimal(1).scaleb(-field.decimal_places))  # type: ignore[union-attr]
    except (InvalidOperation, ValidationError) as error:
        raise ValueError(text) from error
