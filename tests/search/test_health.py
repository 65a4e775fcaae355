"""What `/-/ready` says about search."""

from django.db import OperationalError

from search.engines import embedded_engine
from search.health import check_search
from search.models import IndexState


def test_an_empty_index_is_in_order(db, settings) -> None:
    settings.ELASTICSEARCH_URL = []
    answer = check_search()
    assert (answer.state, answer.ready) == ("ok", True)


def test_an_index_of_another_analysis_is_told(db) -> None:
    IndexState.objects.create(pk=IndexState.ONLY, analysis="older")
    answer = check_search()
    assert answer.ready and "rebuild" in answer.state


def test_an_elasticsearch_that_is_down_is_told_and_stays_ready(db, settings, monkeypatch) -> None:
    from search.engines import elasticsearch

    monkeypatch.setattr(elasticsearch, "ALIAS", "nowhere")
    settings.ELASTICSEARCH_URL = ["http://127.0.0.1:1"]
    answer = check_search()
    assert answer.ready and "unreachable" in answer.state


def test_a_missing_index_makes_the_site_unready(db, monkeypatch) -> None:
    def fail(*args: object) -> None:
        raise OperationalError("no such table: search_entry_fts")

    monkeypatch.setattr(type(embedded_engine()), "with_all", fail)
    answer = check_search()
    assert not answer.ready
    assert "unusable" in answer.state
