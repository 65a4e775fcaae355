"""Finds what a row names: its locale, type and parent, other pages by key or path, records by their natural key."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import unquote

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page, Site

from home.models.imported_pages import ImportedPage
from zaveza.base.models.pages import BasePage

from .problems import Place
from .reading import Row

# By what a record is named in a file: the first that fits. Named by string, as everything of the pledges is here.
NATURAL_KEYS: dict[str, tuple[str, ...]] = {
    "pledges.edition": ("year",),
    "pledges.municipality": ("code", "iso_code", "slug"),
    "pledges.organisation": ("slug",),
    "pledges.region": ("nuts3", "slug"),
    "pledges.topic": ("code",),
}


def page_types() -> dict[str, type[BasePage]]:
    """The page types that can be imported, by the name that a row gives: all of this app."""
    models_of_home = apps.get_app_config("home").get_models()
    return {model.__name__: model for model in models_of_home if issubclass(model, BasePage)}


@dataclass(frozen=True)
class Pending:
    """A page that the same file will make."""

    row: Row


@dataclass
class References:
    """What the rows of one file can name. A page that is still to be made is `Pending` until it is `made`."""

    rows: list[Row]
    types: dict[str, type[BasePage]] = field(default_factory=page_types)
    _made: dict[tuple[str, str], Page] = field(default_factory=dict)
    _records: dict[tuple[str, str], Any] = field(default_factory=dict)
    _paths: dict[str, Page | None] = field(default_factory=dict)

    @cached_property
    def locales(self) -> dict[str, Locale]:
        """The site's languages by code."""
        return {locale.language_code: locale for locale in Locale.objects.all()}

    @cached_property
    def imported(self) -> dict[tuple[str, str], ImportedPage]:
        """What earlier imports made, by key and language."""
        records = ImportedPage.objects.select_related("page", "locale", "revision")
        return {(record.key, record.locale.language_code): record for record in records}

    @cached_property
    def _rows_by_key(self) -> dict[tuple[str, str], Row]:
        return {(row.key, row.locale): row for row in self.rows}

    @cached_property
    def _keys(self) -> list[str]:
        return sorted({key for key, _code in self.imported} | {row.key for row in self.rows})

    def made(self, row: Row, page: Page) -> None:
        """From now on the row's key stands for this page."""
        self._made[(row.key, row.locale)] = page

    def locale(self, row: Row, place: Place) -> Locale | None:
        """The locale of a row."""
        if found := self.locales.get(row.locale):
            return found
        (place / "locale").error(
            _("“%(locale)s” is not a language of this site; it has %(known)s.")
            % {"locale": row.locale, "known": ", ".join(sorted(self.locales))}
        )
        return None

    def page_type(self, row: Row, place: Place) -> type[BasePage] | None:
        """The page type of a row."""
        if found := self.types.get(row.type):
            return found
        (place / "type").error(
            _("“%(type)s” is not a page type; there are %(known)s.")
            % {"type": row.type, "known": ", ".join(sorted(self.types))}
        )
        return None

    def by_key(self, key: str, locale: str) -> Page | Pending | None:
        """The page of a key in a language."""
        if page := self._made.get((key, locale)):
            return page
        if record := self.imported.get((key, locale)):
            return record.page
        row = self._rows_by_key.get((key, locale))
        return Pending(row) if row else None

    def by_path(self, path: str) -> Page | None:
        """The page at an address such as /sl/novice/, published or not; “/” is the root above the home pages."""
        if path not in self._paths:
            self._paths[path] = self._walk(path)
        return self._paths[path]

    def page(self, value: Any, locale: str, place: Place) -> Page | Pending | None:
        """The page that a text names, by key or by path; a key without a page in this language means the original."""
        if not isinstance(value, str) or not value:
            place.error(_("Must be a text: the key of a page, or its path such as /sl/novice/."))
            return None
        found: Page | Pending | None
        if value.startswith("/"):
            if (found := self.by_path(value)) is None:
                place.error(_("There is no page at %(path)s; a path begins with a language: /sl/.") % {"path": value})
            return found
        found = self.by_key(value, locale) or self.by_key(value, settings.LANGUAGE_CODE)
        if found is None:
            place.error(_("No page has the key “%(key)s”.") % {"key": value} + _did_you_mean(value, self._keys))
        return found

    def parent(self, row: Row, place: Place) -> Page | Pending | None:
        """Below which page a row stands: one in its own language, or the root."""
        place /= "parent"
        if row.parent.startswith("/"):
            return self.page(row.parent, row.locale, place)
        if found := self.by_key(row.parent, row.locale):
            return found
        elsewhere = sorted(code for code in self.locales if self.by_key(row.parent, code))
        if elsewhere:
            place.error(
                _("“%(key)s” is there in %(locales)s only; add it in %(locale)s too.")
                % {"key": row.parent, "locales": ", ".join(elsewhere), "locale": row.locale}
            )
        else:
            place.error(
                _("There is no page with the key “%(key)s”, neither in this file nor from an earlier import.")
                % {"key": row.parent}
                + _did_you_mean(row.parent, self._keys)
            )
        return None

    def record(self, model: type[models.Model], value: Any, place: Place) -> models.Model | None:
        """The record that a natural key names: an edition's year, a municipality's code, a hub's slug."""
        label = model._meta.label_lower
        names = NATURAL_KEYS[label]
        if isinstance(value, bool) or not isinstance(value, str | int) or value == "":
            place.error(_("Must be a text or a number: %(names)s.") % {"names": " / ".join(names)})
            return None
        text = str(value)
        if (label, text) not in self._records:
            self._records[(label, text)] = self._find_record(model, names, text)
        found = self._records[(label, text)]
        if found is None:
            known = model._default_manager.values_list(names[0], flat=True)
            place.error(
                _("There is no %(model)s with %(names)s “%(value)s”.")
                % {"model": model._meta.verbose_name, "names": " / ".join(names), "value": text[:100]}
                + _did_you_mean(text, map(str, known))
            )
        return found

    @staticmethod
    def _find_record(model: type[models.Model], names: Iterable[str], text: str) -> models.Model | None:
        for name in names:
            if isinstance(model._meta.get_field(name), models.IntegerField) and not (
                text.isascii() and text.isdigit() and len(text) < 10
            ):
                continue
            if found := model._default_manager.filter(**{name: text}).first():
                return found
        return None

    def _walk(self, path: str) -> Page | None:
        parts = [unquote(part) for part in path.strip("/").split("/")]
        if parts == [""]:
            return Page.get_first_root_node()
        site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
        if site is None or parts[0] not in self.locales:
            return None
        page = site.root_page.get_translation_or_none(self.locales[parts[0]])
        for slug in parts[1:]:
            if page is None:
                return None
            page = page.get_children().filter(slug=slug).first()
        return page


def _did_you_mean(value: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(value, list(known), n=3, cutoff=0.6)
    return " " + _("Close to it: %(names)s.") % {"names": ", ".join(close)} if close else ""
