"""What is PostgreSQL's own in the search index: the vector, its index, its limits."""

import pytest
from django.db import connection

from search.analysis import analyse
from search.engines import IndexedRow
from search.engines.postgresql import MAX_POSITION, MAX_VECTOR, vector_literal
from search.models import SearchEntry

pytestmark = pytest.mark.usefixtures("postgresql")


def literal(title: str, body: str = "", facets: str = "typezzpledge") -> str:
    return vector_literal(
        IndexedRow(SearchEntry(document_id="x", facets=facets), analyse(title, "sl"), analyse(body, "sl"))
    )


def read(text: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::tsvector", (text,))
        return cursor.fetchone()[0]


def test_the_vector_has_weights_positions_and_a_gap_after_the_title() -> None:
    assert (
        read(literal("Nova steza", "steze")) == "'=nova':1A '=steza':2A '=steze':13B 'nov':1C 'nova':1C 'steza':2C,13"
    )


def test_positions_end_where_postgresql_ends_and_no_word_is_lost() -> None:
    text = read(literal("Naslov", " ".join(f"w{number}" for number in range(20_000))))
    # Without a position, where one would be wrong.
    assert "'=w19999' " in text
    assert f"'=w{MAX_POSITION - 13}':{MAX_POSITION - 1}B" in text
    assert "'=w0':" in text


def test_a_word_may_occur_any_number_of_times() -> None:
    assert read(literal("Naslov", "steza " * 1_000)).count("'=steza'") == 1


def long_words(number: int) -> str:
    return " ".join(f"zelodolgabeseda{each:08}" for each in range(number))


def test_a_vector_that_would_be_too_long_keeps_every_key() -> None:
    text = literal("Naslov", long_words(30_000))
    assert 2 * len(text) > MAX_VECTOR
    assert read(text).count("'0zelodolgabeseda") == 30_000


def test_what_never_fits_is_told(caplog: pytest.LogCaptureFixture) -> None:
    read(literal("Naslov", long_words(60_000)))
    assert "words are not indexed" in caplog.text


def test_a_search_uses_the_gin_index() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            "EXPLAIN SELECT id FROM search_searchentry AS entry WHERE entry.vector @@ '(''0stez'')'::tsquery"
        )
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "search_entry_vector" in plan
