"""The front page of each language."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from zaveza.base.blocks import BodyBlock
from zaveza.base.models.pages import ONE_PER_LANGUAGE, BasePage, fact, words


class HomePage(BasePage):
    """The root of one language's pages: what was promised, what became of it, and what is new."""

    lead = models.TextField(_("lead"), blank=True, help_text=_("Two or three sentences below the title."))
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)
    edition_page = models.ForeignKey(
        "home.EditionPage",
        verbose_name=_("edition shown"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Its key dates stand on the front page."),
    )

    template = "pages/home_page.html"
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = [
        "home.NewsIndexPage",
        "home.ProjectIndexPage",
        "home.EventIndexPage",
        "home.EditionPage",
        "home.InitiativesPage",
        "home.StandardPage",
    ]
    max_count = ONE_PER_LANGUAGE

    content_panels: ClassVar[list] = [
        *BasePage.content_panels,
        FieldPanel("lead"),
        FieldPanel("edition_page"),
        FieldPanel("body"),
    ]
    translatable_fields: ClassVar[list] = [*BasePage.common_fields, *words("lead", "body"), fact("edition_page")]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")
