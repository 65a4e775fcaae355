"""The documents of the apps that are installed, whatever they are."""

from typing import Any

import pytest
from django.db import models

from search import services
from search.documents import FACETS, TYPES
from search.models import SearchEntry
from search.registry import DocumentSource, sources


def installed() -> list[Any]:
    return [pytest.param(source, id=code) for code, source in sources().items()]


@pytest.mark.parametrize("source", installed())
def test_a_source_names_itself_and_reads_its_records_in_order(source: DocumentSource, db) -> None:
    assert source.type in TYPES
    assert str(source.label) and str(source.kind)
    public = source.queryset()
    assert isinstance(public, models.QuerySet)
    assert public.ordered
    assert [record.pk for record in public[:300]] == sorted(record.pk for record in public[:300])


@pytest.mark.parametrize("source", installed())
def test_documents_are_made_without_a_query_each(source: DocumentSource, db, django_assert_num_queries) -> None:
    records = list(source.queryset()[:50])
    list(source.documents(records[:1]))  # whatever is read once per process
    with django_assert_num_queries(0):
        documents = [document for record in records for document in source.documents([record])]
    for document in documents:
        assert document.type == source.type
        assert set(document.facets) <= set(FACETS)
        assert document.url.startswith("/")


def test_every_installed_source_is_indexed(db) -> None:
    services.rebuild()
    assert set(SearchEntry.objects.values_list("type", flat=True)) <= set(sources())
    state = services.status()
    assert sum(state.documents.values()) == SearchEntry.objects.count()
