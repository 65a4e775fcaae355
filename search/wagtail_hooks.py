"""Registration with Wagtail."""

from wagtail import hooks

from .viewsets import SearchViewSetGroup


@hooks.register("register_admin_viewset")
def register_viewsets() -> SearchViewSetGroup:
    return SearchViewSetGroup()
