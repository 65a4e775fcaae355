"""A process that is killed while it writes to Elasticsearch: the next one continues, nothing is lost or doubled."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from elasticsearch import Elasticsearch

from tests import migrated_database
from tests.services.proxy import Proxy, proxy_to

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = 5_000


class Site:
    """A site of its own with five thousand records, in processes that can be killed."""

    def __init__(self, folder: Path, url: str, prefix: str) -> None:
        self.database = folder / "site.sqlite3"
        if migrated_database.kept_copy().exists():
            self.database.write_bytes(migrated_database.kept_copy().read_bytes())
        self.url, self.prefix = url, prefix

    def start(self, action: str, url: str = "") -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "tests.services.search_site", str(self.database), url or self.url, self.prefix]
        environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        return subprocess.Popen(  # noqa: S603
            [*command, action], cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )

    def run(self, action: str) -> str:
        process = self.start(action)
        output, _none = process.communicate(timeout=180)
        assert process.returncode == 0, output
        return output

    def remote(self) -> list[tuple[str, int, int]]:
        """Name, place and whether it is in use, of each generation."""
        with sqlite3.connect(self.database) as database:
            return database.execute("SELECT name, place, is_current FROM search_remoteindex").fetchall()


@pytest.fixture
def site(tmp_path: Path, elasticsearch_url: str, settings: Any) -> Site:
    made = Site(tmp_path, elasticsearch_url, settings.ELASTICSEARCH_INDEX_PREFIX)
    made.run("make")
    return made


@pytest.fixture
def proxy(elasticsearch_url: str) -> Iterator[Proxy]:
    with proxy_to(elasticsearch_url) as made:
        yield made


@pytest.fixture
def server(elasticsearch_url: str) -> Elasticsearch:
    return Elasticsearch(elasticsearch_url)


def kill_at_bulk(site: Site, proxy: Proxy, action: str, number: int, is_written: bool) -> None:
    """Run an action and kill it at its so-manieth bulk request, after the server has done it or before."""
    reached = threading.Event()
    held = threading.Event()
    bulks = []

    def hold(path: str) -> None:
        if "_bulk" in path:
            bulks.append(path)
            if len(bulks) == number:
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
        proxy.refusals = 1
    held.set()
    proxy.before = proxy.after = lambda path: None


@pytest.mark.parametrize("is_written", [True, False])
def test_killed_during_a_rebuild(site: Site, proxy: Proxy, server: Elasticsearch, is_written: bool) -> None:
    kill_at_bulk(site, proxy, "rebuild", 5, is_written)
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
def test_killed_during_bulk_indexing(site: Site, proxy: Proxy, server: Elasticsearch, is_written: bool) -> None:
    site.run("rebuild")
    kill_at_bulk(site, proxy, "change", 3, is_written)
    assert 0 < found(server, site, "Knjižnica") < DOCUMENTS
    assert "Elasticsearch: nothing differs" in site.run("sync")
    assert (found(server, site, "Knjižnica"), found(server, site, "Vrtec")) == (DOCUMENTS, 0)


def found(server: Elasticsearch, site: Site, word: str) -> int:
    """How many documents there are with a word, counted by the server."""
    server.indices.refresh(index=f"{site.prefix}-read")
    query = {"term": {"surface_title": {"Vrtec": "vrtec", "Knjižnica": "knjiznica"}[word]}}
    return int(server.count(index=f"{site.prefix}-read", query=query)["count"])
