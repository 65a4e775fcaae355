"""News: the list and the article."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField

from zaveza import clock
from zaveza.base.blocks import SHORT_TEXT_FEATURES, BodyBlock
from zaveza.base.models.pages import ONE_PER_LANGUAGE, BasePage, fact, words


class NewsIndexPage(BasePage):
    """The list of news, newest first, filtered by year and hub."""

    lead = models.TextField(_("lead"), blank=True)

    template = "pages/news_index_page.html"
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["home.NewsPage"]
    max_count = ONE_PER_LANGUAGE
    max_count_per_parent = 1

    content_panels: ClassVar[list] = [*BasePage.content_panels, FieldPanel("lead")]
    translatable_fields: ClassVar[list] = [*BasePage.common_fields, *words("lead")]

    class Meta:
        verbose_name = _("list of news")
        verbose_name_plural = _("lists of news")


class NewsPage(BasePage):
    """A news article; the day it was published and the days it tells about are two things."""

    date = models.DateField(_("published on"), default=clock.today, db_index=True, help_text=_("Not the event's day."))
    event_start = models.DateField(_("first day of the event"), null=True, blank=True)
    event_end = models.DateField(
        _("last day of the event"), null=True, blank=True, help_text=_("Empty for an event of one day.")
    )
    lead = models.TextField(_("lead"), blank=True, help_text=_("Two or three sentences below the title."))
    hub = models.ForeignKey(
        "pledges.Organisation",
        verbose_name=_("hub"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"kind": "hub"},
        help_text=_("Whose news this is; its social profile is linked from the article."),
    )
    project = models.ForeignKey(
        "home.ProjectPage",
        verbose_name=_("project"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    programme = models.CharField(
        _("programme"), max_length=255, blank=True, help_text=_("The programme of a funder, not of a candidacy.")
    )
    places = models.CharField(_("places"), max_length=255, blank=True)
    countries = models.CharField(_("countries"), max_length=255, blank=True)
    activity_form = models.CharField(
        _("form"), max_length=255, blank=True, help_text=_("Such as a meeting, a workshop or a study visit.")
    )
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)
    funding_text = RichTextField(
        _("who paid"), features=SHORT_TEXT_FEATURES, blank=True, help_text=_("The funder's obligatory words.")
    )

    template = "pages/news_page.html"
    parent_page_types: ClassVar[list[str]] = ["home.NewsIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    max_count = None

    content_panels: ClassVar[list] = [
        *BasePage.content_panels,
        FieldPanel("date"),
        FieldPanel("lead"),
        FieldPanel("hub"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("event_start"), FieldPanel("event_end")]),
                FieldPanel("project"),
                FieldPanel("programme"),
                FieldPanel("places"),
                FieldPanel("countries"),
                FieldPanel("activity_form"),
            ],
            heading=_("In short"),
            help_text=_("Shown beside the text; what is empty is left out."),
        ),
        FieldPanel("body"),
        FieldPanel("funding_text"),
    ]
    translatable_fields: ClassVar[list] = [
        *BasePage.common_fields,
        fact("date"),
        fact("event_start"),
        fact("event_end"),
        fact("hub"),
        fact("project"),
        *words("lead", "programme", "places", "countries", "activity_form", "body", "funding_text"),
    ]

    class Meta:
        verbose_name = _("news article")
        verbose_name_plural = _("news articles")

    def clean(self) -> None:
        super().clean()
        if self.event_start and self.event_end and self.event_end < self.event_start:
            raise ValidationError({"event_end": _("The last day is before the first.")})
        if self.event_end and not self.event_start:
            raise ValidationError({"event_start": _("A last day needs a first one.")})
