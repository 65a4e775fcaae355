"""Where the index on Elasticsearch differs from the one in the database, and bringing it back."""

from collections.abc import Iterator
from itertools import islice

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.db.models.functions import Collate

from ..models import IndexState, RemovedEntry, SearchEntry
from .drift import MISSING, OUTDATED, SURPLUS, Drift
from .mirroring import PATIENCE, catch_up, keep_up

# Drifts put right in one write.
_CHUNK = 500


def sync_remote() -> list[Drift]:
    """Catch up, compare document by document, and send anew what differs; what was found.

    An index that the server has lost, or that is not ours any more, is built anew. `EngineUnavailable` when the server
    does not answer.
    """
    keep_up(PATIENCE)
    found: list[Drift] = []
    drifts = _compare()
    while chunk := list(islice(drifts, _CHUNK)):
        found += chunk
    for start in range(0, len(found), _CHUNK):
        _repair(found[start : start + _CHUNK])
    if found:
        catch_up(PATIENCE)
    return found


def _compare() -> Iterator[Drift]:
    """Both in the order of their ids, step by step, so that memory does not grow."""
    theirs, ours = _on_server(), _in_database()
    their, our = next(theirs, None), next(ours, None)
    while their or our:
        if our and (their is None or our[0] < their[0]):
            yield Drift(MISSING, our[2], our[0].decode(), our[3])
            our = next(ours, None)
        elif their and (our is None or their[0] < our[0]):
            yield Drift(SURPLUS, "", their[0].decode(), "")
            their = next(theirs, None)
        elif our and their:
            if our[1] != their[1]:
                yield Drift(OUTDATED, our[2], our[0].decode(), our[3])
            their, our = next(theirs, None), next(ours, None)


def _in_database() -> Iterator[tuple[bytes, str, str, str]]:
    order = Collate("document_id", "C") if connection.vendor == "postgresql" else F("document_id")
    rows = SearchEntry.objects.order_by(order).values_list("document_id", "digest", "type", "object_pk")
    for identifier, digest, type_code, object_pk in rows.iterator():
        yield identifier.encode(), digest, type_code, object_pk


def _on_server() -> Iterator[tuple[bytes, str]]:
    from ..engines.elasticsearch import connect, scanning

    newest = 0
    for identifier, digest, version in scanning.digests(connect(settings.ELASTICSEARCH_BULK_TIMEOUT)):
        newest = max(newest, version)
        yield identifier.encode(), digest
    # The database was brought back to an earlier state: from here on its numbers are the higher ones again.
    IndexState.objects.filter(pk=IndexState.ONLY, version__lt=newest).update(version=newest)


def _repair(drifts: list[Drift]) -> None:
    """Make a write of them, which every index follows."""
    with transaction.atomic():
        state = IndexState.next_write()
        wanted = [drift.document_id for drift in drifts if drift.kind != SURPLUS]
        SearchEntry.objects.filter(document_id__in=wanted).update(version=state.version)
        surplus = {drift.document_id for drift in drifts if drift.kind == SURPLUS}
        # Only what is still surplus: a document may have come meanwhile.
        surplus -= set(SearchEntry.objects.filter(document_id__in=surplus).values_list("document_id", flat=True))
        RemovedEntry.objects.bulk_create(
            RemovedEntry(document_id=identifier, version=state.version) for identifier in sorted(surplus)
        )
