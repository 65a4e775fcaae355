"""Elasticsearch down, slow, read-only, without its index, with a wrong one: nothing is lost, nobody waits for long."""

import json
import threading
import time
from urllib.request import urlopen

import pytest
from django.core.cache import cache

from search import services
from search.engines import EngineUnavailable, get_engine
from search.engines.elasticsearch import IndexUnusable, connect, indexes, writing
from search.models import IndexState, RemoteIndex, RemovedEntry, SearchEntry
from search.queries import read_query
from search.services import mirroring, remote_drift
from search.tasks import follow_changes
from tests.services.mirrored import is_complete, on_server, rested, search

pytestmark = pytest.mark.django_db


def test_what_is_published_is_found_on_the_server(publish, pledges) -> None:
    publish("Otroški vrtec")
    assert on_server("vrtca") == 1
    results = search("kolesarskih stez")
    assert (results.total, results.reduced) == (1, False)
    assert results.hits[0].title == "Kolesarska steza"
    is_complete()


def test_what_is_withdrawn_is_gone_there_too(publish, pledges, django_capture_on_commit_callbacks) -> None:
    publish("Vrtec")
    (pk,) = [pk for pk, fields in pledges.fields.items() if fields["title"] == "Vrtec"]
    pledges.hidden.add(pk)
    with django_capture_on_commit_callbacks(execute=True):
        services.reindex("pledge", [pk])
    assert on_server("vrtec") == 0
    assert not RemovedEntry.objects.exists()
    is_complete()


def test_down(publish, proxy, client, pledges) -> None:
    proxy.down()
    assert search("steza").reduced
    publish("Vrtec")
    results = search("vrtec")
    assert (results.total, results.reduced) == (1, True)
    answer = client.get("/-/ready")
    assert (answer.status_code, answer.json()["search"]) == (200, "reduced")
    proxy.up()
    rested()
    # It answers again, but has not what was published meanwhile: the database goes on until it has.
    assert search("vrtec").total == 1
    assert mirroring.keep_up() == "1 documents sent to Elasticsearch"
    assert (on_server("vrtec"), search("vrtec").reduced) == (1, False)
    assert client.get("/-/ready").json()["search"] == "ok"
    is_complete()


def test_the_next_change_catches_up_as_well(publish, proxy) -> None:
    proxy.down()
    publish("Vrtec")
    proxy.up()
    rested()
    publish("Knjižnica")
    assert (on_server("vrtec"), on_server("knjižnica")) == (1, 1)
    assert not search("vrtec").reduced
    is_complete()


def test_slow(publish, proxy) -> None:
    proxy.delay = 5
    results = search("steza")
    assert (results.total, results.reduced) == (1, True)
    # Nobody waits a second time.
    asked = len(proxy.requests)
    search("steza")
    publish("Vrtec")
    assert len(proxy.requests) == asked
    rested()
    publish("Knjižnica")
    proxy.delay = 0
    time.sleep(5)  # what was under way arrives late, and changes nothing
    assert mirroring.keep_up()
    assert (on_server("vrtec"), on_server("knjižnica")) == (1, 1)
    is_complete()


# What an administrator sets, and what the server itself does to all indexes when its disk is full.
@pytest.mark.parametrize(("block", "status"), [("write", 403), ("read_only_allow_delete", 429)])
def test_read_only(publish, proxy, client, block, status) -> None:
    connect().indices.put_settings(index=indexes.write_alias(), settings={f"index.blocks.{block}": True})
    publish("Vrtec")
    results = search("vrtec")
    assert (results.total, results.reduced) == (1, True)
    rested()
    assert search("vrtec").total == 1
    assert client.get("/-/ready").json()["search"] == "reduced"
    with pytest.raises(EngineUnavailable, match=str(status)):
        mirroring.keep_up()
    connect().indices.put_settings(index=indexes.write_alias(), settings={f"index.blocks.{block}": None})
    assert mirroring.keep_up()
    assert on_server("vrtec") == 1
    assert not search("vrtec").reduced
    is_complete()


def test_missing_index(publish, client) -> None:
    connect().indices.delete(index=RemoteIndex.objects.get().name)
    publish("Vrtec")
    # Nobody has made an index by writing to it.
    assert not connect().indices.exists(index=indexes.write_alias())
    assert search("vrtec").reduced and search("vrtec").total == 1
    assert client.get("/-/ready").json()["search"] == "reduced"
    rested()
    assert mirroring.keep_up() == "Elasticsearch index built with 2 documents"
    assert (on_server("vrtec"), on_server("steza")) == (1, 1)
    assert not search("vrtec").reduced
    is_complete()


@pytest.mark.parametrize(
    "mapping",
    [
        {},
        {"dynamic": "strict", "properties": {"id": {"type": "keyword"}}},
        {"properties": {"title": {"type": "integer"}}},
    ],
)
def test_wrong_mapping(publish, client, mapping) -> None:
    name = RemoteIndex.objects.get().name
    connect().indices.delete(index=name)
    connect().indices.create(
        index=name, mappings=mapping, aliases={indexes.read_alias(): {}, indexes.write_alias(): {}}
    )
    cache.clear()
    results = search("steza")
    assert (results.total, results.reduced) == (1, True)
    publish("Vrtec")
    assert search("vrtec").total == 1
    assert client.get("/-/ready").json()["search"] == "reduced"
    with pytest.raises(IndexUnusable, match="mapping"):
        mirroring.catch_up()
    mirroring.keep_up()
    assert (on_server("vrtec"), on_server("steza")) == (1, 1)
    assert not search("steza").reduced
    is_complete()


def test_a_mapping_that_was_changed_in_place(publish, client) -> None:
    connect().indices.put_mapping(index=indexes.write_alias(), dynamic="true", properties={"more": {"type": "long"}})
    cache.clear()
    publish("Vrtec")
    results = search("vrtec")
    assert (results.total, results.reduced) == (1, True)
    assert client.get("/-/ready").json()["search"] == "reduced"
    mirroring.keep_up()
    assert (on_server("vrtec"), search("vrtec").reduced) == (1, False)
    is_complete()


def test_an_index_named_like_the_alias_is_in_nobodys_way(publish) -> None:
    connect().indices.delete(index=RemoteIndex.objects.get().name)
    for alias in (indexes.read_alias(), indexes.write_alias()):
        connect().indices.create(index=alias)
    publish("Vrtec")
    assert search("vrtec").total == 1
    mirroring.keep_up()
    assert on_server("vrtec") == 1
    is_complete()


def test_busy(publish, proxy, pledges, monkeypatch) -> None:
    monkeypatch.setattr("search.engines.elasticsearch.writing._FIRST_WAIT", 0.01)
    proxy.refusals = 3
    for number in range(20):
        pledges.add(f"Vrtec {number}")
    services.rebuild()
    assert mirroring.catch_up(patience=10) == 20
    assert proxy.refusals == 0
    assert len([path for path in proxy.requests if "_bulk" in path]) >= 4
    assert on_server("vrtec") == 20
    # A reader's or editor's request is not kept waiting.
    proxy.refusals = 10
    publish("Knjižnica")
    assert search("knjižnica").reduced and search("knjižnica").total == 1
    proxy.refusals = 0
    assert mirroring.keep_up()
    is_complete()


def test_restarted_half_way(pledges, proxy, monkeypatch) -> None:
    monkeypatch.setattr(mirroring, "STEP", 200)
    for number in range(1_000):
        pledges.add(f"Vrtec {number}")
    services.rebuild()
    bulks = []

    def restart(path: str) -> None:
        if "_bulk" in path:
            bulks.append(path)
            if len(bulks) == 3:
                proxy.down()
                threading.Timer(1.0, proxy.up).start()

    proxy.after = restart
    assert mirroring.rebuild_remote() >= 1_001
    assert len(bulks) > 3
    assert on_server("vrtec") == 1_000
    is_complete()


def test_one_document_that_is_refused_is_told_and_holds_up_no_other(publish, monkeypatch, caplog) -> None:
    made = writing.source_of
    monkeypatch.setattr(
        writing, "source_of", lambda entry: '{"date": "yesterday"}' if entry.title == "Slab" else made(entry)
    )
    publish("Slab")
    publish("Vrtec")
    assert on_server("vrtec") == 1
    assert not search("vrtec").reduced
    remote = RemoteIndex.objects.get()
    assert remote.refused == 1 and "date" in remote.problem
    assert "Elasticsearch refuses" in caplog.text
    monkeypatch.setattr(writing, "source_of", made)
    assert [drift.kind for drift in remote_drift.sync_remote()] == ["missing"]
    assert on_server("slab") == 1
    is_complete()


def test_what_comes_late_or_twice_changes_nothing(publish, pledges) -> None:
    entry = SearchEntry.objects.get()
    late = writing.Action(entry.document_id, entry.version - 1, writing.source_of(entry).replace("steza", "pot"))
    same = writing.Action(entry.document_id, entry.version, writing.source_of(entry))
    assert writing.write(connect(), indexes.write_alias(), [late, same, same]) == []
    assert writing.write(connect(), indexes.write_alias(), [writing.Action("nobody", 5, None)]) == []
    is_complete()


def test_sync_finds_what_somebody_changed_on_the_server(publish, pledges) -> None:
    publish("Vrtec")
    publish("Knjižnica")
    client, alias = connect(), indexes.write_alias()
    ids = list(SearchEntry.objects.order_by("document_id").values_list("document_id", flat=True))
    client.delete(index=alias, id=ids[0])
    source = client.get(index=alias, id=ids[1])["_source"] | {"digest": "another"}
    client.index(index=alias, id=ids[1], document=source)
    client.index(index=alias, id="zz-nobody", document={"id": "zz-nobody", "digest": "x"})
    found = remote_drift.sync_remote()
    assert [(drift.kind, drift.document_id) for drift in found] == [
        ("missing", ids[0]),
        ("outdated", ids[1]),
        ("surplus", "zz-nobody"),
    ]
    is_complete()
    assert [on_server(word) for word in ("steza", "vrtec", "knjižnica")] == [1, 1, 1]


def test_a_database_brought_back_to_an_earlier_state_wins(publish, pledges) -> None:
    publish("Vrtec")
    entry = SearchEntry.objects.get(title="Vrtec")
    SearchEntry.objects.filter(pk=entry.pk).update(title="Pot", surface_title="pot", digest="older", version=1)
    IndexState.objects.update(version=1)
    RemoteIndex.objects.update(place=1)
    remote_drift.sync_remote()
    assert on_server("pot") == 1
    is_complete()


def test_each_rebuild_is_a_new_index_and_readers_never_find_less(publish, pledges, proxy) -> None:
    first = RemoteIndex.objects.get().name
    found = []

    def look(path: str) -> None:
        # Past the proxy, or it would look at itself looking.
        with urlopen(f"http://{proxy.target.netloc}/{indexes.read_alias()}/_count") as answer:
            found.append(json.load(answer)["count"])

    proxy.before = proxy.after = look
    mirroring.rebuild_remote()
    assert len(found) > 10 and set(found) == {1}
    proxy.before = proxy.after = lambda path: None
    remote = RemoteIndex.objects.get()
    assert remote.name != first and remote.is_current
    names = connect().indices.get(index=f"{remote.prefix}-documents-*").body
    assert set(names) == {remote.name}
    assert set(names[remote.name]["aliases"]) == {indexes.read_alias(), indexes.write_alias()}
    is_complete()


def test_what_is_published_during_a_rebuild_is_there_after_it(publish, pledges, proxy) -> None:
    for number in range(300):
        pledges.add(f"Vrtec {number}")
    services.rebuild()

    def publish_once(done: int, total: int) -> None:
        if done and "Knjižnica" not in {fields["title"] for fields in pledges.fields.values()}:
            pledges.index("Knjižnica")
            gone = next(pk for pk, fields in pledges.fields.items() if fields["title"] == "Vrtec 0")
            pledges.hidden.add(gone)
            services.reindex_now("pledge", [gone])

    mirroring.rebuild_remote(publish_once)
    assert on_server("knjižnica") == 1
    assert on_server("vrtec") == 299
    is_complete()


def test_pages_beyond_ten_thousand_hits(pledges, monkeypatch) -> None:
    monkeypatch.setattr("search.engines.elasticsearch.requests.WINDOW", 7)
    for number in range(40):
        pledges.add(f"Vrtec {number}", body="vrtec " * (number % 3))
    services.rebuild()
    mirroring.catch_up()
    assert on_server("vrtec") == 40
    engine = get_engine("elasticsearch")
    together = [hit.id for hit in engine.search(read_query("vrtec", limit=7).query).hits]
    pages = []
    for offset in range(0, 45, 5):
        results = engine.search(read_query("vrtec", offset=offset, limit=5).query)
        assert results.total == 40
        pages += [hit.id for hit in results.hits]
    assert pages[:7] == together
    assert len(pages) == len(set(pages)) == 40
    assert [hit.id for hit in engine.search(read_query("vrtec", limit=200).query).hits] == pages


def test_the_task_runs_as_a_task(publish, pledges) -> None:
    services.reindex("pledge", [pledges.add("Vrtec").pk])
    follow_changes.enqueue()
    assert on_server("vrtec") == 1
