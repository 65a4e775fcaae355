"""Facet values as tokens."""

import re

from hypothesis import given
from hypothesis import strategies as st

from search.documents import SearchDocument
from search.facets import facet_text, facet_token


@given(st.text(max_size=100), st.text(max_size=100))
def test_tokens_are_plain_and_never_shared(one: str, other: str) -> None:
    assert re.fullmatch("[a-z0-9]+", facet_token("topic", one))
    assert (facet_token("topic", one) == facet_token("topic", other)) == (one == other)


def test_a_value_of_one_facet_is_no_value_of_another() -> None:
    assert facet_token("edition", "2022") != facet_token("topic", "2022")


def test_type_and_language_are_facets_too() -> None:
    document = SearchDocument("a-1", "pledge", "sl", "", "", "/", facets={"edition": ["2022"], "language": ["ka"]})
    assert set(facet_text(document).split()) == {
        facet_token("type", "pledge"),
        facet_token("language", "sl"),
        facet_token("edition", "2022"),
    }
