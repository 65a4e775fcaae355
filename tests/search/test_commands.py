"""`manage.py search_index` and `manage.py search`."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command


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
