"""The page of one pledge: its words, its status, its history."""

import datetime as dt

import pytest
from django.core.files.base import ContentFile

from pledges import services
from pledges.enums import Direction, Reason, ReplyState, Status
from pledges.factories import (
    PLEDGES_PUBLISHED,
    AssessmentFactory,
    CandidacyFactory,
    CorrectionFactory,
    EvidenceFactory,
    MandateFactory,
    OrganisationFactory,
    PledgeFactory,
    ProgrammeFactory,
    ReplyFactory,
    SimilarityGroupFactory,
)
from pledges.models import AssessmentText, PledgeText
from zaveza.users.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def day(settings):
    settings.TODAY = "2026-02-03"


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def page_of(client, pledge, language="en"):
    response = client.get(f"/{language}/pledges/{pledge.public_id}/")
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def at(year, month, day):
    return dt.datetime(year, month, day, 10, tzinfo=dt.UTC)


def test_the_quote_stands_word_for_word_in_its_sentence(client):
    pledge = PledgeFactory(
        quote="bomo uredili pešpoti",
        quote_prefix="Do konca mandata",
        quote_suffix=", starši pa bodo sodelovali.",
        page=4,
        paragraph=2,
        published=True,
    )
    page = page_of(client, pledge)
    sentence = 'Do konca mandata <mark class="cut">bomo uredili pešpoti</mark>, starši pa bodo sodelovali.'
    assert f'<blockquote lang="sl">»{sentence}«' in page
    assert "page 4, paragraph 2" in page


def test_a_whole_sentence_has_no_cut(client):
    page = page_of(client, PledgeFactory(quote="Uredili bomo park.", published=True))
    assert "»Uredili bomo park.«" in page
    assert 'class="cut"' not in page


def test_georgian_words_have_their_language_and_marks(client):
    pledge = PledgeFactory(quote="ბაღს მოვაწყობთ.", quote_language="ka", title=None, published=True)
    page = page_of(client, pledge)
    assert '<blockquote lang="ka">„ბაღს მოვაწყობთ.“' in page
    assert '<h1 lang="ka">ბაღს მოვაწყობთ.</h1>' in page


@pytest.mark.parametrize(
    ("fields", "status", "meaning"),
    [
        ({}, Status.FULFILLED, "Every success criterion is met: adopted and carried out."),
        ({"kind": "maintain"}, Status.IN_PROGRESS, "Upheld so far."),
        ({}, Status.IN_PROGRESS, "An official step exists"),
    ],
)
def test_the_status_says_what_it_means(client, fields, status, meaning):
    pledge = PledgeFactory(published=True, **fields)
    AssessmentFactory(pledge=pledge, status=status, published=True)
    page = page_of(client, pledge)
    assert f'class="mark mark-big" data-status="{status}"' in page
    assert meaning in page


def test_changed_and_checked_are_two_dates(client):
    pledge = PledgeFactory(published=True)
    AssessmentFactory(pledge=pledge, status=Status.STALLED, published_at=at(2024, 3, 11))
    AssessmentFactory(pledge=pledge, status=Status.STALLED, published_at=at(2025, 1, 19))
    page = page_of(client, pledge)
    assert '<dt>Changed</dt> <dd><time datetime="2024-03-11">' in page
    assert '<dt>Checked</dt> <dd><time datetime="2025-01-19">' in page


def test_without_an_assessment(client):
    page = page_of(client, PledgeFactory(published=True))
    assert 'data-status="not_assessed"' in page
    assert "No assessment has been published." in page
    assert "<dt>Changed</dt>" not in page


def test_not_testable_is_shown_and_not_rated(client):
    page = page_of(client, PledgeFactory(testability="not_testable", published=True))
    assert 'class="mark mark-big" data-status="not_testable"' in page
    assert "the pledge is shown and not rated" in page


def test_not_in_office_is_shown_and_not_rated(client):
    programme = ProgrammeFactory(candidacy=CandidacyFactory(elected=False))
    page = page_of(client, PledgeFactory(programme=programme, published=True))
    assert 'class="mark mark-big" data-status="not_in_office"' in page


def test_empty_facts_are_left_out(client):
    page = page_of(client, PledgeFactory(published=True))
    assert "<dt>Testability</dt>" in page
    assert "<dt>Interpretation</dt>" not in page
    assert "<dt>Depends on</dt>" not in page


def test_facts(client):
    pledge = PledgeFactory(
        published=True,
        testability="testable_as_interpreted",
        interpretation="Varna je ločena od vozišča.",
        depends_on_state=True,
        depends_on_council=True,
        due_date=dt.date(2026, 6, 1),
        due_precision="month",
        indicator="urejene poti",
        indicator_baseline=2,
        indicator_target=8,
        indicator_unit="poti",
    )
    page = page_of(client, pledge)
    assert "Varna je ločena od vozišča." in page
    assert "the municipal council and the state" in page
    assert '<time datetime="2026-06">June 2026</time>' in page
    assert page.count('class="was"') == 2
    assert 'class="units"' in page


def test_the_history_is_newest_first_with_what_changed(client):
    pledge = PledgeFactory(published=True)
    first = AssessmentFactory(
        pledge=pledge, status=Status.IN_PROGRESS, effective_date=dt.date(2023, 5, 25), published_at=at(2023, 6, 18)
    )
    second = AssessmentFactory(
        pledge=pledge,
        status=Status.STALLED,
        effective_date=dt.date(2025, 3, 11),
        reason=Reason.STATE,
        published_at=at(2025, 3, 11),
    )
    page = page_of(client, pledge)
    assert page.index(second.summary) < page.index(first.summary)
    assert f'id="z{first.sequence}"' in page
    assert "reason: state" in page
    assert 'In effect since <time datetime="2023-05-25">' in page
    assert "Assessed by Oseba Spremljevalka" in page
    assert "approved by Oseba Pregledovalka" in page


def test_evidence_has_direction_publisher_and_copy(client, media):
    pledge = PledgeFactory(published=True)
    evidence = EvidenceFactory(pledge=pledge, direction=Direction.CONTRADICTS, url="https://obcina.example.si/proracun")
    evidence.copy_is_public = True
    evidence.stored_copy.save("proracun.pdf", ContentFile(b"%PDF-1.4"))
    AssessmentFactory(pledge=pledge, published=True, evidence=[evidence])
    unused = EvidenceFactory(pledge=pledge, title="Neobjavljen vir")
    page = page_of(client, pledge)
    assert '<a href="https://obcina.example.si/proracun" rel="noopener nofollow"' in page
    assert "contradicts" in page
    assert "Občinski svet" in page
    assert f'<a href="/evidence/{evidence.public_id}/copy" download>stored copy, PDF<' in page
    assert unused.title not in page


def test_drafts_of_anything_stay_hidden(client):
    pledge = AssessmentFactory(published=True).pledge
    AssessmentFactory(pledge=pledge, summary="skritaocena")
    ReplyFactory(pledge=pledge, text="skritodgovor")
    CorrectionFactory(pledge=pledge, wrong="skritpopravek")
    PledgeFactory(programme=pledge.programme, title="skritazaveza")
    page = page_of(client, pledge)
    for word in ("skritaocena", "skritodgovor", "skritpopravek", "skritazaveza"):
        assert word not in page


def test_replies_and_silence(client):
    pledge = PledgeFactory(published=True)
    assessment = AssessmentFactory(pledge=pledge, published=True)
    ReplyFactory(
        pledge=pledge,
        assessment=assessment,
        state=ReplyState.RECEIVED,
        received_on=dt.date(2024, 1, 20),
        text="Čakali smo na soglasje.",
        published_at=at(2024, 2, 1),
    )
    ReplyFactory(pledge=pledge, state=ReplyState.NONE, published_at=at(2024, 3, 1))
    page = page_of(client, pledge)
    assert '<p class="said" lang="sl">»Čakali smo na soglasje.«</p>' in page
    assert "in time" in page
    assert "There was no answer." in page


def test_corrections_of_the_log(client):
    pledge = AssessmentFactory(published=True).pledge
    CorrectionFactory(pledge=pledge, wrong="Šest poti.", right="Pet poti.", published_at=at(2025, 10, 6))
    page = page_of(client, pledge)
    assert "<del>Šest poti.</del>" in page
    assert ">Pet poti.</ins>" in page


def test_a_corrected_row_stays_visible_as_such(client):
    pledge = PledgeFactory(published=True)
    wrong = AssessmentFactory(pledge=pledge, status=Status.FULFILLED, published=True)
    right = AssessmentFactory(pledge=pledge, status=Status.PARTLY, supersedes=wrong, published=True)
    page = page_of(client, pledge)
    assert f'Corrected by <a href="#z{right.sequence}">' in page
    assert f'Corrects <a href="#z{wrong.sequence}">' in page
    assert f"<del>{wrong.summary}</del>" in page


def test_a_translation_is_labelled(client):
    assessment = AssessmentFactory(published=True, summary="Svet je sprejel načrt.")
    AssessmentText.objects.create(assessment=assessment, language="en", summary="The council adopted the plan.")
    page = page_of(client, assessment.pledge)
    assert "The council adopted the plan." in page
    assert "Translation; the record itself is in: Slovene." in page


def test_strip_of_the_mandate(client):
    pledge = PledgeFactory(published=True)
    MandateFactory(candidacy=pledge.programme.candidacy)
    AssessmentFactory(pledge=pledge, status=Status.IN_PROGRESS, published_at=at(2024, 1, 15))
    page = page_of(client, pledge)
    assert 'aria-labelledby="history-title"' in page
    assert "The status through the mandate: from" in page


def test_similar_pledges_and_the_one_carried_over(client):
    group = SimilarityGroupFactory()
    old = PledgeFactory(title="Stara zaveza", published=True)
    pledge = PledgeFactory(similarity_group=group, carried_over_from=old, published=True)
    PledgeFactory(similarity_group=group, title="Podobna zaveza", published=True)
    PledgeFactory(similarity_group=group, title="Podoben osnutek")
    page = page_of(client, pledge)
    assert "Stara zaveza</a>" in page
    assert "Podobna zaveza" in page
    assert "Podoben osnutek" not in page


def test_the_other_side_is_named(client):
    pledge = PledgeFactory(organisation=OrganisationFactory(name="Zveza društev"), published=True)
    page = page_of(client, pledge)
    assert "The words of Zveza društev in the same programme." in page


def test_titles_follow_the_reader(client):
    pledge = PledgeFactory(published=True, title="Park")
    PledgeText.objects.create(pledge=pledge, language="pl", title="Park miejski")
    assert "<h1>Park miejski</h1>" in page_of(client, pledge, "pl")
    assert '<h1 lang="sl">Park</h1>' in page_of(client, pledge, "ka")


def test_a_draft_is_not_found(client):
    pledge = PledgeFactory()
    assert client.get(f"/en/pledges/{pledge.public_id}/").status_code == 404
    assert client.get("/en/pledges/XXX-2022-99/").status_code == 404


def test_a_pledge_of_tomorrow_is_not_found_yet(client, settings):
    settings.TODAY = "2022-10-01"
    pledge = PledgeFactory(published_at=PLEDGES_PUBLISHED + dt.timedelta(days=1))
    assert client.get(f"/en/pledges/{pledge.public_id}/").status_code == 404


def test_a_withdrawn_pledge_is_gone_with_its_reason(client):
    pledge = PledgeFactory(published=True)
    services.withdraw_pledge(pledge, "Napačno izrezana zaveza.", UserFactory())
    response = client.get(f"/en/pledges/{pledge.public_id}/")
    assert response.status_code == 410
    assert "Napačno izrezana zaveza." in response.content.decode()
    assert pledge.quote not in response.content.decode()


def test_a_merged_pledge_leads_to_its_target(client):
    pledge, target = PledgeFactory(published=True), PledgeFactory(published=True)
    services.merge_pledge(pledge, target, "Ista poved.", UserFactory())
    response = client.get(f"/en/pledges/{pledge.public_id}/")
    assert response.status_code == 301
    assert response["Location"] == f"/en/pledges/{target.public_id}/"
