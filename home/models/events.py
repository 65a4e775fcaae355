"""Events: the list and the page of one, which may have several locations."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField

from search.follows import subject_within
from zaveza import clock
from zaveza.base.addresses import page_address
from zaveza.base.blocks import BodyBlock
from zaveza.base.models.pages import ONE_PER_LANGUAGE, BasePage, fact, words

from ..enums import EventLevel
from ..filters import EventFilter, carried
from ..querysets import EventManager, EventQuerySet
from .lists import ListPage, OfHub


class EventIndexPage(ListPage):
    """The list of events, upcoming or past."""

    empty_text = models.TextField(
        _("text while nothing is announced"), blank=True, help_text=_("What readers can do until then.")
    )

    template = "pages/event_index_page.html"
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["home.EventPage"]
    max_count = ONE_PER_LANGUAGE

    content_panels: ClassVar[list] = [*ListPage.content_panels, FieldPanel("empty_text")]
    translatable_fields: ClassVar[list] = [*ListPage.translatable_fields, *words("empty_text")]

    class Meta:
        verbose_name = _("list of events")
        verbose_name_plural = _("lists of events")

    def events(self) -> EventQuerySet:
        """The events of this list that anybody may read; locations of an event stand on its own page."""
        return EventPage.objects.child_of(self).for_readers()

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        filters = EventFilter(request.GET)
        rows = filters.apply(self.events()).for_listing()
        context.update(
            self.list_context(context, request, filters, rows),
            tabs=filters.choices(page_address(self, request)),
            subject=subject_within(type=["event"], language=[self.locale.language_code]),
        )
        return context


class EventPage(OfHub, BasePage):
    """An event. Many locations of one day are pages below it, each with its own venue and hub."""

    start_date = models.DateField(_("first day"), null=True, blank=True, db_index=True)
    start_time = models.TimeField(_("begins at"), null=True, blank=True)
    end_date = models.DateField(_("last day"), null=True, blank=True, help_text=_("Empty for an event of one day."))
    end_time = models.TimeField(_("ends at"), null=True, blank=True)
    venue = models.CharField(_("venue"), max_length=255, blank=True)
    municipality = models.ForeignKey(
        "pledges.Municipality",
        verbose_name=_("municipality"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    level = models.CharField(_("level"), max_length=10, choices=EventLevel, blank=True)
    hub = models.ForeignKey(
        "pledges.Organisation",
        verbose_name=_("hub"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"kind": "hub"},
    )
    edition = models.ForeignKey(
        "pledges.Edition",
        verbose_name=_("edition"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("The event then also stands on the page of this edition."),
    )
    lead = models.TextField(_("lead"), blank=True, help_text=_("Two or three sentences below the title."))
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)

    objects = EventManager()

    template = "pages/event_page.html"
    parent_page_types: ClassVar[list[str]] = ["home.EventIndexPage", "home.EventPage"]
    subpage_types: ClassVar[list[str]] = ["home.EventPage"]
    max_count = None

    content_panels: ClassVar[list] = [
        *BasePage.content_panels,
        FieldPanel("lead"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("start_date"), FieldPanel("start_time")]),
                FieldRowPanel([FieldPanel("end_date"), FieldPanel("end_time")]),
            ],
            heading=_("When"),
        ),
        MultiFieldPanel([FieldPanel("venue"), FieldPanel("municipality")], heading=_("Where")),
        MultiFieldPanel([FieldPanel("level"), FieldPanel("hub"), FieldPanel("edition")], heading=_("Who")),
        FieldPanel("body"),
    ]
    translatable_fields: ClassVar[list] = [
        *BasePage.common_fields,
        *(
            fact(name)
            for name in (
                "start_date",
                "start_time",
                "end_date",
                "end_time",
                "municipality",
                "level",
                "hub",
                "edition",
            )
        ),
        *words("venue", "lead", "body"),
    ]

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")

    def clean(self) -> None:
        super().clean()
        if self.start_date and self.end_date and self.end_date < self.start_date:
            raise ValidationError({"end_date": _("The last day is before the first.")})
        if (self.end_date or self.start_time) and not self.start_date:
            raise ValidationError({"start_date": _("A time or a last day needs a first day.")})
        if (
            self.start_time
            and self.end_time
            and self.end_time < self.start_time
            and (self.end_date or self.start_date) == self.start_date
        ):
            raise ValidationError({"end_time": _("It ends before it begins.")})

    @property
    def is_past(self) -> bool:
        """Its last day is over. An event without a day is still to come."""
        last_day = self.end_date or self.start_date
        return last_day is not None and last_day < clock.today()

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context.update(self._way_back(request), hub=self.shown_hub, locations=self._locations())
        return context

    def _locations(self) -> list["EventPage"]:
        """The places of an event that happens in many at once."""
        if not self.numchild:
            return []
        return list(EventPage.objects.child_of(self).for_readers().soonest_first().for_listing())

    def _way_back(self, request: HttpRequest) -> dict[str, Any]:
        """The list that the reader came from, or the event whose location this is."""
        parent = self.public_parent
        if parent is None:
            return {}
        url = page_address(parent, request)
        if parent.specific_class is EventPage:
            return {"parent_event": parent, "back_url": url}
        filters = EventFilter(carried(request.GET))
        return {"back_url": filters.back_address(url)}
