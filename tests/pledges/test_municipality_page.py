"""The municipalities: finding one, and its page."""

import datetime as dt

import pytest

from pledges.enums import Status, Suitability
from pledges.factories import (
    AssessmentFactory,
    CandidacyFactory,
    EditionFactory,
    HubFactory,
    MandateFactory,
    MunicipalityFactory,
    OrganisationFactory,
    PersonFactory,
    PledgeFactory,
    ProgrammeFactory,
    RecognitionFactory,
    TopicFactory,
)
from pledges.views.sides import ROWS

from .public_pages import many_pledges

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def day(settings):
    settings.TODAY = "2026-02-03"


@pytest.fixture
def ajdovscina():
    return MunicipalityFactory(code="AJD")


def page_of(client, slug="ajdovscina", language="en"):
    response = client.get(f"/{language}/municipalities/{slug}/")
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


@pytest.fixture
def mayor(ajdovscina):
    candidacy = CandidacyFactory(
        municipality=ajdovscina, person=PersonFactory(name="Živa Repnik"), list_name="Lista Odprta dolina"
    )
    MandateFactory(candidacy=candidacy, start=dt.date(2022, 12, 5), planned_end=dt.date(2026, 12, 5))
    return candidacy


class TestFinding:
    @pytest.mark.parametrize("name", ["Ajdovščina", "ajdovscina", "AJDOVŠČINA", " ajdov "])
    def test_one_hit_leads_there(self, client, name):
        response = client.get("/en/municipalities/", {"q": name})
        assert response.status_code == 302
        assert response["Location"] == "/en/municipalities/ajdovscina/"

    def test_an_exact_name_wins_over_longer_ones(self, client):
        assert client.get("/en/municipalities/?q=kranj")["Location"] == "/en/municipalities/kranj/"

    def test_several_are_listed(self, client):
        page = client.get("/en/municipalities/?q=sveti").content.decode()
        assert "municipalities have “sveti” in their name." in page
        assert "/en/municipalities/sveti-tomaz/" in page

    def test_none_says_so_and_suggests(self, client):
        page = client.get("/en/municipalities/?q=Ajdovska").content.decode()
        assert "No municipality is called “Ajdovska”" in page
        assert "Ajdovščina" in page

    def test_nonsense_still_shows_all(self, client):
        page = client.get("/en/municipalities/?q=%3Cqqq%3E").content.decode()
        assert "All municipalities are below, by region." in page
        assert "<qqq>" not in page

    def test_empty_is_the_list(self, client):
        page = client.get("/en/municipalities/?q=").content.decode()
        assert page.count("/en/municipalities/") >= 212


class TestList:
    def test_all_by_region_with_map_and_table(self, client, mayor):
        ProgrammeFactory(candidacy=mayor)
        page = " ".join(client.get("/en/municipalities/").content.decode().split())
        assert '<h3 id="goriska">Goriška</h3>' in page
        assert '<b><a href="/en/municipalities/ajdovscina/">Ajdovščina</a></b>' in page
        assert 'class="m-on"' in page
        assert '<th scope="row">Goriška</th> <td class="r">13</td> <td class="r">1</td>' in page

    def test_a_draft_programme_is_not_watched(self, client, mayor):
        ProgrammeFactory(candidacy=mayor, published_at=None)
        assert 'class="m-on"' not in client.get("/en/municipalities/").content.decode()

    def test_slovene_order(self, client):
        page = client.get("/sl/municipalities/").content.decode()
        assert page.index(">Celje<") < page.index(">Žalec<")
        assert page.index(">Sežana<") > page.index(">Piran/Pirano<")


class TestPage:
    def test_who_promised_what(self, client, mayor):
        programme = ProgrammeFactory(candidacy=mayor)
        many_pledges(programme, 12)
        page = page_of(client)
        assert "Mayor <strong>Živa Repnik</strong> (Lista Odprta dolina) handed in" in page
        assert "We found 12 pledges in it." in page
        assert 'id="pledges-bar"' in page
        assert "79%" in page

    def test_rows_are_few_and_lead_to_all(self, client, mayor):
        many_pledges(ProgrammeFactory(candidacy=mayor), ROWS + 5)
        page = page_of(client)
        assert page.count('<li class="row">') == ROWS
        assert f"All {ROWS + 5} pledges with filters" in page

    def test_the_other_side_is_counted_apart(self, client, mayor):
        programme = ProgrammeFactory(candidacy=mayor)
        many_pledges(programme, 3)
        ours = PledgeFactory(
            programme=programme, organisation=OrganisationFactory(name="Zveza društev"), published=True
        )
        AssessmentFactory(pledge=ours, status=Status.FULFILLED, published=True)
        page = page_of(client)
        assert "<b>1</b> of <b>1</b> pledge of non-governmental organisations is fulfilled." in page
        assert "We found 3 pledges in it." in page

    def test_topics_lead_to_the_filtered_list(self, client, mayor):
        topic = TopicFactory(code="roads", name="Ceste")
        PledgeFactory(programme=ProgrammeFactory(candidacy=mayor), topics=[topic], published=True)
        page = page_of(client, language="sl")
        link = (
            "/sl/pledges/?edition=2022&in_office=yes&list=Lista+Odprta+dolina&municipality=ajdovscina"
            "&promised_by=candidate&topic=roads"
        )
        assert link.replace("&", "&amp;") in page
        assert client.get(link).context["filterset"].count.total == 1

    def test_programme_and_recognition(self, client, mayor):
        ProgrammeFactory(
            candidacy=mayor,
            suitability=Suitability.SUITABLE,
            criteria_met=5,
            criteria_total=5,
            decided_on=dt.date(2022, 10, 18),
        )
        RecognitionFactory(candidacy=mayor, published_at=dt.datetime(2022, 10, 20, tzinfo=dt.UTC))
        page = page_of(client)
        assert "suitable, 5 of 5 criteria, jury" in page
        assert "Priznanje za primeren program" in page

    def test_candidates_who_lost_stay_in_the_table(self, client, mayor):
        CandidacyFactory(municipality=mayor.municipality, person=PersonFactory(name="Tomaž Osojnik"), elected=False)
        CandidacyFactory(
            municipality=mayor.municipality, person=PersonFactory(name="Skrita Oseba"), elected=False, published_at=None
        )
        page = page_of(client)
        assert "Tomaž Osojnik" in page
        assert 'data-status="not_in_office"' in page
        assert "Skrita Oseba" not in page

    def test_candidacies_of_a_draft_edition_stay_hidden(self, client, ajdovscina):
        CandidacyFactory(
            municipality=ajdovscina,
            edition=EditionFactory(year=2030, published_at=None),
            person=PersonFactory(name="Prihodnja Oseba"),
            elected=None,
        )
        assert "Prihodnja Oseba" not in page_of(client)

    def test_earlier_mandates(self, client, mayor):
        earlier = CandidacyFactory(
            municipality=mayor.municipality,
            edition=EditionFactory(year=2018, state="archived"),
            person=PersonFactory(name="Prejšnji Župan", gender="m"),
        )
        MandateFactory(candidacy=earlier, start=dt.date(2018, 12, 5), planned_end=dt.date(2022, 12, 4), ended=True)
        page = page_of(client)
        assert "Earlier mandate" in page
        assert "2018–2022" in page
        assert "Mayor <strong>Živa Repnik</strong>" in page

    def test_hub_that_watches(self, client, ajdovscina):
        HubFactory(name="Stičišče Burja", covers=[ajdovscina])
        CandidacyFactory(municipality=ajdovscina)
        assert "Stičišče Burja" in page_of(client)

    def test_without_anything(self, client):
        page = page_of(client, "bled")
        assert "We know of no mandate in this municipality yet." in page
        assert "Bled</text>" in page

    def test_mayor_without_programme(self, client, mayor):
        assert "handed in no programme of cooperation" in page_of(client)

    def test_unknown(self, client):
        assert client.get("/en/municipalities/atlantis/").status_code == 404

    @pytest.mark.parametrize(("gender", "word"), [("f", "female"), ("m", "male"), ("", "neutral")])
    def test_any_grammatical_form(self, client, ajdovscina, gender, word):
        candidacy = CandidacyFactory(municipality=ajdovscina, person=PersonFactory(gender=gender, name=word))
        MandateFactory(candidacy=candidacy)
        assert word in page_of(client, language="sl")
