"""Tests that need PostgreSQL or Elasticsearch: `make services-start`, then `make test-services`."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from search import services
from search.services import mirroring
from tests.search.conftest import GroupSource, registered
from tests.services.proxy import Proxy, proxy_to
from tests.services.site_process import Site

__all__ = ["registered"]

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.services)


@pytest.fixture
def postgresql(db: None) -> None:
    """The test database is on PostgreSQL; fails with what to do when it is not."""
    if connection.vendor != "postgresql":
        pytest.fail("These tests need PostgreSQL: run them by `make test-services`, or set DATABASE_URL.")


@pytest.fixture
def elasticsearch_url(lent_elasticsearch: None, settings: Any) -> str:
    """The address of the Elasticsearch under test; fails with what to do when there is none."""
    if not settings.ELASTICSEARCH_URL:
        pytest.fail("These tests need Elasticsearch: run them by `make test-services`, or set ELASTICSEARCH_URL.")
    return str(settings.ELASTICSEARCH_URL[0])


@pytest.fixture
def proxy(elasticsearch_url: str, settings: Any) -> Iterator[Proxy]:
    """The way to the server, which the site takes."""
    with proxy_to(elasticsearch_url) as made:
        settings.ELASTICSEARCH_URL = [made.url]
        settings.ELASTICSEARCH_TIMEOUT = 1.0
        yield made


@pytest.fixture
def pledges(registered: dict[str, GroupSource], proxy: Proxy) -> GroupSource:
    """Records of a site whose index on Elasticsearch is complete: one pledge."""
    source = registered["pledge"]
    source.add("Kolesarska steza")
    services.rebuild()
    mirroring.rebuild_remote()
    return source


@pytest.fixture
def publish(pledges: GroupSource, django_capture_on_commit_callbacks: Any) -> Callable[[str], None]:
    """Make a record and commit it, as publishing does; it must not take long nor fail."""

    def run(title: str) -> None:
        start = time.monotonic()
        with django_capture_on_commit_callbacks(execute=True):
            services.reindex("pledge", [pledges.add(title).pk])
        assert time.monotonic() - start < 4

    return run


@pytest.fixture
def site(tmp_path: Path, elasticsearch_url: str, settings: Any) -> Site:
    made = Site(tmp_path, elasticsearch_url, settings.ELASTICSEARCH_INDEX_PREFIX)
    made.run("make")
    return made
