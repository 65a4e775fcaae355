"""Reading everything that an index holds."""

from collections.abc import Iterator

from elasticsearch import Elasticsearch

from . import indexes, requests
from .connection import reachable

_KEEP = "5m"


def digests(client: Elasticsearch) -> Iterator[tuple[str, str, int]]:
    """Id, digest and number of the write of every document of the current generation, by id as bytes."""
    alias = indexes.write_alias()
    indexes.refresh(client, alias)
    with reachable():
        point = client.open_point_in_time(index=alias, keep_alive=_KEEP)["id"]
        try:
            after = None
            while True:
                body = requests.digests_request(requests.WINDOW)
                body["pit"] = {"id": point, "keep_alive": _KEEP}
                if after is not None:
                    body["search_after"] = after
                found = client.search(body=body).body["hits"]["hits"]
                if not found:
                    return
                after = found[-1]["sort"]
                for each in found:
                    yield each["_id"], each["fields"]["digest"][0], each["_version"]
        finally:
            client.close_point_in_time(id=point)
