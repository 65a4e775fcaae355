"""Regions and municipalities: reference data (Register of Spatial Units, Statistical Office of Slovenia)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Region(models.Model):
    """One of the twelve NUTS-3 statistical regions."""

    nuts3 = models.CharField(_("NUTS-3 code"), max_length=5, unique=True)
    name = models.CharField(_("name"), max_length=100)
    slug = models.SlugField(_("slug"), max_length=100, unique=True)
    population = models.PositiveIntegerField(_("population"))

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Municipality(models.Model):
    """One of the 212 municipalities. Municipalities split and merge, hence the dates of validity."""

    iso_code = models.CharField(_("ISO 3166-2 code"), max_length=6, unique=True)
    code = models.CharField(
        _("code"), max_length=3, unique=True, help_text=_("Three letters, part of every pledge's id; never reused.")
    )
    name = models.CharField(_("name"), max_length=100)
    slug = models.SlugField(_("slug"), max_length=100, unique=True)
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, related_name="municipalities", verbose_name=_("region")
    )
    population = models.PositiveIntegerField(_("population"))
    latitude = models.DecimalField(_("latitude"), max_digits=8, decimal_places=5)
    longitude = models.DecimalField(_("longitude"), max_digits=8, decimal_places=5)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    class Meta:
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def public_id(self) -> str:
        """The permanent id in exports and search results."""
        return f"municipality-{self.iso_code}"
