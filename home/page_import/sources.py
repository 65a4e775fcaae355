"""What the values of one row can be taken from: files beside the JSON file, other pages, records, HTML."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Page

from zaveza.images.models import CustomDocument, CustomImage

from .files import Files, Found
from .problems import Place
from .references import Pending, References
from .rich_text import clean_html
from .scalars import WRONG, read_text

# Stands for a page until the import has made it; no page has it.
_NOT_YET = 0


@dataclass
class Sources:
    """The sources of one row.

    `is_pending` is set once a value names a page that the import has still to make; `used_files` are the hashes of the
    files that it has named.
    """

    files: Files
    references: References
    locale: str
    is_pending: bool = False
    used_files: dict[Path, str] = field(default_factory=dict)

    def image(self, value: Any, place: Place) -> CustomImage | None:
        """The picture that a value stands for."""
        return self._noted(self.files.image(value, place))

    def document(self, value: Any, place: Place) -> CustomDocument | None:
        """The document that a value stands for."""
        return self._noted(self.files.document(value, place))

    def page(self, value: Any, place: Place, model: type[Page] = Page) -> Page | None:
        """The page that a key or path names, if it is there already."""
        found = self.references.page(value, self.locale, place)
        if isinstance(found, Pending):
            found_model: type[Page] | None = self.references.types.get(found.row.type)
        else:
            found_model = found.specific_class if found else None
        if found_model and not issubclass(found_model, model):
            place.error(
                _("“%(value)s” is a %(found)s; here belongs a %(model)s.")
                % {"value": value, "found": found_model.__name__, "model": model.__name__}
            )
            return None
        if isinstance(found, Pending):
            self.is_pending = True
            return None
        return found.specific if found else None

    def html(self, value: Any, features: Sequence[str], place: Place) -> Any:
        """Rich text as an editor could have written it."""
        text = read_text(value, place)
        return text if text is WRONG else clean_html(text, features, place, self._link_target)

    def _link_target(self, kind: str, target: str, place: Place) -> int | None:
        if kind == "document":
            document = self.document(target, place)
            return document.pk if document else None
        before = len(place.problems.errors)
        page = self.page(target, place)
        if page:
            return int(page.pk)
        return _NOT_YET if len(place.problems.errors) == before else None

    def _noted(self, found: Found | None) -> Any:
        if found is None:
            return None
        self.used_files[found.path] = found.digest
        return found.instance
