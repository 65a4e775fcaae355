"""Tests that need PostgreSQL or Elasticsearch: `make services-start`, then `make test-services`."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connection

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
