"""The report of searches without a hit in the admin."""

import datetime as dt

import pytest
from django.urls import reverse

from search.models import MissedQuery
from search.services.missed import erase_old_missed, note_missed
from tests.pledges.admin_people import ADMINISTRATORS, EDITORS, MONITORS, client_of, person
from zaveza import clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def missed():
    day = dt.date(2026, 2, 3)
    MissedQuery.objects.create(words="pločnik & <kolo>", language="sl", count=7, days=3, first_on=day, last_on=day)
    MissedQuery.objects.create(words="ścieżka", language="pl", count=2, days=4, first_on=day, last_on=day)


def test_words_with_counts_and_the_way_to_a_synonym():
    client = client_of(person(ADMINISTRATORS))
    text = client.get(reverse("missed_searches:index")).text
    assert text.index("pločnik &amp; &lt;kolo&gt;") < text.index("ścieżka")
    form = f"{reverse('search_synonyms:add')}?words=plo%C4%8Dnik+%26+%3Ckolo%3E"
    assert form in text.replace("&amp;", "&")
    assert "pločnik &amp; &lt;kolo&gt;</textarea>" in client.get(form).text
    only = client.get(reverse("missed_searches:index_results"), {"language": "pl"}).text
    assert "ścieżka" in only
    assert "pločnik" not in only
    assert reverse("missed_searches:index") in client.get("/admin/").text


def test_who_sees_it():
    editor = client_of(person(EDITORS))
    text = editor.get(reverse("missed_searches:index")).text
    assert "ścieżka" in text
    assert reverse("search_synonyms:add") not in text
    monitor = client_of(person(MONITORS))
    assert monitor.get(reverse("missed_searches:index")).status_code == 302
    assert reverse("missed_searches:index") not in monitor.get("/admin/").text


def test_as_many_queries_however_many_rows(django_assert_max_num_queries):
    client = client_of(person(ADMINISTRATORS))
    for number in range(40):
        day = dt.date(2026, 2, 3)
        MissedQuery.objects.create(words=f"beseda{number}", language="sl", days=3, first_on=day, last_on=day)
    client.get(reverse("missed_searches:index_results"))
    with django_assert_max_num_queries(14):
        client.get(reverse("missed_searches:index_results"))


def test_only_what_several_days_ask_for_is_shown_and_the_rest_goes(settings):
    client = client_of(person(ADMINISTRATORS))

    def asked(day: str, *searches: str) -> str:
        settings.TODAY = day
        for words in searches:
            note_missed(words, words.split(), "sl")
        erase_old_missed(clock.now())
        return client.get(reverse("missed_searches:index_results")).text

    assert "janez kranjski" not in asked("2026-02-03", *["Janez Kranjski"] * 5, "bicikel")
    assert "bicikel" not in asked("2026-02-04", "bicikel", "bicikel")
    assert "bicikel" in asked("2026-02-10", "bicikel")
    kept = set(MissedQuery.objects.values_list("words", "count", "days"))
    assert {("janez kranjski", 5, 1), ("bicikel", 4, 3)} <= kept
    asked("2026-03-05")
    assert MissedQuery.objects.filter(words="janez kranjski").exists()
    assert "bicikel" in asked("2026-03-06")
    assert not MissedQuery.objects.filter(words="janez kranjski").exists()
