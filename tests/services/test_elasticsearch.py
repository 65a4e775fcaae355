"""A real Elasticsearch answers through the project's settings; only indexes under the tests' prefix are touched."""

import pytest

from search.engines import EngineUnavailable, SearchQuery, elasticsearch, get_engine
from search.engines.elasticsearch import indexes
from search.health import check_elasticsearch, check_search
from search.services import mirroring

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("elasticsearch_url")]


def test_the_prefix_is_that_of_the_tests() -> None:
    for name in (indexes.read_alias(), indexes.write_alias(), indexes.next_alias(), indexes.generation_name(1)):
        assert "-test-" in name


def test_its_health_is_told_beside_that_of_search() -> None:
    assert check_elasticsearch().state in ("green", "yellow")
    # There is no index yet, so the database answers.
    assert (check_search().state, check_search().ready) == ("reduced", True)
    mirroring.rebuild_remote()
    assert check_search().state == "ok"


def test_several_addresses_of_which_one_answers(settings) -> None:
    mirroring.rebuild_remote()
    settings.ELASTICSEARCH_URL = ["http://127.0.0.1:1", *settings.ELASTICSEARCH_URL]
    for _time in range(3):
        assert check_search().state == "ok"


def test_ways_to_sign_in(settings) -> None:
    settings.ELASTICSEARCH_USER, settings.ELASTICSEARCH_PASSWORD = "site", "secret"
    assert elasticsearch.connect()._headers["authorization"].startswith("Basic ")
    settings.ELASTICSEARCH_API_KEY = "a2V5OmtleQ=="
    assert elasticsearch.connect()._headers["authorization"] == "ApiKey a2V5OmtleQ=="


def test_settings_of_an_index(settings) -> None:
    settings.ELASTICSEARCH_SHARDS, settings.ELASTICSEARCH_REPLICAS = 2, 1
    mirroring.rebuild_remote()
    (found,) = elasticsearch.connect().indices.get(index=indexes.read_alias()).body.values()
    made = found["settings"]["index"]
    assert (made["number_of_shards"], made["number_of_replicas"]) == ("2", "1")
    assert "refresh_interval" not in made
    assert found["mappings"]["dynamic"] == "strict"


def test_by_name_nobody_stands_in_for_it() -> None:
    with pytest.raises(EngineUnavailable, match="no index"):
        get_engine("elasticsearch").first(SearchQuery())
