"""Pages of text: about, methodology, accessibility."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from zaveza.base.blocks import BodyBlock
from zaveza.base.models.pages import BasePage, words


class StandardPage(BasePage):
    """A page of text with sections."""

    lead = models.TextField(_("lead"), blank=True, help_text=_("Two or three sentences below the title."))
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)

    template = "pages/standard_page.html"
    parent_page_types: ClassVar[list[str]] = ["home.HomePage", "home.StandardPage"]
    subpage_types: ClassVar[list[str]] = ["home.StandardPage"]
    max_count = None

    content_panels: ClassVar[list] = [*BasePage.content_panels, FieldPanel("lead"), FieldPanel("body")]
    translatable_fields: ClassVar[list] = [*BasePage.common_fields, *words("lead", "body")]

    class Meta:
        verbose_name = _("page of text")
        verbose_name_plural = _("pages of text")
