"""Writing a chunk: new records in a handful of statements, changed ones as the admin saves them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection, models
from django.utils.translation import gettext as _

from ..enums import PledgeState, Stage
from ..ledger import chain
from ..ledger.erasures import REDACTABLE
from ..models import (
    Assessment,
    AssessmentEvidence,
    ExchangeKey,
    Mandate,
    Pledge,
    PledgeAuthor,
)
from ..services import note_author, rebuild_statuses
from ..services.freshness import pledges_showing, refresh_own, refresh_showing
from . import columns as c
from . import publication
from .attached import folder_of
from .problems import CellError, Problem
from .rows import Row
from .stored import split_hashes
from .table import Table

if TYPE_CHECKING:
    from .importing import Run

_TOPIC_LINKS: Any = Pledge.topics.through
_FINISH = 500


class ChunkWriter:
    """Writes the rows of one table. `given`: the columns that the file has."""

    def __init__(self, run: Run, table: Table, replays: bool) -> None:
        self._run, self._table, self._replays = run, table, replays
        self.given: set[str] = set()
        self._topics = next((column for column in table.columns if isinstance(column, c.Topics)), None)
        self._citations = next((column for column in table.columns if isinstance(column, c.Citations)), None)
        self._uploads = [column for column in table.columns if isinstance(column, c.Upload)]
        # Rows with links to rows that come later in the table, and what else is set with these
        self._waiting: list[tuple[Row, dict[str, Any]]] = []

    # New records

    def create(self, rows: list[Row]) -> None:
        """Write new records. Raises `CellError` and `DatabaseError`; the caller takes back what was written."""
        table = self._table
        publications = []
        deferred: dict[int, dict[str, Any]] = {}
        for row in rows:
            table.prepare(row.record, row)
            self._seal(row.record)
            self._upload(row)
            if table.prefix and not isinstance(row.record, (Pledge, Assessment)):
                row.record.public_id = row.key if table.is_own_id(row.key) else None
            if isinstance(row.record, Assessment):
                # Citations come first: the database keeps those of a published one.
                publications.append(row.record.published_at)
                row.record.published_at = row.record.sequence = None
            if table.has_frozen_words:
                publications.append(row.record.published_at)
                row.record.published_at = None
            if row.waits_for("merged_into"):
                deferred[row.number] = self._reopen(row.record)
        table.model._default_manager.bulk_create([row.record for row in rows])
        self._name(rows)
        publication.remember(table, rows)
        self._words(rows)
        self._link_topics(rows)
        self._credit(rows)
        self._cite(rows)
        if table.has_frozen_words:
            self._freeze(rows, publications)
        elif publications:
            self._publish(rows, publications)
        self._waiting += [(row, deferred.get(row.number, {})) for row in rows if row.waiting]
        self._note_fresh([row.record for row in rows])

    def again(self, row: Row) -> None:
        """Prepare a new record for a second try."""
        if row.is_new:
            row.record.pk = None
            row.record._state.adding = True
            if isinstance(row.record, Assessment) or self._table.has_frozen_words:
                row.record.published_at = row.values.get("published_at") if self._replays else None
            self._waiting = [entry for entry in self._waiting if entry[0] is not row]

    def _seal(self, record: Any) -> None:
        """Texts of what is replayed have their digests; those that a hand-made file leaves out are made."""
        names = REDACTABLE.get(type(record), ())
        if self._run.replays_ledger:
            # One without a digest was hashed as it is, before there were digests of declarations.
            names = tuple(name for name in names if name not in Assessment.DECLARATIONS)
        if self._replays and names and (getattr(record, "concluded_at", None) or record_is_sealed(record)):
            chain.seal(record, *names)

    @staticmethod
    def _reopen(pledge: Pledge) -> dict[str, Any]:
        """A pledge merged into a later row is closed with that link, because it freezes then."""
        closing = {name: getattr(pledge, name) for name in ("state", "closed_at", "withdrawn_reason")}
        pledge.state, pledge.closed_at, pledge.withdrawn_reason = PledgeState.PUBLISHED, None, ""
        return closing

    def _name(self, rows: list[Row]) -> None:
        """Give ids to those that brought none along, and remember the keys of the file."""
        table = self._table
        if not table.prefix:
            return
        nameless = [row.record for row in rows if getattr(row.record, "public_id", "") is None]
        if not isinstance(rows[0].record, (Pledge, Assessment)) and nameless:
            wanted = {f"{table.prefix}-{record.pk}": record for record in nameless}
            taken = set(table.model._default_manager.filter(public_id__in=wanted).values_list("public_id", flat=True))
            for public_id, record in wanted.items():
                number = record.pk
                while public_id in taken or (
                    public_id not in wanted and table.model._default_manager.filter(public_id=public_id).exists()
                ):
                    number += 1
                    public_id = f"{table.prefix}-{number}"
                    if public_id in wanted:
                        taken.add(public_id)
                record.public_id = public_id
            table.model._default_manager.bulk_update(nameless, ["public_id"])
        foreign = [
            ExchangeKey(table=table.name, key=row.key, object_pk=row.record.pk)
            for row in rows
            if not self._keeps_key(row)
        ]
        ExchangeKey.objects.bulk_create(foreign)

    def _keeps_key(self, row: Row) -> bool:
        """Whether the record's own id is the key of the row."""
        if isinstance(row.record, Assessment):
            return self._replays and bool(row.values.get("published_at"))
        return bool(row.record.public_id == row.key)

    def _words(self, rows: list[Row]) -> None:
        """The words of new records in each language that has any."""
        if not self._table.words:
            return
        made = []
        for row in rows:
            for language, fields in words_of(self._table, row).items():
                if any(fields.values()):
                    made.append(
                        self._table.text_model(**{self._table.text_link: row.record.pk}, language=language, **fields)
                    )
        self._table.text_model._default_manager.bulk_create(made)

    def _link_topics(self, rows: list[Row]) -> None:
        if self._topics:
            _TOPIC_LINKS._default_manager.bulk_create(
                _TOPIC_LINKS(pledge_id=row.record.pk, topic_id=topic[0])
                for row in rows
                for topic in row.values.get(self._topics.name) or ()
            )

    @staticmethod
    def _credit(rows: list[Row]) -> None:
        PledgeAuthor.objects.bulk_create(
            PledgeAuthor(pledge_id=row.record.pk, user_id=author) for row in rows for author in row.authors
        )

    def _cite(self, rows: list[Row]) -> None:
        if not self._citations:
            return
        made = []
        for row in rows:
            cited = row.values.get(self._citations.name) or []
            hashes = split_hashes(row.values.get("evidence_sha256") or "") if self._replays else []
            if hashes and hashes != [""] and len(hashes) != len(cited):
                raise self._error("evidence_sha256", _("There are as many hashes as pieces of evidence."))
            for place, (evidence, pledge, *_rest) in enumerate(cited):
                if pledge != row.record.pledge_id:
                    raise self._error("evidence", _("The assessment cites evidence of another pledge."))
                sha256 = hashes[place] if place < len(hashes) else ""
                made.append(AssessmentEvidence(assessment_id=row.record.pk, evidence_id=evidence, sha256=sha256))
        AssessmentEvidence.objects.bulk_create(made)

    @staticmethod
    def _error(column: str, message: str) -> CellError:
        error = CellError(message)
        error.column = column  # type: ignore[attr-defined]
        return error

    def _publish(self, rows: list[Row], publications: list[Any]) -> None:
        """Number and date what was published elsewhere; the ledger that follows proves it."""
        changes = []
        for row, moment in zip(rows, publications, strict=True):
            if moment is None:
                continue
            if not self._table.is_own_id(row.key):
                raise self._error("id", _("A published assessment has an id like assessment-17."))
            number = int(row.key.removeprefix("assessment-"))
            row.record.published_at, row.record.sequence = moment, number
            adapted = connection.ops.adapt_datetimefield_value(moment)
            changes.append((number, adapted, Stage.PUBLISHED.value, row.record.pk))
            self._run.touched_pledges.add(row.record.pledge_id)
        if changes:
            table = Assessment._meta.db_table
            names = "sequence = %s, published_at = %s, stage = %s"
            with connection.cursor() as cursor:
                cursor.executemany(f'UPDATE "{table}" SET {names} WHERE id = %s', changes)  # noqa: S608 - our own table

    def _freeze(self, rows: list[Row], publications: list[Any]) -> None:
        for row, moment in zip(rows, publications, strict=True):
            row.record.published_at = moment
        self._table.model._default_manager.bulk_update([row.record for row in rows], ["published_at"])

    def _upload(self, row: Row) -> None:
        for column in self._uploads:
            path = row.values.get(column.name)
            if not path or (row.is_new and getattr(row.record, column.source)):
                continue
            folder = folder_of(self._table.model, column)
            keep_name = bool(self._run.replays)
            try:
                name, sha256, size = self._run.attached.take(
                    path, column, folder, row.values.get(column.hash_column) or "", keep_name=keep_name
                )
            except CellError as error:
                raise self._error(column.name, error.message) from error
            setattr(row.record, column.source, name)
            row.record.sha256 = sha256
            if column.size:
                setattr(row.record, column.size, size)

    def _note_fresh(self, records: list[Any]) -> None:
        """No signal tells of records written together: the search and the statuses are told here."""
        model = self._table.model
        public = [record for record in records if getattr(record, "published_at", True)]
        refresh_own(model, public)
        refresh_showing(model, public)
        if model is Pledge:
            self._run.touched_pledges.update(record.pk for record in public)
        if model is Mandate and not self._run.replays:
            rebuild_statuses(pledges_showing(Mandate, records))

    # Existing ones

    def update(self, rows: list[Row]) -> None:
        """Save changed records as the admin does, so that all that follows from them follows."""
        for row in rows:
            if any(column.name in row.changed for column in self._uploads):
                self._upload(row)
            if self._citations and self._citations.name in row.changed:
                AssessmentEvidence.objects.filter(assessment=row.pk).delete()
                self._cite([row])
            if self._topics and self._topics.name in row.changed:
                row.record.topics.set([topic[0] for topic in row.values[self._topics.name]])
            if any(column.name in row.changed for column in self._table.words):
                self._update_words(row)
            row.record.save()
            if isinstance(row.record, Pledge) and self._run.user:
                note_author(row.record, self._run.user)
            if row.waiting:
                self._waiting.append((row, {}))
        publication.remember(self._table, rows)

    def _update_words(self, row: Row) -> None:
        model, link = self._table.text_model, self._table.text_link
        texts = {text.language: text for text in model._default_manager.filter(**{link: row.pk})}
        for language, fields in words_of(self._table, row).items():
            text = texts.get(language)
            if text is None and any(fields.values()):
                model._default_manager.create(**{link: row.pk}, language=language, **fields)
            elif text is not None and not any(fields.values()) and set(fields) >= self._all_words():
                text.delete()
            elif text is not None:
                for name, value in fields.items():
                    setattr(text, name, value)
                text.save()

    def _all_words(self) -> set[str]:
        return {column.source for column in self._table.words}

    # The end of the table

    def finish(self) -> None:
        """Set the links to rows that came later; one that never came is noted."""
        for start in range(0, len(self._waiting), _FINISH):
            part = self._waiting[start : start + _FINISH]
            known = self._table.known({key for row, _with in part for key in row.waiting.values()})
            for row, together in part:
                lost = [name for name, key in row.waiting.items() if key not in known]
                for name in lost:
                    self._complain(row, name)
                if not lost:
                    # In one step: what is merged is closed by it, and then frozen.
                    links = {self._table.by_name[name].source: known[key][0] for name, key in row.waiting.items()}
                    self._table.model._default_manager.filter(pk=row.pk).update(**links, **together)
        self._waiting = []

    def _complain(self, row: Row, name: str) -> None:
        key = row.waiting[name]
        if key in self._run.problems.bad_keys.get(self._table.name, ()):
            return
        message = _("There is no “%(key)s” in the table %(table)s.") % {"key": key[:60], "table": self._table.name}
        self._run.problems.add(Problem(message, self._table.name, row.number, row.key, name))


def words_of(table: Table, row: Row) -> dict[str, dict[str, str]]:
    """The words of a row by language, as fields of the table's texts."""
    found: dict[str, dict[str, str]] = {}
    for column in table.words:
        for language, text in (row.values.get(column.name) or {}).items():
            found.setdefault(language, {})[column.source] = text
    return found


def record_is_sealed(record: models.Model) -> bool:
    """Whether a record's texts are sealed by its publication: an assessment's, a correction's."""
    return type(record).__name__ in ("Assessment", "Correction") and bool(record.published_at)  # type: ignore[attr-defined]
