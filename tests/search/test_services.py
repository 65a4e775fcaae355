"""The index follows the records."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from search import services
from search.analysis import analysis_version
from search.models import IndexState, SearchEntry


def test_reindex_waits_for_the_commit(pledges, find, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        group = pledges.add("Kolesarska steza")
        services.reindex("pledge", [group.pk])
        assert find("steza").total == 0
    assert find("steza").total == 1


def test_reindex_of_nothing_does_nothing(pledges, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks() as callbacks:
        services.reindex("pledge", [])
    assert callbacks == []


def test_an_unknown_type_is_told_at_once(pledges) -> None:
    with pytest.raises(KeyError):
        services.reindex("nothing", [1])


def test_a_failure_never_reaches_the_one_who_saved(pledges, monkeypatch) -> None:
    asked: list[dict[str, bool]] = []
    monkeypatch.setattr(services.transaction, "on_commit", lambda callback, **options: asked.append(options))
    services.reindex("pledge", [pledges.add("Kolesarska steza").pk])
    assert asked == [{"robust": True}]


def test_a_changed_record_is_found_by_its_new_words_only(pledges, find) -> None:
    group = pledges.index("Kolesarska steza")
    pledges.fields[group.pk]["title"] = "Otroški vrtec"
    services.reindex_now("pledge", [group.pk])
    assert find("steza").total == 0
    assert find("vrtca").total == 1
    assert SearchEntry.objects.count() == 1


def test_a_record_that_is_no_longer_public_or_gone_is_dropped(pledges, find) -> None:
    withdrawn, deleted, kept = (pledges.index("Steza") for _ in range(3))
    pledges.hidden.add(withdrawn.pk)
    pk = deleted.pk
    deleted.delete()
    services.reindex_now("pledge", [withdrawn.pk, pk, kept.pk])
    assert [hit.url for hit in find("steza").hits] == [f"/pledge/{kept.pk}/"]


def test_the_same_key_of_another_type_stays(pledges, news, find) -> None:
    group = pledges.index("Steza")
    news.fields[group.pk] = {"title": "Steza"}
    services.reindex_now("news", [group.pk])
    pledges.hidden.add(group.pk)
    services.reindex_now("pledge", [group.pk])
    assert [hit.type for hit in find("steza").hits] == ["news"]


def test_a_document_keeps_its_row_when_its_id_moves_to_another_record(pledges, find) -> None:
    pledges.index("Steza", id="AJD-2022-04")
    pledges.index("Steza", id="AJD-2022-04")
    assert find("steza").total == 1


def test_a_text_with_a_nul_byte_is_indexed(pledges, find) -> None:
    pledges.index("Kolesarska\x00steza", body="\x00")
    assert find("steza").total == 1


def test_rebuild_writes_all_and_drops_what_is_stale(pledges, news, find) -> None:
    gone = pledges.index("Steza")
    for number in range(services.CHUNK + 5):
        pledges.add(f"Vrtec {number}")
    news.add("Novica")
    pledges.hidden.add(gone.pk)
    seen: list[tuple[str, int, int]] = []
    assert services.rebuild(lambda *step: seen.append(step)) == services.CHUNK + 6
    assert find("steza").total == 0
    assert find("vrtec").total == services.CHUNK + 5
    assert seen[0] == ("pledge", 0, services.CHUNK + 5)
    assert ("pledge", services.CHUNK + 5, services.CHUNK + 5) in seen
    assert ("news", 1, 1) in seen


def test_rebuild_drops_the_documents_of_a_type_that_no_app_has_any_more(pledges, news, registered, monkeypatch) -> None:
    news.index("Novica")
    monkeypatch.setattr("search.registry._sources", {"pledge": pledges})
    services.rebuild()
    assert not SearchEntry.objects.exists()


def test_what_is_indexed_during_a_rebuild_stays(pledges, find) -> None:
    first = pledges.add("Vrtec")
    later = pledges.add("Steza")
    pledges.hidden.add(later.pk)

    def publish_meanwhile(type_code: str, done: int, total: int) -> None:
        if done:
            pledges.hidden.discard(later.pk)
            services.reindex_now("pledge", [later.pk])
            pledges.hidden.add(later.pk)

    services.rebuild(publish_meanwhile)
    assert find("steza").total == 1
    assert find("vrtec").total == 1
    assert first.pk < later.pk


def test_rebuild_needs_the_same_number_of_queries_for_each_chunk(pledges) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as context:
            services.rebuild()
        return len([query for query in context if "SAVEPOINT" not in query["sql"]])

    services.rebuild()
    for number in range(10):
        pledges.add(f"Vrtec {number}")
    few = queries()
    for number in range(10, 30):
        pledges.add(f"Vrtec {number}")
    assert queries() == few


def test_status_compares_index_and_records(pledges, news) -> None:
    pledges.index("Steza")
    pledges.add("Vrtec")
    before = services.status()
    assert (before.documents, before.records) == ({"pledge": 1}, {"pledge": 2, "news": 0})
    assert not before.analysis_current and before.rebuilt_at is None
    services.rebuild()
    after = services.status()
    assert after.documents == {"pledge": 2}
    assert after.analysis_current and after.analysis == analysis_version()
    assert after.rebuilt_at is not None


def test_each_rebuild_is_a_generation(pledges) -> None:
    assert IndexState.current().generation == 0
    services.rebuild()
    services.rebuild()
    assert IndexState.current().generation == 2


def test_a_record_named_often_in_one_transaction_is_written_once(
    pledges, monkeypatch, django_capture_on_commit_callbacks
) -> None:
    asked: list[tuple[str, list[int]]] = []
    monkeypatch.setattr(services, "reindex_now", lambda type_code, pks: asked.append((type_code, list(pks))))
    with django_capture_on_commit_callbacks(execute=True):
        first, second = pledges.add("Kolesarska steza").pk, pledges.add("Knjižnica").pk
        for _time in range(3):
            services.reindex("pledge", [first])
        services.reindex("pledge", [second, first])
    assert asked == [("pledge", [first, second])]


def test_what_a_rolled_back_savepoint_asked_for_does_not_stand_in_the_way(
    pledges, monkeypatch, django_capture_on_commit_callbacks
) -> None:
    asked: list[tuple[str, list[int]]] = []
    monkeypatch.setattr(services, "reindex_now", lambda type_code, pks: asked.append((type_code, list(pks))))
    with django_capture_on_commit_callbacks(execute=True):
        with pytest.raises(ZeroDivisionError), services.transaction.atomic():
            services.reindex("pledge", [1])
            _ = 1 / 0
        services.reindex("pledge", [2])
    assert asked == [("pledge", [2])]
