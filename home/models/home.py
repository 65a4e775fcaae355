"""The front page of each language."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from zaveza.base.addresses import page_address
from zaveza.base.blocks import BodyBlock
from zaveza.base.models.pages import ONE_PER_LANGUAGE, BasePage, fact, words

from .editions import EditionPage
from .news import NewsPage


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
        "home.GoodPracticeIndexPage",
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

    NEWS_SHOWN = 3

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        # The path has nothing above the home page.
        context["breadcrumbs"] = []
        news = NewsPage.objects.for_readers().filter(locale_id=self.locale_id).in_list_order().for_listing()
        shown = list(news.with_list_state()[: self.NEWS_SHOWN])
        context.update(
            news=shown,
            news_list_url=self._news_list_address(shown, request),
            edition_shown=self._edition_shown(),
        )
        return context

    @staticmethod
    def _news_list_address(news: list[NewsPage], request: HttpRequest) -> str:
        """The list is the page above an article; nothing where it is not published."""
        if not news or not news[0].list_is_live:
            return ""
        return page_address(news[0], request).rstrip("/").rpartition("/")[0] + "/"

    def _edition_shown(self) -> EditionPage | None:
        """The chosen page of an edition in this language, else in its own; None where readers may not see it."""
        if self.edition_page_id is None:
            return None
        same = EditionPage.objects.filter(pk=self.edition_page_id).values("translation_key")
        found = list(
            EditionPage.objects.for_readers().filter(translation_key__in=same).select_related("edition").for_listing()
        )
        here = (page for page in found if page.locale_id == self.locale_id)
        return next(here, next((page for page in found if page.pk == self.edition_page_id), None))
