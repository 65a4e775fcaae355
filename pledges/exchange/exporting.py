"""Writes the record as tables: a folder of CSV files or one workbook, in one pass and constant memory."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from zaveza.users.models import User

from ..models import PledgeAuthor, Topic
from ..querysets import as_moment
from . import columns as c
from . import ledger_rows
from .lookups import GROUPS
from .scope import Scope
from .table import Table, opaque
from .tables import BY_NAME, LEDGER, TABLES
from .tables.record import citations_of
from .values import join_values
from .writers import Book, CsvFolder

CHUNK = 500
LICENCE = "CC-BY-4.0"
# What a table that travels alone says of itself in every row; an import passes it over.
CITATION = ("as_of", "licence", "source")
BOOK = "records.xlsx"
ABOUT_FILE = "datapackage.json"

Progress = Callable[[str, int], Any]


def export_records(
    folder: Path, scope: Scope, *, xlsx: bool = False, progress: Progress = lambda table, done: None
) -> dict[str, int]:
    """Write every table, and the files that they name below `files/`; how many rows each has.

    The folder is made. Raises `FileExistsError` where it holds something already.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise FileExistsError(_("The folder “%(path)s” is not empty.") % {"path": folder})
    counts: dict[str, int] = {}
    with Book(folder / BOOK) if xlsx else CsvFolder(folder) as target:
        for table in TABLES:
            rows = _with_files(folder, rows_of(table, scope))
            counts[table.name] = target.table(
                table.name, table.head(scope), rows, lambda done, name=table.name: progress(name, done)
            )
        counts[LEDGER] = target.table(
            LEDGER, ledger_rows.HEAD, ledger_rows.exported(scope.at), lambda done: progress(LEDGER, done)
        )
    about = describe(scope, counts, xlsx=xlsx)
    (folder / ABOUT_FILE).write_text(json.dumps(about, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return counts


def describe(scope: Scope, counts: dict[str, int], *, xlsx: bool = False) -> dict[str, Any]:
    """What the export is, as Frictionless data package metadata."""
    return {
        "profile": "data-package",
        "name": "zaveza-records",
        "title": settings.WAGTAIL_SITE_NAME,
        "homepage": settings.WAGTAILADMIN_BASE_URL,
        "created": as_moment().isoformat(timespec="seconds"),
        "as_of": scope.day.isoformat() if scope.day else scope.at.isoformat(timespec="seconds"),
        "content": "full" if scope.full else "public",
        # A full export holds what is not for everybody.
        **(
            {}
            if scope.full
            else {"licenses": [{"name": LICENCE, "path": "https://creativecommons.org/licenses/by/4.0/"}]}
        ),
        "resources": [
            {
                "name": name,
                "path": BOOK if xlsx else f"{name}.csv",
                "profile": "tabular-data-resource",
                "encoding": "utf-8",
                "rows": count,
                "schema": {"fields": [{"name": column} for column in _head(name, scope)]},
            }
            for name, count in counts.items()
        ],
    }


def _head(name: str, scope: Scope) -> list[str]:
    return ledger_rows.HEAD if name == LEDGER else BY_NAME[name].head(scope)


def rows_of(table: Table, scope: Scope, records: Any = None) -> Iterator[list[Any]]:
    """The rows of a table, chunk by chunk. `records`: only these, in their own order."""
    chosen = table.selected(scope) if records is None else records
    ordered = chosen.order_by(*table.order) if records is None else chosen
    if records is None and table.select_related and not chosen.query.select_related:
        ordered = ordered.select_related(*table.select_related)
    found = ordered.iterator(chunk_size=CHUNK)
    chunks = _Chunks(table, scope)
    while chunk := list(islice(found, CHUNK)):
        yield from chunks.written(chunk)


class _Chunks:
    """Writes chunks of records; what they refer to is asked for once for each chunk."""

    def __init__(self, table: Table, scope: Scope) -> None:
        self._table, self._scope = table, scope
        self._columns = [column for column in table.columns if table.is_written(column, scope)]

    def written(self, records: list[Any]) -> Iterator[list[Any]]:
        """The rows of a chunk."""
        table, scope = self._table, self._scope
        for record in records:
            table.as_known(record, scope)
        keys = {
            column.name: self._keys(column.to, (getattr(record, column.source) for record in records))
            for column in table.links
        }
        words = self._words(records)
        topics = self._topics(records)
        citations = self._citations(records)
        accounts = self._accounts(records)
        authors = self._authors(records)
        groups = self._groups(records)
        for record in records:
            row: list[Any] = []
            for column in self._columns:
                if isinstance(column, c.Words):
                    texts = words.get(record.pk, {})
                    row += [
                        getattr(texts[language], column.source) if language in texts else ""
                        for language in column.languages
                    ]
                elif isinstance(column, c.Link):
                    row.append(keys[column.name].get(column.stored(record), ""))
                elif isinstance(column, c.Topics):
                    row.append(join_values(topics.get(record.pk, ())))
                elif isinstance(column, c.Citations):
                    row.append(join_values(key for key, _sha in citations.get(record.pk, ())))
                elif isinstance(column, c.CitedHashes):
                    row.append(";".join(sha for _key, sha in citations.get(record.pk, ())))
                elif isinstance(column, c.Account):
                    row.append(accounts.get(getattr(record, f"{column.source}_id"), ""))
                elif isinstance(column, c.Authors):
                    row.append(join_values(authors.get(record.pk, ())))
                elif isinstance(column, c.Named):
                    row.append(groups.get(column.stored(record), ""))
                elif isinstance(column, c.Upload):
                    row.append(_path(column.stored(record)))
                elif isinstance(column, c.Shown):
                    row.append(column.of(record))
                elif column.name == "id" and table.prefix:
                    row.append(table.key_of(record.pk, getattr(record, table.key_field)))
                else:
                    row.append(column.kind.write(column.stored(record)))
            yield row

    def _keys(self, to: str, pks: Iterable[Any]) -> dict[int, str]:
        wanted = {pk for pk in pks if pk is not None}
        return BY_NAME[to].keys_of(wanted, self._scope) if wanted else {}

    def _words(self, records: list[Any]) -> dict[int, dict[str, Any]]:
        if not self._table.words:
            return {}
        link = self._table.text_link
        found: dict[int, dict[str, Any]] = {}
        pks = [record.pk for record in records]
        for text in self._table.text_model._default_manager.filter(**{f"{link}__in": pks}):
            found.setdefault(getattr(text, link), {})[text.language] = text
        return found

    def _topics(self, records: list[Any]) -> dict[int, list[str]]:
        if not any(isinstance(column, c.Topics) for column in self._columns):
            return {}
        found: dict[int, list[str]] = {}
        rows = Topic.objects.filter(pledges__in=[record.pk for record in records]).order_by("code")
        for pledge, code in rows.values_list("pledges", "code"):
            found.setdefault(pledge, []).append(code)
        return found

    def _citations(self, records: list[Any]) -> dict[int, list[tuple[str, str]]]:
        if not any(isinstance(column, c.Citations) for column in self._columns):
            return {}
        cited = citations_of(record.pk for record in records)
        keys = self._keys("evidence", (pk for pairs in cited.values() for pk, _sha in pairs))
        return {assessment: [(keys[pk], sha) for pk, sha in pairs if pk in keys] for assessment, pairs in cited.items()}

    def _accounts(self, records: list[Any]) -> dict[int, str]:
        columns = [column for column in self._columns if isinstance(column, c.Account)]
        if not columns:
            return {}
        pks = {getattr(record, f"{column.source}_id") for record in records for column in columns}
        return dict(User.objects.filter(pk__in=pks - {None}).values_list("pk", "email"))

    def _authors(self, records: list[Any]) -> dict[int, list[str]]:
        if not any(isinstance(column, c.Authors) for column in self._columns):
            return {}
        found: dict[int, list[str]] = {}
        rows = PledgeAuthor.objects.filter(pledge__in=[record.pk for record in records]).order_by("user__email")
        for pledge, email in rows.values_list("pledge", "user__email"):
            found.setdefault(pledge, []).append(email)
        return found

    def _groups(self, records: list[Any]) -> dict[int, str]:
        """Groups of similar pledges: their names are the editors' own, readers get a word that stands for each."""
        column = next((column for column in self._columns if isinstance(column, c.Named)), None)
        if column is None:
            return {}
        pks = {pk for record in records if (pk := column.stored(record))}
        group = self._table.model._meta.get_field(column.attribute or column.name).related_model
        names = dict(group._default_manager.filter(pk__in=pks).values_list("pk", "name"))
        return names if self._scope.full else {pk: opaque(GROUPS, pk, name) for pk, name in names.items()}


class _Path(str):
    """A cell that names a file of the export."""


def _path(file: Any) -> str:
    return _Path(f"files/{file.name}") if file else ""


def _with_files(folder: Path, rows: Iterable[list[Any]]) -> Iterator[list[Any]]:
    """The rows, while the files that they name are copied beside the tables."""
    for row in rows:
        for cell in row:
            if isinstance(cell, _Path):
                _copy(cell, folder / cell)
        yield row


def _copy(path: str, target: Path) -> None:
    name = path.removeprefix("files/")
    if target.exists() or not default_storage.exists(name):
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    with default_storage.open(name) as source, target.open("wb") as copy:
        shutil.copyfileobj(source, copy)


__all__ = ["LICENCE", "Scope", "describe", "export_records", "rows_of"]
