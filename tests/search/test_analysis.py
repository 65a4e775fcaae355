"""Words to tokens: folding, the cut of long words, keys that inflected forms share."""

import pytest

from search.analysis import analyse, document_keys, fold, query_terms, tokens
from search.analysis.folding import MAX_TOKEN


@pytest.mark.parametrize(
    ("word", "folded"),
    [
        ("Žužemberk", "zuzemberk"),
        ("c\u030cas", "cas"),  # decomposed
        ("Łódź", "lodz"),
        ("đak", "dak"),
        ("Straße", "strasse"),
        ("სკოლა", "skola"),
        ("ᲡᲙᲝᲚᲐ", "skola"),  # Georgian capitals
        ("სტკ'", "stk"),
        ("O’Brien", "obrien"),
        ("obči\u00adna", "obcina"),
        ("½", "12"),
    ],
)
def test_fold_knows_one_spelling(word: str, folded: str) -> None:
    assert fold(word) == folded


def test_a_long_word_is_cut_in_text_and_query_alike() -> None:
    (token,) = tokens("a" * 10_000, "sl")
    (term,) = query_terms("a" * 9_000)
    assert token.surface == term.surface == "a" * MAX_TOKEN


def test_tokens_stand_where_the_words_stand() -> None:
    text = "Šola v c\u030casu — 2. 300 €!"
    assert [text[token.start : token.end] for token in tokens(text, "sl")] == ["Šola", "v", "c\u030casu", "2", "300"]


def test_tokens_are_plain_for_every_engine() -> None:
    analysed = analyse('»Kolesarska« *steza* NEAR(x) "Łódź" სკოლაში O\'Neil 北京 100 %_', "sl")
    assert set(analysed.surface) | set(analysed.keys) <= set("abcdefghijklmnopqrstuvwxyz0123456789 ")
    assert analysed.surface.split()[:2] == ["kolesarska", "steza"]


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("sl", "steza steze stezi stezo stezama stezah stez stezami"),
        ("sl", "kolesarska kolesarskih kolesarske kolesarskega kolesarskima"),
        ("sl", "igrišče igrišča igrišču igriščih igrišč"),
        ("sl", "vrtec vrtca vrtcih vrtcema"),
        ("sl", "kanalizacija kanalizacijo kanalizaciji kanalizacije"),
        ("sl", "Maribor Mariboru Maribora Mariborom"),
        ("pl", "szkoła szkoły szkołę szkołami szkołach"),
        ("pl", "boisko boiska boisku boiskami"),
        ("en", "school schools"),
        ("en", "build builds built"),
        ("en", "policy policies"),
        ("ka", "სკოლა სკოლაში სკოლის სკოლებისთვის სკოლასთან სკოლებს"),
        ("ka", "ბათუმი ბათუმში ბათუმიდან ბათუმს"),
    ],
)
def test_forms_of_one_word_share_a_key(language: str, forms: str) -> None:
    keys = [document_keys(fold(form), language) for form in forms.split()]
    assert frozenset.intersection(*keys), dict(zip(forms.split(), keys, strict=True))


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [("sl", "cesta", "cilj"), ("sl", "občina", "občan"), ("pl", "szkoła", "szkoda"), ("en", "park", "part")],
)
def test_other_words_share_none(language: str, one: str, other: str) -> None:
    assert not document_keys(fold(one), language) & document_keys(fold(other), language)


@pytest.mark.parametrize("word", ["ZD", "SD", "KS", "OŠ", "AI", "on", "go"])
def test_of_two_letters_a_word_is_itself_alone(word: str) -> None:
    (term,) = query_terms(word)
    assert term.keys == {fold(word)}
    for language in ("sl", "en", "ka", "pl"):
        assert document_keys(fold(word), language) == {fold(word)}


@pytest.mark.parametrize(
    ("word", "no_keys"), [("RTV", "r rt"), ("NVO", "nv nva nvi"), ("dom", "do"), ("CSO", "cti csa csi"), ("las", "la")]
)
def test_of_three_letters_nothing_is_guessed(word: str, no_keys: str) -> None:
    (term,) = query_terms(word)
    assert fold(word) in term.keys
    assert term.keys.isdisjoint(no_keys.split())


@pytest.mark.parametrize(
    ("language", "form", "lemma"),
    [("sl", "psa", "pes"), ("sl", "dni", "dan"), ("sl", "žab", "žaba"), ("pl", "psy", "pies"), ("en", "men", "man")],
)
def test_short_forms_that_a_table_knows_have_their_lemma(language: str, form: str, lemma: str) -> None:
    assert fold(lemma) in document_keys(fold(form), language)
    (term,) = query_terms(form)
    assert fold(lemma) in term.keys


@pytest.mark.parametrize("language", ["sl", "en", "ka", "pl"])
def test_no_word_has_a_key_of_two_letters_but_such_a_word(language: str) -> None:
    for word in ("dom", "goes", "cest", "ais", "rtvs", "skis", "odo"):
        assert min(map(len, document_keys(word, language))) > 2, word


def test_a_query_is_read_in_every_language_of_the_site() -> None:
    (term,) = query_terms("szkołami")
    assert document_keys("szkola", "pl") & term.keys
    (term,) = query_terms("skolashi")  # Georgian in Latin letters
    assert document_keys(fold("სკოლა"), "ka") & term.keys


def test_query_terms_are_each_once_and_only_words() -> None:
    assert [term.surface for term in query_terms('Steza, steza! * " 😀 AND')] == ["steza", "and"]
    assert query_terms('*"()^:… 😀 \x00') == []
