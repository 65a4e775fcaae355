"""Which records can be searched: each app registers its sources in its `documents.py`."""

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, ClassVar

from django.core.exceptions import ImproperlyConfigured
from django.db import models

from zaveza import clock

from .documents import TYPES, SearchDocument

ModelClass = type[models.Model]


class DocumentSource(ABC):
    """All documents of one type, made from the public records of one model.

    `type` is the code in addresses and in the index, `label` its translated plural in the type filter, `kind` the
    translated word for one of them, beside a hit.

    Documents change by the mere passing of time, too: `moments` are lookups of the date-times at which they do
    (`published_at`), `days` of the days on which something begins to hold or does for the last time.
    """

    type: ClassVar[str]
    model: ClassVar[ModelClass]
    label: ClassVar[Any]
    kind: ClassVar[Any]
    moments: ClassVar[Sequence[str]] = ()
    days: ClassVar[Sequence[str]] = ()

    @abstractmethod
    def queryset(self) -> models.QuerySet:
        """The public records, ordered by primary key, with everything loaded that `documents` reads."""

    @abstractmethod
    def documents(self, objects: Iterable[Any]) -> Iterator[SearchDocument]:
        """The documents of these records, in their order.

        Runs no query of its own: the index calls it record by record, to know which document came from which record.
        """

    def changed_by_time(self, since: dt.datetime, until: dt.datetime) -> set[Any]:
        """Keys of the records whose documents may be others at `until` than they were at `since`."""
        first, last = _day(since), _day(until)
        conditions = [models.Q(**{f"{path}__gt": since, f"{path}__lte": until}) for path in self.moments]
        if first < last:
            # What begins, and what held for the last time on the day before.
            conditions += [models.Q(**{f"{path}__gte": first, f"{path}__lte": last}) for path in self.days]
        records = self.model._default_manager.order_by()
        return {pk for condition in conditions for pk in records.filter(condition).values_list("pk", flat=True)}


def _day(moment: dt.datetime) -> dt.date:
    return moment.astimezone(clock.SITE_ZONE).date()


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
