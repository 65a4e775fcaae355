"""What every page of the site has in common."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page, PageViewRestriction
from wagtail_localize.fields import SynchronizedField, TranslatableField

from zaveza.base.forms import HOME_DEPTH, BasePageForm, refuse_taken_slug

from ..addresses import page_address
from ..querysets import readable
from ..rich_text import RichTextRenderer
from ..stream_content import prefetch_pictures, rich_text_sources, streams

# One page of a kind below each home page, one home page for each language.
ONE_PER_LANGUAGE = len(settings.LANGUAGES)

# The parameter that says in which language a reader asked for a page that has no text in it.
UNTRANSLATED_PARAMETER = "untranslated"


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
    base_form_class = BasePageForm

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Also for pages that no form made: an import names the slug."""
        super().clean()
        if self.depth == HOME_DEPTH + 1:
            refuse_taken_slug(self.slug)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The page; under the address of a language in which it has no text, a redirect to where it has one."""
        asked = translation.get_language()
        if asked != self.locale.language_code and not getattr(request, "is_preview", False):
            # Wagtail would answer /ka/ with the Slovene home page where there is no Georgian one (design: stack, 3.1).
            query = urlencode({UNTRANSLATED_PARAMETER: asked})
            return HttpResponseRedirect(f"{page_address(self, request)}?{query}")
        return super().serve(request, *args, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        prefetch_pictures(streams(self), [self.search_image] if self.search_image_id else [])
        context.update(
            title=self.seo_title or self.title,
            description=self.search_description or getattr(self, "lead", ""),
            breadcrumbs=self._breadcrumbs(request),
            canonical_url=page_address(self.canonical_page, request),
            share_image=self._share_image(),
            notices=self._language_notices(request),
            rich_text_renderer=RichTextRenderer(rich_text_sources(self), self.locale.language_code, request),
        )
        return context

    @cached_property
    def published_translations(self) -> list[Page]:
        """The pages with this text in the other languages that anybody may read; an alias is not a translation."""
        return list(
            readable(Page.objects.all())
            .filter(translation_key=self.translation_key, alias_of__isnull=True)
            .exclude(pk=self.pk)
            .select_related("locale")
        )

    # Set by `zaveza.base.routing`, which has seen the restrictions of the whole branch.
    is_known_public = False

    def get_view_restrictions(self) -> models.QuerySet[PageViewRestriction]:
        """As Wagtail's, without asking again where it is known that there are none."""
        return PageViewRestriction.objects.none() if self.is_known_public else super().get_view_restrictions()

    @cached_property
    def canonical_page(self) -> Page:
        """The page whose address search engines should keep: of an alias, the page that it repeats."""
        return self.alias_of if self.alias_of_id else self

    @cached_property
    def public_ancestors(self) -> list[Page]:
        """The published pages above this one, from the home page down."""
        return list(self.get_ancestors().filter(depth__gt=1, live=True))

    @property
    def public_parent(self) -> Page | None:
        """The page right above this one; None where readers may not see it."""
        above = self.public_ancestors[-1] if self.public_ancestors else None
        return above if above is not None and above.depth == self.depth - 1 else None

    def _breadcrumbs(self, request: HttpRequest) -> list[dict[str, Any]]:
        crumbs = [{"title": page.title, "url": page_address(page, request)} for page in self.public_ancestors]
        if not crumbs:
            return []
        # The home page's title is a sentence; in the path it goes by the name of the site.
        crumbs[0]["title"] = settings.WAGTAIL_SITE_NAME
        return [*crumbs, {"title": self.title, "url": None}]

    def _share_image(self) -> dict[str, Any] | None:
        if not self.search_image:
            return None
        rendition = self.search_image.get_rendition("fill-1200x630|format-jpeg")
        return {
            "url": rendition.url,
            "width": rendition.width,
            "height": rendition.height,
            "alt": self.search_image.description or self.search_image.title,
        }

    def _language_notices(self, request: HttpRequest) -> list[str]:
        asked = request.GET.get(UNTRANSLATED_PARAMETER, "")
        if asked == self.locale.language_code or asked not in dict(settings.LANGUAGES):
            return []
        name = translation.get_language_info(asked)["name_translated"]
        words = gettext("This page has not been translated. The language you asked for: %(language)s.")
        return [words % {"language": name}]
