"""Columns of a table: how each is filled from a record, and how a record takes what stands in it.

A column has a code name that never changes. What its cells may hold follows from the model's field, so that a new
choice or a longer limit is known here at once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import models

from . import values


def kind_of(model: type[models.Model], name: str) -> Any:
    """What a cell of a model's field may hold."""
    field_ = model._meta.get_field(name)
    if field_.choices and not isinstance(field_, models.BooleanField):
        choices = [(str(value), str(label)) for value, label in field_.flatchoices]
        codes = tuple(value for value, _label in choices)
        if field_.blank and "" not in codes:
            codes = (*codes, "")
        return values.Code(many_lines=False, choices=codes, labels=tuple((label, value) for value, label in choices))
    if isinstance(field_, models.BooleanField):
        return values.YesNo(unknown=field_.null)
    if isinstance(field_, models.DecimalField):
        return values.Number(digits=field_.max_digits or 1, places=field_.decimal_places or 0)
    if isinstance(field_, models.PositiveSmallIntegerField):
        return values.Whole(most=32_767)
    if isinstance(field_, models.PositiveBigIntegerField):
        return values.Whole(most=2**63 - 1)
    if isinstance(field_, models.IntegerField):
        return values.Whole()
    if isinstance(field_, models.DateTimeField):
        return values.Moment()
    if isinstance(field_, models.DateField):
        return values.Day()
    if isinstance(field_, models.URLField):
        return values.Address(max_length=field_.max_length)
    if isinstance(field_, models.EmailField):
        return values.Email(max_length=field_.max_length)
    if isinstance(field_, models.SlugField):
        return values.Slug(max_length=field_.max_length)
    if isinstance(field_, models.TextField):
        return values.Text()
    if isinstance(field_, models.UUIDField):
        return values.Uuid()
    return values.Text(max_length=field_.max_length, many_lines=False)


@dataclass(frozen=True)
class Column:
    """One column that one attribute of the record fills.

    `required`: a new row must have it. `published`: it came with the publication; it is taken over where a
    publication is replayed, and never differs later. `frozen`: it never changes once the record is published.
    `private`: only in a full export.
    """

    name: str
    attribute: str = ""
    kind: Any = None
    required: bool = False
    published: bool = False
    frozen: bool = False
    private: bool = False
    read_only = False

    @property
    def names(self) -> tuple[str, ...]:
        """The heads of its cells."""
        return (self.name,)

    @property
    def source(self) -> str:
        """The attribute of the record."""
        return self.attribute or self.name

    def stored(self, record: Any) -> Any:
        """What the record holds."""
        return getattr(record, self.source)

    def put(self, record: Any, value: Any) -> None:
        """Let the record hold it."""
        setattr(record, self.source, value)


@dataclass(frozen=True)
class Publication(Column):
    """Since when any reader may see a record that is published in one step: set once (`publication`), never changed."""


@dataclass(frozen=True)
class Percent(Column):
    """A share of votes: 0 to 100 with two decimal places."""

    kind: Any = field(default_factory=lambda: values.Number(5, 2, Decimal(0), Decimal(100)))


@dataclass(frozen=True)
class Link(Column):
    """Another record, by its key in its own table (`to`). `back_only`: that one stands before, in the same table."""

    to: str = ""
    back_only: bool = False

    @property
    def source(self) -> str:
        return f"{self.attribute or self.name}_id"


@dataclass(frozen=True)
class Named(Column):
    """A group that is made by being named."""

    @property
    def source(self) -> str:
        return f"{self.attribute or self.name}_id"


@dataclass(frozen=True)
class Account(Column):
    """Who signed, by e-mail address: only in a full export. `signed_as` is the column with the name as signed;
    `stand_in` the name of an account for those whom no column names.
    """

    signed_as: str = ""
    stand_in: str = ""
    private: bool = True


@dataclass(frozen=True)
class Authors(Column):
    """Who wrote a draft, by e-mail address, parted by `;`: only where accounts are named. Read for new records only."""

    private: bool = True


@dataclass(frozen=True)
class Upload(Column):
    """A file below `files/`; `hash_column` holds its SHA-256, the attribute `size` how many bytes it has."""

    hash_column: str = "sha256"
    size: str = ""
    extensions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Topics(Column):
    """Several topics by code, parted by `;`."""


@dataclass(frozen=True)
class Citations(Column):
    """Several pieces of evidence by id, in the order in which they are cited."""


@dataclass(frozen=True)
class CitedHashes(Column):
    """The SHA-256 of each cited copy when it was cited, in the order of the citations; empty where there was none."""


@dataclass(frozen=True)
class Words(Column):
    """A text in each language: `title` gives `title_sl`, `title_en` and so on."""

    needed: bool = True  # a language with words has this one
    languages: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(f"{self.name}_{language}" for language in self.languages)


@dataclass(frozen=True)
class Shown(Column):
    """For readers of the file: written, and ignored when read."""

    of: Callable[[Any], Any] = field(default=lambda record: "")
    read_only = True
