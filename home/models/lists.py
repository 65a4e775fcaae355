"""What the lists of news, projects, events and good practices share, and what pages with a hub do."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from zaveza.base.addresses import page_address
from zaveza.base.models.pages import BasePage, words
from zaveza.base.pagination import paginate

from ..filters import ListFilter, carry
from ..querysets import ShownHub, shown_hub


class ListPage(BasePage):
    """A list of pages below it, one in each language."""

    PER_PAGE = 20

    lead = models.TextField(_("lead"), blank=True)

    max_count_per_parent = 1

    content_panels: ClassVar[list] = [*BasePage.content_panels, FieldPanel("lead")]
    translatable_fields: ClassVar[list] = [*BasePage.common_fields, *words("lead")]

    class Meta:
        abstract = True

    def list_context(
        self, context: dict[str, Any], request: HttpRequest, filters: ListFilter, rows: models.QuerySet
    ) -> dict[str, Any]:
        """One page of the rows, the list's addresses, and what was wrong with the query string."""
        page_obj = paginate(request, rows, self.PER_PAGE)
        path = page_address(self, request)
        return {
            "filters": filters,
            "page_obj": page_obj,
            "path": path,
            "from_query": carry(filters.query(page_obj.number)),
            "canonical_url": filters.address(path, page_obj.number),
            "notices": [*context["notices"], *filters.notices, *([page_obj.notice] if page_obj.notice else [])],
        }


class OfHub:
    """A page with a field `hub`."""

    @cached_property
    def shown_hub(self) -> ShownHub | None:
        """The hub where readers may see it."""
        return shown_hub(self)
