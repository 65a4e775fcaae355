"""Which records can be searched: each app registers its sources in its `documents.py`."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from django.core.exceptions import ImproperlyConfigured
from django.db import models

from .documents import TYPES, SearchDocument

ModelClass = type[models.Model]


class DocumentSource(ABC):
    """All documents of one type, made from the public records of one model.

    `type` is the code in addresses and in the index, `label` its translated plural in the type filter, `kind` the
    translated word for one of them, beside a hit.
    """

    type: ClassVar[str]
    model: ClassVar[ModelClass]
    label: ClassVar[Any]
    kind: ClassVar[Any]

    @abstractmethod
    def queryset(self) -> models.QuerySet:
        """The public records, ordered by primary key, with everything loaded that `documents` reads."""

    @abstractmethod
    def documents(self, objects: Iterable[Any]) -> Iterator[SearchDocument]:
        """The documents of these records, in their order.

        Runs no query of its own: the index calls it record by record, to know which document came from which record.
        """


_sources: dict[str, DocumentSource] = {}


def register(source: DocumentSource) -> DocumentSource:
    """Make a source known. A type has one source: two classes for one are a mistake in the code."""
    known = _sources.get(source.type)
    if known is not None and type(known) is not type(source):
        raise ImproperlyConfigured(f"Two search sources have the type {source.type!r}.")
    _sources[source.type] = source
    return source


def get_source(type_code: str) -> DocumentSource:
    """The source of a type; `KeyError` for an unknown one."""
    return _sources[type_code]


def sources() -> dict[str, DocumentSource]:
    """All sources by type, in the order in which readers are offered them."""
    return dict(sorted(_sources.items(), key=lambda item: TYPES.index(item[0]) if item[0] in TYPES else len(TYPES)))
