"""What the search finds of the record, and that it finds no draft."""

import datetime as dt

import pytest

from pledges.documents import MunicipalitySource, PersonSource, PledgeSource, ProgrammeSource
from pledges.enums import Status
from pledges.factories import (
    AssessmentFactory,
    CandidacyFactory,
    EditionFactory,
    HubFactory,
    MandateFactory,
    MunicipalityFactory,
    PersonFactory,
    PledgeFactory,
    ProgrammeFactory,
    TopicFactory,
)
from pledges.models import PledgeText
from search import services
from search.engines import embedded_engine
from search.presentation import shown_hits
from search.queries import read_query

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def day(settings):
    settings.TODAY = "2026-02-03"


def documents_of(source):
    return {document.id: document for document in source.documents(source.queryset())}


def test_pledge():
    ajdovscina = MunicipalityFactory(code="AJD")
    HubFactory(slug="burja", covers=[ajdovscina])
    programme = ProgrammeFactory(candidacy=CandidacyFactory(municipality=ajdovscina))
    pledge = PledgeFactory(
        programme=programme, title="Pešpoti", quote="Uredili bomo pešpoti.", topics=[TopicFactory(code="roads")],
        due_date=dt.date(2026, 12, 5), published=True,
    )  # fmt: skip
    PledgeText.objects.create(pledge=pledge, language="ka", title="საფეხმავლო ბილიკები")
    AssessmentFactory(pledge=pledge, status=Status.STALLED, published=True)
    document = documents_of(PledgeSource())[pledge.public_id]
    assert (document.type, document.language, document.title) == ("pledge", "sl", "Pešpoti")
    assert "Uredili bomo pešpoti." in document.body
    assert "საფეხმავლო ბილიკები" in document.body
    assert document.url == f"/pledges/{pledge.public_id}/"
    assert document.facets == {
        "municipality": ["ajdovscina"],
        "region": ["goriska"],
        "hub": ["burja"],
        "edition": ["2022"],
        "topic": ["roads"],
        "status": ["stalled"],
        "language": ["ka", "sl"],
        "person": [programme.candidacy.person.public_id],
    }
    assert (document.date, document.due) == (dt.date(2024, 1, 15), dt.date(2026, 12, 5))
    assert document.data["titles"] == {"sl": "Pešpoti", "ka": "საფეხმავლო ბილიკები"}
    assert document.data["place"] == "Ajdovščina"
    assert document.data["language_neutral"] is True


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"testability": "not_testable"}, "not_testable"),
        ({"programme__candidacy__elected": False}, "not_in_office"),
        ({}, "not_assessed"),
    ],
)
def test_status_of_a_pledge(fields, status):
    pledge = PledgeFactory(published=True, **fields)
    assert documents_of(PledgeSource())[pledge.public_id].facets["status"] == [status]


def test_programme_is_called_by_its_language():
    programme = ProgrammeFactory(language="en", candidacy__person=PersonFactory(name="Živa Repnik"))
    document = documents_of(ProgrammeSource())[programme.public_id]
    assert document.language == "en"
    assert document.title.startswith("Programme of cooperation: Živa Repnik")
    assert document.body.startswith("Program sodelovanja v skupnosti.")
    assert document.url == f"/programmes/{programme.public_id}/"


def test_person_leads_to_the_newest_candidacy():
    person = PersonFactory(name="Živa Repnik")
    CandidacyFactory(person=person, edition=EditionFactory(year=2018), list_name="Stara lista")
    newest = CandidacyFactory(person=person)
    CandidacyFactory(person=person, edition=EditionFactory(year=2030, published_at=None), list_name="Skrita lista")
    document = documents_of(PersonSource())[person.public_id]
    assert document.url == f"/candidates/{newest.public_id}/"
    assert "Stara lista" in document.body
    assert "Skrita lista" not in document.body
    assert document.facets["edition"] == ["2018", "2022"]


def test_municipality_with_its_mayor():
    ajdovscina = MunicipalityFactory(code="AJD")
    MandateFactory(candidacy=CandidacyFactory(municipality=ajdovscina, person=PersonFactory(name="Živa Repnik")))
    document = documents_of(MunicipalitySource())["municipality-SI-001"]
    assert document.title == "Ajdovščina"
    assert "Živa Repnik" in document.body
    assert document.url == "/municipalities/ajdovscina/"


def test_no_draft_becomes_a_document():
    hidden = ProgrammeFactory(published_at=None, candidacy=CandidacyFactory(published_at=None))
    PledgeFactory(programme=hidden)
    ProgrammeFactory(candidacy=CandidacyFactory(edition=EditionFactory(year=2030, published_at=None)))
    for source in (PledgeSource(), ProgrammeSource(), PersonSource()):
        assert list(source.queryset()) == []


@pytest.mark.parametrize("source", [PledgeSource(), ProgrammeSource(), PersonSource(), MunicipalitySource()])
def test_a_document_costs_no_query_of_its_own(source, django_assert_num_queries):
    pledge = AssessmentFactory(published=True, pledge=PledgeFactory(published=True, topics=[TopicFactory()])).pledge
    HubFactory(covers=[pledge.municipality])
    MandateFactory(candidacy=pledge.programme.candidacy)
    records = list(source.queryset())
    assert records
    with django_assert_num_queries(0):
        for record in records:
            list(source.documents([record]))


@pytest.mark.parametrize(
    ("query", "types"),
    [
        ("občina Ajdovščina", {"municipality", "person", "pledge"}),
        ("gmina Ajdovščina", {"municipality", "person", "pledge"}),
        ("municipality of Ajdovščina", {"municipality", "person", "pledge"}),
        ("მუნიციპალიტეტი Ajdovščina", {"municipality", "person", "pledge"}),
        ('"občina Ajdovščina"', {"municipality", "person", "pledge"}),
        ("goriška regija", {"municipality", "pledge"}),
        ("goriški regiji", {"municipality", "pledge"}),
        ("regija Goriška", {"municipality", "pledge"}),
        ("županja Ajdovščine", {"municipality", "person"}),
        ("županja občine Ajdovščina", {"municipality", "person"}),
        ("mayor Ajdovščina", {"municipality", "person"}),
        ("obljube Žive Repnik", {"person"}),
    ],
)
def test_the_word_for_a_place_or_an_office_finds_it(query, types):
    place = MunicipalityFactory(code="AJD")
    person = PersonFactory(name="Živa Repnik", gender="f")
    candidacy = CandidacyFactory(municipality=place, person=person)
    MandateFactory(candidacy=candidacy)
    PledgeFactory(programme=ProgrammeFactory(candidacy=candidacy), quote="Uredili bomo pešpoti.", published=True)
    CandidacyFactory(municipality=place, elected=False)
    services.rebuild()
    hits = embedded_engine().search(read_query(query).query).hits
    assert {hit.type for hit in hits} == types
    # PostgreSQL's rank knows no length of a text: there the order of so few documents is another.
    if '"' not in query and embedded_engine().name == "sqlite":
        assert hits[0].type == ("person" if types == {"person"} else "municipality"), "the place itself comes first"
    for hit in shown_hits(hits, read_query(query).marked, "sl"):
        assert "gmina" not in hit.snippet and "obietnice" not in hit.snippet, hit
