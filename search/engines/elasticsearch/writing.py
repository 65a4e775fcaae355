"""Bulk writing: in bounded requests, with patience where the server asks for it, and every refusal told."""

import json
import logging
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch

from ...facets import facet_values
from ...models import SearchEntry
from ..base import EngineUnavailable
from .connection import describe
from .requests import KNOWN_FACETS, facet_field

logger = logging.getLogger(__name__)

# One request: so many documents, or so many bytes of them.
MAX_DOCUMENTS = 1_000
MAX_BYTES = 5_000_000

_FIRST_WAIT, _LONGEST_WAIT = 0.2, 10.0
_TRY_AGAIN = frozenset({429, 502, 503, 504})
# The index as a whole takes nothing: it is read-only, or gone.
_CLOSED = frozenset({401, 403, 404})


@dataclass(frozen=True)
class Action:
    """One document to write (`source`) or to drop (`None`), with the number of the write that it comes from.

    The server keeps the higher number, so an action that comes late or twice changes nothing.
    """

    id: str
    version: int
    source: str | None

    @property
    def lines(self) -> bytes:
        head = json.dumps(
            {
                "delete" if self.source is None else "index": {
                    "_id": self.id,
                    "version": self.version,
                    "version_type": "external_gte",
                }
            }
        )
        return (f"{head}\n" if self.source is None else f"{head}\n{self.source}\n").encode()


@dataclass(frozen=True)
class Refusal:
    """A document that the server does not take, and why."""

    id: str
    reason: str


def source_of(entry: SearchEntry) -> str:
    """A row of the index in the database as a document of ours."""
    source: dict[str, Any] = {
        "id": entry.document_id,
        "digest": entry.digest,
        "title": entry.title,
        "body": entry.body,
        "url": entry.url,
        "data": entry.data,
        "surface_title": entry.surface_title,
        "surface_body": entry.surface_body,
        "keys_title": entry.keys_title,
        "keys_body": entry.keys_body,
        **{facet_field(code): values for code, values in facet_values(entry.facets).items() if code in KNOWN_FACETS},
    }
    if entry.date:
        source["date"] = entry.date.isoformat()
    if entry.due:
        source["due"] = entry.due.isoformat()
    return json.dumps(source)


def write(client: Elasticsearch, alias: str, actions: Iterable[Action], patience: float = 0) -> list[Refusal]:
    """Send actions to the index behind an alias; the refused ones.

    While one request is under way the next is made ready. `patience` is for how many seconds a request is repeated
    when the server is busy, restarting or away; then, or when the index takes nothing at all, `EngineUnavailable`.
    """
    refusals: list[Refusal] = []
    with ThreadPoolExecutor(max_workers=1) as sender:
        under_way: Future[list[Refusal]] | None = None
        for batch in _batches(actions):
            if under_way is not None:
                refusals += under_way.result()
            under_way = sender.submit(_send, client, alias, batch, patience)
        if under_way is not None:
            refusals += under_way.result()
    return refusals


def _batches(actions: Iterable[Action]) -> Iterator[list[tuple[Action, bytes]]]:
    batch: list[tuple[Action, bytes]] = []
    size = 0
    for action in actions:
        lines = action.lines
        if batch and (len(batch) >= MAX_DOCUMENTS or size + len(lines) > MAX_BYTES):
            yield batch
            batch, size = [], 0
        batch.append((action, lines))
        size += len(lines)
    if batch:
        yield batch


def _send(client: Elasticsearch, alias: str, batch: Sequence[tuple[Action, bytes]], patience: float) -> list[Refusal]:
    deadline = time.monotonic() + patience
    wait = _FIRST_WAIT
    refusals: list[Refusal] = []
    while batch:
        problem, again = "", list(batch)
        try:
            operations: Any = [lines for _action, lines in batch]
            answer = client.bulk(operations=operations, index=alias, require_alias=True).body
        except ApiError as error:
            if error.status_code == 413 and len(batch) > 1:
                half = len(batch) // 2
                return [
                    *refusals,
                    *_send(client, alias, batch[:half], patience),
                    *_send(client, alias, batch[half:], patience),
                ]
            if error.status_code not in _TRY_AGAIN:
                raise EngineUnavailable(f"Elasticsearch: {describe(error)}") from error
            problem = describe(error)
        except TransportError as error:
            problem = describe(error)
        else:
            again, refused, problem = _sorted_out(batch, answer)
            refusals += refused
        if not again:
            break
        if time.monotonic() + wait > deadline:
            raise EngineUnavailable(f"Elasticsearch: {problem}")
        logger.info("Search: Elasticsearch is asked again in %.1f s: %s", wait, problem)
        time.sleep(wait)
        wait = min(2 * wait, _LONGEST_WAIT)
        batch = again
    return refusals


def _sorted_out(
    batch: Sequence[tuple[Action, bytes]], answer: Any
) -> tuple[list[tuple[Action, bytes]], list[Refusal], str]:
    """The actions to send again, those that were refused for good, and what the server said last."""
    if not answer["errors"]:
        return [], [], ""
    again, refusals, problem = [], [], ""
    for each, item in zip(batch, answer["items"], strict=True):
        (result,) = item.values()
        status, error = result["status"], result.get("error")
        # A conflict: a later write is there already. Without an error: what should be dropped was not there.
        if status < 300 or status == 409 or not error:
            continue
        problem = f"{status} {error['type']}: {error['reason'][:200]}"
        if status in _CLOSED:
            raise EngineUnavailable(f"Elasticsearch: {problem}")
        if status in _TRY_AGAIN:
            again.append(each)
        else:
            refusals.append(Refusal(each[0].id, problem))
    return again, refusals, problem
