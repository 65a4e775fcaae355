"""Admin of what editors teach the search, and of what it did not find."""

from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic import CreateView
from wagtail.admin.viewsets.base import ViewSet, ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import policy_registry

from .models import MissedQuery, SearchName, SearchSynonym
from .services.missed import SHOWN_FROM


class SynonymCreateView(CreateView):
    """The form, with words that nobody found where the report of those leads here."""

    def get_initial_form_instance(self) -> SearchSynonym:
        return SearchSynonym(words=self.request.GET.get("words", "")[:120])


class SearchSynonymViewSet(ModelViewSet):
    """Words that find each other."""

    model = SearchSynonym
    icon = "link"
    menu_label = _("Synonyms")
    list_display = ["__str__", "related"]
    list_filter = ["related"]
    search_fields = ("words",)
    inspect_view_enabled = True
    add_view_class = SynonymCreateView
    panels = [FieldPanel("words"), FieldPanel("related")]


class SearchNameViewSet(ModelViewSet):
    """Names with forms that the search does not guess."""

    model = SearchName
    icon = "user"
    menu_label = _("Names")
    list_display = ["name", "forms"]
    search_fields = ("name", "forms")
    inspect_view_enabled = True
    panels = [FieldPanel("name"), FieldPanel("forms")]


class SearchViewSetGroup(ViewSetGroup):
    """The menu of the search."""

    menu_label = _("Search")
    menu_icon = "search"
    menu_order = 310
    items = (SearchSynonymViewSet("search_synonyms"), SearchNameViewSet("search_names"))


class MissedQueryFilterSet(WagtailFilterSet):
    """By language."""

    class Meta:
        model = MissedQuery
        fields = ["language"]


class MissedQueryIndexView(generic.IndexView):
    """What readers looked for on several days and did not find, the most frequent first."""

    page_title = _("Searches without a hit")
    default_ordering = "-count"
    filterset_class = MissedQueryFilterSet
    any_permission_required = ("view",)
    paginate_by = 50

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().filter(days__gte=SHOWN_FROM)

    @cached_property
    def columns(self) -> list[Column]:
        columns = [
            Column("words", label=gettext("Words"), accessor="words", sort_key="words"),
            Column("language", label=gettext("Language"), accessor="get_language_display", sort_key="language"),
            Column("count", label=gettext("How often"), accessor="count", sort_key="count"),
            Column("first_on", label=gettext("First on"), accessor="first_on", sort_key="first_on"),
            Column("last_on", label=gettext("Last on"), accessor="last_on", sort_key="last_on"),
        ]
        if self.request.user.has_perm("search.add_searchsynonym"):
            columns.append(
                _SynonymColumn("synonym", label=gettext("Synonyms"), accessor=lambda row: gettext("Add synonyms"))
            )
        return columns


class _SynonymColumn(TitleColumn):
    """A link to the form of synonyms with the words of the row."""

    def get_link_url(self, instance: MissedQuery, parent_context: Any) -> str:
        return f"{reverse('search_synonyms:add')}?{urlencode({'words': instance.words})}"


class MissedQueryViewSet(ViewSet):
    """Under Reports, for those who may see it."""

    name = "missed_searches"
    model = MissedQuery
    icon = "search"
    menu_label = _("Searches without a hit")
    menu_name = "missed-searches"
    menu_hook = "register_reports_menu_item"

    @property
    def permission_policy(self) -> Any:
        return policy_registry.get_by_type(MissedQuery)

    @cached_property
    def menu_item_class(self) -> type:
        policy = self.permission_policy

        def is_shown(item: Any, request: HttpRequest) -> bool:
            return bool(policy.user_has_permission(request.user, "view"))

        return type("MissedQueryMenuItem", (MenuItem,), {"is_shown": is_shown})

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        names = {f"{view}_url_name": self.get_url_name(view) for view in ("index", "index_results")}
        return super().get_common_view_kwargs(
            model=MissedQuery, permission_policy=self.permission_policy, header_icon=self.icon, **names, **kwargs
        )

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", self.construct_view(MissedQueryIndexView), name="index"),
            path("results/", self.construct_view(MissedQueryIndexView, results_only=True), name="index_results"),
        ]
