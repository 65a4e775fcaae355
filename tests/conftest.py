"""What all tests share: an empty cache and no language left active by the test before."""

import shutil
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
import pytest_django
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.utils import translation

from tests import migrated_database
from zaveza.base.catalogues import compile_catalogues


def pytest_configure() -> None:
    """The tests see the site's words and the inflected forms of all languages, whichever way they were started."""
    compile_catalogues()
    # Here and not in a fixture: the workers of pytest-xdist begin after this, and find the tables.
    call_command("build_search_tables")


def pytest_unconfigure() -> None:
    """Leave nothing behind: the testing settings made a data folder of their own."""
    shutil.rmtree(settings.DATA_DIR, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """On SQLite the database is a file below a folder that goes with the process; elsewhere it is made anew."""
    return settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Start from the kept migrated database where there is one; each process of a parallel run has a database."""
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        own, _migrated = migrated_database.own_copy(settings.DATA_DIR)
        connection.settings_dict["TEST"]["NAME"] = str(own)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker) -> None:
    """Keep what was migrated for the next run."""
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3") and not migrated_database.kept_copy().exists():
        migrated_database.keep(settings.DATA_DIR / "test.sqlite3")


@pytest.fixture(autouse=True)
def clean_process() -> Iterator[None]:
    """Each test starts with an empty cache and Slovene, the site's source language."""
    cache.clear()
    translation.activate("sl")
    yield
    cache.clear()
    translation.deactivate()


@pytest.fixture
def lent_elasticsearch(settings: Any) -> Iterator[None]:
    """The server that was lent to the tests, if there is one, under a prefix of this test's own; cleared afterwards."""
    settings.ELASTICSEARCH_URL = settings.LENT_ELASTICSEARCH_URL
    settings.ELASTICSEARCH_INDEX_PREFIX = f"{settings.ELASTICSEARCH_INDEX_PREFIX}-{uuid.uuid4().hex[:12]}"
    url, prefix = list(settings.ELASTICSEARCH_URL), settings.ELASTICSEARCH_INDEX_PREFIX
    yield
    if url:
        from search.engines.elasticsearch import connect

        settings.ELASTICSEARCH_URL = url
        client = connect(30)
        for name in client.indices.get(index=f"{prefix}-*", features=["aliases"]).body:
            client.indices.delete(index=name)
