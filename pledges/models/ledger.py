"""The ledger: one hash chain over everything published that must never change (design: domain, Ledger)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..enums import LedgerKind


class LedgerRow(models.Model):
    """One link of the chain, written by `pledges.ledger.chain.append` only; the database refuses every change.

    The content itself stays with its record (`pledges.ledger.contents`); here are its hash and the hash over this row
    and the one before.
    """

    sequence = models.PositiveBigIntegerField(_("ledger number"), primary_key=True)
    kind = models.CharField(_("kind"), max_length=12, choices=LedgerKind)
    at = models.DateTimeField(_("published at"), db_index=True)
    record = models.CharField(_("record"), max_length=60)
    format = models.PositiveSmallIntegerField(_("format version"))
    content_sha256 = models.CharField(_("SHA-256 of the content"), max_length=64)
    previous = models.CharField(_("hash of the previous row"), max_length=64)
    hash = models.CharField(_("hash"), max_length=64)

    class Meta:
        verbose_name = _("row of the ledger")
        verbose_name_plural = _("rows of the ledger")
        ordering = ["-sequence"]
        constraints = [models.UniqueConstraint(fields=["kind", "record"], name="pledges_ledgerrow_once")]

    def __str__(self) -> str:
        return self.public_id

    @property
    def public_id(self) -> str:
        """The permanent id: `L-4127`."""
        return f"L-{self.sequence}"
