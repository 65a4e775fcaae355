"""`manage.py search_index` and `manage.py search`."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from search.models import SearchEntry


def run(*args: str, **options) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command(*args, stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


def test_rebuild_says_what_it_wrote(pledges) -> None:
    pledges.add("Steza")
    out, err = run("search_index", "rebuild")
    assert out == "1 documents in the index.\n"
    assert "pledge" in err
    assert run("search_index", "rebuild", verbosity=0) == ("", "")


def test_status_tells_of_a_needed_rebuild(pledges) -> None:
    out, _err = run("search_index", "status")
    assert "never" in out and "needs a rebuild" in out
    run("search_index", "rebuild")
    assert "needs a rebuild" not in run("search_index", "status")[0]


def test_sync_prints_what_it_found_and_puts_it_right(pledges, find) -> None:
    changed, gone = pledges.index("Steza"), pledges.index("Igrišče")
    pledges.fields[changed.pk]["title"] = "Pot"
    pledges.hidden.add(gone.pk)
    pledges.add("Vrtec")
    out, _err = run("search_index", "sync")
    assert "outdated\tpledge" in out and "surplus\tpledge" in out and "missing\tpledge" in out
    assert "1 missing, 1 outdated, 1 surplus; put right" in out
    assert [find(word).total for word in ("pot", "vrtec", "steza", "igrišče")] == [1, 1, 0, 0]
    assert run("search_index", "sync")[0] == "In the index in the database: nothing differs.\n"
    assert run("search_index", "sync", verbosity=0)[0] == ""


def test_sync_puts_right_what_was_written_by_hand(pledges, find) -> None:
    pledges.index("Steza")
    SearchEntry.objects.update(title="Grad", surface_title="grad", keys_title="grad")
    assert "1 outdated" in run("search_index", "sync")[0]
    assert SearchEntry.objects.get().title == "Steza"
    assert [find(word).total for word in ("grad", "steza")] == [0, 1]


def test_rebuild_says_when_elasticsearch_does_not_answer(pledges, settings, monkeypatch) -> None:
    monkeypatch.setattr("search.services.mirroring.PATIENCE", 0)
    settings.ELASTICSEARCH_URL = ["http://127.0.0.1:1"]
    pledges.add("Steza")
    for action in ("rebuild", "sync"):
        with pytest.raises(CommandError, match="Elasticsearch"):
            run("search_index", action)
    assert "no index" in run("search_index", "status")[0]


def test_search_prints_hits(pledges) -> None:
    pledges.index("Kolesarska steza", id="AJD-2022-04")
    pledges.index("Steza")
    out, _err = run("search", "kolesarskih stez")
    assert out == "  1  AJD-2022-04  Kolesarska steza\n1 hits.\n"
    answer = json.loads(run("search", "steza", "--json", "--limit", "1")[0])
    assert (answer["total"], len(answer["hits"])) == (2, 1)
    assert set(answer["hits"][0]) == {"rank", "id", "type", "language", "title", "url"}


def test_search_tells_when_the_query_was_cut(pledges) -> None:
    _out, err = run("search", " ".join(f"beseda{number}" for number in range(40)))
    assert err


@pytest.mark.parametrize(
    ("arguments", "message", "code"),
    [
        (["…"], "no word", 1),
        (["steza", "--limit", "0"], "--limit", 1),
        (["steza", "--engine", "elasticsearch"], "ELASTICSEARCH_URL is not set", 2),
        (["steza", "--engine", "oracle"], "does not run on this database", 2),
    ],
)
def test_search_says_why_it_cannot(pledges, arguments, message, code) -> None:
    with pytest.raises(CommandError, match=message) as raised:
        run("search", *arguments)
    assert raised.value.returncode == code


def test_a_file_of_queries_is_run(pledges, tmp_path) -> None:
    pledges.index("Kolesarska steza", id="AJD-2022-04", body="steza steza")
    pledges.index("Steza", id="AJD-2022-05")
    queries, out = tmp_path / "queries.tsv", tmp_path / "run.tsv"
    queries.write_text('qid\tquery\nq1\tkolesarskih stez\nq2\t…\nq3\t"steza" -kolesarska\n', encoding="utf-8")
    printed, _err = run("search_run", str(queries), out=out)
    assert printed == "3 queries, 2 hits.\n"
    assert out.read_text() == "qid\trank\tid\nq1\t1\tAJD-2022-04\nq3\t1\tAJD-2022-05\n"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("run")] == ["run.tsv"]
    # As a spreadsheet saves it.
    queries.write_text("qid\tquery\nq1\tkolesarskih stez\n", encoding="utf-8-sig")
    assert run("search_run", str(queries), out=out)[0] == "1 queries, 1 hits.\n"


@pytest.mark.parametrize(
    ("content", "message"),
    [("query\nsteza\n", "columns"), ("qid\tquery\n\tsteza\n", "line 2"), ("qid\tquery\na\tb\na\tc\n", "line 3")],
)
def test_a_wrong_file_of_queries_is_told_and_nothing_written(db, tmp_path, content, message) -> None:
    queries, out = tmp_path / "queries.tsv", tmp_path / "run.tsv"
    queries.write_text(content, encoding="utf-8")
    with pytest.raises(CommandError, match=message):
        run("search_run", str(queries), out=out)
    assert not out.exists()
    with pytest.raises(CommandError):
        run("search_run", str(tmp_path / "none.tsv"), out=out)


def test_a_run_on_an_engine_that_is_not_there_ends_with_2(db, tmp_path) -> None:
    queries = tmp_path / "queries.tsv"
    queries.write_text("qid\tquery\nq1\tsteza\n", encoding="utf-8")
    with pytest.raises(CommandError) as raised:
        run("search_run", str(queries), out=tmp_path / "run.tsv", engine="oracle")
    assert raised.value.returncode == 2


def test_quality_needs_a_file_or_the_ranking(db) -> None:
    for arguments in ([], ["pairs.tsv", "--ranking"]):
        with pytest.raises(CommandError, match="--ranking"):
            run("search_quality", *arguments)
    with pytest.raises(CommandError, match="demo"):
        run("search_quality", "--ranking")
