"""What the pages of this app ask for in templates: `{% load home_tags %}`."""

import datetime as dt
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from zaveza.base.addresses import page_address
from zaveza.base.templatetags.base_tags import day_time

register = template.Library()


@register.simple_tag
def day_range(start: dt.date | None, end: dt.date | None) -> str:
    """`{% day_range page.start page.end %}`: one day, from one to another, or with an end left open."""
    if start and end and start != end:
        return format_html("{} – {}", day_time(start), day_time(end))
    if start:
        return day_time(start)
    return format_html(_("until {}"), day_time(end)) if end else ""


@register.simple_tag
def open_range(start: dt.date | None, end: dt.date | None) -> str | SafeString:
    """The same for something that goes on: without an end, `since 1. 8. 2014`."""
    if start and not end:
        return format_html(_("since {}"), day_time(start))
    return day_range(start, end)


@register.simple_tag
def address(page: Any, request: Any, query: str = "") -> SafeString | str:
    """`{% address item request query %}`: a page's address, with a query string where there is one."""
    url = page_address(page, request)
    return format_html("{}?{}", url, query) if query else url
