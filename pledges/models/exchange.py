"""What imports remember: under which key a file named a record, and the jobs of the admin's wizard."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..enums import ImportState


class ExchangeKey(models.Model):
    """The key by which a file named a record that has no public id of that form, so that a second import finds it."""

    table = models.CharField(_("table"), max_length=40)
    key = models.CharField(_("key"), max_length=100)
    object_pk = models.PositiveBigIntegerField(_("record"))

    class Meta:
        verbose_name = _("key of an imported record")
        verbose_name_plural = _("keys of imported records")
        constraints = [models.UniqueConstraint(fields=["table", "key"], name="pledges_exchangekey_once")]
        indexes = [models.Index(fields=["table", "object_pk"], name="pledges_exchangekey_record")]

    def __str__(self) -> str:
        return f"{self.table}: {self.key}"


class ImportJob(models.Model):
    """One file that somebody brought to the admin: checked first, written on their word, erased after its period.

    What is kept beyond the file's period is who imported how many rows when.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("imported by"), on_delete=models.PROTECT, related_name="import_jobs"
    )
    file = models.FileField(_("file"), upload_to="imports/", blank=True)
    name = models.CharField(_("name of the file"), max_length=255)
    state = models.CharField(_("state"), max_length=10, choices=ImportState, default=ImportState.CHECKING)
    created_at = models.DateTimeField(_("uploaded at"))
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    erase_on = models.DateField(_("to be erased on"))
    # [[table, new, changed, unchanged], …]
    counts = models.JSONField(_("rows"), default=list, blank=True)
    notices = models.JSONField(_("notices"), default=list, blank=True)
    # [[table, row, key, column, message, suggestion], …]
    problems = models.JSONField(_("problems"), default=list, blank=True)
    problem_count = models.PositiveIntegerField(_("number of problems"), default=0)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_waiting(self) -> bool:
        """Whether something is being done with it at this moment."""
        return self.state in (ImportState.CHECKING, ImportState.WRITING)
