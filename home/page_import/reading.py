"""Reads an import file as far as its rows, before anything is looked up in the database."""

import json
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from home.models.imported_pages import KEY_LENGTH

from .problems import ImportRefused, Place, Problems

FORMAT_VERSION = 1
IMPORT_FILE_LIMIT = 20 * 1024 * 1024
STATUSES = ("draft", "published")

_KEY = re.compile(r"[\w][\w.\-]*")
# Nobody types these, no page shows them, and PostgreSQL stores neither NUL nor half a surrogate pair.
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_REQUIRED = ("key", "type", "locale", "parent", "status", "fields")
_MEMBERS = (*_REQUIRED, "translation_of")


@dataclass(frozen=True)
class Row:
    """One page in one language as the file has it."""

    number: int
    key: str
    type: str
    locale: str
    parent: str
    status: str
    translation_of: str
    fields: dict[str, Any]

    @property
    def published(self) -> bool:
        return self.status == "published"

    @property
    def canonical(self) -> str:
        """The row as one text that is the same for the same content, however the file is laid out."""
        content = {
            "type": self.type,
            "parent": self.parent,
            "status": self.status,
            "translation_of": self.translation_of,
            "fields": self.fields,
        }
        return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def read_rows(path: Path, problems: Problems) -> list[Row]:
    """The rows of a file. What is wrong with the file as a whole refuses it at once, what is wrong in rows is noted."""
    document = _parse(_read_text(path))
    if not isinstance(document, dict) or not isinstance(document.get("pages"), list):
        raise ImportRefused.for_file(
            _('The file must be an object with "version" and a list "pages": {"version": 1, "pages": [...]}.')
        )
    if document.get("version") != FORMAT_VERSION or isinstance(document["version"], bool):
        raise ImportRefused.for_file(
            _('"version" must be %(version)d; here it is %(found)s.')
            % {"version": FORMAT_VERSION, "found": json.dumps(document.get("version"))[:40]}
        )
    if unknown := sorted(set(document) - {"version", "pages"}):
        raise ImportRefused.for_file(
            _('The file has an unknown member: %(names)s. It may have "version" and "pages".')
            % {"names": ", ".join(unknown)}
        )
    rows = [row for number, raw in enumerate(document["pages"], 1) if (row := _read_row(number, raw, problems))]
    _note_duplicates(rows, problems)
    return rows


def check_text(value: str, place: Place) -> bool:
    """Whether a text can be stored and shown; notes the character that cannot."""
    if found := _FORBIDDEN.search(value):
        place.error(
            _("Character U+%(code)04X at position %(position)d is not allowed in a text; take it out.")
            % {"code": ord(found.group()), "position": found.start() + 1}
        )
        return False
    return True


def _read_text(path: Path) -> str:
    name = {"path": path}
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise ImportRefused.for_file(_("%(path)s is not a file.") % name)
        if status.st_size > IMPORT_FILE_LIMIT:
            raise ImportRefused.for_file(
                _("%(path)s has %(size)s; an import file may have %(limit)s at most. Split it.")
                % {
                    **name,
                    "size": filesizeformat(status.st_size),
                    "limit": filesizeformat(IMPORT_FILE_LIMIT),
                }
            )
        with path.open("rb") as file:
            content = file.read(IMPORT_FILE_LIMIT + 1)
    except FileNotFoundError:
        raise ImportRefused.for_file(_("There is no file %(path)s.") % name) from None
    except (OSError, ValueError) as error:  # no right to read it, a NUL in the name
        raise ImportRefused.for_file(_("%(path)s cannot be read: %(error)s.") % {**name, "error": error}) from error
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ImportRefused.for_file(
            _("%(path)s is not UTF-8: byte %(position)d is %(byte)s. Save it as UTF-8.")
            % {**name, "position": error.start + 1, "byte": f"0x{content[error.start]:02X}"}
        ) from error


def _parse(text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_object_without_repeats, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise ImportRefused.for_file(
            _("The file is not valid JSON: line %(line)d, column %(column)d: %(message)s.")
            % {"line": error.lineno, "column": error.colno, "message": error.msg}
        ) from error
    except RecursionError as error:
        raise ImportRefused.for_file(_("The file is nested too deeply.")) from error
    except ValueError as error:  # a number of thousands of digits
        raise ImportRefused.for_file(_("The file is not valid JSON: %(message)s.") % {"message": error}) from error


def _object_without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) < len(pairs):
        names = [name for name, _value in pairs]
        repeated = next(name for name in names if names.count(name) > 1)
        raise ImportRefused.for_file(
            _("The name “%(name)s” stands twice in one object of the file; one value would be lost.")
            % {"name": repeated}
        )
    return result


def _refuse_constant(name: str) -> None:
    raise ImportRefused.for_file(_("The file is not valid JSON: %(name)s is not a number.") % {"name": name})


def _read_row(number: int, raw: Any, problems: Problems) -> Row | None:
    place = Place(problems, number)
    if not isinstance(raw, dict):
        place.error(_("A page must be an object with %(names)s.") % {"names": ", ".join(_REQUIRED)})
        return None
    key, locale = raw.get("key"), raw.get("locale")
    place = Place(
        problems, number, key[:KEY_LENGTH] if isinstance(key, str) else "", locale if isinstance(locale, str) else ""
    )
    before = len(problems.errors)
    for name in sorted(set(raw) - set(_MEMBERS)):
        (place / name).error(
            _("Unknown member; a page has %(names)s. What stands on the page belongs in “fields”.")
            % {"names": ", ".join(_MEMBERS)}
        )
    for name in _MEMBERS:
        if name not in raw:
            if name in _REQUIRED:
                (place / name).error(_("Missing; every page has it."))
        elif name != "fields" and not isinstance(raw[name], str):
            (place / name).error(_("Must be a text."))
        elif name != "fields":
            check_text(raw[name], place / name)
    if isinstance(key, str) and not (_KEY.fullmatch(key) and len(key) <= KEY_LENGTH):
        (place / "key").error(
            _("A key has letters, digits, “.”, “-” and “_”, begins with none of the signs, and has %(limit)d at most.")
            % {"limit": KEY_LENGTH}
        )
    if isinstance(raw.get("status"), str) and raw["status"] not in STATUSES:
        (place / "status").error(
            _("“%(status)s” is not a status; it is “draft” or “published”.") % {"status": raw["status"]}
        )
    fields = raw.get("fields")
    if "fields" in raw and not isinstance(fields, dict):
        (place / "fields").error(_("Must be an object: the name of each field with its value."))
    elif isinstance(fields, dict):
        for text, spot in _texts(fields, place):
            check_text(text, spot)
    if len(problems.errors) > before:
        return None
    return Row(number=number, **{"translation_of": "", **raw})


def _texts(value: Any, place: Place) -> Iterator[tuple[str, Place]]:
    """Every text in a value, names of members included."""
    if isinstance(value, str):
        yield value, place
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _texts(item, place[index])
    elif isinstance(value, dict):
        for name, item in value.items():
            yield name, place
            yield from _texts(item, place / name)


def _note_duplicates(rows: list[Row], problems: Problems) -> None:
    same_page: dict[tuple[str, str], Row] = {}
    same_key: dict[str, Row] = {}
    for row in rows:
        place = Place(problems, row.number, row.key, row.locale)
        first = same_page.setdefault((row.key, row.locale), row)
        other = same_key.setdefault(row.key, row)
        if first is not row:
            (place / "key").error(
                _("Row %(row)d has the same key in the same language; each may stand once.") % {"row": first.number}
            )
        elif other.type != row.type:
            (place / "type").error(
                _("Row %(row)d has this key too, and is a %(type)s; translations are of one type.")
                % {"row": other.number, "type": other.type}
            )
