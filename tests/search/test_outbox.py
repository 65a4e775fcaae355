"""Changes wait in the outbox, written with what they follow, until the index has them."""

import pytest
from django.db import connection, transaction

from search import registry, services
from search.models import IndexState, OutboxEntry, RemoteIndex, RemovedEntry, SearchEntry
from search.services import outbox
from zaveza import clock


def test_a_change_is_in_the_transaction_of_the_record(pledges) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        services.reindex("pledge", [pledges.add("Steza").pk])
        assert OutboxEntry.objects.count() == 1
        _ = 1 / 0
    assert not OutboxEntry.objects.exists()


def test_a_commit_drains_the_outbox_once(pledges, find, monkeypatch, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        first, second = pledges.add("Steza").pk, pledges.add("Steza").pk
        for _time in range(3):
            services.reindex("pledge", [first])
        services.reindex("pledge", [second, first])
    assert len(callbacks) == 1
    assert find("steza").total == 2
    assert not OutboxEntry.objects.exists()


def test_what_a_rolled_back_savepoint_asked_for_does_not_stand_in_the_way(
    pledges, find, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            services.reindex("pledge", [1])
            _ = 1 / 0
        services.reindex("pledge", [pledges.add("Steza").pk])
    assert find("steza").total == 1


def test_a_failure_never_reaches_the_one_who_saved_and_loses_nothing(
    pledges, find, monkeypatch, django_capture_on_commit_callbacks
) -> None:
    def fail(*args: object) -> None:
        raise RuntimeError("the index is broken")

    with monkeypatch.context() as broken:
        broken.setattr(outbox.IndexState, "next_write", fail)
        with django_capture_on_commit_callbacks(execute=True):
            services.reindex("pledge", [pledges.add("Steza").pk])
    assert (find("steza").total, OutboxEntry.objects.count()) == (0, 1)
    assert services.drain() == 1
    assert find("steza").total == 1


def test_one_record_that_cannot_be_indexed_holds_up_no_other(pledges, find, monkeypatch) -> None:
    bad, good = pledges.add("Steza").pk, pledges.add("Vrtec").pk
    pledges.fields[bad]["language"] = None
    services.reindex("pledge", [bad, good])
    assert services.drain() == 1
    assert find("vrtec").total == 1
    waiting = OutboxEntry.objects.get()
    assert (waiting.object_pk, waiting.attempts) == (str(bad), 1)
    # It is not tried at every change, but when somebody looks after what failed.
    assert services.drain() == 0
    pledges.fields[bad]["language"] = "sl"
    assert services.drain(again=True) == 1
    assert find("steza").total == 1


def test_a_change_of_a_type_that_no_app_has_any_more_goes(pledges, monkeypatch) -> None:
    services.reindex("pledge", [1])
    monkeypatch.setattr(registry, "_sources", {})
    assert services.drain() == 1
    assert not OutboxEntry.objects.exists()


def test_what_is_as_it_should_be_is_not_written_again(pledges) -> None:
    group = pledges.index("Steza")
    before = SearchEntry.objects.get().version
    services.reindex_now("pledge", [group.pk])
    assert SearchEntry.objects.get().version == before
    pledges.fields[group.pk]["title"] = "Pot"
    services.reindex_now("pledge", [group.pk])
    assert SearchEntry.objects.get().version > before


def test_numbers_of_writes_only_grow(db) -> None:
    assert [IndexState.next_write().version for _write in range(3)] == [1, 2, 3]


def test_removed_documents_are_remembered_only_while_another_index_follows(pledges) -> None:
    for remembered in (0, 1):
        group = pledges.index("Steza")
        pledges.hidden.add(group.pk)
        services.reindex_now("pledge", [group.pk])
        assert RemovedEntry.objects.count() == remembered
        RemoteIndex.objects.create(prefix="p", number=1, name=f"i{remembered}", uuid="u", started_at=clock.now())


def test_many_changes_are_noted_in_few_statements(pledges, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(12):
        services.reindex("pledge", range(2_500))
    assert OutboxEntry.objects.count() == 2_500
    assert connection.in_atomic_block
