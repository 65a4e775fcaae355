"""What other pages show of the record: the tags of `pledges_tags`."""

import datetime as dt
import uuid
from types import SimpleNamespace

import pytest
from django.template import RequestContext, Template
from django.utils import translation

from pledges.enums import PartnershipRole, Status
from pledges.factories import (
    AssessmentFactory,
    CandidacyFactory,
    EditionFactory,
    KeyDateFactory,
    MandateFactory,
    OrganisationFactory,
    PartnershipFactory,
    PledgeFactory,
    ProgrammeFactory,
)
from pledges.models import EditionText, OrganisationText
from pledges.templatetags import pledges_tags

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english(settings):
    settings.TODAY = "2026-02-03"
    with translation.override("en"):
        yield


@pytest.fixture
def render(rf):
    def _render(source, **context):
        request = rf.get("/en/")
        output = Template("{% load pledges_tags %}" + source).render(RequestContext(request, context))
        return " ".join(output.split())

    return _render


@pytest.mark.parametrize(
    ("code", "shown", "word"),
    [
        ("partly", "partly", "partly fulfilled"),
        ("not_in_office", "not_in_office", "not in office"),
        ("", "not_assessed", "not assessed yet"),
    ],
)
def test_status_mark(render, code, shown, word):
    output = render("{% status_mark code %}", code=code)
    assert output.startswith(f'<span class="mark" data-status="{shown}"><svg class="g" width="12" height="12"')
    assert output.endswith(f"{word}</span>")


def test_overview_of_the_running_edition(render):
    mandate = MandateFactory(start=dt.date(2022, 12, 5), planned_end=dt.date(2026, 12, 5))
    programme = ProgrammeFactory(candidacy=mandate.candidacy)
    AssessmentFactory(
        pledge=PledgeFactory(programme=programme, published=True), status=Status.FULFILLED, published=True
    )
    PledgeFactory(programme=programme, published=True, organisation=OrganisationFactory())
    output = render("{% pledge_overview %}")
    assert "<b>1</b> of <b>1</b> pledge is fulfilled." in output
    assert "1,156 of 1,461 days of the mandate have passed." in output
    assert "/en/pledges/?edition=2022&amp;promised_by=candidate&amp;status=fulfilled" in output


def test_overview_without_a_running_edition(render):
    EditionFactory(year=2018, state="archived")
    assert render("{% pledge_overview %}") == ""


def test_overview_passes_over_a_draft_edition(render):
    EditionFactory(published_at=None)
    assert render("{% pledge_overview %}") == ""


def test_latest_assessments(render):
    pledge = PledgeFactory(title="Park", published=True)
    AssessmentFactory(pledge=pledge, status=Status.IN_PROGRESS, published=True)
    AssessmentFactory(pledge=pledge, status=Status.STALLED, effective_date=dt.date(2025, 3, 11), published=True)
    AssessmentFactory(pledge=pledge, status=Status.STALLED)
    output = render("{% latest_assessments 5 %}")
    assert output.count('<li class="row row-log">') == 2
    assert output.index('datetime="2025-03-11"') < output.index('datetime="2024-01-15"')
    assert 'data-status="in_progress"' in output.partition("</li>")[0]
    assert render("{% latest_assessments 1 %}").count("row-log") == 1


def test_latest_assessments_without_any(render):
    AssessmentFactory()
    assert "No assessment has been published yet." in render("{% latest_assessments 5 %}")


def test_map_has_every_municipality_once(render):
    mayor = ProgrammeFactory(candidacy__municipality__code="AJD").candidacy
    ProgrammeFactory(candidacy=CandidacyFactory(municipality=mayor.municipality, elected=False))
    ProgrammeFactory(candidacy__municipality__code="POS", candidacy__elected=False)
    output = render("{% municipality_map %}")
    assert "1 dot is filled, 1 is a ring, 210 are small dots." in output
    assert output.count("h0") == 1 + 2 * 1 + 210
    assert "Jugovzhodna</tspan>" in output


def test_find_municipality(render):
    output = render("{% find_municipality %}")
    assert 'action="/en/municipalities/" method="get"' in output
    assert 'name="q"' in output


def test_key_dates_are_past_now_or_next(render):
    edition = EditionFactory(year=2026)
    KeyDateFactory(edition=edition, date=dt.date(2026, 1, 15), title="Razpis")
    KeyDateFactory(edition=edition, date=dt.date(2026, 2, 3), title="Zbirnik")
    KeyDateFactory(edition=edition, date=dt.date(2026, 9, 28), title="Dan šole")
    KeyDateFactory(edition=edition, date=dt.date(2026, 11, 1), precision="month", title="Volitve")
    output = render("{% edition_key_dates edition %}", edition=edition)
    assert '<li class="past">' in output
    assert '<li class="now">' in output
    assert "<small>next</small>" in output
    assert '<time datetime="2026-11">November 2026</time>' in output
    short = render("{% edition_key_dates edition 2 %}", edition=edition)
    assert "Razpis" not in short
    assert "Zbirnik" in short
    assert "Volitve" not in short


def test_key_dates_of_a_draft_edition_stay_hidden(render):
    edition = EditionFactory(year=2030, published_at=None)
    KeyDateFactory(edition=edition, title="Skrivnost")
    assert "Skrivnost" not in render("{% edition_key_dates edition %}", edition=edition)
    assert render("{% edition_facts edition %}", edition=edition) == ""
    assert render("{% edition_key_dates edition %}", edition=None)


def test_edition_facts(render):
    candidacy = CandidacyFactory()
    CandidacyFactory(edition=candidacy.edition, municipality=candidacy.municipality)
    CandidacyFactory(edition=candidacy.edition, published_at=None)
    output = render("{% edition_facts edition %}", edition=candidacy.edition)
    assert "2, in 1 municipality" in output
    assert "<strong>running</strong>" in output


def test_partners_of_an_edition_by_role(render):
    edition = EditionFactory()
    EditionText.objects.filter(edition=edition).update(funder_text="Financira sklad.")
    PartnershipFactory(
        edition=edition, organisation=OrganisationFactory(name="Radio"), role=PartnershipRole.MEDIA_PARTNER
    )
    first = PartnershipFactory(
        edition=edition, organisation=OrganisationFactory(name="Stičišče"), role=PartnershipRole.INITIATOR
    )
    PartnershipFactory(edition=edition, organisation=OrganisationFactory(name="Osnutek", published_at=None))
    OrganisationText.objects.create(organisation=first.organisation, language="en", name="Hub")
    output = render("{% edition_partners edition %}", edition=edition)
    assert output.index("Hub") < output.index("Radio")
    assert "Osnutek" not in output
    assert '<p class="small" lang="sl">Financira sklad.</p>' in output


def test_partners_of_a_page(render):
    key = uuid.uuid4()
    PartnershipFactory(edition=None, page_translation_key=key, organisation=OrganisationFactory(name="Društvo Most"))
    assert "Društvo Most" in render("{% page_partners page %}", page=SimpleNamespace(translation_key=key))


@pytest.mark.parametrize(("name", "shown"), [("a/b.pdf", "PDF"), ("archive.tar.gz", "GZ"), ("readme", "file")])
def test_file_type(name, shown):
    assert pledges_tags.file_type(name) == shown


def test_mandate_years(render):
    mandate = MandateFactory(start=dt.date(2022, 12, 5), planned_end=dt.date(2026, 12, 5))
    CandidacyFactory(edition=mandate.candidacy.edition)
    assert render("{% mandate_years %}") == "2022–2026"
