"""The way of an assessment over the desk: who did what, when, and with which words. Never public."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from zaveza import clock

from ..enums import DeskStepKind
from .assessments import Assessment


class DeskStep(models.Model):
    """One step of one draft. It goes with a deleted draft; what was published is never deleted, nor are its steps."""

    assessment = models.ForeignKey(
        Assessment, verbose_name=_("assessment"), on_delete=models.CASCADE, related_name="steps"
    )
    kind = models.CharField(_("step"), max_length=12, choices=DeskStepKind)
    # Nobody, where the clock did it.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("at"), default=clock.now)
    comment = models.TextField(_("comment"), blank=True)

    class Meta:
        verbose_name = _("step of an assessment")
        verbose_name_plural = _("steps of assessments")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.at:%Y-%m-%d}"
