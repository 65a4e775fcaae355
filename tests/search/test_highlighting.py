"""Marks in the original text: escaped, by key, and the stretch that says most."""

import html
import re

import pytest

from search.analysis import Synonym, Term, highlight, query_terms, snippet, tokens


def test_other_forms_are_marked_in_the_original_spelling() -> None:
    assert (
        highlight("Kolesarska steza v Mariboru", "sl", query_terms("kolesarskih stez"))
        == "<mark>Kolesarska</mark> <mark>steza</mark> v Mariboru"
    )


def test_georgian_is_marked_for_a_query_in_latin_letters() -> None:
    assert highlight("ახალი სკოლები", "ka", query_terms("skola")) == "ახალი <mark>სკოლები</mark>"


@pytest.mark.parametrize("make", [highlight, snippet])
def test_markup_in_the_text_is_escaped(make) -> None:
    text = "<script>alert(\"steza\")</script> & <mark>steza</mark> 'x'"
    marked = make(text, "sl", query_terms("steza script"))
    assert re.findall(r"<(?!/?mark>)", marked) == []
    assert html.unescape(re.sub(r"</?mark>", "", marked)).count("steza") == 2
    assert "<mark>steza</mark>" in marked


def test_a_snippet_is_the_stretch_with_most_of_the_words() -> None:
    text = "steza " + "beseda " * 100 + "kolesarska steza v Mariboru " + "konec " * 100
    found = snippet(text, "sl", query_terms("kolesarska steza maribor"))
    assert "<mark>kolesarska</mark> <mark>steza</mark> v <mark>Mariboru</mark>" in found
    assert found.startswith("… ") and found.endswith(" …")
    assert 25 <= len(found.split()) <= 35


def test_a_snippet_of_a_short_text_is_the_whole_text() -> None:
    assert snippet("Prva steza.", "sl", query_terms("steza")) == "Prva <mark>steza</mark>."


def test_a_snippet_without_a_match_is_the_beginning() -> None:
    found = snippet("ena " * 50, "sl", query_terms("steza"))
    assert found.startswith("ena") and found.endswith(" …") and "<mark>" not in found


def test_a_snippet_of_nothing_is_empty() -> None:
    assert snippet("", "sl", query_terms("steza")) == ""
    assert snippet("— …", "sl", query_terms("steza")) == ""


def test_one_word_very_often_stays_readable() -> None:
    assert snippet("steza " * 5_000, "sl", query_terms("steza")).count("<mark>") == 30


@pytest.mark.parametrize(
    "term",
    [
        Term("steza", frozenset({"steza"})),
        Term("ste", frozenset(), prefix=True),
        Term("celje", frozenset({"0celj"}), forms=frozenset({"celja", "celju"})),
        Term("pot", frozenset(), synonyms=(Synonym((Term("nova", frozenset({"nov"})), Term("steza", frozenset()))),)),
    ],
)
def test_what_is_marked_is_what_a_term_finds(term: Term) -> None:
    text = "Nove steze v Celju – stezica, stežaj, POT, — _ Steza nov Celja 日本 steze."
    found = [text[token.start : token.end] for token in tokens(text, "sl") if term.finds(token.surface, token.keys)]
    others = [Term("nicesar", frozenset()), term]
    assert re.findall("<mark>(.*?)</mark>", highlight(text, "sl", others)) == found
    assert found
