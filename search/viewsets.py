"""Admin of what editors teach the search."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from .models import SearchName, SearchSynonym


class SearchSynonymViewSet(ModelViewSet):
    """Words that find each other."""

    model = SearchSynonym
    icon = "link"
    menu_label = _("Synonyms")
    list_display = ["__str__", "related"]
    list_filter = ["related"]
    search_fields = ("words",)
    inspect_view_enabled = True
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
