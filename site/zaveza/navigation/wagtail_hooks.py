"""Registration with Wagtail."""

from wagtail.snippets.models import register_snippet

from zaveza.navigation.viewsets import NavigationViewSetGroup

register_snippet(NavigationViewSetGroup)
