"""Which page a key of an import file stands for."""

from django.db import models
from django.utils.translation import gettext_lazy as _

KEY_LENGTH = 200


class ImportedPage(models.Model):
    """That a page came from an import file, and as what: so that a second import finds it again.

    The pages of one key are translations of each other (they share Wagtail's `translation_key`). `fingerprint` is that
    of the row and its files at the last import: while it is the same, the page is left alone, edited by hand or not.
    """

    key = models.CharField(_("key"), max_length=KEY_LENGTH)
    locale = models.ForeignKey(
        "wagtailcore.Locale", verbose_name=_("locale"), on_delete=models.CASCADE, related_name="+"
    )
    page = models.OneToOneField("wagtailcore.Page", verbose_name=_("page"), on_delete=models.CASCADE, related_name="+")
    revision = models.ForeignKey(
        "wagtailcore.Revision",
        verbose_name=_("revision of the last import"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    fingerprint = models.CharField(_("fingerprint of the row"), max_length=64)

    class Meta:
        verbose_name = _("imported page")
        verbose_name_plural = _("imported pages")
        constraints = [models.UniqueConstraint(fields=["key", "locale"], name="home_importedpage_key")]

    def __str__(self) -> str:
        return f"{self.key} ({self.locale})"
