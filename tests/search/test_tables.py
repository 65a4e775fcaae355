"""Learning suffixes from pairs of form and lemma, and the file of a table."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from search.analysis import analysis_version, document_keys, fold, query_keys
from search.analysis.tables import LANGUAGES, missing_tables, store, table_of, table_path
from search.analysis.tables.building import work_of
from search.analysis.tables.dictionaries import Part, folded_pairs
from search.analysis.tables.learning import RuleBook, learn, rule, rules_of_forms
from search.analysis.tables.siblings import georgian_siblings, slovene_siblings
from search.analysis.tables.table import BrokenTable, SuffixTable, known_number
from search.analysis.text import known_words
from search.checks import check_tables

PAIRS = [
    ("steza", "steza"), ("steze", "steza"), ("stezi", "steza"), ("stezo", "steza"), ("cesta", "cesta"),
    ("ceste", "cesta"), ("cesti", "cesta"), ("cest", "cesta"), ("mest", "mesto"), ("mesto", "mesto"),
    ("mesta", "mesto"), ("voda", "voda"), ("voda", "vod"), ("ljudje", "clovek"),
]  # fmt: skip


@pytest.fixture
def small() -> SuffixTable:
    book = RuleBook()
    forms = rules_of_forms(PAIRS, book)
    return SuffixTable.of("test-1", book.rules, learn(forms), map(known_number, forms))


@pytest.fixture
def without_tables(settings, tmp_path, monkeypatch):
    """A site whose tables were never built."""
    settings.SEARCH_TABLES_DIR = tmp_path
    caches = (store.table_of, document_keys, query_keys, known_words)
    for each in caches:
        each.cache_clear()
    yield tmp_path
    for each in caches:
        each.cache_clear()


def test_a_rule_cuts_and_adds() -> None:
    assert rule("stezami", "steza") == (2, "")
    assert rule("cest", "cesta") == (0, "a")
    assert rule("ljudje", "clovek") == (6, "clovek")


def test_what_was_learned_is_known_exactly(small) -> None:
    for form in {form for form, _lemma in PAIRS}:
        assert small.lemmas(form) == {lemma for other, lemma in PAIRS if other == form}, form
        assert small.knows(form)


def test_an_unknown_form_goes_by_those_that_end_like_it(small) -> None:
    assert small.lemmas("brezo") == {"breza"}
    assert not small.knows("brezo")


def test_an_unknown_last_letter_stays_as_it_is(small) -> None:
    assert small.lemmas("dvorec") == {"dvorec"}
    assert small.lemmas("2026") == {"2026"}


def test_each_last_letter_is_a_tree_of_its_own() -> None:
    """Trained together, the trees overwrite each other's root, and recall falls by a quarter."""
    book = RuleBook()
    suffixes = learn(rules_of_forms(PAIRS, book))
    assert "" not in suffixes
    assert {suffix for suffix in suffixes if len(suffix) == 1} == {form[-1] for form, _lemma in PAIRS}


def test_a_table_survives_its_file(small, tmp_path) -> None:
    path = tmp_path / "folder" / "sl.table"
    small.write(path)
    read = SuffixTable.read(path)
    assert read.key == "test-1"
    assert [read.lemmas(form) for form, _lemma in PAIRS] == [small.lemmas(form) for form, _lemma in PAIRS]
    assert read.knows("steza") and not read.knows("stezica")
    assert [file.name for file in path.parent.iterdir()] == ["sl.table"]


@pytest.mark.parametrize("content", [b"", b"{}\n", b"no table\n", b'{"key":"1","rules":[],"lengths":[5,5,5]}\n123'])
def test_a_broken_file_is_told(tmp_path, content) -> None:
    (tmp_path / "sl.table").write_bytes(content)
    with pytest.raises(BrokenTable):
        SuffixTable.read(tmp_path / "sl.table")


def test_siblings_add_what_the_listed_forms_show() -> None:
    listed = [("zivinoreja", "zivinoreja"), ("zivinorejo", "zivinoreja"), ("zivinorejah", "zivinoreja")]
    assert ("zivinorejama", "zivinoreja") in slovene_siblings(listed)
    assert slovene_siblings([("miza", "miza")]) == set()
    assert ("vecjega", "vecji") in slovene_siblings([("vecjemu", "vecji")])
    assert ("სკოლისთვის", "სკოლა") in set(georgian_siblings([("სკოლის", "სკოლა")]))
    assert list(georgian_siblings([("წერს", "წერ")])) == []


def test_parts_of_a_language_are_disjoint_and_complete() -> None:
    whole = set(folded_pairs("en"))
    halves = [set(folded_pairs("en", Part(number, 2))) for number in range(2)]
    assert halves[0] | halves[1] == whole
    assert not halves[0] & halves[1]
    assert min(map(len, halves)) > len(whole) / 3


@pytest.mark.parametrize(("language", "form"), [("en", "men"), ("pl", "psy"), ("sl", "psa")])
def test_every_table_knows_its_short_forms(language: str, form: str) -> None:
    table = table_of(language)
    assert table is not None
    assert table.knows(form)
    assert not table.knows("zd")


def test_the_tests_have_all_tables() -> None:
    assert missing_tables() == []
    assert check_tables() == []
    assert "stems" not in analysis_version()
    for language in LANGUAGES:
        assert table_of(language) is not None


def test_without_tables_words_go_by_light_stems_and_a_check_says_so(without_tables) -> None:
    assert table_of("sl") is None
    keys = document_keys(fold("stezami"), "sl")
    assert keys == document_keys(fold("steza"), "sl")
    assert keys & query_keys("steze", ("sl", "en"))
    assert "sl:stems" in analysis_version()
    (warning,) = check_tables()
    assert warning.id == "search.W001" and "sl, en, ka, pl" in warning.msg


def test_a_broken_table_is_as_none(without_tables, caplog) -> None:
    table_path("sl").write_bytes(b"no table")
    assert document_keys("steza", "sl") == {"0stez"}
    assert "light stems" in caplog.text


def test_the_command_builds_what_is_missing_and_nothing_else(without_tables, capsys) -> None:
    call_command("build_search_tables", "en")
    assert missing_tables() == ["sl", "ka", "pl"]
    table = SuffixTable.read(table_path("en"))
    assert table.lemmas("schools") == {"school"}
    assert str(table_path("en")) in capsys.readouterr().out
    before = table_path("en").stat().st_mtime_ns
    call_command("build_search_tables", "en")
    assert table_path("en").stat().st_mtime_ns == before
    assert work_of(["en"]) < work_of(["pl"])


@pytest.mark.parametrize(("arguments", "message"), [(["de"], "No dictionary"), (["--processes", "0"], "--processes")])
def test_the_command_says_what_it_cannot(without_tables: Path, arguments, message) -> None:
    with pytest.raises(CommandError, match=message):
        call_command("build_search_tables", *arguments)
