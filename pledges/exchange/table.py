"""A table: the model behind it, its columns, its keys, and the rules that its rows keep."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _

from ..models import ExchangeKey
from . import columns as c

if TYPE_CHECKING:
    from .rows import Row
    from .scope import Scope

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)

# Column and what is wrong with it
Complaint = tuple[str, str]


class Table:
    """One table of the format. Subclasses declare it; instances are made once, in `tables`."""

    name: str
    model: Any
    declared: tuple[c.Column, ...]
    # The column that names a record, and the model's field behind it; `prefix` is that of the public ids.
    key_column = "id"
    key_field = "public_id"
    prefix = ""
    # Columns that name a record together, where none does alone.
    natural_key: tuple[str, ...] = ()
    # In this order rows are written.
    order: tuple[Any, ...] = ("pk",)
    # Records of these kinds are part of the ledger: they are published by a replay only.
    is_ledgered = False
    # The database keeps the words of a published one: it is published once they are there.
    has_frozen_words = False
    select_related: tuple[str, ...] = ()
    # What a reference to it needs to know besides its key
    known_fields: tuple[str, ...] = ()
    municipality_path: str | None = None

    def __init__(self) -> None:
        self.columns = tuple(self._bound(column) for column in self.declared)
        self.words = tuple(column for column in self.columns if isinstance(column, c.Words))
        self.by_name = {column.name: column for column in self.columns}
        self.links = tuple(column for column in self.columns if isinstance(column, c.Link))

    def _bound(self, column: c.Column) -> c.Column:
        if isinstance(column, c.Words):
            text_model = self.model._meta.get_field("texts").related_model
            return replace(column, languages=LANGUAGES, kind=column.kind or c.kind_of(text_model, column.source))
        plain = type(column) in (c.Column, c.Publication, c.Percent)
        return replace(column, kind=c.kind_of(self.model, column.source)) if plain and column.kind is None else column

    @property
    def verbose_name(self) -> str:
        """What its rows are, for the admin."""
        return str(self.model._meta.verbose_name_plural)

    def head(self, scope: Scope) -> list[str]:
        """The names of the columns that an export writes."""
        return [name for column in self.columns if self.is_written(column, scope) for name in column.names]

    @staticmethod
    def is_written(column: c.Column, scope: Scope) -> bool:
        """Whether an export of this scope has the column."""
        return scope.accounts if isinstance(column, (c.Account, c.Authors)) else scope.full or not column.private

    @property
    def text_model(self) -> Any:
        """The model of its words in each language."""
        return self.model._meta.get_field("texts").related_model

    @property
    def text_link(self) -> str:
        """The attribute by which words name their record."""
        return f"{self.model._meta.get_field('texts').field.name}_id"

    # Export

    def public(self, scope: Scope) -> models.QuerySet:
        """What any reader may see at the moment of the scope."""
        return self.model._default_manager.all()

    def selected(self, scope: Scope) -> models.QuerySet:
        """What the scope holds."""
        records = self.everything() if scope.full else self.public(scope)
        return scope.within_hub(self.model, records)

    def everything(self) -> models.QuerySet:
        """All records that a full export holds."""
        return self.model._default_manager.all()

    def as_known(self, record: Any, scope: Scope) -> None:
        """Let an instance show what was known at the moment of the scope; it is for reading."""

    # Keys

    def keys_of(self, keys: Iterable[int], scope: Scope | None = None) -> dict[int, str]:
        """The keys of these records by their primary keys; within a scope only of those that it holds."""
        records = self.model._default_manager.all() if scope is None or scope.full else self.public(scope)
        found = records.filter(pk__in=set(keys)).order_by().values_list("pk", self.key_field)
        return {pk: self.key_of(pk, value) for pk, value in found}

    def key_of(self, pk: int, value: Any) -> str:
        """The key of one record, from the field behind it."""
        return str(value) if value is not None else draft_key(self.name, pk)

    def known(self, keys: Iterable[str]) -> dict[str, tuple[Any, ...]]:
        """Primary key and `known_fields` of the records with these keys.

        A key is that of the model's own field, else one that an earlier import brought along, else a draft's.
        """
        wanted = set(keys)
        found = self.by_field(wanted)
        if not self.prefix:
            return found
        remembered = dict(
            ExchangeKey.objects.filter(table=self.name, key__in=wanted - found.keys()).values_list("key", "object_pk")
        )
        if remembered:
            rows = self._rows(pk__in=remembered.values())
            found |= {key: rows[pk] for key, pk in remembered.items() if pk in rows}
        drafts = {key: pk for key in wanted - found.keys() if (pk := draft_number(self.name, key))}
        if drafts:
            taken = set(
                ExchangeKey.objects.filter(table=self.name, object_pk__in=drafts.values()).values_list(
                    "object_pk", flat=True
                )
            )
            rows = self._rows(pk__in=drafts.values(), published_at__isnull=True)
            found |= {key: rows[pk] for key, pk in drafts.items() if pk in rows and pk not in taken}
        return found

    def by_field(self, keys: set[str]) -> dict[str, tuple[Any, ...]]:
        """The same, by the model's own field alone."""
        rows = self.model._default_manager.filter(**{f"{self.key_field}__in": keys}).order_by()
        return {str(key): (pk, *rest) for key, pk, *rest in rows.values_list(self.key_field, "pk", *self.known_fields)}

    def _rows(self, **conditions: Any) -> dict[int, tuple[Any, ...]]:
        rows = self.model._default_manager.filter(**conditions).order_by()
        return {row[0]: row for row in rows.values_list("pk", *self.known_fields)}

    def is_own_id(self, key: str) -> bool:
        """Whether a key has the form of this table's public ids, which a record takes with it."""
        return bool(self.prefix) and re.fullmatch(rf"{self.prefix}-[1-9][0-9]{{0,17}}", key) is not None

    # Rules

    def check(self, row: Row) -> Iterator[Complaint]:
        """What is wrong with a row as a whole."""
        yield from ()

    def refusal(self, record: Any, column: c.Column) -> str:
        """Why this column of an existing record is not changed; empty where it is."""
        if (column.frozen or column.name == "published_at") and getattr(record, "published_at", None):
            return _("What was published stays as it is.")
        if column.published:
            return _("This is set by publishing, not by an import.")
        return ""

    def municipality(self, row: Row) -> int | None:
        """The key of the municipality that a row belongs to; None where it belongs to none."""
        return None

    def prepare(self, record: Any, row: Row) -> None:
        """Fill what follows from other values, before a new record is written."""


def draft_key(table: str, pk: int) -> str:
    """The key of a draft that has no public id: good in this database only, which its last digits prove."""
    return f"draft-{pk}-{_proof(table, pk)}"


def draft_number(table: str, key: str) -> int | None:
    """The primary key in a `draft_key` of this database."""
    found = re.fullmatch(r"draft-([1-9][0-9]{0,17})-([0-9a-f]{12})", key)
    if found and hmac.compare_digest(_proof(table, int(found[1])), found[2]):
        return int(found[1])
    return None


def opaque(table: str, pk: int, name: str) -> str:
    """A word that stands for a record whose name is not for readers; the name itself where it is such a word."""
    return name if re.fullmatch(r"group-[1-9][0-9]*-[0-9a-f]{12}", name) else f"group-{pk}-{_proof(table, pk)}"


def opaque_number(table: str, word: str) -> int | None:
    """The primary key in an `opaque` word of this database."""
    found = re.fullmatch(r"group-([1-9][0-9]{0,17})-([0-9a-f]{12})", word)
    return int(found[1]) if found and hmac.compare_digest(_proof(table, int(found[1])), found[2]) else None


def _proof(table: str, pk: int) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), f"exchange:{table}:{pk}".encode(), hashlib.sha256).hexdigest()[:12]
