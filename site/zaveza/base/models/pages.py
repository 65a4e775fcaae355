"""What every page of the site has in common."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField, TranslatableField

# One page of a kind below each home page, one home page for each language.
ONE_PER_LANGUAGE = len(settings.LANGUAGES)


def fact(name: str) -> SynchronizedField:
    """A field that is the same in every language (a date, a link to a record) and that no translator overrides."""
    return SynchronizedField(name, overridable=False)


def words(*names: str) -> list[TranslatableField]:
    """Fields whose text each language has of its own."""
    return [TranslatableField(name) for name in names]


class BasePage(Page):
    """Abstract base of all pages: an image for search results and shared links, and slugs that stay as they are.

    Wagtail's own fields give the search title and description (`seo_title`, `search_description`). Every page type
    states in `translatable_fields` what a translator translates and what follows the source: nothing is left to the
    rules by which wagtail-localize would guess it.
    """

    search_image = models.ForeignKey(
        "images.CustomImage",
        verbose_name=_("image for shared links"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown where somebody shares the page. Best 1200 × 630."),
    )

    promote_panels: ClassVar[list] = [
        *Page.promote_panels,
        MultiFieldPanel([FieldPanel("search_image")], heading=_("Shared links")),
    ]

    # The slug is pinned: wagtail-localize would rebuild a Georgian one from the title with an ASCII slugify, which
    # leaves nothing.
    common_fields: ClassVar[list] = [
        *words("title", "seo_title", "search_description"),
        fact("slug"),
        fact("show_in_menus"),
        SynchronizedField("search_image"),
    ]
    translatable_fields: ClassVar[list] = common_fields

    class Meta:
        abstract = True

    @cached_property
    def canonical_page(self) -> Page:
        """The page whose address search engines should keep: of an alias, the page that it repeats."""
        return self.alias_of.specific if self.alias_of_id else self

    def public_siblings(self) -> models.QuerySet[Self]:
        """Published pages of this type below the same parent that any reader may see."""
        return type(self).objects.live().public().sibling_of(self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["title"] = self.seo_title or self.title
        context["description"] = self.search_description
        return context
