"""Finding the records that a chunk's rows refer to: one query for each table that they name."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from ..choices import fold
from ..models import Municipality, Organisation, SimilarityGroup, TopicText
from ..permissions import MUNICIPALITY_PATHS, RecordPermissionPolicy
from . import columns as c
from .problems import Problem
from .rows import Row
from .suggestions import nearest
from .table import Table, opaque_number
from .values import split_values

if TYPE_CHECKING:
    from .importing import Run

GROUPS = "similarity_groups"
# Found by their names, too; they fit into memory whatever the record's size.
_SMALL = frozenset({"regions", "municipalities", "topics", "organisations", "editions"})


class Lookups:
    """What the rows of one table refer to."""

    def __init__(self, run: Run, table: Table) -> None:
        self.run, self._table = run, table
        self._small: dict[str, dict[str, tuple[Any, ...]]] = {}
        self._names: dict[str, dict[str, str]] = {}

    def resolve(self, rows: list[Row]) -> list[Row]:
        """The rows with what they refer to in `found`; a row that refers to nothing there is noted and left out."""
        wanted: defaultdict[str, set[str]] = defaultdict(set)
        for row in rows:
            for column in self._table.links:
                if key := row.values.get(column.name):
                    wanted[column.to].add(key)
            for column in self._table.columns:
                if isinstance(column, (c.Topics, c.Citations)):
                    wanted[_table_of(column)].update(row.values.get(column.name) or ())
        known = {to: self._known(to, keys) for to, keys in wanted.items()}
        return [row for row in rows if self._resolve(row, known)]

    def _known(self, to: str, keys: set[str]) -> dict[str, tuple[Any, ...]]:
        from .tables import BY_NAME

        if to not in _SMALL:
            return BY_NAME[to].known(keys)
        cache = self._small.setdefault(to, {})
        if unknown := keys - cache.keys():
            found = BY_NAME[to].known(unknown)
            if names := unknown - found.keys():
                by_name = {name: code for name in names if (code := self._by_name(to).get(fold(name)))}
                rows = BY_NAME[to].known(by_name.values())
                found |= {name: rows[code] for name, code in by_name.items() if code in rows}
            cache.update(found)
        return cache

    def _by_name(self, to: str) -> dict[str, str]:
        """Codes by what a person would type instead."""
        if to not in self._names:
            names: dict[str, str] = {}
            if to == "municipalities":
                for code, iso, slug, name in Municipality.objects.values_list("code", "iso_code", "slug", "name"):
                    names |= {fold(word): code for word in (iso, slug, name)}
            elif to == "topics":
                for code, name in TopicText.objects.values_list("topic__code", "name"):
                    names[fold(name)] = code
            elif to == "organisations":
                names |= {fold(name): slug for slug, name in Organisation.objects.values_list("slug", "name")}
            self._names[to] = names
        return self._names[to]

    def _resolve(self, row: Row, known: dict[str, dict[str, tuple[Any, ...]]]) -> bool:
        is_good = True
        for column in self._table.links:
            key = row.values.get(column.name)
            if not key:
                continue
            if found := known[column.to].get(key):
                row.found[column.name] = found
            elif column.to == self._table.name and not column.back_only:
                row.waiting[column.name] = key  # may come later; `ChunkWriter.finish` asks again
            else:
                is_good = self._complain(row, column.name, column.to, key) and is_good
        for column in self._table.columns:
            if isinstance(column, (c.Topics, c.Citations)):
                to = _table_of(column)
                keys = row.values.get(column.name) or ()
                missing = [key for key in keys if key not in known[to]]
                for key in missing:
                    is_good = self._complain(row, column.name, to, key) and is_good
                if column.name in row.values and not missing:
                    row.values[column.name] = [known[to][key] for key in keys]
        return is_good

    def _complain(self, row: Row, column: str, to: str, key: str) -> bool:
        """Note that nothing of this key is there, unless that very row was in error itself; always False."""
        if key in self.run.problems.bad_keys.get(to, ()):
            self.run.problems.bad_keys.setdefault(self._table.name, set()).add(row.key)
            return False
        message = _("There is no “%(key)s” in the table %(table)s.") % {"key": key[:60], "table": to}
        suggestion = ""
        if to in _SMALL:
            suggestion = nearest(key, [*self._codes(to), *self._readable(to)])
        self.run.problems.add(Problem(message, self._table.name, row.number, row.key, column, suggestion))
        return False

    def _codes(self, to: str) -> list[str]:
        from .tables import BY_NAME

        table = BY_NAME[to]
        return [str(code) for code in table.model._default_manager.values_list(table.key_field, flat=True)]

    @cached_property
    def _municipality_names(self) -> list[str]:
        return list(Municipality.objects.values_list("name", flat=True))

    def _readable(self, to: str) -> list[str]:
        if to == "municipalities":
            return self._municipality_names
        if to == "topics":
            return list(TopicText.objects.values_list("name", flat=True))
        return list(Organisation.objects.values_list("name", flat=True)) if to == "organisations" else []

    # Groups that are made by being named

    def group(self, name: str) -> int | None:
        """The group of similar pledges of this name, made where there is none; None for no name."""
        if not name:
            return None
        cache = self._small.setdefault(GROUPS, {})
        if name not in cache:
            known = opaque_number(GROUPS, name)
            pk = known if known and SimilarityGroup.objects.filter(pk=known).exists() else None
            cache[name] = (pk or SimilarityGroup.objects.get_or_create(name=name[:255])[0].pk,)
        return int(cache[name][0])

    # Who signed

    def sign(self, row: Row, accounts: list[c.Account], replays: bool) -> None:
        """Fill in the accounts behind a new record: as signed where it is replayed, else whoever imports it."""
        record, run = row.record, self.run
        is_published = replays and getattr(record, "published_at", None) is not None
        for column in accounts:
            email = "" if run.is_confined else row.values.get(column.name, "")
            pk = run.accounts.by_email(email) if email else None
            if is_published:
                name = row.values.get(column.signed_as, "") or column.stand_in
                pk = pk or (run.accounts.by_name(name) if name else None)
            elif column.published:
                pk = None
            else:
                pk = pk or run.writer
            setattr(record, f"{column.source}_id", pk)

    def credit(self, row: Row, replays: bool) -> None:
        """Fill in who wrote a new pledge: as the file says; of a draft, whoever brings it in, too."""
        run = self.run
        emails = [] if run.is_confined else split_values(row.values.get("authors", ""))
        found = {pk for email in emails if (pk := run.accounts.by_email(email))}
        is_published = replays and row.record.published_at is not None
        if run.user and not is_published and not (replays and found):
            found.add(run.user.pk)
        if not found and not replays:
            found.add(run.writer)
        row.authors = sorted(found)

    # The hub

    def is_within_hub(self, row: Row, complain: Any) -> bool:
        """Whether the row, and what it was before, lies in the municipalities of the user's hub."""
        covered, model = self.run.covered, self._table.model
        place = self._table.municipality(row)
        if covered is None or (model not in MUNICIPALITY_PATHS and place is None):
            return True
        if not row.is_new and model in MUNICIPALITY_PATHS:
            reached = RecordPermissionPolicy(model).within_hub(self.run.user, model._default_manager.filter(pk=row.pk))
            if not reached.exists():
                place = place if place not in covered else None
            elif place is None:
                return True
        if place is not None and place in covered:
            return True
        name = Municipality.objects.filter(pk=place).values_list("name", flat=True).first() if place else ""
        complain("", _("This is of %(municipality)s, which your hub does not cover.") % {"municipality": name or "–"})
        return False


def _table_of(column: c.Column) -> str:
    return "topics" if isinstance(column, c.Topics) else "evidence"
