"""`manage.py search_index rebuild | sync | status`."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import IO, Any, cast

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from search import services
from search.engines import EngineUnavailable
from search.services import mirroring, remote_drift

# Documents that are named one by one.
_NAMED = 50


class Command(BaseCommand):
    help = "Builds the search index anew from the public records, puts right where it differs, or says what it holds."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "action",
            choices=["rebuild", "sync", "status"],
            help="rebuild: write every document anew, to a new index on Elasticsearch that then takes over; run again "
            "after an interruption it continues. sync: find what differs from the records and put it right. "
            "status: say what the index holds",
        )
        parser.add_argument("--fresh", action="store_true", help="rebuild from the start, not from an interruption")

    def handle(self, *args: Any, **options: Any) -> None:
        quiet = options["verbosity"] == 0
        if options["action"] == "rebuild":
            self._rebuild(quiet, options["fresh"])
        elif options["action"] == "sync":
            self._sync(quiet)
        else:
            self._status()

    def _rebuild(self, quiet: bool, fresh: bool) -> None:
        sent = None
        with self._bar(quiet) as bar:
            written = services.rebuild(_shown(bar), fresh)
            if settings.ELASTICSEARCH_URL:
                show = _shown(bar)
                try:
                    sent = mirroring.rebuild_remote(lambda done, total: show("elasticsearch", done, total), fresh)
                except EngineUnavailable as error:
                    raise CommandError(
                        f"The index in the database is complete ({written} documents), the one on Elasticsearch is "
                        f"not: {error} Run the same command again; it continues."
                    ) from error
        if not quiet:
            self.stdout.write(f"{written} documents in the index.")
            if sent is not None:
                self.stdout.write(f"{sent} documents sent to Elasticsearch.")

    def _sync(self, quiet: bool) -> None:
        with self._bar(quiet) as bar:
            found = services.sync(_shown(bar))
        self._tell(found, "the index in the database", quiet)
        if not settings.ELASTICSEARCH_URL:
            return
        try:
            found = remote_drift.sync_remote()
        except EngineUnavailable as error:
            raise CommandError(f"Elasticsearch was not looked at: {error}") from error
        self._tell(found, "Elasticsearch", quiet)

    def _tell(self, found: Sequence[services.Drift], where: str, quiet: bool) -> None:
        if quiet:
            return
        for drift in found[:_NAMED]:
            self.stdout.write(f"{drift.kind}\t{drift.type}\t{drift.document_id}")
        if len(found) > _NAMED:
            self.stdout.write(f"… and {len(found) - _NAMED} more")
        numbers = Counter(drift.kind for drift in found)
        told = ", ".join(f"{number} {kind}" for kind, number in sorted(numbers.items()))
        self.stdout.write(f"In {where}: {f'{told}; put right' if found else 'nothing differs'}.")

    def _status(self) -> None:
        state = services.status()
        table = Table("type", "documents", "public records")
        for code in sorted(state.documents | state.records):
            table.add_row(code, str(state.documents.get(code, 0)), str(state.records.get(code, "no source")))
        Console(file=cast(IO[str], self.stdout)).print(table)
        rebuilt = state.rebuilt_at.isoformat(timespec="seconds") if state.rebuilt_at else "never"
        self.stdout.write(f"Last rebuild: {rebuilt}; generation {state.generation}.")
        self.stdout.write(f"Outbox: {state.waiting} changes wait, {state.failed} have failed.")
        if state.is_unfinished:
            self._warn("A rebuild was interrupted: run rebuild again, it continues.")
        if not state.analysis_current:
            self._warn("The index needs a rebuild: its words went through another analysis.")
        self._remote_status()

    def _remote_status(self) -> None:
        remote = services.remote_status()
        if remote is None:
            return
        if remote.name:
            documents = "?" if remote.documents is None else remote.documents
            self.stdout.write(f"Elasticsearch: {remote.name}, {documents} documents, {remote.backlog} to be sent.")
        if remote.refused:
            self._warn(f"Elasticsearch has refused {remote.refused} documents.")
        if remote.problem:
            self._warn(f"Elasticsearch: {remote.problem}")
        if not remote.analysis_current:
            self._warn("The index on Elasticsearch needs a rebuild: its words went through another analysis.")

    def _warn(self, message: str) -> None:
        self.stdout.write(self.style.WARNING(message))

    def _bar(self, quiet: bool) -> Progress:
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        return Progress(*columns, console=Console(file=cast(IO[str], self.stderr), quiet=quiet))


def _shown(bar: Progress) -> Callable[[str, int, int], None]:
    tasks: dict[str, Any] = {}

    def show(name: str, done: int, total: int) -> None:
        if name not in tasks:
            tasks[name] = bar.add_task(name, total=total)
        bar.update(tasks[name], completed=done, total=total)

    return show
