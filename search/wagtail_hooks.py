"""Registration with Wagtail."""

from typing import Any

from wagtail import hooks

from .viewsets import MissedQueryViewSet, SearchViewSetGroup


@hooks.register("register_admin_viewset")
def register_viewsets() -> list[Any]:
    return [SearchViewSetGroup(), MissedQueryViewSet()]
