"""The day that a page is asked for, on pages of other apps: `{% load as_of_tags %}`."""

import datetime as dt
from typing import Any

from django import template

from ..as_of import AsOf, read, stamp

register = template.Library()


def asked_day(context: template.Context) -> AsOf:
    """The day that the request asks for; today where there is no request."""
    request = context.get("request")
    if request is None:
        return AsOf()
    asked: AsOf | None = getattr(request, "_as_of", None)
    if asked is None:
        asked = request._as_of = read(request.GET)
    return asked


@register.simple_tag(takes_context=True)
def as_of_day(context: template.Context) -> dt.date | None:
    """`{% as_of_day as asked_day %}`: the earlier day that the page is asked for, or nothing."""
    return asked_day(context).day


@register.inclusion_tag("components/as_of.html", takes_context=True)
def as_of_stamp(context: template.Context) -> dict[str, Any]:
    """`{% as_of_stamp %}`: the stamp that dates the page, with the form that asks for an earlier day."""
    return {"request": context.get("request"), **stamp(asked_day(context))}


@register.inclusion_tag("components/as_of_banner.html", takes_context=True)
def as_of_banner(context: template.Context) -> dict[str, Any]:
    """`{% as_of_banner %}`: that the numbers are those of an earlier day, or why such a day is not shown."""
    asked = asked_day(context)
    return {"request": context.get("request"), "problem": asked.problem, **stamp(asked)}
