"""News: the list and the article."""

import math
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField

from search.follows import subject_within
from zaveza import clock
from zaveza.base.addresses import page_address
from zaveza.base.blocks import SHORT_TEXT_FEATURES, BodyBlock
from zaveza.base.models.pages import ONE_PER_LANGUAGE, BasePage, fact, words
from zaveza.base.stream_content import plain_text

from ..filters import NewsFilter, carried, carry
from ..querysets import NewsManager, NewsQuerySet, neighbours
from .lists import ListPage, OfHub
from .projects import ProjectPage

# How many words a minute an article is taken to be read at.
READING_SPEED = 180


class NewsIndexPage(ListPage):
    """The list of news, newest first, filtered by year and hub."""

    template = "pages/news_index_page.html"
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["home.NewsPage"]
    max_count = ONE_PER_LANGUAGE

    class Meta:
        verbose_name = _("list of news")
        verbose_name_plural = _("lists of news")

    def news(self) -> NewsQuerySet:
        """The articles of this list that anybody may read."""
        return NewsPage.objects.child_of(self).for_readers()

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        news = self.news()
        filters = NewsFilter(request.GET, news)
        rows = filters.apply(news).in_list_order().for_listing()
        context.update(
            self.list_context(context, request, filters, rows),
            chips=filters.chips(page_address(self, request)),
            subject=subject_within(type=["news"], language=[self.locale.language_code], **filters.facets()),
        )
        return context


class NewsPage(OfHub, BasePage):
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

    objects = NewsManager()

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

    @property
    def reading_minutes(self) -> int:
        """How long the article takes to read, in whole minutes."""
        return max(1, math.ceil(len(plain_text(self.body).split()) / READING_SPEED))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context.update(self._place_in_list(request), hub=self.shown_hub, related_project=self._public_project())
        return context

    def _place_in_list(self, request: HttpRequest) -> dict[str, Any]:
        """The way back to the list, and the articles before and after this one in the list as the reader saw it."""
        index = self.public_parent
        if index is None:
            return {}
        path = index_url = page_address(index, request)
        news = NewsPage.objects.child_of(index).for_readers()
        came_from = carried(request.GET)
        query = ""
        if came_from:
            filters = NewsFilter(came_from, news)
            news = filters.apply(news)
            path = filters.back_address(path)
            query = path.partition("?")[2]
        before, after = neighbours(news.for_neighbours(), "date", self.date, self.pk or 0)
        return {
            "index_url": index_url,
            "back_url": path,
            "from_query": carry(query),
            "previous_page": before,
            "next_page": after,
        }

    def _public_project(self) -> ProjectPage | None:
        """The project in this page's language, else in its own; None where readers may not see it."""
        if self.project_id is None:
            return None
        same = ProjectPage.objects.filter(pk=self.project_id).values("translation_key")
        found = list(ProjectPage.objects.for_readers().filter(translation_key__in=same).for_listing())
        here = (project for project in found if project.locale_id == self.locale_id)
        return next(here, next((project for project in found if project.pk == self.project_id), None))
