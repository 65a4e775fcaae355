"""The process of Elasticsearch itself killed in the middle of its work and started again, or frozen, with its own data.

On a server of these tests' own, so that no other test is disturbed.
"""

import json
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from elasticsearch import Elasticsearch
from elasticsearch.helpers import scan

from search import services
from search.engines import EngineUnavailable, get_engine
from search.engines.elasticsearch import connect, indexes
from search.models import RemoteIndex, SearchEntry
from search.queries import read_query
from search.services import mirroring
from tests.services.mirrored import is_complete, on_server, rested, search
from tests.services.private_server import PrivateServer, private_server
from tests.services.proxy import Proxy, proxy_to
from tests.services.site_process import DOCUMENTS, Site


@pytest.fixture(scope="module")
def kept_server() -> Iterator[PrivateServer]:
    with private_server() as made:
        yield made


@pytest.fixture
def server(kept_server: PrivateServer) -> Iterator[PrivateServer]:
    kept_server.resume()
    yield kept_server
    kept_server.resume()


@pytest.fixture
def elasticsearch_url(server: PrivateServer, lent_elasticsearch: None, settings: Any) -> str:
    """Instead of the server that all tests share: proxies and sites lead to this one."""
    settings.ELASTICSEARCH_URL = [server.url]
    return server.url


def ids_on(client: Elasticsearch, alias: str) -> list[str]:
    """Of everything that the server holds behind an alias: its own ids, one for each document."""
    client.indices.refresh(index=alias)
    return sorted(found["_id"] for found in scan(client, index=alias, _source=False))


def at_bulk(number: int, happens: Callable[[], None]) -> Callable[[str], None]:
    """Let it happen at the so-manieth bulk request, which gets no answer."""
    bulks: list[str] = []

    def look(path: str) -> None:
        if "_bulk" in path:
            bulks.append(path)
            if len(bulks) == number:
                happens()
                raise ConnectionResetError

    return look


def test_killed_and_restarted_during_a_rebuild(site: Site, server: PrivateServer) -> None:
    site.run("rebuild")
    killed = threading.Event()

    def kill() -> None:
        server.kill()
        killed.set()

    with proxy_to(server.url) as proxy:
        # It had written the documents, but nobody was told.
        proxy.after = at_bulk(3, kill)
        rebuilding = site.start("rebuild", proxy.url)
        assert killed.wait(300), rebuilding.communicate()[0]
        # The site goes on, in another process.
        assert json.loads(site.run("publish").splitlines()[-1]) == {
            "found": 1,
            "reduced": True,
            "status": 200,
            "search": "reduced",
        }
        assert rebuilding.poll() is None
        server.resume()
        output, _none = rebuilding.communicate(timeout=600)
    assert rebuilding.returncode == 0, output
    assert len(site.ids()) == DOCUMENTS + 1
    assert ids_on(Elasticsearch(server.url), f"{site.prefix}-read") == site.ids()
    assert "Elasticsearch: nothing differs" in site.run("sync")


@pytest.mark.django_db
def test_killed_and_restarted_during_bulk_indexing(
    publish, pledges, proxy: Proxy, server: PrivateServer, client, settings, monkeypatch
) -> None:
    monkeypatch.setattr(mirroring, "STEP", 200)
    for number in range(1_000):
        pledges.add(f"Vrtec {number}")
    services.rebuild()
    # What was on its way is lost.
    proxy.before = at_bulk(3, server.kill)
    with pytest.raises(EngineUnavailable):
        mirroring.keep_up(patience=1)
    assert 0 < mirroring.backlog(RemoteIndex.objects.get()) < 1_000

    publish("Knjižnica")
    results = search("knjižnica")
    assert (results.total, results.reduced) == (1, True)
    assert search("vrtec").total == 1_000
    answer = client.get("/-/ready")
    assert (answer.status_code, answer.json()["search"]) == (200, "reduced")

    server.resume()
    rested()
    settings.ELASTICSEARCH_TIMEOUT = 30.0
    # It answers, but has not everything: the database goes on until it has.
    assert get_engine().search(read_query("knjižnica").query).reduced
    assert "documents sent" in mirroring.keep_up(patience=60)
    assert (on_server("knjižnica"), on_server("vrtec")) == (1, 1_000)
    assert not get_engine().search(read_query("knjižnica").query).reduced
    assert client.get("/-/ready").json()["search"] == "ok"
    held = ids_on(connect(), indexes.read_alias())
    assert held == sorted(SearchEntry.objects.values_list("document_id", flat=True))
    is_complete()


@pytest.mark.django_db
def test_frozen(publish, server: PrivateServer, client, settings) -> None:
    server.freeze()
    results = search("steza")
    assert (results.total, results.reduced) == (1, True)
    publish("Vrtec")
    rested()
    # Sent to a server that hears it only when it wakes up.
    publish("Knjižnica")
    assert search("vrtec").total == search("knjižnica").total == 1
    answer = client.get("/-/ready")
    assert (answer.status_code, answer.json()["search"]) == (200, "reduced")

    server.resume()
    rested()
    settings.ELASTICSEARCH_TIMEOUT = 30.0
    mirroring.keep_up(patience=60)
    assert (on_server("vrtec"), on_server("knjižnica")) == (1, 1)
    assert not get_engine().search(read_query("vrtec").query).reduced
    is_complete()
