"""Menu and footer in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from zaveza.navigation.models import Footer, Menu


class MenuViewSet(SnippetViewSet):
    """One menu for each language."""

    model = Menu
    icon = "list-ul"
    menu_label = _("Main menu")


class FooterViewSet(SnippetViewSet):
    """One footer for each language."""

    model = Footer
    icon = "minus"
    menu_label = _("Footer")


class NavigationViewSetGroup(SnippetViewSetGroup):
    """Both, below one entry of the admin's menu."""

    items = (MenuViewSet, FooterViewSet)
    menu_label = _("Navigation")
    menu_icon = "list-ul"
    menu_order = 850
