"""Candidates and programmes, and what all public pages of the record have in common."""

import datetime as dt
import re

import pytest
from django.core.files.base import ContentFile

from pledges.enums import Status
from pledges.factories import (
    AssessmentFactory,
    CandidacyFactory,
    EditionFactory,
    MandateFactory,
    PersonFactory,
    PledgeFactory,
    ProgrammeFactory,
    RecognitionFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def day(settings):
    settings.TODAY = "2026-02-03"


def text_of(client, path):
    response = client.get(path)
    assert response.status_code == 200, path
    return " ".join(response.content.decode().split())


class TestCandidate:
    def test_candidacy_programme_and_pledges(self, client):
        candidacy = CandidacyFactory(person=PersonFactory(name="Živa Repnik"), second_round_share="53.10")
        MandateFactory(candidacy=candidacy)
        pledge = PledgeFactory(programme=ProgrammeFactory(candidacy=candidacy), title="Park", published=True)
        AssessmentFactory(pledge=pledge, status=Status.FULFILLED, published=True)
        RecognitionFactory(candidacy=candidacy, published_at=dt.datetime(2022, 10, 20, tzinfo=dt.UTC))
        page = text_of(client, f"/en/candidates/{candidacy.public_id}/")
        assert "<h1>Živa Repnik</h1>" in page
        assert "Lista za kraj" in page
        assert "53.10 % of votes" in page
        assert "Park" in page
        assert "<b>1</b> of <b>1</b> pledge is fulfilled." in page
        assert "Priznanje za primeren program" in page

    def test_pledges_of_those_who_lost_are_not_rated(self, client):
        candidacy = CandidacyFactory(elected=False)
        PledgeFactory(programme=ProgrammeFactory(candidacy=candidacy), title="Bazen", published=True)
        page = text_of(client, f"/en/candidates/{candidacy.public_id}/")
        assert "the pledges stay public and are not assessed" in page
        assert "Bazen" in page
        assert 'class="bar"' not in page

    def test_unknown_result_is_no_defeat(self, client):
        page = text_of(client, f"/en/candidates/{CandidacyFactory(elected=None).public_id}/")
        assert "not known yet" in page
        assert 'data-status="not_in_office"' not in page

    @pytest.mark.parametrize("fields", [{"published_at": None}, {"edition__year": 2030, "edition__published_at": None}])
    def test_drafts_are_not_found(self, client, fields):
        candidacy = CandidacyFactory(**fields)
        assert client.get(f"/en/candidates/{candidacy.public_id}/").status_code == 404

    def test_elsewhere_or_before(self, client):
        person = PersonFactory()
        now = CandidacyFactory(person=person)
        before = CandidacyFactory(person=person, edition=EditionFactory(year=2018, state="archived"))
        hidden = CandidacyFactory(person=person, edition=EditionFactory(year=2014, state="archived"), published_at=None)
        page = text_of(client, f"/en/candidates/{now.public_id}/")
        assert f"/en/candidates/{before.public_id}/" in page
        assert f"/en/candidates/{hidden.public_id}/" not in page


class TestProgramme:
    def test_document_decision_and_text(self, client, settings, tmp_path):
        settings.MEDIA_ROOT = tmp_path
        programme = ProgrammeFactory(
            suitability="suitable",
            criteria_met=4,
            criteria_total=5,
            decided_on=dt.date(2022, 10, 18),
            jury="Ana Bela, Cilka Črna",
            text="Prvi odstavek.\n\nDrugi odstavek.",
        )
        programme.file.save("program.pdf", ContentFile(b"%PDF-1.4"))
        page = text_of(client, f"/en/programmes/{programme.public_id}/")
        assert "4 of 5 criteria" in page
        assert "Ana Bela, Cilka Črna" in page
        assert '<div class="prose said mt" lang="sl"><p>Prvi odstavek.</p>' in page
        assert ">PDF" in page

    def test_older_version_leads_to_the_newer(self, client):
        first = ProgrammeFactory()
        second = ProgrammeFactory(candidacy=first.candidacy, version=2, supersedes=first)
        page = text_of(client, f"/en/programmes/{first.public_id}/")
        assert "This version was superseded: read version 2." in page
        assert f"/en/programmes/{second.public_id}/" in page

    def test_drafts_are_not_found(self, client):
        draft = ProgrammeFactory(published_at=None)
        of_draft = ProgrammeFactory(candidacy=CandidacyFactory(published_at=None))
        for programme in (draft, of_draft):
            assert client.get(f"/en/programmes/{programme.public_id}/").status_code == 404


@pytest.fixture
def paths():
    pledge = AssessmentFactory(published=True).pledge
    candidacy = pledge.programme.candidacy
    MandateFactory(candidacy=candidacy)
    return [
        "pledges/",
        f"pledges/{pledge.public_id}/",
        f"candidates/{candidacy.public_id}/",
        f"programmes/{pledge.programme.public_id}/",
        "municipalities/",
        f"municipalities/{candidacy.municipality.slug}/",
    ]


@pytest.mark.parametrize("language", ["sl", "en", "ka", "pl"])
def test_every_page_in_every_language(client, paths, language):
    for path in paths:
        page = text_of(client, f"/{language}/{path}")
        assert f'<html lang="{language}">' in page
        assert f'hreflang="en" href="http://testserver/en/{path}"' in page or 'hreflang="en"' in page
        assert page.count("<h1") == 1
        assert " style=" not in page
        assert not re.search(r"<script(?![^>]* src=)", page)


def test_everything_is_in_the_sitemap(client, paths):
    content = client.get("/sitemap.xml").content.decode()
    for path in paths:
        assert f"/en/{path}" in content


def test_drafts_are_not_in_the_sitemap(client):
    hidden = [PledgeFactory(), CandidacyFactory(published_at=None), ProgrammeFactory(published_at=None)]
    content = client.get("/sitemap.xml").content.decode()
    for record in hidden[1:]:
        assert f"/{record.public_id}/" not in content
    assert "/pledges/None/" not in content
