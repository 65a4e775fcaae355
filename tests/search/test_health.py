"""What `/-/ready` says about search."""

import pytest
from django.db import DatabaseError

from search.engines import availability, embedded_engine
from search.health import check_elasticsearch, check_search
from search.models import IndexState

NOWHERE = ["http://127.0.0.1:1"]


def test_an_empty_index_is_in_order(db) -> None:
    answer = check_search()
    assert (answer.state, answer.ready) == ("ok", True)
    assert check_elasticsearch().state == "not in use"


def test_an_index_of_another_analysis_is_told(db) -> None:
    IndexState.objects.create(pk=IndexState.ONLY, analysis="older")
    answer = check_search()
    assert answer.ready and "rebuild" in answer.state


def test_search_is_reduced_and_ready_while_elasticsearch_is_down(client, db, settings) -> None:
    settings.ELASTICSEARCH_URL = NOWHERE
    answer = client.get("/-/ready")
    assert answer.status_code == 200
    assert answer.json()["search"] == "reduced"
    assert "ConnectionError" in answer.json()["elasticsearch"]


def test_it_stays_reduced_without_asking_again(db, settings, monkeypatch) -> None:
    settings.ELASTICSEARCH_URL = NOWHERE
    availability.note_down("it did not answer")
    monkeypatch.setattr(
        "search.engines.elasticsearch.ElasticsearchEngine.health", lambda engine: pytest.fail("it was asked again")
    )
    assert check_search().state == "reduced"
    assert check_elasticsearch().state == "it did not answer"


def test_a_missing_index_in_the_database_makes_the_site_unready(db, settings, monkeypatch) -> None:
    def broken(*args: object) -> None:
        raise DatabaseError("no such table")

    monkeypatch.setattr(type(embedded_engine()), "with_all", broken)
    for urls in ([], NOWHERE):
        settings.ELASTICSEARCH_URL = urls
        answer = check_search()
        assert not answer.ready
        assert "unusable" in answer.state
