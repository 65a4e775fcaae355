"""What every page of the site has in common."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField  # noqa: F401
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField


class BasePage(Page):
    """Abstract base of all pages: an image for search results and shared links, and slugs that stay as they are.

    Wagtail's own fields give the search title and description (`seo_title`, `search_description`).
    """

    search_image = models.ForeignKey(
        "images.CustomImage",
        verbose_name=_("image for shared links"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    promote_panels: ClassVar[list] = [
        *Page.promote_panels,
        MultiFieldPanel([FieldPanel("search_image")], heading=_("Shared links")),
    ]

    # wagtail-localize would rebuild a Georgian slug from the title with an ASCII slugify, which leaves nothing.
    override_translatable_fields: ClassVar[list] = [SynchronizedField("slug", overridable=False)]

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["title"] = self.seo_title or self.title
        context["description"] = self.search_description
        return context
