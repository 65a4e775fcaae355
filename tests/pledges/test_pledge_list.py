"""The list of pledges as a page."""

import re

import pytest

from pledges.enums import Status
from pledges.factories import AssessmentFactory, MunicipalityFactory, PledgeFactory, TopicFactory
from pledges.models import PledgeText, TopicText

from .public_pages import many_pledges

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def day(settings):
    settings.TODAY = "2026-02-03"


def test_rows_numbers_and_filters_on_one_page(client):
    pledge = AssessmentFactory(status=Status.FULFILLED, published=True).pledge
    PledgeFactory(programme=pledge.programme, title="Osnutek zaveze")
    page = client.get("/en/pledges/").content.decode()
    assert f'href="/en/pledges/{pledge.public_id}/" lang="sl"' in page
    assert "<b>1</b> of <b>1</b> pledge is fulfilled." in page
    assert 'name="status" value="fulfilled"' in page
    assert "Osnutek zaveze" not in page


def test_the_same_page_in_slovene(client):
    assert client.get("/sl/pledges/").status_code == 200


@pytest.mark.parametrize(
    ("query", "notice"),
    [
        ("status=bogus", "“bogus” is not a value of the filter “Status”; it was ignored."),
        ("colour=red", "There is no filter “colour”; it was ignored."),
        ("page=abc", "The page number was not a number, so this is the first page."),
        ("page=99", "There is no page 99; the list has 1."),
    ],
)
def test_bad_input_is_said_on_the_page(client, query, notice):
    PledgeFactory(published=True)
    response = client.get(f"/en/pledges/?{query}")
    assert response.status_code == 200
    assert notice in response.content.decode().replace("&quot;", '"')


def test_values_are_escaped(client):
    page = client.get("/en/pledges/?status=%3Cscript%3E&q=%3Cscript%3E").content.decode()
    assert "<script>" not in page


def test_a_nul_byte_is_refused(client):
    assert client.get("/en/pledges/?q=%00").status_code == 400


def test_pages_keep_the_filters(client):
    programme = PledgeFactory(published=True).programme
    many_pledges(programme, 40, first=10)
    page = client.get("/en/pledges/?promised_by=candidate&page=2").content.decode()
    assert "promised_by=candidate" in page
    assert page.count('<li class="row">') == 16


def test_canonical_address_has_one_order(client):
    PledgeFactory(published=True)
    page = client.get("/en/pledges/?status=partly&promised_by=candidate&page=1").content.decode()
    assert "/en/pledges/?promised_by=candidate&amp;status=partly" in page


def test_nothing_found_says_what_to_do(client):
    PledgeFactory(published=True)
    page = client.get("/en/pledges/?status=stalled").content.decode()
    assert "No pledge fits these filters" in page
    assert "Show all pledges" in page


def test_words_in_another_language_are_marked(client):
    topic = TopicFactory(code="roads", name="Ceste")
    TopicText.objects.create(topic=topic, language="en", name="Roads")
    pledge = PledgeFactory(published=True, topics=[topic])
    page = client.get("/en/pledges/").content.decode()
    assert ">Roads</span>" in page
    PledgeText.objects.create(pledge=pledge, language="en", title="Footpath")
    assert "Footpath" in client.get("/en/pledges/").content.decode()


def test_an_overdue_check_is_marked(client, settings):
    AssessmentFactory(status=Status.STALLED, published=True)
    assert "check overdue" in client.get("/en/pledges/").content.decode()


def test_a_renamed_municipality_is_renamed_in_the_filters(client):
    pledge = PledgeFactory(published=True)
    client.get("/en/pledges/")
    municipality = MunicipalityFactory(code=pledge.municipality.code)
    municipality.name = "Preimenovana"
    municipality.save()
    assert "<span>Preimenovana</span>" in client.get("/en/pledges/").content.decode()


def test_no_style_attribute_and_no_inline_script(client):
    PledgeFactory(published=True)
    page = client.get("/en/pledges/").content.decode()
    assert " style=" not in page
    assert not re.search(r"<script(?![^>]* src=)", page)
