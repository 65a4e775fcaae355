"""Indexes on the server: generations with versioned names behind aliases, made, checked, swapped and dropped.

The names of a site begin with its prefix. `…-read` and `…-write` are the aliases of the current generation, `…-next`
that of one that is being filled. Everything is addressed by alias and bulk requests insist on one, so a server never
makes an index of its own when ours has gone.
"""

import re
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from elasticsearch import Elasticsearch, NotFoundError

from ..base import EngineUnavailable
from .connection import reachable
from .requests import index_mappings

_LONGEST_WAIT = "30s"


class IndexUnusable(EngineUnavailable):
    """The server answers, but the index is not the one that we made and filled: it must be built anew."""


@dataclass(frozen=True)
class Found:
    """An index as the server has it."""

    name: str
    uuid: str


def read_alias() -> str:
    return f"{settings.ELASTICSEARCH_INDEX_PREFIX}-read"


def write_alias() -> str:
    return f"{settings.ELASTICSEARCH_INDEX_PREFIX}-write"


def next_alias() -> str:
    return f"{settings.ELASTICSEARCH_INDEX_PREFIX}-next"


def generation_name(number: int) -> str:
    return f"{settings.ELASTICSEARCH_INDEX_PREFIX}-documents-{number:06}"


def create(client: Elasticsearch, name: str, alias: str, analysis: str) -> Found:
    """A new empty index under an alias, set up to be filled: nothing is shown and nothing copied meanwhile."""
    with reachable():
        client.indices.create(
            index=name,
            aliases={alias: {}},
            mappings={**index_mappings(), "_meta": {"analysis": analysis}},
            settings={
                "number_of_shards": settings.ELASTICSEARCH_SHARDS,
                "number_of_replicas": 0,
                "refresh_interval": "-1",
            },
            wait_for_active_shards=1,
            timeout=_LONGEST_WAIT,
        )
    return find(client, alias)


def find(client: Elasticsearch, alias: str) -> Found:
    """The one index behind an alias; `IndexUnusable` when there is none, more than one, or one of another mapping."""
    with reachable():
        try:
            answer: Any = client.indices.get(index=alias, expand_wildcards="open").body
        except NotFoundError as error:
            raise IndexUnusable(f"no index behind {alias}") from error
    if len(answer) != 1:
        raise IndexUnusable(f"{len(answer)} indexes behind {alias}")
    ((name, described),) = answer.items()
    if alias not in described["aliases"]:
        raise IndexUnusable(f"{alias} is an index and no alias")
    wanted, actual = index_mappings(), dict(described["mappings"])
    actual.pop("_meta", None)
    if actual != wanted:
        raise IndexUnusable(f"the mapping of {name} is not ours")
    return Found(name, described["settings"]["index"]["uuid"])


def finish(client: Elasticsearch, name: str) -> None:
    """After filling: show everything, and copy it to other nodes as configured."""
    with reachable():
        client.indices.put_settings(
            index=name,
            settings={"refresh_interval": None, "number_of_replicas": settings.ELASTICSEARCH_REPLICAS},
        )
        client.indices.refresh(index=name)


def swap(client: Elasticsearch, name: str) -> None:
    """From one moment to the next, searches and writes go to this index and to no other."""
    actions: list[dict[str, Any]] = []
    with reachable():
        for alias in (read_alias(), write_alias()):
            if client.indices.exists_alias(name=alias):
                actions.append({"remove": {"index": "*", "alias": alias, "must_exist": False}})
            elif client.indices.exists(index=alias):
                # Somebody wrote to the alias while it was gone, and the server made an index of that name.
                actions.append({"remove_index": {"index": alias}})
        actions += [{"add": {"index": name, "alias": alias}} for alias in (read_alias(), write_alias())]
        actions.append({"remove": {"index": name, "alias": next_alias(), "must_exist": False}})
        client.indices.update_aliases(actions=actions)


def drop(client: Elasticsearch, name: str) -> None:
    """Delete an index; one that is not there is fine."""
    with reachable():
        client.indices.delete(index=name, ignore_unavailable=True)


def drop_others(client: Elasticsearch, keep: str) -> list[str]:
    """Delete all generations of this site but one, also those that nobody remembers; their names."""
    pattern = re.compile(re.escape(f"{settings.ELASTICSEARCH_INDEX_PREFIX}-documents-") + r"\d{6}")
    with reachable():
        names = client.indices.get(
            index=f"{settings.ELASTICSEARCH_INDEX_PREFIX}-documents-*", features=["aliases"], expand_wildcards="all"
        )
    others = sorted(name for name in names.body if name != keep and pattern.fullmatch(name))
    for name in others:
        drop(client, name)
    return others


def refresh(client: Elasticsearch, alias: str) -> None:
    """Show what was written; the server does so every second by itself."""
    with reachable():
        client.indices.refresh(index=alias)
