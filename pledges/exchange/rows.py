"""One row of an import on its way into the record."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from zaveza import clock


@dataclass
class Row:
    """A row as read: its cells in their types, and the record that it fills.

    `found` holds, for each link, the primary key of the other record and what its table says about it (`known_fields`).
    """

    number: int
    key: str
    values: dict[str, Any]
    replays: bool = False
    # When the import began: what was published before is not its own.
    started: dt.datetime = field(default_factory=clock.now)
    record: Any = None
    is_new: bool = False
    # A cell is wrong: the row is looked through to its end, and goes no further.
    is_broken: bool = False
    found: dict[str, tuple[Any, ...]] = field(default_factory=dict)
    # Links to rows that come later in the same table
    waiting: dict[str, str] = field(default_factory=dict)
    # Primary keys of the accounts that wrote it
    authors: list[int] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    # It was published here and now, whatever earlier moment stands in the file.
    is_redated: bool = False

    @property
    def pk(self) -> Any:
        """The primary key of the record; None for a new one."""
        return self.record.pk if self.record is not None else None

    def of(self, link: str, place: int) -> Any:
        """What is known of a linked record, by its place in `known_fields` (0 is its primary key)."""
        found = self.found.get(link)
        return found[place] if found else None

    def waits_for(self, link: str) -> bool:
        """Whether a link leads to a row that comes later."""
        return link in self.waiting
