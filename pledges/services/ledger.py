"""Writing the ledger of a record that was published before there was one."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from ..enums import LedgerKind
from ..ledger import chain, reading
from ..ledger.erasures import REDACTABLE
from ..models import Amendment, Assessment, Correction, Evidence, LedgerRow, Pledge, Reply
from .rules import RuleViolation, one_writer

_MODELS: dict[LedgerKind, type[Any]] = {
    LedgerKind.ASSESSMENT: Assessment,
    LedgerKind.REPLY: Reply,
    LedgerKind.CORRECTION: Correction,
    LedgerKind.AMENDMENT: Amendment,
    LedgerKind.WITHDRAWAL: Pledge,
    LedgerKind.MERGE: Pledge,
}
BATCH = 500


def build_ledger(progress: Callable[[int], Any] | None = None) -> int:
    """Write the rows of everything published, in the order of publication, into an empty ledger; how many.

    Raises `RuleViolation` where the ledger has rows: what is in it already is never written anew.
    """
    with one_writer():
        if chain.head():
            raise RuleViolation(_("The ledger has rows already."))
        entries = list(reading.in_order())
        last: LedgerRow | None = None
        for start in range(0, len(entries), BATCH):
            batch = entries[start : start + BATCH]
            _seal(batch)
            names = _names(batch)
            last = chain.append_all(last, [(kind, names[kind][pk], at) for at, kind, pk in batch])
            if progress:
                progress(len(batch))
    return len(entries)


def _names(batch: list[tuple[Any, LedgerKind, int]]) -> dict[LedgerKind, dict[int, str]]:
    names = {}
    for kind in {kind for _at, kind, _pk in batch}:
        records, _moment = reading.published()[kind]
        keys = [pk for _at, other, pk in batch if other == kind]
        names[kind] = dict(records.filter(pk__in=keys).values_list("pk", "record"))
    return names


def _seal(batch: list[tuple[Any, LedgerKind, int]]) -> None:
    """Give texts published without them their salts and digests; the triggers let an empty digest be filled."""
    for kind in {kind for _at, kind, _pk in batch}:
        model = _MODELS[kind]
        keys = [pk for _at, other, pk in batch if other == kind]
        # Declarations of published rows that have no digest are hashed as they are: the triggers take none.
        if texts := tuple(name for name in REDACTABLE.get(model, ()) if name not in Assessment.DECLARATIONS):
            _seal_all(model.objects.filter(pk__in=keys), texts)
        if kind == LedgerKind.ASSESSMENT:
            _seal_all(Evidence.objects.filter(citations__assessment__in=keys).distinct(), REDACTABLE[Evidence])


def _seal_all(records: Any, texts: tuple[str, ...]) -> None:
    columns = [f"{text}_{suffix}" for text in texts for suffix in ("salt", "digest")]
    changed = []
    for record in records:
        before = [getattr(record, column) for column in columns]
        chain.seal(record, *texts)
        if before != [getattr(record, column) for column in columns]:
            changed.append(record)
    records.model._default_manager.bulk_update(changed, columns)
