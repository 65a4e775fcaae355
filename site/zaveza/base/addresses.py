"""The address of a page."""

from typing import Any

from wagtail.models import Page


def page_address(page: Page, keeper: Any = None) -> str:
    """A page's path on this site; empty where it has none.

    `keeper` is an object, most often the request, on which Wagtail keeps the roots of the language trees. Unlike
    `Page.get_url()` this asks no query for the site: there is one.
    """
    parts = page.get_url_parts(keeper)
    return parts[2] if parts and parts[2] else ""
