"""The sources that apps register."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from search import registry
from tests.search.conftest import GroupSource


class OtherSource(GroupSource):
    """Another class of source."""


def test_sources_come_in_the_order_of_the_type_filter(registered) -> None:
    registry.register(GroupSource("zzz", "Something else"))
    registry.register(GroupSource("programme", "Programmes"))
    assert list(registry.sources()) == ["pledge", "programme", "news", "zzz"]


def test_a_type_has_one_source(registered) -> None:
    registry.register(GroupSource("pledge", "Pledges"))
    with pytest.raises(ImproperlyConfigured, match="'pledge'"):
        registry.register(OtherSource("pledge", "Pledges"))


def test_an_unknown_type_is_a_key_error(registered) -> None:
    with pytest.raises(KeyError):
        registry.get_source("nothing")
