"""Tags and filters that every template has without loading them."""

import datetime as dt
import html
import re
from typing import Any

from django import template
from django.forms import BoundField
from django.http import QueryDict
from django.template.defaultfilters import stringfilter
from django.utils import formats
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from zaveza import clock
from zaveza.base.sprite import DRAWINGS

register = template.Library()

NO_BREAK_SPACE = "\xa0"

# Slovene and Polish prepositions and conjunctions of one letter; they must not be left at the end of a line.
_ONE_LETTER_WORD = re.compile(r"""(?<![^\s("'»„“‚‘–])([aihkosuvwz]) +(?=\S|$)""", re.IGNORECASE)
_LINE_END = re.compile(r"[ \t\r\n]*\n[ \t\r\n]*")
_KEEPS_WHITE_SPACE = re.compile(r"(<(?:pre|textarea)\b.*?</(?:pre|textarea)>)", re.DOTALL | re.IGNORECASE)
_MARKUP = re.compile(r"(<[^>]*>)")


# Drawings


def _use(context: template.Context, name: str) -> None:
    """Remember on the request that the page needs a drawing; `{% sprite %}` prints it at the end of the body."""
    if name not in DRAWINGS:
        raise ValueError(f"There is no drawing {name!r} in zaveza.base.sprite.")
    request = getattr(context, "request", None) or context.get("request")
    if request is None:
        return
    if not hasattr(request, "used_drawings"):
        request.used_drawings = set()
    request.used_drawings.add(name)


def _drawing_in_use(context: template.Context, name: str, size: int, css_class: str) -> SafeString:
    _use(context, name)
    attribute = format_html(' class="{}"', css_class) if css_class else ""
    return format_html(
        '<svg{} width="{}" height="{}" aria-hidden="true"><use href="#{}"/></svg>', attribute, size, size, name
    )


@register.simple_tag(takes_context=True)
def icon(context: template.Context, name: str, size: int = 16, css_class: str = "i") -> SafeString:
    """`{% icon "search" 16 %}`: a decorative icon beside its word."""
    return _drawing_in_use(context, f"i-{name}", size, css_class)


@register.simple_tag(takes_context=True)
def status_glyph(context: template.Context, code: str, size: int = 12) -> SafeString:
    """`{% status_glyph "fulfilled" 12 %}`: the shape of a status or gate; the word stands beside it."""
    return _drawing_in_use(context, f"s-{code}", size, "g")


@register.simple_tag(takes_context=True)
def use_pattern(context: template.Context, code: str) -> str:
    """`{% use_pattern "partly" %}` prints nothing and makes `url(#p-partly)` work on this page."""
    _use(context, f"p-{code}")
    return ""


@register.inclusion_tag("components/sprite.html", takes_context=True)
def sprite(context: template.Context) -> dict[str, Any]:
    """The drawings that this page used, once, at the end of its body."""
    request = getattr(context, "request", None) or context.get("request")
    used: set[str] = getattr(request, "used_drawings", set())
    return {
        "drawings": [
            {
                "id": name,
                "element": drawing.element,
                "attributes": mark_safe(drawing.attributes),  # noqa: S308 - written in zaveza.base.sprite
                "shapes": mark_safe(drawing.shapes),  # noqa: S308
            }
            for name, drawing in DRAWINGS.items()
            if name in used
        ]
    }


class _SqueezeNode(template.Node):
    def __init__(self, nodelist: template.NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: template.Context) -> SafeString:
        pieces = _KEEPS_WHITE_SPACE.split(self.nodelist.render(context))
        # Every second piece is one that keeps its white space. All of it is rendered, escaped output.
        return mark_safe(  # noqa: S308
            "".join(piece if index % 2 else _LINE_END.sub("\n", piece) for index, piece in enumerate(pieces))
        )


@register.tag
def squeeze(parser: template.base.Parser, token: template.base.Token) -> _SqueezeNode:
    """`{% squeeze %}…{% endsqueeze %}` sends no indentation and no empty lines: a sixth of a page's bytes."""
    nodelist = parser.parse(("endsqueeze",))
    parser.delete_first_token()
    return _SqueezeNode(nodelist)


class _CaptureNode(template.Node):
    def __init__(self, nodelist: template.NodeList, name: str) -> None:
        self.nodelist = nodelist
        self.name = name

    def render(self, context: template.Context) -> str:
        # Kept as plain text: the words of a translation may hold quotation marks, and an attribute escapes them anew.
        context[self.name] = html.unescape(" ".join(self.nodelist.render(context).split()))
        return ""


@register.tag
def capture(parser: template.base.Parser, token: template.base.Token) -> _CaptureNode:
    """`{% capture name %}…{% endcapture %}` keeps the rendered text as `name`, so that a block can be printed twice."""
    try:
        _tag, name = token.split_contents()
    except ValueError:
        raise template.TemplateSyntaxError("capture takes one argument: the name of the variable.") from None
    nodelist = parser.parse(("endcapture",))
    parser.delete_first_token()
    return _CaptureNode(nodelist, name)


@register.simple_tag(takes_context=True)
def absolute(context: template.Context, path: str | None = None) -> str:
    """`{% absolute "/sl/" %}`: the whole address of a path; without one that of this page, without its query."""
    request = getattr(context, "request", None) or context.get("request")
    return request.build_absolute_uri(path or request.path) if request else (path or "")


@register.simple_tag
def field_widget(field: BoundField) -> SafeString:
    """`{% field_widget field %}`: the control of a form field with the classes and ARIA attributes of the design."""
    css_class = {"select": "in-sel", "selectmultiple": "in-sel", "textarea": "in in-area", "checkbox": ""}
    described_by = [f"{field.auto_id}-hint"] if field.help_text else []
    attributes = {"class": css_class.get(field.widget_type, "in")}
    if field.errors:
        attributes["aria-invalid"] = "true"
        described_by.append(f"{field.auto_id}-error")
    if described_by:
        attributes["aria-describedby"] = " ".join(described_by)
    return field.as_widget(attrs={name: value for name, value in attributes.items() if value})


@register.simple_tag(takes_context=True)
def page_query(context: template.Context, page_number: int) -> str:
    """`{% page_query 3 %}`: the query string of another page of this list; the first page carries no number."""
    request = getattr(context, "request", None) or context.get("request")
    query = request.GET.copy() if request else QueryDict(mutable=True)
    query.pop("page", None)
    if page_number > 1:
        query["page"] = str(page_number)
    return f"?{query.urlencode()}"


# Dates


def _as_day(value: dt.date | dt.datetime | None) -> dt.date | None:
    """The day of a moment in Europe/Ljubljana; a date stays as it is."""
    if isinstance(value, dt.datetime):
        return value.astimezone(clock.SITE_ZONE).date() if value.tzinfo else value.date()
    return value


def _formatted(value: dt.date | dt.datetime | None, format_name: str) -> str:
    day_ = _as_day(value)
    if not day_:
        return ""
    return formats.date_format(day_, format_name)


@register.filter
def day(value: dt.date | dt.datetime | None) -> str:
    """`3. 2. 2026` in Slovene, with no-break spaces; the short date of the reader's language."""
    return _formatted(value, "SHORT_DATE_FORMAT").replace(" ", NO_BREAK_SPACE)


@register.filter
def long_day(value: dt.date | dt.datetime | None) -> str:
    """`31. maj 2019`: the month in words, day and month kept together."""
    return _formatted(value, "DATE_FORMAT").replace(" ", NO_BREAK_SPACE, 1)


@register.filter
def weekday_day(value: dt.date | dt.datetime | None) -> str:
    """`petek, 31. 5. 2019`: the date of a news article."""
    weekday, comma, rest = _formatted(value, "WEEKDAY_DATE_FORMAT").partition(", ")
    return weekday + comma + rest.replace(" ", NO_BREAK_SPACE)


@register.simple_tag
def day_time(value: dt.date | dt.datetime | None, style: str = "short") -> str:
    """`{% day_time value %}`: a `<time>` with the day in words for readers and in ISO 8601 for machines.

    `style`: "short" (3. 2. 2026), "long" (3. februar 2026) or "weekday" (torek, 3. 2. 2026). Nothing without a value.
    """
    day_ = _as_day(value)
    if not day_:
        return ""
    words = {"short": day, "long": long_day, "weekday": weekday_day}[style](day_)
    return format_html('<time datetime="{}">{}</time>', day_.isoformat(), words)


# Numbers and text


@register.filter
def number(value: Any) -> str:
    """`1.035` in Slovene: a number with the thousands separator of the reader's language."""
    if value is None or value == "":
        return ""
    return formats.number_format(value, force_grouping=True)


@register.filter
def percent_of(part: int | None, total: int | None) -> str:
    """`{{ part|percent_of:total }}`: `29 %`, a whole percentage; empty where there is nothing to divide by."""
    if part is None or not total:
        return ""
    whole_percent = (200 * part + total) // (2 * total)
    return formats.get_format("PERCENT_FORMAT").format(whole_percent)


@register.filter(is_safe=True)
@stringfilter
def first_upper(value: str) -> str:
    """A word at the start of a line. Unlike `capfirst` it leaves Georgian alone, which has no capitals in sentences."""
    return value[:1].title() + value[1:]


@register.filter(is_safe=True)
@stringfilter
def glue(value: str) -> str:
    """Ties words of one letter to the next word by a no-break space; tags inside the text stay as they are."""
    return "".join(
        piece if piece.startswith("<") else _ONE_LETTER_WORD.sub(rf"\1{NO_BREAK_SPACE}", piece)
        for piece in _MARKUP.split(value)
    )
