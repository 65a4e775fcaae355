"""The report of searches without a hit in the admin."""

import datetime as dt

import pytest
from django.urls import reverse

from search.models import MissedQuery
from tests.pledges.admin_people import ADMINISTRATORS, EDITORS, MONITORS, client_of, person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def missed():
    day = dt.date(2026, 2, 3)
    MissedQuery.objects.create(words="pločnik & <kolo>", language="sl", count=7, first_on=day, last_on=day)
    MissedQuery.objects.create(words="ścieżka", language="pl", count=2, first_on=day, last_on=day)


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
        MissedQuery.objects.create(words=f"beseda{number}", language="sl", first_on=day, last_on=day)
    client.get(reverse("missed_searches:index_results"))
    with django_assert_max_num_queries(14):
        client.get(reverse("missed_searches:index_results"))
