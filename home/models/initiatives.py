"""A programme page: what an NGO programme does, initiative by initiative."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField

from zaveza.base.blocks import SHORT_TEXT_FEATURES, BodyBlock, FactsBlock, LabelsBlock
from zaveza.base.models.pages import BasePage, words


class InitiativeBlock(blocks.StructBlock):
    """One initiative: what it is, for whom, how often and where."""

    name = blocks.CharBlock(label=_("Name"), max_length=255)
    description = blocks.RichTextBlock(label=_("Description"), features=SHORT_TEXT_FEATURES, required=False)
    audience = blocks.CharBlock(label=_("For whom"), required=False, max_length=255)
    frequency = blocks.CharBlock(
        label=_("How often"), required=False, max_length=255, help_text=_("Such as “several times a year”.")
    )
    place = blocks.CharBlock(label=_("Where"), required=False, max_length=255)

    class Meta:
        icon = "list-ol"
        label = _("Initiative")
        label_format = "{name}"


class InitiativesBlock(blocks.StreamBlock):
    """The initiatives of a programme."""

    initiative = InitiativeBlock()


class InitiativesPage(BasePage):
    """A programme with its initiatives. Not the programme of a candidacy, which is a record of the pledges."""

    lead = models.TextField(_("lead"), blank=True, help_text=_("Two or three sentences below the title."))
    facts = StreamField(FactsBlock(), verbose_name=_("facts"), blank=True, help_text=_("Beside the title."))
    audience = StreamField(LabelsBlock(), verbose_name=_("for whom"), blank=True)
    place = models.CharField(_("where"), max_length=255, blank=True)
    intro = StreamField(BodyBlock(), verbose_name=_("introduction"), blank=True)
    initiatives_title = models.CharField(
        _("heading of the initiatives"), max_length=200, blank=True, help_text=_("Empty means “Initiatives”.")
    )
    initiatives_note = models.TextField(_("note in the margin"), blank=True)
    initiatives = StreamField(InitiativesBlock(), verbose_name=_("initiatives"), blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True, help_text=_("Below the initiatives."))

    template = "pages/initiatives_page.html"
    parent_page_types: ClassVar[list[str]] = ["home.HomePage", "home.StandardPage"]
    subpage_types: ClassVar[list[str]] = []
    max_count = None

    content_panels: ClassVar[list] = [
        *BasePage.content_panels,
        FieldPanel("lead"),
        MultiFieldPanel([FieldPanel("audience"), FieldPanel("place"), FieldPanel("facts")], heading=_("In short")),
        FieldPanel("intro"),
        MultiFieldPanel(
            [FieldPanel("initiatives_title"), FieldPanel("initiatives_note"), FieldPanel("initiatives")],
            heading=_("Initiatives"),
        ),
        FieldPanel("body"),
    ]
    translatable_fields: ClassVar[list] = [
        *BasePage.common_fields,
        *words(
            "lead",
            "facts",
            "audience",
            "place",
            "intro",
            "initiatives_title",
            "initiatives_note",
            "initiatives",
            "body",
        ),
    ]

    class Meta:
        verbose_name = _("page of initiatives")
        verbose_name_plural = _("pages of initiatives")
