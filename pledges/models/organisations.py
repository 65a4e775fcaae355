"""Organisations, what hubs watch, and in what role an organisation takes part in an edition or a page."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from ..enums import OrganisationKind, PartnershipRole
from ..querysets import PublishedWordsQuerySet
from .areas import Municipality
from .editions import Edition
from .words import HasWords, PublishedRecord, Words


class Organisation(HasWords, PublishedRecord):
    """A hub, NGO, municipality body, company, academia, media or funder. `name` is its own, translations beside."""

    name = models.CharField(_("name"), max_length=255, help_text=_("In the organisation's own language."))
    slug = models.SlugField(_("slug"), max_length=100, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=OrganisationKind)
    logo = models.ForeignKey(
        "images.CustomImage", verbose_name=_("logo"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    logo_alt = models.CharField(_("alternative text of the logo"), max_length=255, blank=True)
    website = models.URLField(_("website"), blank=True)
    social_url = models.URLField(_("social profile"), blank=True)
    social_name = models.CharField(
        _("name of the social profile"), max_length=100, blank=True, help_text=_("As the link reads, not “click”.")
    )
    email = models.EmailField(_("e-mail address"), blank=True)

    objects = PublishedWordsQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class OrganisationText(Words):
    """An organisation's name in another language."""

    organisation = ParentalKey(Organisation, on_delete=models.CASCADE, related_name="texts")
    name = models.CharField(_("name"), max_length=255)

    class Meta:
        verbose_name = _("name of an organisation")
        verbose_name_plural = _("names of organisations")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "language"], name="pledges_organisationtext_language")
        ]

    def __str__(self) -> str:
        return self.name


class HubCoverage(models.Model):
    """Which municipality a hub watches, and since when. A hub's area is not assumed to be a statistical region."""

    hub = models.ForeignKey(
        Organisation,
        verbose_name=_("hub"),
        on_delete=models.PROTECT,
        related_name="coverages",
        limit_choices_to={"kind": OrganisationKind.HUB},
    )
    municipality = models.ForeignKey(
        Municipality, verbose_name=_("municipality"), on_delete=models.PROTECT, related_name="coverages"
    )
    start = models.DateField(_("since"))
    end = models.DateField(_("until"), null=True, blank=True)
    funding_note = models.CharField(
        _("funding declared"),
        max_length=255,
        blank=True,
        help_text=_("Money from this municipality; such a hub is never the only assessor."),
    )

    class Meta:
        verbose_name = _("coverage of a hub")
        verbose_name_plural = _("coverage of hubs")
        ordering = ["hub", "municipality"]
        constraints = [
            models.UniqueConstraint(fields=["hub", "municipality", "start"], name="pledges_hubcoverage_once"),
            models.CheckConstraint(
                condition=Q(end__isnull=True) | Q(end__gte=models.F("start")), name="pledges_hubcoverage_dates"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hub} – {self.municipality}"


class HubMember(models.Model):
    """A user's hub: what confines a monitor to the municipalities that the hub covers."""

    user = models.OneToOneField(
        "users.User", verbose_name=_("user"), on_delete=models.CASCADE, related_name="hub_membership"
    )
    hub = models.ForeignKey(
        Organisation,
        verbose_name=_("hub"),
        on_delete=models.PROTECT,
        related_name="members",
        limit_choices_to={"kind": OrganisationKind.HUB},
    )

    class Meta:
        verbose_name = _("member of a hub")
        verbose_name_plural = _("members of hubs")

    def __str__(self) -> str:
        return f"{self.user} – {self.hub}"


class Partnership(models.Model):
    """An organisation's role in an edition or on a page (a project's partner, an honorary patron).

    A page is named by its translation key: the partnership is one fact in every language of the page.
    """

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="partnerships"
    )
    role = models.CharField(_("role"), max_length=20, choices=PartnershipRole)
    edition = models.ForeignKey(
        Edition, verbose_name=_("edition"), null=True, blank=True, on_delete=models.CASCADE, related_name="partnerships"
    )
    page_translation_key = models.UUIDField(_("page"), null=True, blank=True, db_index=True)
    sort_order = models.PositiveIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("partnership")
        verbose_name_plural = _("partnerships")
        ordering = ["sort_order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(edition__isnull=False, page_translation_key__isnull=True)
                | Q(edition__isnull=True, page_translation_key__isnull=False),
                name="pledges_partnership_one_target",
                violation_error_message=_("Name either an edition or a page."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_role_display()}"
