"""The campaign page of one edition."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from zaveza import clock
from zaveza.base.blocks import BodyBlock
from zaveza.base.models.pages import BasePage, fact, words

from ..querysets import ReaderManager
from .events import EventPage


class EditionPage(BasePage):
    """The only public page of one edition: its key dates, events, partners and who pays, with the editors' words."""

    edition = models.ForeignKey(
        "pledges.Edition",
        verbose_name=_("edition"),
        on_delete=models.PROTECT,
        related_name="campaign_pages",
        help_text=_("Key dates, partners and the funder's text are kept with the edition."),
    )
    lead = models.TextField(_("lead"), blank=True, help_text=_("Two or three sentences below the title."))
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)

    objects = ReaderManager()

    template = "pages/edition_page.html"
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    max_count = None

    content_panels: ClassVar[list] = [
        *BasePage.content_panels,
        FieldPanel("edition"),
        FieldPanel("lead"),
        FieldPanel("body"),
    ]
    translatable_fields: ClassVar[list] = [*BasePage.common_fields, fact("edition"), *words("lead", "body")]

    class Meta:
        verbose_name = _("page of an edition")
        verbose_name_plural = _("pages of editions")

    # Events shown on the page; the list of events has them all.
    EVENTS_SHOWN = 12

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        siblings = EditionPage.objects.for_readers().filter(
            locale_id=self.locale_id, edition__published_at__lte=clock.now()
        )
        siblings = siblings.select_related("edition")
        events = EventPage.objects.for_readers().filter(locale_id=self.locale_id, edition_id=self.edition_id)
        context.update(
            edition_pages=list(siblings.order_by("-edition__year", "pk").for_listing()),
            events=list(events.soonest_first().for_listing()[: self.EVENTS_SHOWN]),
            edition_is_public=bool(self.edition.published_at and self.edition.published_at <= clock.now()),
        )
        if context["edition_is_public"]:
            year = self.edition.year
            context["search_scope"] = {"value": f"edition:{year}", "label": _("edition %(year)s") % {"year": year}}
        return context
