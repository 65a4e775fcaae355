"""What the record holds already of a chunk's rows, and how a row differs from it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from ..models import Pledge
from . import columns as c
from . import publication
from .rows import Row
from .table import Table
from .tables.record import citations_of

if TYPE_CHECKING:
    from .lookups import Lookups

_TOPICS = Pledge.topics.through._default_manager


@dataclass
class Stored:
    """Records, words, topics and citations of a chunk, in a fixed number of queries."""

    table: Table
    lookups: Lookups
    given: set[str]
    records: dict[str, Any] = field(default_factory=dict)
    words: dict[int, dict[str, Any]] = field(default_factory=dict)
    topics: dict[int, set[int]] = field(default_factory=dict)
    citations: dict[int, list[tuple[int, str]]] = field(default_factory=dict)
    redated: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, table: Table, rows: list[Row], lookups: Lookups, given: set[str]) -> Stored:
        """Read what is there."""
        stored = cls(table, lookups, given)
        if table.natural_key:
            stored._read_by_natural_key(rows)
        else:
            known = table.known({row.key for row in rows})
            records = table.model._default_manager.in_bulk([found[0] for found in known.values()])
            stored.records = {key: records[found[0]] for key, found in known.items() if found[0] in records}
        pks = [record.pk for record in stored.records.values()]
        if pks and table.words:
            for text in table.text_model._default_manager.filter(**{f"{table.text_link}__in": pks}):
                stored.words.setdefault(getattr(text, table.text_link), {})[text.language] = text
        if pks and any(isinstance(column, c.Topics) for column in table.columns):
            found_topics: defaultdict[int, set[int]] = defaultdict(set)
            for pledge, topic in _TOPICS.filter(pledge__in=pks).values_list("pledge", "topic"):
                found_topics[pledge].add(topic)
            stored.topics = found_topics
        if pks and any(isinstance(column, c.Citations) for column in table.columns):
            stored.citations = citations_of(pks)
        if pks and any(isinstance(column, c.Publication) for column in table.columns):
            stored.redated = publication.redated(table, rows, stored.records)
        return stored

    def _read_by_natural_key(self, rows: list[Row]) -> None:
        first = self.table.by_name[self.table.natural_key[0]]
        values = {row.found[first.name][0] for row in rows if first.name in row.found}
        by_key: dict[tuple[Any, ...], Any] = {}
        for record in self.table.model._default_manager.filter(**{f"{first.source}__in": values}):
            by_key[tuple(self._natural(record, name) for name in self.table.natural_key)] = record
        for row in rows:
            if found := by_key.get(tuple(self._wanted(row, name) for name in self.table.natural_key)):
                self.records[row.key] = found

    def _natural(self, record: Any, name: str) -> Any:
        if name in self.table.by_name:
            return self.table.by_name[name].stored(record)
        column, _blank, language = name.rpartition("_")
        texts = self.table.text_model._default_manager.filter(**{self.table.text_link: record.pk}, language=language)
        return texts.values_list(self.table.by_name[column].source, flat=True).first() or ""

    def _wanted(self, row: Row, name: str) -> Any:
        column = self.table.by_name.get(name)
        if isinstance(column, c.Link):
            return row.of(name, 0)
        if column is not None:
            return row.values.get(name)
        plain, _blank, language = name.rpartition("_")
        return (row.values.get(plain) or {}).get(language, "")

    def record(self, row: Row) -> Any:
        """The record of a row; None for a new one."""
        return self.records.get(row.key)

    # A new record

    def fill_new(self, row: Row, replays: bool, complain: Any) -> None:
        """Put every value into a new record. What comes with a publication is put only where one is replayed."""
        for column in self.table.columns:
            if column.name not in row.values or column.read_only or column.name == self._key_name:
                continue
            value = row.values[column.name]
            if isinstance(column, c.Words):
                self._check_words(column, row, complain)
            elif isinstance(column, (c.Topics, c.Citations, c.CitedHashes, c.Upload, c.Account, c.Authors)) or (
                column.published and not replays
            ):
                continue
            elif isinstance(column, c.Link):
                column.put(row.record, row.of(column.name, 0))
            elif isinstance(column, c.Publication):
                column.put(row.record, publication.moment_for(self.lookups.run, row, value, complain))
            elif isinstance(column, c.Named):
                column.put(row.record, self.lookups.group(value))
            else:
                column.put(row.record, value)
        accounts = [column for column in self.table.columns if isinstance(column, c.Account)]
        if accounts:
            self.lookups.sign(row, accounts, replays)
        if any(isinstance(column, c.Authors) for column in self.table.columns):
            self.lookups.credit(row, replays)
        if "methodology_version" in self.table.by_name and hasattr(row.record, "pledge_id"):
            self._default_methodology(row, complain)

    def _default_methodology(self, row: Row, complain: Any) -> None:
        if not row.record.methodology_version:
            complain("methodology_version", _("This must not be empty."))

    @property
    def _key_name(self) -> str:
        """The id column of tables with public ids: `ChunkWriter` gives the id."""
        return self.table.key_column if self.table.prefix else ""

    def _check_words(self, column: c.Words, row: Row, complain: Any) -> None:
        """A language with any words has those that are needed."""
        if not column.needed:
            return
        family = [other for other in self.table.words if not other.needed]
        for language, text in row.values[column.name].items():
            if not text and any((row.values.get(other.name) or {}).get(language) for other in family):
                complain(f"{column.name}_{language}", _("This must not be empty."))

    # An existing one

    def compare(self, row: Row, complain: Any) -> None:
        """Put what differs into the record and note the names of its columns; refuse what may not change."""
        record = row.record
        moment = self.table.by_name.get("published_at")
        # What is published step by step: a draft stays one, whatever the file says.
        is_draft = moment is not None and moment.published and record.published_at is None
        for column in self.table.columns:
            name = column.name
            if name not in row.values or column.read_only or name == self._key_name:
                continue
            if isinstance(column, (c.Account, c.Authors)):
                continue
            if column.published and is_draft:
                continue
            value = self._value(column, row)
            if self._holds(column, record, value, row):
                continue
            if isinstance(column, c.Publication) and record.published_at and value and row.key in self.redated:
                continue
            if message := self.table.refusal(record, column):
                complain(name, message)
                continue
            if isinstance(column, c.Publication):
                value = publication.moment_for(self.lookups.run, row, value, complain)
            row.changed.append(name)
            if isinstance(column, c.Words):
                self._check_words(column, row, complain)
            elif not isinstance(column, (c.Topics, c.Citations, c.CitedHashes, c.Upload)) and name not in row.waiting:
                column.put(record, value)

    def _value(self, column: c.Column, row: Row) -> Any:
        if isinstance(column, c.Link):
            return row.of(column.name, 0)
        if isinstance(column, c.Named):
            return self.lookups.group(row.values[column.name])
        return row.values[column.name]

    def _holds(self, column: c.Column, record: Any, value: Any, row: Row) -> bool:
        """Whether the record says the same already."""
        if isinstance(column, c.Words):
            texts = self.words.get(record.pk, {})
            return all(
                (getattr(texts[language], column.source) if language in texts else "") == text
                for language, text in value.items()
            )
        if isinstance(column, c.Topics):
            return self.topics.get(record.pk, set()) == {topic[0] for topic in value}
        if isinstance(column, c.Citations):
            return [evidence for evidence, _sha in self.citations.get(record.pk, ())] == [found[0] for found in value]
        if isinstance(column, c.Upload):
            # The same file is known by its hash, whatever it is called.
            sha256 = row.values.get(column.hash_column)
            return bool(value) == bool(column.stored(record)) and (not sha256 or sha256 == record.sha256)
        if isinstance(column, c.CitedHashes):
            return True if not value else split_hashes(value) == [sha for _e, sha in self.citations.get(record.pk, ())]
        if column.name in row.waiting:
            return False
        return bool(column.stored(record) == value)


def split_hashes(cell: str) -> list[str]:
    """The SHA-256 of each cited copy, in the order of the citations; empty where there was no copy."""
    return [part.strip() for part in cell.split(";")]
