"""The words of the index: counted with every write, suggested, and offered for misspelt ones."""

import pytest
from django.db.models import Sum

from search import services
from search.engines import Within, get_engine
from search.models import SearchEntry, SearchWord
from search.most_words import most_words
from search.queries import read_query
from search.query_language import Field, Named
from search.suggesting import complete, did_you_mean


def words() -> dict[str, int]:
    return dict(SearchWord.objects.values_list("word", "documents"))


def test_words_are_counted_by_document_with_their_spelling(pledges) -> None:
    pledges.index("Žepna igrišča", body="Igrišča v Mariboru 2022, v.")
    pledges.index("Žepna luč")
    assert words() == {"zepna": 2, "igrisca": 1, "mariboru": 1, "luc": 1}
    spellings = dict(SearchWord.objects.values_list("word", "spelling"))
    assert spellings["igrisca"] == "Igrišča" or spellings["igrisca"] == "igrišča"
    assert spellings["mariboru"] == "Mariboru"


def test_a_changed_and_a_withdrawn_text_take_their_words_along(pledges) -> None:
    changed, withdrawn = pledges.index("Steza ob reki"), pledges.index("Skrivnostna steza")
    pledges.fields[changed.pk]["title"] = "Steza v gozdu"
    services.reindex_now("pledge", [changed.pk])
    pledges.hidden.add(withdrawn.pk)
    services.reindex_now("pledge", [withdrawn.pk])
    assert words() == {"steza": 1, "gozdu": 1}


def test_rebuilds_count_nothing_twice(pledges) -> None:
    for number in range(5):
        pledges.add("Steza", body=f"beseda{number} steza")
    services.rebuild()
    services.rebuild()
    assert words()["steza"] == 5
    gone = next(iter(pledges.fields))
    pledges.hidden.add(gone)
    services.rebuild()
    assert words()["steza"] == SearchEntry.objects.count() == 4
    assert SearchWord.objects.aggregate(total=Sum("documents"))["total"] == 8


def test_the_last_word_is_completed_by_the_commonest(pledges) -> None:
    for title in ("Kolesarska steza", "Kolesarska pot", "Kolesnica", "Kolo"):
        pledges.index(title)
    engine = get_engine()
    assert complete("kol", engine) == ["Kolesarska", "Kolesnica", "Kolo"]
    assert complete("KOLESA", engine) == ["Kolesarska"]
    # Beside another word only what both find.
    assert complete("steze kol", engine) == ["steze Kolesarska"]
    for typed in ("kolo", "kol ", "k", "", '"kol"', "-kol"):
        assert complete(typed, engine) == []


def test_the_completion_that_finds_most_with_the_other_words_comes_first(pledges) -> None:
    for number in range(5):
        pledges.index(f"Stanje {number}", body="Stanja in stanju.")
    for title in ("Kolesarska steza", "Kolesarska stezo", "Kolesarska steze, stanje", "Steza"):
        pledges.index(title)
    engine = get_engine()
    assert complete("st", engine)[0].lower() == "stanje"
    # One form of each word.
    found = [text.lower() for text in complete("kolesarska st", engine)]
    assert found[0].startswith("kolesarska stez") and len(found) == 2


def test_completions_keep_to_where_is_searched(pledges, client) -> None:
    pledges.index("Kolo", facets={"municipality": ["ptuj"]})
    for title in ("Kolesarska steza", "Kolesarska pot"):
        pledges.index(title, facets={"municipality": ["celje"]})
    engine = get_engine()
    assert complete("kol", engine) == ["Kolesarska", "Kolo"]
    assert complete("kol", engine, scope=[Within("municipality", ("ptuj",))]) == ["Kolo"]
    assert complete("kol", engine, facets={"type": ["news"]}) == []
    answer = client.get("/sl/search/suggest/", {"q": "kol", "type": "municipality:ptuj"}).json()
    assert answer["words"] == ["Kolo"] and [hit["title"] for hit in answer["hits"]] == ["Kolo"]
    assert client.get("/sl/search/suggest/", {"q": "kol", "type": "news"}).json() == {"words": [], "hits": []}
    assert len(client.get("/sl/search/suggest/", {"q": "kol", "type": ""}).json()["hits"]) == 3


class Places(Field):
    code = "place"
    label = "kraj"

    def values(self) -> list[Named]:
        return [Named("maribor", {"sl": "Maribor"}), Named("novo-mesto", {"sl": "Novo mesto"})]


def test_an_unknown_value_gets_the_spelling_of_a_value(pledges, monkeypatch) -> None:
    monkeypatch.setattr("search.query_language.fields._fields", {})
    monkeypatch.setattr("search.query_language.fields._names", lambda: {"kraj": Places()})
    pledges.index("Seznama", facets={"place": ["maribor"]})
    pledges.index("Maribar", facets={"place": ["novo-mesto"]})

    def better(text: str) -> str:
        return did_you_mean(read_query(text), get_engine())

    assert better("kraj:neznana") == ""
    assert better("kraj:Mariborr") == "kraj:Maribor"
    assert better("kraj:Mariborr sezname") == "kraj:Maribor sezname"
    assert better('kraj:"Novi mostu"') == ""
    assert better('kraj:"Novo messto" maribar') == 'kraj:"Novo mesto" maribar'
    # Only what finds something.
    assert better("kraj:Mariborr letalo") == ""


def test_a_misspelt_word_gets_a_better_spelling_only_if_that_finds_something(pledges) -> None:
    pledges.index("Kolesarska steza")
    pledges.index("Otroško igrišče", body="Igrišče za mlade.")

    def better(text: str) -> str:
        return did_you_mean(read_query(text), get_engine())

    assert better("kolesraska steza").lower() == "kolesarska steza"
    assert better("igrsče").lower() == "igrišče"
    assert better("kolesraska igrišče") == ""
    assert better("xyzxyz") == ""
    assert better("kolesarskih igrišč") == ""
    assert better('-kolo "letalo"') == ""


def test_most_words_of_a_sentence(pledges) -> None:
    for number in range(20):
        pledges.index(f"Vrtec {number}", body="V občini bo nov vrtec.")
    steza = pledges.index("Kolesarska steza", body="Do šole v občini.")
    pledges.index("Šola", body="V občini.")

    def partial(text: str):
        return most_words(read_query(text), get_engine())

    found = partial("kdaj bo v občini zgrajena kolesarska steza do šole")
    assert [hit.id for hit in found.results.hits][0] == f"pledge-{steza.pk:04}"
    assert found.results.total == 1
    assert "občini" not in found.words and "steza" in found.words
    # A common word alone is no match.
    assert partial("letalo v občini") is None
    assert partial("letalo") is None
    assert partial('"steza kolesarska"').results.total == 1


def test_function_words_are_no_match(pledges) -> None:
    pledges.index("The lanes", body="With safe lanes for the schools.", language="en")
    pledges.index("Kako je", body="Kako naprej?")
    for number in range(20):
        pledges.index(f"Steza {number}")
    for text in ("the zzzzz", "kako zzzzz", "with zzzzz for qqqqq", "lanes zzzzz qqqqq", "lanes schools zzzzz qqqqq"):
        assert most_words(read_query(text), get_engine()) is None, text
    assert most_words(read_query("where are the lanes"), get_engine()).words == ["lanes"]
    assert most_words(read_query("lanes schools zzzzz"), get_engine()).results.total == 1


def test_what_is_common_in_one_language_is_no_match(pledges) -> None:
    for number in range(90):
        pledges.index(f"Steza {number}", language="sl", facets={"language": ["sl"]})
    for number in range(10):
        body = "Promise" if number < 3 else "Other"
        pledges.index(f"Lane {number}", body=body, language="en", facets={"language": ["en"]})
    assert most_words(read_query("promise zzzzz"), get_engine()) is None


@pytest.mark.parametrize("typed", ["", "…", "a", "\x00", '"', "-", "občina:", "x" * 5_000, "😀😀"])
def test_odd_texts_are_answered(pledges, typed: str) -> None:
    complete(typed, get_engine())
    did_you_mean(read_query(typed), get_engine())
    most_words(read_query(typed), get_engine())
