"""Good practices: what worked somewhere, to be copied elsewhere."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField

from zaveza.base.addresses import page_address
from zaveza.base.blocks import BodyBlock
from zaveza.base.models.pages import ONE_PER_LANGUAGE, BasePage, fact, words

from ..filters import ListFilter
from ..querysets import GoodPracticeManager, GoodPracticeQuerySet
from .lists import ListPage, OfHub


class GoodPracticeIndexPage(ListPage):
    """The list of good practices."""

    template = "pages/good_practice_index_page.html"
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["home.GoodPracticePage"]
    max_count = ONE_PER_LANGUAGE

    class Meta:
        verbose_name = _("list of good practices")
        verbose_name_plural = _("lists of good practices")

    def good_practices(self) -> GoodPracticeQuerySet:
        """Those of this list that anybody may read."""
        return GoodPracticePage.objects.child_of(self).for_readers()

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        rows = self.good_practices().in_list_order().for_listing()
        context.update(self.list_context(context, request, ListFilter(request.GET), rows))
        return context


class GoodPracticePage(OfHub, BasePage):
    """A good practice: what was done where, and what others can take over."""

    year = models.PositiveSmallIntegerField(
        _("year"), null=True, blank=True, help_text=_("In which it began or was described.")
    )
    municipality = models.ForeignKey(
        "pledges.Municipality",
        verbose_name=_("municipality"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Empty for one from abroad or from many places."),
    )
    topic = models.ForeignKey(
        "pledges.Topic",
        verbose_name=_("topic"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    hub = models.ForeignKey(
        "pledges.Organisation",
        verbose_name=_("hub"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"kind": "hub"},
        help_text=_("Which one describes it."),
    )
    lead = models.TextField(_("lead"), blank=True, help_text=_("Two or three sentences below the title."))
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)
    external_url = models.URLField(_("page about it elsewhere"), blank=True)
    external_title = models.CharField(
        _("name of that page"), max_length=255, blank=True, help_text=_("As the link reads, not “click”.")
    )

    objects = GoodPracticeManager()

    template = "pages/good_practice_page.html"
    parent_page_types: ClassVar[list[str]] = ["home.GoodPracticeIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    max_count = None

    content_panels: ClassVar[list] = [
        *BasePage.content_panels,
        FieldPanel("lead"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("municipality"), FieldPanel("year")]), FieldPanel("topic"), FieldPanel("hub")],
            heading=_("In short"),
            help_text=_("Shown beside the title; what is empty is left out."),
        ),
        FieldPanel("body"),
        FieldRowPanel([FieldPanel("external_url"), FieldPanel("external_title")], heading=_("Elsewhere")),
    ]
    translatable_fields: ClassVar[list] = [
        *BasePage.common_fields,
        *(fact(name) for name in ("year", "municipality", "topic", "hub", "external_url")),
        *words("lead", "body", "external_title"),
    ]

    class Meta:
        verbose_name = _("good practice")
        verbose_name_plural = _("good practices")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        if self.public_parent is not None:
            context["back_url"] = page_address(self.public_parent, request)
        context["hub"] = self.shown_hub
        return context
