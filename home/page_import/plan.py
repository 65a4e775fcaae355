"""What an import is going to do with each row: decided and checked for all rows before a page is written."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from wagtail.models import Locale, Page

from home.models.imported_pages import ImportedPage
from zaveza.base.models.pages import BasePage

from .files import Files
from .problems import Place, Problems
from .reading import Row
from .references import Pending, References
from .sources import Sources
from .values import set_fields


@dataclass
class PlannedPage:
    """A row with its page, which holds the row's values and is not saved yet."""

    row: Row
    place: Place
    page: BasePage
    parent: Page | Pending
    sources: Sources
    record: ImportedPage | None
    fingerprint: str

    @property
    def is_new(self) -> bool:
        return self.record is None

    @property
    def is_unchanged(self) -> bool:
        """Whether an earlier import has done all of this row."""
        return self.record is not None and self.record.fingerprint == self.fingerprint

    @property
    def needs(self) -> list[Pending]:
        """The pages of the same file that have to be made before this one."""
        original = None
        if self.row.translation_of:
            original = self.sources.references.page(self.row.translation_of, self.row.locale, self.place)
        return [page for page in (self.parent, original) if isinstance(page, Pending)]

    @property
    def was_edited(self) -> bool:
        """Whether somebody has saved the page since it was imported."""
        return self.record is not None and self.record.revision != self.page.latest_revision


class Planner:
    """Plans the rows of one file one after the other."""

    def __init__(self, references: References, files: Files, problems: Problems) -> None:
        self.references = references
        self.files = files
        self.problems = problems

    def plan(self, row: Row) -> PlannedPage | None:
        """The page of a row with its values; None where something is wrong with it."""
        place = Place(self.problems, row.number, row.key, row.locale)
        before = len(self.problems.errors)
        locale = self.references.locale(row, place)
        model = self.references.page_type(row, place)
        if locale is None or model is None:
            return None
        record = self.references.imported.get((row.key, row.locale))
        parent = self._parent(row, model, place)
        page = self._existing_page(record, model, place) if record else model(locale=locale, live=False)
        if page is None:
            return None
        sources = Sources(self.files, self.references, row.locale)
        if record is None and isinstance(parent, Page) and row.fields.get("slug"):
            page._cached_parent_obj = parent  # lets Wagtail see that the slug is free
        set_fields(page, row.fields, sources, place)
        if record is None:
            self._check_translation(row, model, locale, place)
        elif parent is not None:
            self._check_stays(page, parent, place)
        if parent is None or len(self.problems.errors) > before:
            return None
        used = {str(path.relative_to(self.files.folder)): digest for path, digest in sources.used_files.items()}
        fingerprint = hashlib.sha256(f"{row.canonical}\n{sorted(used.items())}".encode()).hexdigest()
        return PlannedPage(row, place, page, parent, sources, record, fingerprint)

    def original(self, row: Row) -> Page | None:
        """A page of which this row is a translation, made already."""
        if row.translation_of:
            found = self.references.page(row.translation_of, row.locale, Place(Problems(), row.number))
            return found if isinstance(found, Page) else None
        pages = (self.references.by_key(row.key, code) for code in self.references.locales)
        return next((page for page in pages if isinstance(page, Page)), None)

    @staticmethod
    def _existing_page(record: ImportedPage, model: type[BasePage], place: Place) -> BasePage | None:
        page = record.page.specific
        if isinstance(page, model):
            return page.get_latest_revision_as_object()
        (place / "type").error(
            _("The page of this key is a %(type)s; it cannot become another type. Give the row a key of its own.")
            % {"type": type(page).__name__}
        )
        return None

    def _parent(self, row: Row, model: type[BasePage], place: Place) -> Page | Pending | None:
        parent = self.references.parent(row, place)
        if parent is None:
            return None
        if isinstance(parent, Pending):
            parent_model, parent_locale = self.references.types.get(parent.row.type), parent.row.locale
        else:
            parent_model = parent.specific_class
            parent_locale = row.locale if parent.is_root() else parent.locale.language_code
        if parent_model is None:
            return None  # the parent's own row says what is wrong
        if model not in parent_model.allowed_subpage_models():
            (place / "parent").error(
                _("A %(type)s cannot stand below a %(parent)s; it stands below: %(allowed)s.")
                % {
                    "type": model.__name__,
                    "parent": parent_model.__name__,
                    "allowed": ", ".join(allowed.__name__ for allowed in model.allowed_parent_page_models()),
                }
            )
            return None
        if parent_locale != row.locale:
            (place / "parent").error(
                _("The parent is in %(parent)s; a page stands below one in its own language, here %(locale)s.")
                % {"parent": parent_locale, "locale": row.locale}
            )
            return None
        return parent

    @staticmethod
    def _check_stays(page: BasePage, parent: Page | Pending, place: Place) -> None:
        """An import moves no page: it would undo what an editor has put in order."""
        actual = page.get_parent()
        if isinstance(parent, Pending) or parent.pk != actual.pk:
            (place / "parent").error(
                _("The page stands below “%(actual)s” now. Move it in the admin, or name that page here.")
                % {"actual": actual.url_path}
            )

    def _check_translation(self, row: Row, model: type[BasePage], locale: Locale, place: Place) -> None:
        """A translation is of the same type as its original, and the first in its language."""
        original: Page | Pending | None
        if row.translation_of:
            place /= "translation_of"
            original = self.references.page(row.translation_of, row.locale, place)
        else:
            original = self.original(row)
        if original is None:
            return
        if isinstance(original, Pending):
            original_model, original_locale = self.references.types.get(original.row.type), original.row.locale
        else:
            original_model, original_locale = original.specific_class, original.locale.language_code
            self._check_language_is_free(original.translation_key, model, locale, place)
        if original_model not in (None, model):
            place.error(
                _("The original is a %(original)s and this a %(type)s; translations are of one type.")
                % {"original": getattr(original_model, "__name__", ""), "type": model.__name__}
            )
        if original_locale == row.locale:
            place.error(
                _("The original is in %(locale)s itself; a translation is in another language.")
                % {"locale": row.locale}
            )

    @staticmethod
    def _check_language_is_free(key: UUID, model: type[BasePage], locale: Locale, place: Place) -> None:
        there = Page.objects.filter(translation_key=key, locale=locale).first()
        if there:
            place.error(
                _("The page has a translation in %(locale)s already: %(path)s.")
                % {"locale": locale.language_code, "path": there.url_path}
            )
