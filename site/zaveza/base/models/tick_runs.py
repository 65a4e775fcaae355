"""When each of the scheduled jobs ran last."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TickRun(models.Model):
    """The last run of one scheduled job (`zaveza.ticking`); the row without a job's name is that of the whole tick."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    started_at = models.DateTimeField(_("started at"))
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    has_failed = models.BooleanField(_("has failed"), default=False)
    message = models.CharField(_("message"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("scheduled job")
        verbose_name_plural = _("scheduled jobs")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
