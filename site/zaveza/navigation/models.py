"""The menu and the footer of the site, one row for each language, translated with wagtail-localize."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import TranslatableMixin
from wagtail_localize.fields import TranslatableField

from zaveza.navigation.blocks import FooterBlock, MenuBlock


class Menu(TranslatableMixin, models.Model):
    """The main menu in one language."""

    items = StreamField(MenuBlock(max_num=8), verbose_name=_("links"))

    panels: ClassVar[list] = [FieldPanel("items")]
    translatable_fields: ClassVar[list] = [TranslatableField("items")]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("main menu")
        verbose_name_plural = _("main menu")
        constraints: ClassVar[list] = [
            models.UniqueConstraint(
                fields=["locale"],
                name="navigation_menu_one_per_language",
                violation_error_message=_("This language has its menu already: change that one."),
            )
        ]

    def __str__(self) -> str:
        return gettext("Main menu")


class Footer(TranslatableMixin, models.Model):
    """The footer in one language: columns of links and a colophon."""

    columns = StreamField(FooterBlock(max_num=4), verbose_name=_("columns"), blank=True)
    colophon_heading = models.CharField(_("heading of the colophon"), max_length=60, blank=True)
    colophon = RichTextField(
        _("colophon"), features=["bold", "link"], blank=True, help_text=_("Licence, publisher, what the site stores.")
    )

    panels: ClassVar[list] = [FieldPanel("columns"), FieldPanel("colophon_heading"), FieldPanel("colophon")]
    translatable_fields: ClassVar[list] = [
        TranslatableField("columns"),
        TranslatableField("colophon_heading"),
        TranslatableField("colophon"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("footer")
        verbose_name_plural = _("footer")
        constraints: ClassVar[list] = [
            models.UniqueConstraint(
                fields=["locale"],
                name="navigation_footer_one_per_language",
                violation_error_message=_("This language has its footer already: change that one."),
            )
        ]

    def __str__(self) -> str:
        return gettext("Footer")
