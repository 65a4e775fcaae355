"""The index follows the records."""

import pytest

from search import services
from search.analysis import analysis_version
from search.models import SearchEntry


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
