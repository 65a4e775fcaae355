"""That published words were erased by law: the words are gone, that they are gone is public."""

from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from ..enums import RedactionGround
from ..querysets import OfPledgeQuerySet
from .pledges import Pledge
from .public_ids import PublicIdField, assign_public_id
from .words import PublishedRecord


class Redaction(PublishedRecord):
    """One erasure of published words (`services.redact`); stands in the public log of corrections."""

    public_id = PublicIdField()
    pledge = models.ForeignKey(
        Pledge, verbose_name=_("pledge"), null=True, blank=True, on_delete=models.PROTECT, related_name="redactions"
    )
    # `reply-12`, `assessment-4127`
    record = models.CharField(_("record"), max_length=60)
    parts = models.CharField(_("what was erased"), max_length=100)
    ground = models.CharField(_("ground"), max_length=20, choices=RedactionGround)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("made by"), null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = OfPledgeQuerySet.as_manager()

    class Meta:
        verbose_name = _("redaction")
        verbose_name_plural = _("redactions")
        ordering = ["-published_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.record}: {self.parts}"

    @transaction.atomic  # what reacts to the save sees the id
    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        assign_public_id(self, "redaction")
