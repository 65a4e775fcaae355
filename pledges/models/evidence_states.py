"""Whether the address of a source still works, and how far a copy of it is: facts about evidence that may change."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..enums import CopyState, LinkResult, LinkState
from .assessments import Evidence


class EvidenceState(models.Model):
    """What is known of a source now: a projection beside the frozen row, written by `services` only."""

    evidence = models.OneToOneField(Evidence, on_delete=models.CASCADE, primary_key=True, related_name="state")
    link = models.CharField(_("link"), max_length=10, choices=LinkState, default=LinkState.UNCHECKED, db_index=True)
    failures = models.PositiveSmallIntegerField(_("failures in a row"), default=0)
    checked_at = models.DateTimeField(_("link checked at"), null=True, blank=True)
    worked_at = models.DateTimeField(_("link last worked at"), null=True, blank=True)
    next_check_at = models.DateTimeField(_("next check of the link"), null=True, blank=True, db_index=True)
    copy = models.CharField(_("copy"), max_length=10, choices=CopyState, blank=True, default="")
    copy_problem = models.CharField(_("why there is no copy"), max_length=255, blank=True, default="")

    class Meta:
        verbose_name = _("state of evidence")
        verbose_name_plural = _("states of evidence")

    def __str__(self) -> str:
        return f"{self.evidence_id}: {self.link}"


class LinkCheck(models.Model):
    """One look at the address of a source. Rows are only added; `EvidenceState` is what they amount to."""

    evidence = models.ForeignKey(
        Evidence, verbose_name=_("evidence"), on_delete=models.CASCADE, related_name="link_checks"
    )
    checked_at = models.DateTimeField(_("checked at"), db_index=True)
    # An address may be corrected while the evidence is a draft: each check says which one it looked at.
    url = models.URLField(_("address"), max_length=1000)
    result = models.CharField(_("result"), max_length=10, choices=LinkResult)
    status = models.PositiveSmallIntegerField(_("HTTP status"), null=True, blank=True)
    final_url = models.CharField(_("address after redirects"), max_length=2000, blank=True)
    problem = models.CharField(_("problem"), max_length=255, blank=True)

    class Meta:
        verbose_name = _("check of a link")
        verbose_name_plural = _("checks of links")
        ordering = ["-checked_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.url}: {self.get_result_display()}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise ValueError("A check is never changed: add another one.")
        super().save(*args, **kwargs)
