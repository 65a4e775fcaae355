"""Synonyms and names: what a query is widened by."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from search import reference
from search.analysis import SynonymGroup, Vocabulary, highlight, name_forms, name_words, query_terms
from search.models import SearchName, SearchSynonym
from search.vocabulary import current_vocabulary


def widened(text: str, *groups: SynonymGroup, **forms: list[str]):
    return Vocabulary.of(groups, forms).widened(query_terms(text))


def synonyms(term) -> set[str]:
    return {" ".join(word.surface for word in synonym.words) for synonym in term.synonyms}


NGO = SynonymGroup.read(["NVO", "nevladna organizacija", "NGO"])
NGO_AND_CSO = SynonymGroup.read(["CSO", "nevladna organizacija"])


def test_each_word_of_a_group_brings_in_the_others() -> None:
    young, ngo = widened("mladi NVO", NGO)
    assert synonyms(young) == set()
    assert synonyms(ngo) == {"nevladna organizacija", "ngo"}


def test_a_phrase_is_known_in_any_form_but_only_whole() -> None:
    for term in widened("nevladnih organizacij", NGO):
        assert synonyms(term) == {"nvo", "ngo"}
    for term in widened("organizacija dogodkov nevladna", NGO):
        assert synonyms(term) == set()


def test_a_word_in_quotation_marks_is_that_form_alone() -> None:
    group = SynonymGroup.read(["upokojenci", "„starejših“"])
    (term,) = widened("upokojencev", group)
    ((word,),) = [synonym.words for synonym in term.synonyms]
    assert (word.surface, word.keys) == ("starejsih", frozenset())
    assert synonyms(*widened("starejših", group)) == {"upokojenci"}
    assert synonyms(*widened("star", group)) == set()


def test_a_short_word_of_a_group_is_met_as_it_stands_only() -> None:
    assert synonyms(*widened("CSO", NGO_AND_CSO)) == {"nevladna organizacija"}
    assert synonyms(*widened("CŠOD", NGO_AND_CSO)) == set()


def test_a_light_stem_alone_brings_nothing_in() -> None:
    (term,) = widened("županija", SynonymGroup.read(["župan", "županja"], related=True))
    assert synonyms(term) == set()


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Črnomelj", "črnomljem"),
        ("Naklo", "naklem"),
        ("Trbovlje", "trbovelj"),
        ("Domžale", "domžalah"),
        ("Novak", "novakovega"),
        ("Ana", "anine"),
        ("Gabor", "gaborja"),
        ("Velenje", "velenjem"),
        ("Mengeš", "mengšu"),
    ],
)
def test_names_are_declined(name, form) -> None:
    (word,) = name_words(name)
    (folded,) = [term.surface for term in query_terms(form)]
    assert folded in name_forms(word)


def test_small_words_are_no_names() -> None:
    assert name_words("Šmarje pri Jelšah") == ["smarje", "jelsah"]
    assert name_words("Renče-Vogrsko") == ["rence", "vogrsko"]
    assert name_words("ba Bo") == []


def test_forms_of_a_name_are_looked_for_as_they_stand() -> None:
    (term,) = widened("Naklem", naklo=["nakla", "naklem"])
    assert term.forms == {"naklo", "nakla"}
    assert "<mark>Nakla</mark>" in highlight("Občina Nakla", "sl", [term])


def test_synonyms_are_marked() -> None:
    terms = widened("NVO", NGO)
    assert highlight("Nevladne organizacije", "sl", terms) == "<mark>Nevladne</mark> <mark>organizacije</mark>"


def test_a_search_finds_synonyms_and_related_words_last(pledges, find) -> None:
    pledges.index("Nevladne organizacije", id="ngo")
    pledges.index("Prostor za starejše", id="old")
    for number in range(12):
        pledges.index(f"Nekaj drugega {number}")
    assert [hit.id for hit in find("NVO").hits] == ["ngo"]
    assert [hit.id for hit in find("upokojencem").hits] == ["old"]
    pledges.index("Odlok", body="Podpiše ga županja, kot vedno, vsako leto in povsod.", id="woman")
    pledges.index("Odlok", body="Podpišejo ga župani, kot vedno, vsako leto in povsod.", id="man")
    assert [hit.id for hit in find("župan").hits] == ["man", "woman"]
    assert [hit.id for hit in find("županje").hits] == ["woman", "man"]
    assert find("župan odlok").total == 2
    assert find("županija").total == 0


def test_names_of_records_and_of_editors_are_found(pledges, find, django_capture_on_commit_callbacks) -> None:
    pledges.index("Vrtec", body="Pot nad Črnomljem", id="place")
    assert [hit.id for hit in find("Črnomelj").hits] == ["place"]  # a municipality of the reference data
    pledges.index("Šola", body="Pri Xorvinetih", id="odd")
    assert find("Xorvi").total == 0
    with django_capture_on_commit_callbacks(execute=True):
        SearchName.objects.create(name="Xorvi", forms="Xorvinetih Xorvinete")
    assert [hit.id for hit in find("Xorvi").hits] == ["odd"]


def test_a_change_counts_at_once_and_costs_no_query_else(db, django_capture_on_commit_callbacks) -> None:
    current_vocabulary()
    with CaptureQueriesContext(connection) as context:
        before = current_vocabulary()
    assert len(context) == 0
    with django_capture_on_commit_callbacks(execute=True):
        SearchSynonym.objects.create(words="ena\nuna")
    assert len(current_vocabulary().groups) == len(before.groups) + 1


def test_a_new_site_has_synonyms(db) -> None:
    shipped = {words for words, _related in reference.groups()}
    assert {synonym.words for synonym in SearchSynonym.objects.all()} == shipped
    assert str(SearchSynonym.objects.get(words__startswith="župan\n")) == "župan = županja"
    reference.load(SearchSynonym)
    assert SearchSynonym.objects.count() == len(shipped)
    for synonym in SearchSynonym.objects.all():
        synonym.full_clean()


@pytest.mark.parametrize("words", ["", "sam", "sam\nsam\n", "\n".join(f"w{number}" for number in range(13))])
def test_a_group_has_a_few_words(words) -> None:
    with pytest.raises(ValidationError):
        SearchSynonym(words=words).clean()


@pytest.mark.parametrize("name", ["Novo mesto", "…", ""])
def test_a_name_is_one_word(name) -> None:
    with pytest.raises(ValidationError):
        SearchName(name=name, forms="x").clean()


@pytest.mark.parametrize("path", ["search_synonyms", "search_names"])
def test_both_are_edited_in_the_admin(admin_client, path) -> None:
    SearchName.objects.create(name="Črnomelj", forms="Črnomljem")
    for address in (f"/admin/{path}/", f"/admin/{path}/new/"):
        assert admin_client.get(address).status_code == 200
    assert admin_client.get(f"/admin/{path}/", {"q": "zup"}).status_code == 200
