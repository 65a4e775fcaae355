"""HTML of an import file, brought to what an editor could have written: Wagtail's own white list, by features."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bs4 import BeautifulSoup, Comment, Tag
from django.utils.translation import gettext as _
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.rich_text import features as feature_registry
from wagtail.whitelist import check_url

from .problems import Place

# Elements whose content is no text of the page.
_NO_TEXT = ("script", "style", "template", "iframe", "object", "embed", "noscript", "svg", "math", "textarea", "title")
# Containers that say nothing: their loss is no loss.
_PLAIN = ("div", "span", "section", "article")
_ALWAYS = {"p", "br"}
# What Wagtail takes for one of its own elements.
_SAME = {"strong": "b", "em": "i"}
_LINK_SCHEMES = {"page": "page", "document": "document"}

LinkTarget = Callable[[str, str, Place], int | None]


def clean_html(html: str, features: Sequence[str], place: Place, link_target: LinkTarget) -> str:
    """The HTML with the elements that `features` allow; tells of every element that it takes away.

    A link to `page:key` or `document:path` becomes one of Wagtail's own; `link_target` finds what it means.
    """
    soup = BeautifulSoup(f"<body>{html}", "html5lib").body
    if soup is None:
        return ""
    allowed = _allowed_elements(features)
    removed: set[str] = set()
    for comment in soup.find_all(string=lambda text: isinstance(text, Comment)):
        comment.extract()
    for element in soup.find_all(_NO_TEXT):
        if not element.decomposed:
            removed.add(element.name)
            element.decompose()
    for element in soup.find_all(True):
        if element.name == "a" and "a" in allowed:
            _set_link(element, removed, place, link_target)
        elif _SAME.get(element.name, element.name) in allowed:
            element.attrs.clear()
        else:
            if element.name not in _PLAIN:
                removed.add(element.name)
            if element.name in _PLAIN and not element.find_parent(["p", "li"]) and not element.find("p"):
                element.name = "p"
                element.attrs.clear()
            else:
                element.unwrap()
    for paragraph in soup.select("li > p"):  # a paragraph would end the list
        paragraph.unwrap()
    if removed:
        place.warn(_("Not allowed here and taken out: %(elements)s.") % {"elements": ", ".join(sorted(removed))})
    return _through_editor(soup.decode_contents(), features, place)


def _allowed_elements(features: Sequence[str]) -> set[str]:
    names = {"bold": ["b"], "italic": ["i"], "superscript": ["sup"], "subscript": ["sub"], "strikethrough": ["s"]}
    names |= {"link": ["a"], "document-link": ["a"], "ol": ["ol", "li"], "ul": ["ul", "li"], "hr": ["hr"]}
    names |= {level: [level] for level in ("h2", "h3", "h4", "h5", "h6", "blockquote", "code")}
    return _ALWAYS.union(*(names.get(feature, []) for feature in features))


def _set_link(element: Tag, removed: set[str], place: Place, link_target: LinkTarget) -> None:
    address = str(element.attrs.get("href", "")).strip()
    scheme, _colon, target = address.partition(":")
    element.attrs.clear()
    if scheme in _LINK_SCHEMES:
        if (found := link_target(scheme, target, place)) is not None:
            element.attrs |= {"linktype": _LINK_SCHEMES[scheme], "id": str(found)}
    elif address and check_url(address) == address:
        element.attrs["href"] = address
    else:
        removed.add(f"a href=“{address[:40]}”")
        element.unwrap()


def _through_editor(html: str, features: Sequence[str], place: Place) -> str:
    """What the editor would save after opening this: the white list that editors themselves are held to."""
    feature_registry.get_default_features()  # runs the hooks that register features
    converter = ContentstateConverter(list(features))
    try:
        cleaned = converter.to_database_format(converter.from_database_format(html))
    except (AssertionError, AttributeError, IndexError, KeyError, TypeError):  # it has no error of its own for these
        place.error(_("The editor cannot take HTML that is nested like this: lists hold entries, entries hold text."))
        return ""
    soup = BeautifulSoup(cleaned, "html.parser")
    for element in soup.find_all(True):
        element.attrs.pop("data-block-key", None)  # new each time; a second import would look like a change
    for paragraph in soup.find_all("p"):
        if not paragraph.get_text(strip=True) and not paragraph.find(True):
            paragraph.decompose()
    return soup.decode_contents()
