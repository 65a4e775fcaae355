"""Projects: the list and the page of one, running or archived."""

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
from zaveza.base.blocks import SHORT_TEXT_FEATURES, BodyBlock, LabelsBlock
from zaveza.base.models.pages import ONE_PER_LANGUAGE, BasePage, fact, words

from ..filters import FROM_PARAMETER, ProjectFilter, carried, carry
from ..querysets import NO_DAY, ProjectManager, ProjectQuerySet, neighbours
from .lists import ListPage


class ProjectIndexPage(ListPage):
    """The list of projects, current or archived."""

    template = "pages/project_index_page.html"
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["home.ProjectPage"]
    max_count = ONE_PER_LANGUAGE

    class Meta:
        verbose_name = _("list of projects")
        verbose_name_plural = _("lists of projects")

    def projects(self) -> ProjectQuerySet:
        """The projects of this list that anybody may read."""
        return ProjectPage.objects.child_of(self).for_readers()

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        filters = ProjectFilter(request.GET)
        rows = filters.apply(self.projects()).in_list_order().for_listing()
        context.update(
            self.list_context(context, request, filters, rows),
            tabs=filters.choices(page_address(self, request)),
            subject=subject_within(type=["project"], language=[self.locale.language_code]),
        )
        return context


class ProjectPage(BasePage):
    """A project; it is archived once its last day is past, or when an editor says so."""

    start = models.DateField(_("first day"), null=True, blank=True)
    end = models.DateField(_("last day"), null=True, blank=True, help_text=_("Empty while the end is open."))
    archived = models.BooleanField(
        _("archived"), default=False, help_text=_("Also without this, once the last day is past.")
    )
    audience = StreamField(LabelsBlock(), verbose_name=_("for whom"), blank=True)
    area = models.CharField(_("area"), max_length=255, blank=True, help_text=_("Where it took place."))
    lead = models.TextField(_("lead"), blank=True, help_text=_("Two or three sentences below the title."))
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)
    external_url = models.URLField(_("page of the project elsewhere"), blank=True)
    external_title = models.CharField(
        _("name of that page"), max_length=255, blank=True, help_text=_("As the link reads, not “click”.")
    )
    funding_text = RichTextField(
        _("who paid"), features=SHORT_TEXT_FEATURES, blank=True, help_text=_("The funder's obligatory words.")
    )

    objects = ProjectManager()

    template = "pages/project_page.html"
    parent_page_types: ClassVar[list[str]] = ["home.ProjectIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    max_count = None

    content_panels: ClassVar[list] = [
        *BasePage.content_panels,
        FieldPanel("lead"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("start"), FieldPanel("end")]),
                FieldPanel("archived"),
                FieldPanel("audience"),
                FieldPanel("area"),
            ],
            heading=_("In short"),
            help_text=_("Shown beside the title; what is empty is left out."),
        ),
        FieldPanel("body"),
        FieldRowPanel([FieldPanel("external_url"), FieldPanel("external_title")], heading=_("Elsewhere")),
        FieldPanel("funding_text"),
    ]
    translatable_fields: ClassVar[list] = [
        *BasePage.common_fields,
        fact("start"),
        fact("end"),
        fact("archived"),
        fact("external_url"),
        *words("audience", "area", "lead", "body", "external_title", "funding_text"),
    ]

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")

    def clean(self) -> None:
        super().clean()
        if self.start and self.end and self.end < self.start:
            raise ValidationError({"end": _("The last day is before the first.")})

    @property
    def is_archived(self) -> bool:
        """Finished: the page stays to be read, and everything that could be handed in is closed."""
        return self.archived or (self.end is not None and self.end < clock.today())

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context.update(self._place_in_list(request))
        context["search_scope"] = {"value": f"project:{self.translation_key}", "label": self.title}
        return context

    def _place_in_list(self, request: HttpRequest) -> dict[str, Any]:
        """The way back to the list, and the projects before and after this one among those of its state."""
        index = self.public_parent
        if index is None:
            return {}
        filters = ProjectFilter(carried(request.GET))
        if not request.GET.get(FROM_PARAMETER) and self.is_archived:
            filters.value = "archived"
        path = filters.back_address(page_address(index, request))
        projects = ProjectPage.objects.child_of(index).for_readers()
        projects = projects.archived() if self.is_archived else projects.current()
        before, after = neighbours(
            projects.in_list_order().for_neighbours(), "list_day", self.start or NO_DAY, self.pk or 0
        )
        return {
            "back_url": path,
            "from_query": carry(path.partition("?")[2]) if request.GET.get(FROM_PARAMETER) else "",
            "previous_page": before,
            "next_page": after,
        }
