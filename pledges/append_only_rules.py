"""What each append-only trigger refuses, as SQL for SQLite and PostgreSQL (`append_only` installs them)."""

# ruff: noqa: S608 - every name in this SQL is one of our own tables and columns

from collections.abc import Callable
from dataclasses import dataclass

from .models import (
    Amendment,
    Assessment,
    AssessmentEvidence,
    Correction,
    Evidence,
    LedgerRow,
    LinkCheck,
    Pledge,
    PolicyText,
    PolicyVersion,
    Redaction,
    Reply,
)

PREFIX = "pledges_append_only_"
Columns = Callable[[str], list[str]]

ASSESSMENT = Assessment._meta.db_table
CITATION = AssessmentEvidence._meta.db_table
EVIDENCE = Evidence._meta.db_table
PLEDGE = Pledge._meta.db_table
REPLY = Reply._meta.db_table
CORRECTION = Correction._meta.db_table
AMENDMENT = Amendment._meta.db_table
LEDGER = LedgerRow._meta.db_table
LINK_CHECK = LinkCheck._meta.db_table
POLICY = PolicyVersion._meta.db_table
POLICY_TEXT = PolicyText._meta.db_table
REDACTION = Redaction._meta.db_table

# Texts that may be emptied (legal erasure), nothing else.
REDACTABLE = {
    ASSESSMENT: ("summary", "reasoning"),
    EVIDENCE: ("excerpt",),
    REPLY: ("text", "editors_note"),
    CORRECTION: ("wrong", "right"),
}


# The same for declarations, but only of rows that were hashed with the digest; without it the words are in the hash.
DECLARATIONS = {ASSESSMENT: Assessment.DECLARATIONS}


def _beside(suffix: str) -> dict[str, tuple[str, ...]]:
    return {table: tuple(f"{name}_{suffix}" for name in names) for table, names in REDACTABLE.items()}


# May be filled where empty: a copy of a source is stored after the citation, too; a text is sealed once.
ADDABLE = {**_beside("digest"), EVIDENCE: ("sha256", "copy_type", "excerpt_digest")}
# May be filled where empty, and emptied: what the address of the copy is, and the salt that goes with its text.
REMOVABLE = {**_beside("salt"), EVIDENCE: ("stored_copy", "excerpt_salt")}
# Given in a second step, once the row has its key (`assign_public_id`).
NAMED_AFTER_SAVING = dict.fromkeys((REPLY, CORRECTION, AMENDMENT, REDACTION), ("public_id",))
# Where there is none yet: an import links a pledge to one that comes later in the same file. Forms and files that
# change a published pledge are refused before.
LINKABLE = {PLEDGE: ("carried_over_from_id",)}
# The same of a date.
DATABLE = {EVIDENCE: ("copied_at",)}
# No part of the record.
FREE = {EVIDENCE: ("licence", "copy_is_public")}

_NEVER_EMPTIED = (
    ASSESSMENT,
    CITATION,
    EVIDENCE,
    PLEDGE,
    REPLY,
    CORRECTION,
    AMENDMENT,
    LEDGER,
    REDACTION,
    POLICY,
    POLICY_TEXT,
)

# The bits of pg_trigger.tgtype
_ROW, _BEFORE, _EVENT_BITS = 1, 2, {"INSERT": 4, "DELETE": 8, "UPDATE": 16, "TRUNCATE": 32}
_SWITCH = {
    "sqlite": "zaveza_flush_allowed()",
    "postgresql": "coalesce(current_setting('zaveza.allow_flush', true), '') = 'on'",
}


@dataclass(frozen=True)
class Guard:
    """One trigger: on which table and event, what it refuses, and with which words."""

    name: str
    table: str
    event: str
    condition: str
    message: str
    reads_other_tables: bool = False

    def statements(self, vendor: str) -> list[str]:
        """The SQL that creates it."""
        if vendor == "sqlite":
            return [self._sqlite()]
        per = "STATEMENT" if self.event == "TRUNCATE" else "ROW"
        return [
            f'CREATE OR REPLACE FUNCTION "{self.name}"() RETURNS trigger LANGUAGE plpgsql '
            f"AS $guard${self._body()}$guard$",
            f'CREATE TRIGGER "{self.name}" BEFORE {self.event} ON "{self.table}" '
            f'FOR EACH {per} EXECUTE FUNCTION "{self.name}"()',
        ]

    def stored_definition(self, vendor: str) -> str:
        """What the database's catalogue says of it when it is as it should be."""
        if vendor == "sqlite":
            return self._sqlite()
        row = 0 if self.event == "TRUNCATE" else _ROW
        return f"{row | _BEFORE | _EVENT_BITS[self.event]}:O:{self._body()}"

    def _sqlite(self) -> str:
        return (
            f'CREATE TRIGGER "{self.name}" BEFORE {self.event} ON "{self.table}" FOR EACH ROW WHEN {self.condition} '
            f"BEGIN SELECT RAISE(ABORT, '{self.message}'); END"
        )

    def _body(self) -> str:
        result = "OLD" if self.event == "DELETE" else "NULL" if self.event == "TRUNCATE" else "NEW"
        return (
            f" BEGIN IF {self.condition} THEN RAISE EXCEPTION '{self.message}' "
            f"USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN {result}; END "
        )


def guards(columns: Columns, vendor: str, *, with_switch: bool) -> list[Guard]:
    """The triggers for the tables that exist, from the columns that they have."""
    unless_flushing = f" AND NOT {_SWITCH[vendor]}" if with_switch else ""
    differs = "IS NOT" if vendor == "sqlite" else "IS DISTINCT FROM"
    built = [
        *_assessment(columns(ASSESSMENT), differs, unless_flushing),
        *(_citation(unless_flushing) if columns(CITATION) else ()),
        *_evidence(columns(EVIDENCE), differs, unless_flushing),
        *_pledge(columns(PLEDGE), differs, unless_flushing),
        *_published(REPLY, "reply", columns(REPLY), differs, unless_flushing, since="concluded_at"),
        *_published(CORRECTION, "correction", columns(CORRECTION), differs, unless_flushing),
        *_published(AMENDMENT, "amendment", columns(AMENDMENT), differs, unless_flushing),
        *(_ledger(unless_flushing) if columns(LEDGER) else ()),
        *_published(REDACTION, "redaction", columns(REDACTION), differs, unless_flushing),
        *_published(POLICY, "policy", columns(POLICY), differs, unless_flushing),
        *(_policy_text(unless_flushing) if columns(POLICY_TEXT) else ()),
        *([_guard(LINK_CHECK, "UPDATE", "true", "a check of a link is never changed")] if columns(LINK_CHECK) else ()),
    ]
    if vendor == "postgresql":
        for table in _NEVER_EMPTIED:
            if columns(table):
                built.append(_guard(table, "TRUNCATE", f"true{unless_flushing}", "is never emptied"))
    return built


def _assessment(columns: list[str], differs: str, unless_flushing: str) -> list[Guard]:
    if not columns:
        return []
    published = "OLD.published_at IS NOT NULL"
    changed = _changed(ASSESSMENT, columns, differs)
    taken = _taken(ASSESSMENT, "kept.published_at IS NOT NULL", "kept.id = NEW.id OR kept.sequence = NEW.sequence")
    return [
        _guard(
            ASSESSMENT,
            "UPDATE",
            f"({published} AND ({changed})) OR {taken.by_update}",
            "a published assessment is never changed",
        ),
        _guard(ASSESSMENT, "DELETE", published + unless_flushing, "a published assessment is never deleted"),
        _guard(ASSESSMENT, "INSERT", taken.by_insert, "a published assessment is never replaced"),
    ]


def _citation(unless_flushing: str) -> list[Guard]:
    def published(key: str) -> str:
        return f'EXISTS (SELECT 1 FROM "{ASSESSMENT}" a WHERE a.id = {key} AND a.published_at IS NOT NULL)'

    taken = _taken(CITATION, published("kept.assessment_id"), "kept.id = NEW.id")
    old, new = published("OLD.assessment_id"), published("NEW.assessment_id")
    words = "the evidence of a published assessment is never changed"
    return [
        _guard(CITATION, "UPDATE", f"{old} OR {new} OR {taken.by_update}", words, crosses=True),
        _guard(CITATION, "DELETE", old + unless_flushing, words, crosses=True),
        _guard(CITATION, "INSERT", f"{new} OR {taken.by_insert}", words, crosses=True),
    ]


def _evidence(columns: list[str], differs: str, unless_flushing: str) -> list[Guard]:
    if not columns:
        return []

    def cited(key: str) -> str:
        return (
            f'EXISTS (SELECT 1 FROM "{CITATION}" c JOIN "{ASSESSMENT}" a ON a.id = c.assessment_id '
            f"WHERE c.evidence_id = {key} AND a.published_at IS NOT NULL)"
        )

    taken = _taken(EVIDENCE, cited("kept.id"), "kept.id = NEW.id OR kept.public_id = NEW.public_id")
    changed = f"({_changed(EVIDENCE, columns, differs)}) AND {cited('OLD.id')}"
    words = "evidence of a published assessment is never"
    return [
        _guard(EVIDENCE, "UPDATE", f"({changed}) OR {taken.by_update}", f"{words} changed", crosses=True),
        _guard(EVIDENCE, "DELETE", cited("OLD.id") + unless_flushing, f"{words} deleted", crosses=True),
        _guard(EVIDENCE, "INSERT", taken.by_insert, f"{words} replaced", crosses=True),
    ]


def _pledge(columns: list[str], differs: str, unless_flushing: str) -> list[Guard]:
    if not columns:
        return []
    published = "OLD.published_at IS NOT NULL"
    frozen = [column for column in ("id", *Pledge.FROZEN_FIELDS) if column in columns]
    changed = _changed(PLEDGE, frozen, differs)
    closing = [column for column in Pledge.CLOSING_FIELDS if column in columns]
    reopened = " OR ".join(f"NEW.{column} {differs} OLD.{column}" for column in closing) or "false"
    place = " AND ".join(f"kept.{column} = NEW.{column}" for column in ("municipality_id", "edition_id", "number"))
    taken = _taken(
        PLEDGE,
        "kept.published_at IS NOT NULL",
        f"kept.id = NEW.id OR kept.public_id = NEW.public_id OR ({place})",
    )
    return [
        _guard(
            PLEDGE,
            "UPDATE",
            f"({published} AND ({changed})) OR (OLD.closed_at IS NOT NULL AND ({reopened})) OR {taken.by_update}",
            "the words of a published pledge are frozen",
        ),
        _guard(PLEDGE, "DELETE", published + unless_flushing, "a published pledge is never deleted"),
        _guard(PLEDGE, "INSERT", taken.by_insert, "a published pledge is never replaced"),
    ]


def _published(
    table: str, what: str, columns: list[str], differs: str, unless_flushing: str, *, since: str = "published_at"
) -> list[Guard]:
    """A record that is frozen from one moment on, but for the texts that the law may have erased."""
    if since not in columns:
        return []
    kept = f"OLD.{since} IS NOT NULL"
    taken = _taken(table, f"kept.{since} IS NOT NULL", "kept.id = NEW.id OR kept.public_id = NEW.public_id")
    changed = _changed(table, columns, differs)
    words = f"a published {what} is never"
    return [
        _guard(table, "UPDATE", f"({kept} AND ({changed})) OR {taken.by_update}", f"{words} changed"),
        _guard(table, "DELETE", f"OLD.published_at IS NOT NULL{unless_flushing}", f"{words} deleted"),
        _guard(table, "INSERT", taken.by_insert, f"{words} replaced"),
    ]


def _policy_text(unless_flushing: str) -> list[Guard]:
    """The words of a published version: none is changed, taken away or added."""

    def published(key: str) -> str:
        return f'EXISTS (SELECT 1 FROM "{POLICY}" p WHERE p.id = {key} AND p.published_at IS NOT NULL)'

    old, new = published("OLD.policy_id"), published("NEW.policy_id")
    taken = _taken(POLICY_TEXT, published("kept.policy_id"), "kept.id = NEW.id")
    words = "the words of a published policy are never changed"
    return [
        _guard(POLICY_TEXT, "UPDATE", f"{old} OR {new} OR {taken.by_update}", words, crosses=True),
        _guard(POLICY_TEXT, "DELETE", old + unless_flushing, words, crosses=True),
        _guard(POLICY_TEXT, "INSERT", f"{new} OR {taken.by_insert}", words, crosses=True),
    ]


def _ledger(unless_flushing: str) -> list[Guard]:
    """Rows are only ever added, and only at the end."""
    end = f'(SELECT coalesce(max(kept.sequence), 0) + 1 FROM "{LEDGER}" kept)'
    words = "a row of the ledger is never"
    return [
        _guard(LEDGER, "UPDATE", "true", f"{words} changed"),
        _guard(LEDGER, "DELETE", f"true{unless_flushing}", f"{words} deleted"),
        _guard(LEDGER, "INSERT", f"NEW.sequence <> {end}", f"{words} replaced"),
    ]


@dataclass(frozen=True)
class _Taken:
    """Conditions under which a new row would push out a kept one (`OR REPLACE`)."""

    by_insert: str
    by_update: str


def _taken(table: str, is_kept: str, same: str) -> _Taken:
    kept = f'SELECT 1 FROM "{table}" kept WHERE {is_kept} AND ({same})'
    return _Taken(by_insert=f"EXISTS ({kept})", by_update=f"EXISTS ({kept} AND kept.id <> OLD.id)")


def _changed(table: str, columns: list[str], differs: str) -> str:
    """What differs between OLD and NEW and may not: each of the columns, but for what the table's exceptions allow."""
    allowed_if = {
        **dict.fromkeys(NAMED_AFTER_SAVING.get(table, ()), "OLD.{0} IS NULL"),
        **dict.fromkeys(LINKABLE.get(table, ()), "OLD.{0} IS NULL"),
        **dict.fromkeys(DATABLE.get(table, ()), "OLD.{0} IS NULL"),
        **dict.fromkeys(FREE.get(table, ()), None),
        **dict.fromkeys(REDACTABLE.get(table, ()), "NEW.{0} = ''"),
        **dict.fromkeys(ADDABLE.get(table, ()), "OLD.{0} = ''"),
        **dict.fromkeys(REMOVABLE.get(table, ()), "(OLD.{0} = '' OR NEW.{0} = '')"),
    }
    for name in DECLARATIONS.get(table, ()):
        if f"{name}_digest" in columns:
            emptied = f"NEW.{name} = '' AND NEW.{name}_salt = ''"
            allowed_if[name] = f"({emptied} AND OLD.{name}_digest <> '')"
            allowed_if[f"{name}_salt"] = f"({emptied})"
    terms = []
    for column in columns:
        term = f"NEW.{column} {differs} OLD.{column}"
        if column not in allowed_if:
            terms.append(term)
        elif allowed := allowed_if[column]:
            terms.append(f"({term} AND NOT {allowed.format(column)})")
    return " OR ".join(terms)


def _guard(table: str, event: str, condition: str, words: str, *, crosses: bool = False) -> Guard:
    name = f"{PREFIX}{table.removeprefix('pledges_')}_{event.lower()}"
    return Guard(name, table, event, f"({condition})", f"append-only: {words} ({table})", crosses)
