"""What `manage.py tick` does for the search: what a change alone does not bring about."""

import datetime as dt

from django.conf import settings

from ..engines import EngineUnavailable
from ..models import IndexState
from ..registry import sources
from . import mirroring, remote_drift
from .drift import sync
from .outbox import drain, reindex

# How far an index is looked back over that was never followed by a tick.
_FIRST = dt.timedelta(days=2)


def follow_time(now: dt.datetime) -> str | None:
    """Index what became public by now, and what failed before; then have Elasticsearch catch up.

    Raises `EngineUnavailable` while Elasticsearch does not answer: the index in the database is complete then.
    """
    state = IndexState.current()
    since = min(now, state.followed_until or now - _FIRST)
    for source in sources().values():
        reindex(source.type, sorted(source.changed_by_time(since, now)))
    written = drain(again=True)
    IndexState.objects.update_or_create(pk=IndexState.ONLY, defaults={"followed_until": now})
    told = [f"{written} changes indexed"] if written else []
    if settings.ELASTICSEARCH_URL:
        sent = mirroring.keep_up()
        told += [sent] if sent else []
    return ", ".join(told) or None


def put_right(now: dt.datetime) -> str | None:
    """Compare every document with its record, and Elasticsearch with the index in the database; repair what differs."""
    told = {"documents put right": len(sync())}
    if settings.ELASTICSEARCH_URL:
        try:
            told["put right on Elasticsearch"] = len(remote_drift.sync_remote())
        except EngineUnavailable as error:
            raise EngineUnavailable(f"Elasticsearch was not looked at: {error}") from error
    return ", ".join(f"{number} {what}" for what, number in told.items() if number) or None
