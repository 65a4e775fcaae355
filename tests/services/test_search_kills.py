"""A process that is killed while it writes to Elasticsearch: the next one continues, nothing is lost or doubled."""

import signal
import threading
from collections.abc import Iterator

import pytest
from elasticsearch import Elasticsearch

from tests.services.proxy import Proxy, proxy_to
from tests.services.site_process import DOCUMENTS, Site


@pytest.fixture
def proxy(elasticsearch_url: str) -> Iterator[Proxy]:
    with proxy_to(elasticsearch_url) as made:
        yield made


@pytest.fixture
def server(elasticsearch_url: str) -> Elasticsearch:
    return Elasticsearch(elasticsearch_url)


def kill_at(site: Site, proxy: Proxy, action: str, place: str, number: int, is_written: bool) -> None:
    """Run an action and kill it at its so-manieth request of a place, after the server has done it or before."""
    reached = threading.Event()
    held = threading.Event()
    requests = []

    def hold(path: str) -> None:
        if place in path:
            requests.append(path)
            if len(requests) == number:
                reached.set()
                held.wait(60)

    if is_written:
        proxy.after = hold
    else:
        proxy.before = hold
    process = site.start(action, proxy.url)
    assert reached.wait(120), process.communicate()[0]
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=30)
    assert process.returncode == -signal.SIGKILL
    if not is_written:
        # What was on its way is lost with it.
        proxy.refusals, proxy.refused_path = 1, place
    held.set()
    proxy.before = proxy.after = lambda path: None


@pytest.mark.parametrize("is_written", [True, False])
def test_killed_during_a_rebuild(site: Site, proxy: Proxy, server: Elasticsearch, is_written: bool) -> None:
    kill_at(site, proxy, "rebuild", "_bulk", 5, is_written)
    ((name, place, is_current),) = site.remote()
    assert place > 0 and not is_current
    assert not server.indices.exists_alias(name=f"{site.prefix}-read")
    output = site.run("rebuild")
    # It went on in the same index, from where it stood.
    ((again, _place, is_current),) = site.remote()
    assert again == name and is_current
    sent = int(output.split(" documents sent")[0].split()[-1])
    assert sent < DOCUMENTS
    assert found(server, site, "Vrtec") == DOCUMENTS
    assert "Elasticsearch: nothing differs" in site.run("sync")


@pytest.mark.parametrize("is_written", [True, False])
def test_killed_while_a_rebuild_takes_over(site: Site, proxy: Proxy, server: Elasticsearch, is_written: bool) -> None:
    site.run("rebuild")
    kill_at(site, proxy, "rebuild", "/_aliases", 1, is_written)
    # Readers have one of the two, whole.
    assert found(server, site, "Vrtec") == DOCUMENTS
    site.run("rebuild")
    assert len(site.remote()) == 1
    assert set(server.indices.get(index=f"{site.prefix}-documents-*").body) == {site.remote()[0][0]}
    assert found(server, site, "Vrtec") == DOCUMENTS
    assert "Elasticsearch: nothing differs" in site.run("sync")


@pytest.mark.parametrize("is_written", [True, False])
def test_killed_during_bulk_indexing(site: Site, proxy: Proxy, server: Elasticsearch, is_written: bool) -> None:
    site.run("rebuild")
    kill_at(site, proxy, "change", "_bulk", 3, is_written)
    assert 0 < found(server, site, "Knjižnica") < DOCUMENTS
    assert "Elasticsearch: nothing differs" in site.run("sync")
    assert (found(server, site, "Knjižnica"), found(server, site, "Vrtec")) == (DOCUMENTS, 0)


def found(server: Elasticsearch, site: Site, word: str) -> int:
    """How many documents there are with a word, counted by the server."""
    server.indices.refresh(index=f"{site.prefix}-read")
    query = {"term": {"surface_title": {"Vrtec": "vrtec", "Knjižnica": "knjiznica"}[word]}}
    return int(server.count(index=f"{site.prefix}-read", query=query)["count"])
