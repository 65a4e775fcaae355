"""Runs an import: reads and plans everything, writes it in one transaction, stores the files last."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from home.models.imported_pages import ImportedPage

from .files import Files
from .plan import PlannedPage, Planner
from .problems import Problem, Problems
from .reading import Row, read_rows
from .references import Pending, References
from .sources import Sources
from .values import note_model_errors, set_fields

Progress = Callable[[int, int], None]
Given = TypeVar("Given")
Result = TypeVar("Result")


@dataclass
class Report:
    """What an import did, or, when it was a dry run, would have done."""

    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    files: int = 0
    warnings: list[Problem] = field(default_factory=list)
    dry_run: bool = False


class _DryRun(Exception):
    """Takes the transaction of a dry run back."""


def import_pages(path: Path, *, dry_run: bool = False, progress: Progress | None = None) -> Report:
    """Make or update the pages of a file, all or none.

    `ImportRefused` tells of everything that is wrong; nothing is written then, and nothing ever in a dry run.
    `progress` is told how many steps of how many are done.
    """
    problems = Problems()
    rows = read_rows(path, problems)
    files = Files(path.resolve().parent)
    run = _Run(rows, files, problems, progress or (lambda done, total: None))
    try:
        with files.removed_on_failure(), transaction.atomic():
            transaction.on_commit(files.note_commit)  # first: a later hook that fails undoes no commit
            report = run.into_database()
            report.dry_run = dry_run
            if dry_run:
                raise _DryRun
            files.store()
    except _DryRun:
        pass
    return report


class _Run:
    """One import inside its transaction."""

    def __init__(self, rows: list[Row], files: Files, problems: Problems, progress: Progress) -> None:
        self.rows = rows
        self.files = files
        self.problems = problems
        self.references = References(rows)
        self.planner = Planner(self.references, files, problems)
        self.report = Report(warnings=problems.warnings)
        self._progress = progress
        self._done = 0

    def into_database(self) -> Report:
        """Plan every row, then write; raises `ImportRefused` with all that is wrong."""
        planned = [plan for row in self.rows if (plan := self._step(self.planner.plan, row))]
        order = self._parents_first(planned)
        self.problems.refuse_if_any()
        for plan in order:
            if plan.is_new:
                self._create(plan)
        self.problems.refuse_if_any()
        for plan in order:
            self._step(self._write, plan)
        self.problems.refuse_if_any()
        self.report.files = self.files.new_files
        return self.report

    def _step(self, work: Callable[[Given], Result], given: Given) -> Result:
        result = work(given)
        self._done += 1
        self._progress(self._done, 2 * len(self.rows))
        return result

    def _parents_first(self, planned: list[PlannedPage]) -> list[PlannedPage]:
        """The pages in an order in which each one's parent, and the original that it translates, comes before it."""
        by_row = {plan.row.number: plan for plan in planned}
        order: list[PlannedPage] = []
        state: dict[int, str] = {}

        def visit(plan: PlannedPage) -> None:
            if state.get(plan.row.number) == "done":
                return
            if state.get(plan.row.number) == "open":
                (plan.place / "parent").error(_("The page would stand below itself."))
                return
            state[plan.row.number] = "open"
            for needed in plan.needs:
                if needed.row.number in by_row:
                    visit(by_row[needed.row.number])
            state[plan.row.number] = "done"
            order.append(plan)

        for plan in planned:
            visit(plan)
        return order

    def _create(self, plan: PlannedPage) -> None:
        """Put a new page into the tree, as a draft."""
        parent = plan.parent
        if isinstance(parent, Pending):
            made = self.references.by_key(parent.row.key, parent.row.locale)
            if not isinstance(made, Page):
                return  # what is wrong with the parent is noted at its own row
            parent = made
        parent = Page.objects.get(pk=parent.pk)  # one that has got children since would hand out a path twice
        page = plan.page
        page._cached_parent_obj = parent
        if original := self.planner.original(plan.row):
            page.translation_key = original.translation_key
        if not type(page).can_create_at(parent):
            (plan.place / "parent").error(
                _("There is a %(type)s below this page already, and no more are allowed.")
                % {"type": type(page).__name__}
            )
            return
        try:
            parent.add_child(instance=page)
        except ValidationError as error:
            note_model_errors(error, plan.place)
        else:
            self.references.made(plan.row, page)

    def _write(self, plan: PlannedPage) -> None:
        """Save a revision of a page whose row is new or has changed, and publish it if the row says so."""
        row, page = plan.row, plan.page
        line = f"{row.key} ({row.locale}) {page.url_path}"
        if plan.is_unchanged:
            self.report.unchanged.append(line)
            return
        if plan.sources.is_pending:  # all pages are there now
            set_fields(page, row.fields, Sources(self.files, self.references, row.locale), plan.place)
        if page.get_lock():
            plan.place.error(_("The page is locked in the admin; unlock it first."))
            return
        if plan.was_edited:
            plan.place.warn(_("The page was edited since its last import; that version is in its history."))
        if page.live and not row.published:
            plan.place.warn(_("The page stays published as it is; the new version waits as a draft."))
        try:
            revision = page.save_revision(log_action=True)
        except ValidationError as error:
            note_model_errors(error, plan.place)
            return
        if row.published:
            revision.publish()
        ImportedPage.objects.update_or_create(
            key=row.key,
            locale=page.locale,
            defaults={"page_id": page.pk, "revision": revision, "fingerprint": plan.fingerprint},
        )
        (self.report.created if plan.is_new else self.report.updated).append(line)
