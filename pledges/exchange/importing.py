"""Reads every table of a file into the record: all of it or nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from search import vocabulary
from zaveza import clock

from .. import choices, services
from ..ledger import chain
from ..permissions import covered_municipalities
from ..services.rules import one_writer
from . import ledger_rows
from .accounts import Accounts
from .attached import Attached
from .problems import ImportRefused, Problem, Problems
from .sources import Source, open_source
from .suggestions import nearest
from .table_import import TableImport
from .tables import BY_NAME, LEDGER, TABLES

# What is published step by step, by two people
DRAFTED = ("policies", "pledges", "assessments", "replies", "corrections", "amendments")
# Table, rows of it done
Progress = Callable[[str, int], Any]


@dataclass
class Counts:
    """What became of a table's rows."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0


@dataclass
class Report:
    """What an import did, or, when it was a dry run, would have done. `notices` are for a person to read."""

    tables: dict[str, Counts] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)
    files: int = 0
    dry_run: bool = False

    @property
    def new(self) -> int:
        return sum(counts.new for counts in self.tables.values())

    @property
    def changed(self) -> int:
        return sum(counts.changed for counts in self.tables.values())

    @property
    def rows(self) -> int:
        return sum(counts.new + counts.changed + counts.unchanged for counts in self.tables.values())


class _DryRun(Exception):
    """Takes the transaction of a dry run back."""


# Who writes the drafts of an import at the command line that names nobody.
UNSIGNED = "Import"


@dataclass
class Run:
    """What all tables of one import share. `user` writes the drafts; `is_confined`: with that user's rights only."""

    source: Source
    problems: Problems
    attached: Attached
    user: Any = None
    is_confined: bool = False
    # Whether times of publication are taken over: only into an empty ledger (design: domain, Assessment).
    replays: bool = False
    replays_ledger: bool = False
    started: dt.datetime = field(default_factory=clock.now)
    report: Report = field(default_factory=Report)
    progress: Progress = lambda table, done: None
    accounts: Accounts = field(default_factory=Accounts)
    # Whose statuses have to be rebuilt
    touched_pledges: set[int] = field(default_factory=set)
    # Whether any draft is of nobody that is known
    is_unsigned: bool = False

    @property
    def writer(self) -> int:
        """The account that the drafts are of; without a user one that nobody can sign in with, and a notice says so."""
        if self.user:
            return int(self.user.pk)
        self.is_unsigned = True
        return self.accounts.by_name(UNSIGNED)

    @property
    def covered(self) -> frozenset[int] | None:
        """The municipalities to which the import is confined; None: all."""
        return covered_municipalities(self.user) if self.is_confined else None


def import_records(
    path: Path,
    *,
    name: str = "",
    user: Any = None,
    is_confined: bool = False,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Read a folder, CSV, XLSX or ZIP (`name`: its own name where it lies under another) into the record.

    New records are made, others changed, and what is the same is left alone. Into an empty ledger publications are
    replayed; otherwise new pledges, assessments, replies, corrections and amendments become drafts of `user`, within
    whose rights it stays if `is_confined`. Raises `ImportRefused` with all that is wrong; nothing is written then.
    """
    problems = Problems()
    source = open_source(path, name)
    attached = Attached(source, keeps=not dry_run)
    try:
        with attached.removed_on_failure(), transaction.atomic():
            run = Run(source, problems, attached, user, is_confined, progress=progress or (lambda table, done: None))
            run.report.dry_run = dry_run
            transaction.on_commit(attached.note_commit)
            _read_all(run)
            problems.refuse_if_any()
            run.report.files = attached.count
            if dry_run:
                raise _DryRun
            _after()
    except _DryRun:
        pass
    finally:
        source.close()
    return run.report


def _read_all(run: Run) -> None:
    known = [*BY_NAME, LEDGER]
    for table in run.source.tables:
        if table not in known:
            problem = _("There is no table of this name.")
            run.problems.add(Problem(problem, table=table, suggestion=nearest(table, known)))
    if not set(run.source.tables) & set(known):
        raise ImportRefused(run.problems.errors or [Problem(_("There is no table in it."))])
    is_empty = chain.head() is None
    run.replays = is_empty and not run.is_confined
    run.replays_ledger = run.replays and LEDGER in run.source.tables
    if run.replays_ledger:
        with one_writer():
            _read_tables(run)
            if not run.problems.count:
                ledger_rows.replay(run, run.report.tables.setdefault(LEDGER, Counts()))
        return
    _read_tables(run)
    if LEDGER in run.source.tables and not ledger_rows.compare(run, run.report.tables.setdefault(LEDGER, Counts())):
        run.report.notices.append(
            _("The ledger here has other rows than the file: it is left as it is, and what is new becomes a draft.")
        )
    drafts = [name for name in DRAFTED if (counts := run.report.tables.get(name)) and counts.new]
    if set(drafts) - ({"policies", "pledges"} if run.replays else set()):
        run.report.notices.append(
            _("New rows become drafts, which are published here step by step: %(tables)s.")
            % {"tables": ", ".join(drafts)}
        )
    if run.is_unsigned:
        run.report.notices.append(
            _("Nobody is named who writes the drafts (--user): they are of the account “%(name)s”.")
            % {"name": UNSIGNED}
        )


def _read_tables(run: Run) -> None:
    for table in TABLES:
        if table.name in run.source.tables:
            counts = run.report.tables[table.name] = Counts()
            TableImport(run, table, counts).read()
    if run.replays and run.touched_pledges and not run.problems.count:
        services.rebuild_statuses(None, lambda done: run.progress("statuses", done))


def _after() -> None:
    """Forget what is kept of the record: lists to choose from, and the names that the search knows."""
    transaction.on_commit(choices.forget)
    vocabulary.forget()
