"""What the admin's forms refuse, and that they say so in words."""

import hashlib
import io
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from pledges import factories
from pledges.models import Candidacy, Edition, Evidence, Person, Pledge, Programme
from tests.pledges.admin_people import ADMINISTRATORS, client_of, person

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n1 0 obj\n"


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def administrator() -> Client:
    return client_of(person(ADMINISTRATORS))


def odt() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", "<office:document-content/>")
    return content.getvalue()


def docx() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<w:document/>")
    return content.getvalue()


def programme_form(**fields: Any) -> dict[str, Any]:
    candidacy = fields.pop("candidacy", None) or factories.CandidacyFactory()
    return {
        "candidacy": candidacy.pk,
        "version": 1,
        "submitted_at": "2022-09-01 10:00",
        "channel": "form",
        "language": "sl",
        **fields,
    }


def errors_of(client: Client, name: str, data: dict[str, Any]) -> dict[str, list[str]]:
    """The errors of the form for a new record; empty where it was made."""
    response = client.post(reverse(f"{name}:add"), data)
    if response.status_code == 302:
        return {}
    assert response.status_code == 200
    form = response.context["form"]
    found = dict(form.errors)
    for formset in form.formsets.values():
        if not formset.is_valid():
            found["formset"] = [*formset.non_form_errors(), *(str(errors) for errors in formset.errors if errors)]
    assert found, "the form came back without saying why"
    return found


# Files


@pytest.mark.parametrize(
    ("name", "content"), [("program.pdf", PDF), ("program.PDF", PDF), ("program.odt", odt()), ("program.docx", docx())]
)
def test_programme_takes_documents_and_computes_hash_and_size(administrator: Client, name: str, content: bytes) -> None:
    file = SimpleUploadedFile(name, content)
    assert errors_of(administrator, "programme", programme_form(file=file, sha256="x", file_size=1)) == {}
    programme = Programme.objects.get()
    assert (programme.sha256, programme.file_size) == (hashlib.sha256(content).hexdigest(), len(content))
    assert programme.file.read() == content


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("program.pdf", b"<html></html>"),
        ("program.pdf", odt()),
        ("program.odt", docx()),
        ("program.docx", odt()),
        ("program.docx", b"PK\x03\x04 broken"),
        ("program.exe", PDF),
        ("program.svg", b"<svg onload='alert(1)'/>"),
        ("program", PDF),
        ("program.pdf", b""),
    ],
)
def test_programme_refuses_what_is_no_document(administrator: Client, name: str, content: bytes) -> None:
    errors = errors_of(administrator, "programme", programme_form(file=SimpleUploadedFile(name, content)))
    assert list(errors) == ["file"]
    assert not Programme.objects.exists()


def test_programme_refuses_50_megabytes(administrator: Client, tmp_path: Any) -> None:
    file = SimpleUploadedFile("program.pdf", PDF + b"\0" * 50 * 1024 * 1024)
    assert list(errors_of(administrator, "programme", programme_form(file=file))) == ["file"]
    assert not list(tmp_path.rglob("*.pdf"))


def test_name_of_a_file_is_safe_and_not_to_be_guessed(administrator: Client) -> None:
    names = []
    for version in (1, 2):
        file = SimpleUploadedFile("Program županje <b>2022</b>.pdf", PDF)
        assert errors_of(administrator, "programme", programme_form(file=file, version=version)) == {}
        names.append(Programme.objects.order_by("-pk")[0].file.name)
    assert names[0] != names[1]
    for name in names:
        assert name.startswith("programmes/")
        assert name.removeprefix("programmes/").replace("-", "").replace(".", "").isalnum()
        assert name.isascii()


def test_copy_of_evidence_is_hashed(administrator: Client) -> None:
    pledge = factories.PledgeFactory(published=True)
    data = {"pledge": pledge.pk, "kind": "photo", "direction": "supports", "title": "Trg", "language": "sl"}
    picture = b"\xff\xd8\xff\xe0 picture"
    assert errors_of(administrator, "evidence", {**data, "stored_copy": SimpleUploadedFile("trg.jpg", picture)}) == {}
    assert Evidence.objects.get().sha256 == hashlib.sha256(picture).hexdigest()
    wrong = SimpleUploadedFile("trg.png", picture)
    assert list(errors_of(administrator, "evidence", {**data, "stored_copy": wrong})) == ["stored_copy"]


def test_suitability_needs_its_date_and_no_more_criteria_than_there_are(administrator: Client) -> None:
    assert errors_of(administrator, "programme", programme_form(suitability="suitable"))
    errors = errors_of(administrator, "programme", programme_form(criteria_met=6, criteria_total=5))
    assert list(errors) == ["criteria_met"]


def test_archived_edition_takes_no_new_programme_and_no_new_pledge(administrator: Client) -> None:
    archived = factories.EditionFactory(year=2018, state="archived")
    candidacy = factories.CandidacyFactory(edition=archived)
    programme = factories.ProgrammeFactory(candidacy=candidacy)
    assert list(errors_of(administrator, "programme", programme_form(candidacy=candidacy, version=2))) == ["candidacy"]
    assert list(errors_of(administrator, "pledge", pledge_form(programme))) == ["programme"]


# Pledges


def pledge_form(programme: Programme, /, **fields: Any) -> dict[str, Any]:
    return {
        "programme": programme.pk,
        "quote": "Uredili bomo trg.",
        "quote_language": "sl",
        "kind": "action",
        "testability": "testable",
        "due_precision": "day",
        "promised_by": "candidate",
        "texts-TOTAL_FORMS": 1,
        "texts-INITIAL_FORMS": 0,
        "texts-0-language": "sl",
        "texts-0-title": "Trg",
        **fields,
    }


def test_pledge_is_made_with_its_words_as_a_draft(administrator: Client) -> None:
    programme = factories.ProgrammeFactory()
    data = pledge_form(programme, state="published", number=7, public_id="AJD-2022-07")
    assert errors_of(administrator, "pledge", data) == {}
    pledge = Pledge.objects.get()
    assert (pledge.state, pledge.number, pledge.public_id, pledge.title) == ("draft", None, None, "Trg")
    assert pledge.municipality == programme.candidacy.municipality


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"quote": ""}, "quote"),
        ({"quote": "Trg\x00"}, "quote"),
        ({"due_date": "2026-13-40"}, "due_date"),
        ({"due_date": "jutri"}, "due_date"),
        ({"page": "-1"}, "page"),
        ({"page": "9" * 500}, "page"),
        ({"indicator_target": "NaN"}, "indicator_target"),
        ({"programme": "abc"}, "programme"),
        ({"programme": "9" * 40}, "programme"),
        ({"kind": "bogus"}, "kind"),
        ({"promised_by": "ngo"}, "organisation"),
        ({"testability": "testable_as_interpreted"}, "interpretation"),
        ({"responsible_body": "x" * 300}, "responsible_body"),
        ({"texts-0-title": "x" * 300}, "formset"),
        ({"texts-0-title": "a\x00b"}, "formset"),
    ],
)
def test_pledge_refuses(administrator: Client, fields: dict[str, Any], where: str) -> None:
    errors = errors_of(administrator, "pledge", pledge_form(factories.ProgrammeFactory(), **fields))
    assert where in errors, errors
    assert not Pledge.objects.exists()


def test_two_titles_in_one_language_are_refused(administrator: Client) -> None:
    data = pledge_form(factories.ProgrammeFactory())
    data |= {"texts-TOTAL_FORMS": 2, "texts-1-language": "sl", "texts-1-title": "Trg"}
    assert "formset" in errors_of(administrator, "pledge", data) or not Pledge.objects.exists()
    assert not Pledge.objects.exists()


def test_frozen_fields_are_read_only_after_publication(administrator: Client) -> None:
    pledge = factories.PledgeFactory(published=True)
    address = reverse("pledge:edit", args=[pledge.pk])
    form = administrator.get(address).context["form"]
    frozen = {
        *("quote", "page", "programme", "success_criteria", "kind", "testability", "interpretation", "indicator"),
        *("indicator_baseline", "indicator_target", "indicator_unit", "due_date", "due_precision"),
        *("promised_by", "organisation", "responsible_body", "carried_over_from"),
        *("depends_on_council", "depends_on_state", "depends_on_eu_funds"),
    }
    assert {"topics", "similarity_group"} <= set(administrator.get(address).context["form"].fields)
    assert not frozen & set(form.fields)
    page = administrator.get(address).content.decode()
    assert pledge.quote in page
    text = pledge.texts.get()
    data = pledge_form(
        factories.ProgrammeFactory(),
        **{
            "quote": "Nekaj drugega.",
            "kind": "maintain",
            "due_date": "2030-01-01",
            "interpretation": "Beremo drugače.",
            "responsible_body": "Občinska uprava",
            "depends_on_state": "on",
            "texts-INITIAL_FORMS": 1,
            "texts-0-id": text.pk,
            "texts-0-title": "Nov naslov",
        },
    )
    assert administrator.post(address, data).status_code == 302
    stored = Pledge.objects.get(pk=pledge.pk)
    assert (stored.quote, stored.programme_id, stored.public_id) == (
        pledge.quote,
        pledge.programme_id,
        pledge.public_id,
    )
    assert (stored.kind, stored.due_date, stored.interpretation) == (pledge.kind, None, "")
    assert (stored.responsible_body, stored.depends_on_state) == (pledge.responsible_body, False)
    assert stored.title == "Nov naslov"


# Other records


@pytest.mark.parametrize("name", ["x" * 300, "a\x00b", "", "   "])
def test_name_of_a_person(administrator: Client, name: str) -> None:
    assert list(errors_of(administrator, "person", {"name": name})) == ["name"]
    assert not Person.objects.exists()


def test_duplicates_are_refused(administrator: Client) -> None:
    candidacy = factories.CandidacyFactory()
    data = {"person": candidacy.person_id, "municipality": candidacy.municipality_id, "edition": candidacy.edition_id}
    assert errors_of(administrator, "candidacy", {**data, "elected": "unknown"})
    assert Candidacy.objects.count() == 1
    year = {"year": candidacy.edition.year, "state": "open", "methodology_version": "1.0"}
    assert "year" in errors_of(administrator, "edition", {**year, "texts-TOTAL_FORMS": 0, "texts-INITIAL_FORMS": 0})
    assert Edition.objects.count() == 1
    coverage = factories.HubCoverageFactory()
    same = {"hub": coverage.hub_id, "municipality": coverage.municipality_id, "start": coverage.start}
    assert errors_of(administrator, "hubcoverage", same)


@pytest.mark.parametrize(
    "fields",
    [
        {"end": "2023-01-01"},
        {"end": "2020-01-01", "end_reason": "term"},
        {"end_reason": "term"},
        {"start": "včeraj"},
    ],
)
def test_mandate_ends_once_later_and_with_a_reason(administrator: Client, fields: dict[str, str]) -> None:
    candidacy = factories.CandidacyFactory()
    data = {"person": candidacy.person_id, "municipality": candidacy.municipality_id}
    data |= {"start": "2022-12-12", "planned_end": "2026-12-12", **fields}
    assert errors_of(administrator, "mandate", data)


def test_coverage_does_not_end_before_it_begins(administrator: Client) -> None:
    hub, place = factories.HubFactory(), factories.MunicipalityFactory()
    data = {"hub": hub.pk, "municipality": place.pk, "start": "2022-01-01", "end": "2021-01-01"}
    assert errors_of(administrator, "hubcoverage", data)


def test_partnership_names_an_edition_or_a_page(administrator: Client) -> None:
    data = {"organisation": factories.OrganisationFactory().pk, "role": "partner", "sort_order": 0}
    assert errors_of(administrator, "partnership", data)
    assert errors_of(administrator, "partnership", {**data, "page_translation_key": "no key"})
    assert errors_of(administrator, "partnership", {**data, "edition": factories.EditionFactory().pk}) == {}


def test_only_the_state_of_a_tip_changes(administrator: Client) -> None:
    tip = factories.TipFactory()
    data = {"state": "used", "message": "Nekaj drugega.", "contact": "x"}
    assert administrator.post(reverse("tip:edit", args=[tip.pk]), data).status_code == 302
    message, contact = tip.message, tip.contact
    tip.refresh_from_db()
    assert (tip.state, tip.message, tip.contact) == ("used", message, contact)


# Assessments


def assessment_form(pledge: Pledge, /, **fields: Any) -> dict[str, Any]:
    return {
        "pledge": pledge.pk,
        "kind": "initial",
        "status": "in_progress",
        "effective_date": "2024-02-01",
        "verification": "documented",
        "language": "sl",
        "summary": "Svet je sprejel sklep.",
        "texts-TOTAL_FORMS": 0,
        "texts-INITIAL_FORMS": 0,
        **fields,
    }


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"status": "not_assessed"}, "status"),
        ({"kind": "correction"}, "supersedes"),
        ({"outlook": "on_track"}, "outlook"),
        ({"effective_date": "2024-02-31"}, "effective_date"),
        ({"summary": "a\x00b"}, "summary"),
        ({"methodology_version": "x" * 300}, "methodology_version"),
        ({"pledge": ""}, "pledge"),
        ({"pledge": "abc"}, "pledge"),
    ],
)
def test_assessment_refuses(administrator: Client, fields: dict[str, Any], where: str) -> None:
    pledge = factories.PledgeFactory(published=True)
    assert where in errors_of(administrator, "assessment", assessment_form(pledge, **fields))


def test_assessment_cites_and_supersedes_only_its_own_pledge(administrator: Client) -> None:
    foreign = factories.AssessmentFactory(published=True)
    evidence = factories.EvidenceFactory(pledge=foreign.pledge)
    pledge = factories.PledgeFactory(published=True)
    assert list(errors_of(administrator, "assessment", assessment_form(pledge, evidence=[evidence.pk]))) == ["evidence"]
    data = assessment_form(pledge, kind="correction", supersedes=foreign.pk)
    assert "supersedes" in errors_of(administrator, "assessment", data)
    own = factories.AssessmentFactory(pledge=pledge, published=True)
    data = assessment_form(pledge, kind="change", supersedes=own.pk)
    assert list(errors_of(administrator, "assessment", data)) == ["supersedes"]


def test_pledge_of_a_draft_is_not_exchanged(administrator: Client) -> None:
    draft, other = factories.AssessmentFactory(), factories.PledgeFactory(published=True)
    answer = administrator.post(reverse("assessment:edit", args=[draft.pk]), assessment_form(other))
    assert answer.status_code == 302
    pledge = draft.pledge
    draft.refresh_from_db()
    assert (draft.pledge, draft.summary) == (pledge, "Svet je sprejel sklep.")
