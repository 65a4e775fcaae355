"""The chain itself as a table: written as it is, and replayed into an empty ledger row by row.

Every row's content is hashed anew from what the import has written, so that an export that was changed on its way is
refused with the first row that differs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from ..ledger import chain, contents, reading
from ..models import LedgerRow
from .problems import CellError, Problem
from .tables import LEDGER
from .values import Moment

if TYPE_CHECKING:
    from .importing import Counts, Run

HEAD = ["sequence", "kind", "at", "record", "format", "content_sha256", "previous", "hash"]
BATCH = 500


def exported(at: Any) -> Iterator[list[Any]]:
    """The rows up to a moment."""
    rows = LedgerRow.objects.filter(at__lte=at).order_by("sequence")
    for row in rows.iterator(chunk_size=BATCH):
        linked = chain.linked(row)
        yield [linked[name] for name in HEAD]


Given = tuple[int, dict[str, str]]


def _batches(run: Run) -> Iterator[list[Given]]:
    """The rows of the file with the numbers that they have there."""
    rows = run.source.rows(LEDGER)
    head = next(rows, (1, []))[1]
    if missing := [name for name in HEAD if name not in head]:
        run.problems.add(Problem(_("This column is missing."), LEDGER, 1, column=", ".join(missing)))
        return
    places = [head.index(name) for name in HEAD]
    while batch := list(islice(rows, BATCH)):
        given = []
        for number, cells in batch:
            cells = [*cells, *[""] * max(0, max(places) + 1 - len(cells))]
            given.append((number, {name: cells[place].strip() for name, place in zip(HEAD, places, strict=True)}))
        yield given


def compare(run: Run, counts: Counts) -> bool:
    """Count the rows that stand here already; False where this ledger has grown another way."""
    for given in _batches(run):
        numbers = [int(cells["sequence"]) for _row, cells in given if cells["sequence"].isdigit()]
        hashes = dict(LedgerRow.objects.filter(sequence__in=numbers).values_list("sequence", "hash"))
        if any(hashes.get(int(cells["sequence"] or 0)) != cells["hash"] for _row, cells in given):
            return False
        counts.unchanged += len(given)
    return True


def replay(run: Run, counts: Counts) -> None:
    """Write the chain anew from the records and hold it against the file's; problems go to the run."""
    last: LedgerRow | None = None
    for given in _batches(run):
        last = _link_batch(run, last, given)
        if run.problems.count:
            return
        counts.new += len(given)
        run.progress(LEDGER, counts.new)
    for kind, record in islice(reading.unrecorded(), 100):
        run.problems.add(
            Problem(
                _("%(record)s is published and has no row here (%(kind)s).") % {"record": record, "kind": kind}, LEDGER
            )
        )


def _link_batch(run: Run, last: LedgerRow | None, given: list[Given]) -> LedgerRow | None:
    names: defaultdict[str, list[str]] = defaultdict(list)
    for _number, cells in given:
        names[cells["kind"]].append(cells["record"])
    read = {kind: contents.read(kind, records) if kind in contents._READERS else {} for kind, records in names.items()}
    made = []
    for number, cells in given:
        key = f"L-{cells['sequence']}"
        content = read[cells["kind"]].get(cells["record"])
        if content is None:
            message = _("There is no published record %(record)s of this kind in the tables.")
            run.problems.add(Problem(message % {"record": cells["record"]}, LEDGER, number, key, "record"))
            return last
        try:
            at = Moment().read(cells["at"])
        except CellError as error:
            run.problems.add(Problem(error.message, LEDGER, number, key, "at"))
            return last
        last = chain.link(last, cells["kind"], cells["record"], at, content)  # type: ignore[arg-type]
        linked = chain.linked(last)
        if wrong := next((name for name in HEAD if str(linked[name]) != cells[name]), None):
            message = (
                _("What stands in the tables is not what was published: the hash of %(record)s differs.")
                if wrong in ("content_sha256", "hash")
                else _("The chain is broken here.")
            )
            run.problems.add(Problem(message % {"record": cells["record"]}, LEDGER, number, key, wrong))
            return last
        made.append(last)
    LedgerRow.objects.bulk_create(made)
    return last
