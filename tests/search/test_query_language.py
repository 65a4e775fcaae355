"""What is typed is understood, or a notice says what was not."""

import unicodedata
from collections.abc import Iterable

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from search.analysis import MAX_TOKEN, WORD, fold
from search.engines import Within, get_engine
from search.queries import MAX_TERMS, read_query
from search.query_language import Field, Named, known_fields, register_field, scan
from zaveza.middleware import MAX_QUERY_LENGTH

SLOW = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


class Places(Field):
    code = "place"
    label = "kraj"

    def values(self) -> Iterable[Named]:
        return [
            Named("sevnica", {"sl": "Sevnica"}),
            Named("novo-mesto", {"sl": "Novo mesto"}),
            Named("nova-gorica", {"sl": "Nova Gorica"}),
            Named("doing", {"sl": "v izvajanju", "en": "in progress", "pl": "w realizacji"}),
            Named("partly", {"sl": "delno izpolnjeno"}),
            Named("on-its-way", {"en": "on its way to being"}),
            Named("done", {"sl": "izpolnjeno", "en": "fulfilled", "pl": "spełnione", "ka": "შესრულებული"}),
        ]


@pytest.fixture(autouse=True)
def places(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """One field, and no others."""
    monkeypatch.setattr("search.query_language.fields._fields", {})
    register_field(Places())
    yield
    monkeypatch.undo()
    for field in list(known_fields().values()):
        register_field(field)


def surfaces(typed: str) -> list[str]:
    return [term.surface for term in read_query(typed).query.terms]


def test_words_phrases_and_exclusions() -> None:
    query = read_query('šola "nova steza" -vrtec -„stara pot“ −cesta').query
    assert [term.surface for term in query.terms] == ["sola"]
    assert query.phrases == (("nova", "steza"),)
    assert [term.surface for term in query.excluded] == ["vrtec", "cesta"]
    assert query.excluded_phrases == (("stara", "pot"),)
    assert read_query('šola "nova steza" -vrtec').notices == []


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("e-uprava", ["e", "uprava"]),
        ("- vrtec", ["vrtec"]),
        ("Šmarje-Sap", ["smarje", "sap"]),
        ("12-letni", ["12", "letni"]),
        ("http://a.si", ["http", "a", "si"]),
        ("kraj:", ["kraj"]),
        ("Opomba: dolga", ["opomba", "dolga"]),
    ],
)
def test_signs_inside_words_say_nothing(typed: str, words: list[str]) -> None:
    read = read_query(typed)
    assert [term.surface for term in read.query.terms] == words
    assert (read.query.excluded, read.notices) == ((), [])


@pytest.mark.parametrize(
    ("typed", "phrase"),
    [
        ("AJD-2022-04", ("ajd", "2022", "04")),
        ("ajd-2022-04,", ("ajd", "2022", "04")),
        ("10:30", ("10", "30")),
        ("12.5.2022", ("12", "5", "2022")),
    ],
)
def test_a_number_of_several_parts_is_a_phrase(typed: str, phrase: tuple[str, ...]) -> None:
    read = read_query(f"steza {typed} pot")
    assert (read.query.phrases, read.notices) == ((phrase,), [])
    assert [term.surface for term in read.query.terms] == ["steza", "pot"]
    # While it is typed, it is not complete.
    assert read_query(typed, as_you_type=True).query.phrases == (() if typed[-1].isdigit() else (phrase,))


def test_words_written_as_one_are_joined() -> None:
    query = read_query("občinski-proračun (e-uprava) šola,vrtec -e-pot").query
    assert query.joined == (("obcinski", "proracun"), ("e", "uprava"))
    assert query.named == ()
    assert "AJD-2022-04" in read_query("ajd-2022-04").query.named


def test_an_excluded_compound_is_a_phrase() -> None:
    assert read_query("uprava -e-uprava").query.excluded_phrases == (("e", "uprava"),)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("kraj:Sevnica", "sevnica"),
        ("place:sevnica", "sevnica"),
        ("KRAJ:Sevnici", "sevnica"),
        ("kraj: SEVNICI", "sevnica"),
        ('kraj:"Novo mesto"', "novo-mesto"),
        ('kraj:"novem mestu"', "novo-mesto"),
        ("kraj:novo-mesto", "novo-mesto"),
        ("kraj:gorica", "nova-gorica"),
        ("kraj:fulfilled", "done"),
        ("kraj:spelnione", "done"),
        ("kraj:შესრულებული", "done"),
        ("kraj:Novo mesto", "novo-mesto"),
        ("kraj:Novem mestu", "novo-mesto"),
        ("kraj: nova gorica,", "nova-gorica"),
        ("kraj:in progress", "doing"),
        ("KRAJ:v izvajanju", "doing"),
        ("kraj:w realizacji", "doing"),
        ("kraj:delno izpolnjeno", "partly"),
        ("kraj:izpolnjeno", "done"),
        ("place:on its way to being", "on-its-way"),
    ],
)
def test_a_field_takes_names_in_any_language_and_form(typed: str, value: str) -> None:
    read = read_query(f"steza {typed}")
    assert read.query.scope == (Within("place", (value,)),)
    assert [term.surface for term in read.query.terms] == ["steza"]
    assert read.notices == []
    assert read.conditions[0].rest == "steza"


@pytest.mark.parametrize(
    ("typed", "values", "words", "phrases"),
    [
        # An exact name of one word before another form of a longer one; up to a sign, a field, a quotation mark.
        ("kraj:Sevnica mesto", ("sevnica",), ["mesto"], ()),
        ("kraj:Nova, Gorica", ("nova-gorica", "novo-mesto"), ["gorica"], ()),
        ("kraj:Nova -Gorica", ("nova-gorica", "novo-mesto"), [], ()),
        ('kraj:Nova "Gorica"', ("nova-gorica", "novo-mesto"), [], (("gorica",),)),
        ("kraj:Nova & Gorica", ("nova-gorica", "novo-mesto"), ["gorica"], ()),
        ("kraj:Nova kraj:Gorica", ("nova-gorica", "novo-mesto"), [], ()),
        ("kraj:Nova Gorica steza ob Soči", ("nova-gorica",), ["steza", "ob", "soci"], ()),
    ],
)
def test_a_value_goes_on_as_far_as_there_is_such_a_name(typed: str, values, words, phrases) -> None:
    query = read_query(typed).query
    assert set(query.scope[0].values) == set(values)
    assert [term.surface for term in query.terms] == words
    assert query.phrases == phrases


def test_an_excluded_value_of_several_words() -> None:
    read = read_query("steza -kraj:Novo mesto pot")
    assert read.query.outside == (Within("place", ("novo-mesto",)),)
    assert read.conditions[0].rest == "steza pot"


def test_a_part_of_very_many_names_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    many = [Named(f"place-{number}", {"sl": f"Občina {number}"}) for number in range(21)]
    monkeypatch.setattr(Places, "values", lambda self: many)
    read = read_query("kraj:občina")
    assert read.query.scope == () and [term.surface for term in read.query.terms] == ["obcina"]
    (notice,) = read.notices
    assert "Nothing" not in notice and "občina" in notice and "20" in notice


def test_the_same_field_twice_means_any_of_both_and_a_minus_none() -> None:
    assert read_query("kraj:Sevnica kraj:gorica").query.scope == (Within("place", ("sevnica", "nova-gorica")),)
    assert read_query("-kraj:Sevnica").query.outside == (Within("place", ("sevnica",)),)


def test_unknown_fields_and_values_are_words_with_a_notice() -> None:
    read = read_query("avtor:Novak")
    assert [term.surface for term in read.query.terms] == ["avtor", "novak"]
    assert "avtor" in read.notices[0]
    read = read_query('avtor:"Ana Novak" steza')
    assert read.query.phrases == (("ana", "novak"),)
    assert [term.surface for term in read.query.terms] == ["avtor", "steza"]
    assert len(read.notices) == 1
    read = read_query("kraj:Atlantida -kraj:Lemurija")
    assert [term.surface for term in read.query.terms] == ["atlantida"]
    assert [term.surface for term in read.query.excluded] == ["lemurija"]
    assert len(read.notices) == 2 and "Atlantida" in read.notices[0]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ('"steza', ["steza"]),
        ('steza "', ["steza"]),
        ("kraj:„Novo", ["kraj", "novo"]),
        ("😀", []),
        ("steza -😀", ["steza"]),
        ("q" * 65, ["q" * 64]),
        (" ".join(f"b{number}" for number in range(40)), [f"b{number}" for number in range(MAX_TERMS)]),
    ],
)
def test_what_is_left_out_or_cut_is_told(typed: str, words: list[str]) -> None:
    read = read_query(typed)
    assert [term.surface for term in read.query.terms] == words
    assert len(read.notices) == 1


def test_a_long_phrase_is_cut_with_a_notice() -> None:
    words = [f"b{number}" for number in range(40)]
    read = read_query('"' + " ".join(words) + '" konec')
    assert read.query.phrases == (tuple(words[:MAX_TERMS]),)
    assert read.query.terms == () and len(read.notices) == 1


def test_the_exact_search_asks_for_each_word_as_it_stands() -> None:
    read = read_query('Kolesarskih stez -vrtec "na polju" kraj:Sevnica')
    assert read.exact_text == '"Kolesarskih" "stez" -vrtec "na polju" kraj:Sevnica'
    assert read_query(read.exact_text).query.phrases == (("kolesarskih",), ("stez",), ("na", "polju"))


@pytest.mark.parametrize(
    ("typed", "exact"),
    [
        ("medgeneracijsko-kulturni center", '"medgeneracijsko-kulturni" "center"'),
        ("steza e-steza steza", '"steza" "e-steza"'),
        ('steza-"pot"', '"steza-""pot"'),
        ("AJD-2022-04", "AJD-2022-04"),
        ('steza "pot', '"steza" "pot"'),
        ("avtor:Novak", '"avtor:Novak"'),
        ('avtor:"Novak" -avtor', '"avtor":"Novak" -avtor'),
        ("kraj:Novo mesto -e-pot Šmarje-Sap", 'kraj:Novo mesto -e-pot "Šmarje-Sap"'),
    ],
)
def test_the_exact_search_keeps_together_what_is_written_together(typed: str, exact: str) -> None:
    assert read_query(typed).exact_text == exact


def test_the_exact_search_is_not_offered_where_it_would_lose_an_exclusion() -> None:
    typed = "e-pot " + " ".join(f"e-{word}" for word in "abcdfghijklmnoprstuvzqwxy") + " -vrtec"
    read = read_query(typed)
    assert not read.notices
    assert [term.surface for term in read.query.excluded] == ["vrtec"]
    assert read.exact_text == ""


def test_a_phrase_to_exclude_that_does_not_fit_is_left_out_whole() -> None:
    typed = " ".join(f"beseda{number}" for number in range(MAX_TERMS - 2)) + ' -"vrtec šola dom"'
    read = read_query(typed)
    assert read.notices
    assert read.query.excluded_phrases == ()


def test_the_last_word_is_a_beginning_only_while_it_is_typed() -> None:
    assert [term.prefix for term in read_query("nova kol", as_you_type=True).query.terms] == [False, True]
    for typed in ("kol ", "ko", '"kol"', "-kol", "kol."):
        terms = read_query(typed.rstrip(" ") + (" x" if typed.endswith(" ") else ""), as_you_type=True).query.terms
        assert not any(term.prefix for term in terms), typed
    assert not read_query("kol").query.terms[0].prefix


signs = st.sampled_from(list("\"“”„»«'-−:.,()*&|!<>\\%\x00 \t\n😀žČა\u0301\u200d\u202e"))
typing = st.lists(
    st.one_of(
        st.text(max_size=12),
        signs,
        st.sampled_from(["kraj:Novo mesto ", "e-uprava", "AJD-2022-04"]),
        st.sampled_from(
            [
                "kraj:",
                "place:",
                "steza",
                "-",
                "-kraj:",
                "kraj:Sevnica",
                "kraj:Novo mesto ",
                "foo:",
                "AND",
                "NEAR(",
                "a" * 70,
            ]
        ),
    ),
    max_size=25,
).map("".join)


@given(typing)
@example("\ufdfa" * 20)
@example("ǆ-ǅ:Ǆ")
@example("İ: ß")
@SLOW
def test_nothing_typed_is_lost_without_a_notice(typed: str) -> None:
    """Every word is in the query, or a notice says that something is not."""
    read = read_query(typed)
    query = read.query
    asked = [term.surface for term in (*query.terms, *query.excluded)]
    asked += [word for phrase in (*query.phrases, *query.excluded_phrases) for word in phrase]
    for item in scan(read.text, lambda name: fold(name) in ("kraj", "place")):
        words = [fold(word) for word in WORD.findall(item.text)]
        unread = [sign for sign in item.text if unicodedata.category(sign)[0] in "LN"]
        if item.open or not all(words) or (unread and not any(words)) or any(len(word) > MAX_TOKEN for word in words):
            assert read.notices
        # A value may go on over several items.
        known = bool(read.conditions)
        if not read.notices and not known:
            assert set(words) - {""} <= set(asked), item
    assert len(asked) <= MAX_TERMS
    assert all(word and len(word) <= MAX_TOKEN and word.isascii() for word in asked)
    # Reading what was read gives the same.
    assert read_query(read.text).query == query


@given(typing)
@example("AJD-2022-04 e-uprava")
@example("e-uprava uprava-e a-b-c -d-e")
@example('a-"b" -„c')
@example("%-a kraj:-b foo:-c")
@example('-KRAJ:"kraj:Novo mesto')
@example("0 " * 40 + "0:0 " * 10 + '0:1:2:3:4:5:6:7:8:9:10:11:12:13 0:1:2:3:4:5:6:7:8:9:10:11:12:13"-0:0')
@example("z " * 20 + "z-a-b-c z-d-e-f z-g-h-i z-j-k-l z-m-n-o z-p-r-s z-t-u-v " + '-"x y z"')
@SLOW
def test_the_exact_search_excludes_nothing_else_and_keeps_the_words(typed: str) -> None:
    read = read_query(typed)
    if not read.exact_text:
        # It is not offered where it would be cut.
        assert len(WORD.findall(read.text)) > MAX_TERMS or not read.words
        return
    exact = read_query(read.exact_text)
    assert exact.query.excluded == read.query.excluded
    assert exact.query.excluded_phrases == read.query.excluded_phrases
    assert exact.query.outside == read.query.outside
    assert exact.query.scope == read.query.scope
    asked = {word for phrase in read.query.phrases for word in phrase} | {term.surface for term in read.query.terms}
    found = {word for phrase in exact.query.phrases for word in phrase}
    assert exact.query.terms == ()
    assert found == asked


@given(typing, st.lists(st.text(max_size=20), max_size=3))
@SLOW
def test_no_text_fails_in_the_engine(typed: str, values: list[str]) -> None:
    read = read_query(typed, facets={"topic": values}, as_you_type=True)
    results = get_engine().search(read.query)
    assert results.total == len(results.hits) == 0


@given(st.text(min_size=1_000, max_size=6_000))
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_length_fails(typed: str) -> None:
    read = read_query(typed)
    assert len(read.text) <= MAX_QUERY_LENGTH
    get_engine().count(read.query)
    read_query('"' * 2_000 + typed)
    read_query("-" * 2_000 + typed)
