"""A rebuild writes everything anew; nobody finds less meanwhile, and one that is killed is continued."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from search import services
from search.models import IndexState, SearchEntry


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


def test_each_rebuild_is_a_generation(pledges) -> None:
    assert IndexState.current().generation == 0
    services.rebuild()
    services.rebuild()
    assert IndexState.current().generation == 2


class Killed(BaseException):
    """What ends a process from outside."""


def killed_after(records: int):
    def progress(type_code: str, done: int, total: int) -> None:
        if done >= records:
            raise Killed

    return progress


def test_one_that_was_killed_is_continued_where_it_stood(pledges, news, find) -> None:
    gone = pledges.index("Steza")
    pledges.hidden.add(gone.pk)
    for number in range(3 * services.CHUNK):
        pledges.add(f"Vrtec {number}")
    news.add("Novica")
    with pytest.raises(Killed):
        services.rebuild(killed_after(2 * services.CHUNK))
    # Nothing that could be found before is missing meanwhile.
    assert find("steza").total == 1
    assert find("vrtec").total == 2 * services.CHUNK
    assert services.status().is_unfinished
    pledges.hidden.discard(gone.pk)
    pledges.fields[gone.pk]["title"] = "Knjižnica"
    services.reindex_now("pledge", [gone.pk])
    seen: list[tuple[str, int, int]] = []
    assert services.rebuild(lambda *step: seen.append(step)) == 3 * services.CHUNK + 2
    assert seen[0] == ("pledge", 2 * services.CHUNK + 1, 3 * services.CHUNK + 1)
    assert IndexState.current().generation == 1
    assert (find("vrtec").total, find("knjižnica").total) == (3 * services.CHUNK, 1)
    assert not services.status().is_unfinished


def test_it_starts_anew_when_asked_or_with_another_analysis(pledges, monkeypatch) -> None:
    for number in range(services.CHUNK + 1):
        pledges.add(f"Vrtec {number}")
    for change in (lambda: IndexState.objects.update(unfinished="older"), lambda: None):
        with pytest.raises(Killed):
            services.rebuild(killed_after(1))
        change()
        started_at: list[int] = []
        services.rebuild(lambda _type, done, _total, into=started_at: into.append(done), fresh=True)
        assert started_at[0] == 0


def test_what_has_not_changed_keeps_the_number_of_its_write(pledges) -> None:
    changed, same = pledges.index("Steza"), pledges.index("Vrtec")
    before = dict(SearchEntry.objects.values_list("object_pk", "version"))
    pledges.fields[changed.pk]["title"] = "Pot"
    services.rebuild()
    after = dict(SearchEntry.objects.values_list("object_pk", "version"))
    assert after[str(same.pk)] == before[str(same.pk)]
    assert after[str(changed.pk)] > before[str(changed.pk)]
