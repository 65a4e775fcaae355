"""Menu and footer as the templates need them: resolved to addresses, and kept in the data cache."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import models, transaction
from django.urls import Resolver404, resolve
from wagtail.models import Page

from zaveza.base.rich_text import RichTextRenderer
from zaveza.navigation.models import Footer, Menu

# Publishing forgets the entry at once; the time limit is for other processes where the cache is in memory.
CACHE_SECONDS = 60


@dataclass(frozen=True)
class Link:
    """A link ready to print. `language` is that of the address where it is not the reader's, else empty."""

    label: str
    tail: str
    url: str
    language: str = ""


@dataclass(frozen=True)
class FooterColumn:
    """A heading with its links."""

    heading: str
    links: tuple[Link, ...]


@dataclass(frozen=True)
class Frame:
    """What stands around every page in one language. Words in another language than asked for name it."""

    menu: tuple[Link, ...] = ()
    menu_language: str = ""
    columns: tuple[FooterColumn, ...] = ()
    colophon_heading: str = ""
    colophon: str = ""
    footer_language: str = ""


def frame(language: str) -> Frame:
    """Menu and footer in a language; without a translation those of the site's source language, marked as such."""
    found: Frame | None = cache.get(_key(language))
    if found is None:
        found = _load(language)
        cache.set(_key(language), found, CACHE_SECONDS)
    return found


def forget_frames() -> None:
    """Drop the cached menus and footers, now and once more when the running transaction is through."""
    cache.delete_many(_keys())
    transaction.on_commit(lambda: cache.delete_many(_keys()))


def localized_path(address: str, language: str) -> str:
    """A path of the site with a language in front; addresses that have one or need none stay as they are."""
    if not address.startswith("/") or address.split("/")[1] in dict(settings.LANGUAGES):
        return address
    path = address.partition("#")[0].partition("?")[0]
    try:
        resolve(path)
    except Resolver404:
        return f"/{language}{address}"
    return address


def _key(language: str) -> str:
    return f"navigation-frame-{language}"


def _keys() -> list[str]:
    return [_key(code) for code, _name in settings.LANGUAGES]


def _load(language: str) -> Frame:
    menu = _in_language_or_source(Menu.objects.all(), language)
    footer = _in_language_or_source(Footer.objects.all(), language)
    columns = [column.value for column in footer.columns] if footer else []
    values = [item.value for item in menu.items] if menu else []
    every_value = [*values, *(value for column in columns for value in column["links"])]
    pages = _pages_by_key(every_value, language)

    def links(link_values: Iterable[Any]) -> tuple[Link, ...]:
        made = (_link(value, pages, language) for value in link_values)
        return tuple(link for link in made if link is not None)

    return Frame(
        menu=links(values),
        menu_language=_other_language(menu, language),
        columns=tuple(FooterColumn(column["heading"], links(column["links"])) for column in columns),
        colophon_heading=footer.colophon_heading if footer else "",
        colophon=RichTextRenderer([footer.colophon], language).render(footer.colophon) if footer else "",
        footer_language=_other_language(footer, language),
    )


def _in_language_or_source(rows: models.QuerySet[Any], language: str) -> Any:
    by_language = {
        row.locale.language_code: row
        for row in rows.filter(locale__language_code__in={language, settings.LANGUAGE_CODE}).select_related("locale")
    }
    return by_language.get(language) or by_language.get(settings.LANGUAGE_CODE)


def _other_language(row: Any, language: str) -> str:
    return row.locale.language_code if row and row.locale.language_code != language else ""


def _pages_by_key(values: list[Any], language: str) -> dict[Any, Page]:
    """For every chosen page its public text in the language, or the page that the editor chose."""
    chosen = [value["page"] for value in values if value["page"]]
    if not chosen:
        return {}
    found: dict[Any, Page] = {}
    chosen_ids = {page.pk for page in chosen}
    texts = (
        Page.objects.live()
        .public()
        .filter(translation_key__in={page.translation_key for page in chosen})
        .select_related("locale")
    )
    for page in texts:
        in_language = page.locale.language_code == language and page.alias_of_id is None
        if in_language or (page.pk in chosen_ids and page.translation_key not in found):
            found[page.translation_key] = page
    return found


def _link(value: Any, pages: dict[Any, Page], language: str) -> Link | None:
    """The link of a block; None while its page is a draft or gone."""
    if value["page"]:
        page = pages.get(value["page"].translation_key)
        url = page.get_url() if page else None
        if not page or not url:
            return None
        code = page.locale.language_code
        return Link(value["label"], value["tail"] or "", url, "" if code == language else code)
    if not value["address"]:
        return None
    return Link(value["label"], value["tail"] or "", localized_path(value["address"], language))
