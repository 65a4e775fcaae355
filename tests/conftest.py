"""What all tests share: an empty cache and no language left active by the test before."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.utils import translation

from zaveza.base.catalogues import compile_catalogues


def pytest_configure() -> None:
    """The tests see the site's words in all languages, whichever way they were started."""
    compile_catalogues()


@pytest.fixture(autouse=True)
def clean_process() -> Iterator[None]:
    """Each test starts with an empty cache and Slovene, the site's source language."""
    cache.clear()
    translation.activate("sl")
    yield
    cache.clear()
    translation.deactivate()
