"""Elasticsearch follows the index in the database, write by write.

Every write there has a number (`IndexState.next_write`), and each generation on the server its place in their order
(`RemoteIndex.place`). Whatever goes wrong on the way, the place stays, and the next time begins there; what is sent
twice changes nothing, for the server keeps the higher number.
"""

import logging
from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.db.models import F, Max, Min

from zaveza import clock

from ..analysis import analysis_version
from ..engines import EngineUnavailable, availability
from ..models import IndexState, RemoteIndex, RemovedEntry, SearchEntry

logger = logging.getLogger(__name__)

# Documents sent between two notes of the place.
STEP = 2_000

# Seconds for which a command repeats a request to a busy or restarting server.
PATIENCE = 120.0

# documents sent, documents in all
Sent = Callable[[int, int], None]


def follow() -> None:
    """Send what is new in a moment, after a change. A server in trouble is left for later, and searches avoid it."""
    if not settings.ELASTICSEARCH_URL:
        return
    if availability.is_down():
        availability.note_behind("It was down when something changed.")
        return
    try:
        catch_up()
    except EngineUnavailable as error:
        logger.warning("Search: Elasticsearch is behind. %s", error)
        availability.note_down(str(error))
        availability.note_behind(str(error))


def catch_up(patience: float = 0, progress: Sent | None = None) -> int:
    """Send the current generation everything since its place; how many documents.

    `EngineUnavailable` when the server cannot take it now, `IndexUnusable` when there is no such index any more.
    Without patience it is as quick to give up as a reader's search.
    """
    remote = current()
    if remote is None:
        raise EngineUnavailable("Elasticsearch has no index of this site: run manage.py search_index rebuild.")
    from ..engines.elasticsearch import indexes

    sent = _fill(remote, indexes.write_alias(), patience, progress)
    availability.note_well()
    return sent


def rebuild_remote(progress: Sent | None = None, fresh: bool = False) -> int:
    """Fill a new generation from the index in the database and let it take over; how many documents it got.

    Until then searches and writes go to the one before. One that was interrupted is continued, unless `fresh`, and so
    is one whose server was away for longer than the patience of this command.
    """
    from ..engines.elasticsearch import connect, indexes

    client = connect(settings.ELASTICSEARCH_BULK_TIMEOUT)
    remote = None if fresh else _unfinished(client)
    if remote is None:
        remote = _begin(client)
    sent = _fill(remote, indexes.next_alias(), PATIENCE, progress)
    indexes.finish(client, remote.name)
    indexes.swap(client, remote.name)
    RemoteIndex.objects.filter(prefix=remote.prefix).exclude(pk=remote.pk).delete()
    RemoteIndex.objects.filter(pk=remote.pk).update(is_current=True)
    indexes.drop_others(client, keep=remote.name)
    # What was written while the generations changed places.
    sent += catch_up(PATIENCE)
    return sent


def keep_up(patience: float = 5) -> str:
    """Catch up, and build the index anew when the server has lost it; what was done, in a few words."""
    from ..engines.elasticsearch import IndexUnusable

    try:
        if current() is not None:
            sent = catch_up(patience)
            return f"{sent} documents sent to Elasticsearch" if sent else ""
    except IndexUnusable as error:
        logger.warning("Search: %s; it is built anew", error)
    return f"Elasticsearch index built with {rebuild_remote()} documents"


def current() -> RemoteIndex | None:
    """The generation from which searches are answered, of the configured prefix."""
    return RemoteIndex.objects.filter(prefix=settings.ELASTICSEARCH_INDEX_PREFIX, is_current=True).first()


def backlog(remote: RemoteIndex) -> int:
    """How many documents a generation has still to be sent."""
    newer = SearchEntry.objects.filter(version__gt=remote.place).count()
    return newer + RemovedEntry.objects.filter(version__gt=remote.place).count()


def _unfinished(client: Any) -> RemoteIndex | None:
    """A generation that was begun with today's analysis and is still on the server as it was."""
    from ..engines.elasticsearch import IndexUnusable, indexes

    remote = RemoteIndex.objects.filter(
        prefix=settings.ELASTICSEARCH_INDEX_PREFIX, is_current=False, analysis=analysis_version()
    ).last()
    if remote is None:
        return None
    try:
        found = indexes.find(client, indexes.next_alias())
    except IndexUnusable:
        return None
    return remote if (found.name, found.uuid) == (remote.name, remote.uuid) else None


def _begin(client: Any) -> RemoteIndex:
    from ..engines.elasticsearch import indexes

    prefix = settings.ELASTICSEARCH_INDEX_PREFIX
    RemoteIndex.objects.filter(prefix=prefix, is_current=False).delete()
    present = current()
    indexes.drop_others(client, keep=present.name if present else "")
    last = RemoteIndex.objects.filter(prefix=prefix).aggregate(last=Max("number"))["last"] or 0
    found = indexes.create(client, indexes.generation_name(last + 1), indexes.next_alias(), analysis_version())
    return RemoteIndex.objects.create(
        prefix=prefix,
        number=last + 1,
        name=found.name,
        uuid=found.uuid,
        analysis=analysis_version(),
        started_at=clock.now(),
    )


def _fill(remote: RemoteIndex, alias: str, patience: float, progress: Sent | None) -> int:
    from ..engines.elasticsearch import IndexUnusable, connect, indexes, writing

    client = connect(settings.ELASTICSEARCH_BULK_TIMEOUT if patience else None)
    found = indexes.find(client, alias)
    if found.uuid != remote.uuid:
        raise IndexUnusable(f"{found.name} is not the index that was filled")
    total = backlog(remote) if progress else 0
    sent = 0
    if progress:
        progress(0, total)
    while (upto := _next_place(remote.place)) is not None:
        refusals = writing.write(client, alias, _actions(remote.place, upto), patience)
        if refusals:
            # The mapping may have been changed under us; then it is not the documents' fault.
            indexes.find(client, alias)
            for refusal in refusals:
                logger.error("Search: Elasticsearch refuses %s: %s", refusal.id, refusal.reason)
            RemoteIndex.objects.filter(pk=remote.pk).update(
                refused=F("refused") + len(refusals), problem=f"{refusals[-1].id}: {refusals[-1].reason}"
            )
        sent += _count(remote.place, upto)
        # Another process may have come further meanwhile.
        RemoteIndex.objects.filter(pk=remote.pk, place__lt=upto).update(place=upto)
        remote.place = upto
        if progress:
            progress(sent, max(sent, total))
    _forget_removed()
    return sent


def _next_place(place: int) -> int | None:
    """The number up to which the next step goes; `None` at the end."""
    newest = IndexState.current().version
    if place >= newest:
        return None
    newer = SearchEntry.objects.filter(version__gt=place, version__lte=newest).order_by("version")
    versions = newer.values_list("version", flat=True)
    far = next(iter(versions[STEP : STEP + 1]), None)
    if far is None:
        return newest
    # All of one write, or none of it: the place must not lie within.
    before = versions.filter(version__lt=far).last()
    return far if before is None else before


def _count(place: int, upto: int) -> int:
    between = {"version__gt": place, "version__lte": upto}
    return SearchEntry.objects.filter(**between).count() + RemovedEntry.objects.filter(**between).count()


def _actions(place: int, upto: int) -> Iterator[Any]:
    from ..engines.elasticsearch.writing import Action, source_of

    between = {"version__gt": place, "version__lte": upto}
    for removed in RemovedEntry.objects.filter(**between).order_by("version"):
        yield Action(removed.document_id, removed.version, None)
    for entry in SearchEntry.objects.filter(**between).order_by("version", "pk").iterator(chunk_size=500):
        yield Action(entry.document_id, entry.version, source_of(entry))


def _forget_removed() -> None:
    """Removals that every index has followed."""
    place = RemoteIndex.objects.aggregate(place=Min("place"))["place"]
    if place is not None:
        RemovedEntry.objects.filter(version__lte=place).delete()
