"""A real Elasticsearch answers through the project's settings; only an index under the tests' prefix is touched."""

import uuid
from collections.abc import Iterator

import pytest
from elasticsearch.dsl import Document, Text

from search.engines import elasticsearch
from search.health import check_search


class Note(Document):
    """The smallest document that can be found."""

    text = Text()


@pytest.fixture
def index(elasticsearch_url: str) -> Iterator[str]:
    """A new index of our own, deleted afterwards."""
    client = elasticsearch.connect()
    name = elasticsearch.index_name(f"notes-{uuid.uuid4().hex}")
    Note.init(index=name, using=elasticsearch.ALIAS)
    yield name
    client.indices.delete(index=name)
    assert not client.indices.exists(index=name)


def test_the_prefix_is_that_of_the_tests() -> None:
    assert "-test-" in elasticsearch.index_name("notes")


def test_a_document_is_indexed_and_found(index: str) -> None:
    Note(text="kolesarska steza v Mariboru").save(index=index, using=elasticsearch.ALIAS, refresh=True)
    Note(text="vrtec").save(index=index, using=elasticsearch.ALIAS, refresh=True)
    found = Note.search(index=index, using=elasticsearch.ALIAS).query("match", text="steza").execute()
    assert [hit.text for hit in found] == ["kolesarska steza v Mariboru"]


@pytest.mark.django_db
def test_its_health_is_told_beside_that_of_search(elasticsearch_url: str) -> None:
    assert elasticsearch.health().state in ("green", "yellow")
    answer = check_search()
    assert answer.ready and "elasticsearch" in answer.state
