"""Published words that are gone: the law may erase them, and then a redaction says so."""

from collections.abc import Iterator
from typing import Any

from django.db.models import CharField, Exists, F, Model, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat

from ..models import Assessment, AssessmentEvidence, Correction, Evidence, LedgerRow, Redaction, Reply
from ..models.redactable import fields_of

# What of a published record the law may have erased.
REDACTABLE: dict[type[Any], tuple[str, ...]] = {
    Assessment: ("summary", "reasoning", *Assessment.DECLARATIONS),
    Evidence: ("excerpt",),
    Reply: ("text", "editors_note"),
    Correction: ("wrong", "right"),
}


def numbered_record() -> Concat:
    """The id of an assessment in the ledger, as an expression."""
    return Concat(Value("assessment-"), Cast("sequence", CharField()), output_field=CharField())


def unannounced() -> Iterator[tuple[int, str, str]]:
    """Ledger row, record and part of each published text that is gone though no redaction says so."""
    for model, names in REDACTABLE.items():
        for name in names:
            for record in _erased(model, name).values_list("record", flat=True).iterator():
                yield _row_of(record), record, name


def _erased(model: type[Model], name: str) -> QuerySet:
    text, _salt, digest = fields_of(name)
    said = Redaction.objects.filter(record=OuterRef("record"), parts__contains=name, published_at__isnull=False)
    return (
        model._default_manager.annotate(record=numbered_record() if model is Assessment else F("public_id"))
        .filter(~Exists(said), **{text: ""})
        .exclude(**{digest: ""})
        .order_by("pk")
    )


def _row_of(record: str) -> int:
    """The row with the record; of a source, that of the first assessment which cites it."""
    row = LedgerRow.objects.filter(record=record).order_by("sequence").values_list("sequence", flat=True).first()
    if row is None:
        cited = AssessmentEvidence.objects.filter(evidence__public_id=record).order_by("assessment__sequence")
        number = cited.values_list("assessment__sequence", flat=True).first()
        row = LedgerRow.objects.filter(record=f"assessment-{number}").values_list("sequence", flat=True).first()
    return row or 0
