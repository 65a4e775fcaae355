"""What imports remember: under which key a file named a record, and the jobs of the admin's wizard."""

from django.db import models
from django.utils.translation import gettext_lazy as _


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
