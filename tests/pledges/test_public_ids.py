"""Permanent ids: given once, never changed, never reused."""

import pytest
from django.core.exceptions import ValidationError

from pledges import services
from pledges.factories import (
    CandidacyFactory,
    EditionFactory,
    EvidenceFactory,
    MandateFactory,
    MunicipalityFactory,
    OrganisationFactory,
    PersonFactory,
    PledgeFactory,
    ProgrammeFactory,
)
from pledges.models import Person
from zaveza.users.factories import UserFactory

pytestmark = pytest.mark.django_db


def programme(code: str = "AJD", year: int = 2022, **fields):
    return ProgrammeFactory(
        candidacy__municipality=MunicipalityFactory(code=code), candidacy__edition=EditionFactory(year=year), **fields
    )


def test_pledges_are_numbered_by_municipality_and_edition():
    ajdovscina, older, trzin = programme(), programme(year=2018), programme("TRZ")
    ids = [PledgeFactory(programme=p, published=True).public_id for p in (ajdovscina, ajdovscina, older, trzin)]
    assert ids == ["AJD-2022-01", "AJD-2022-02", "AJD-2018-01", "TRZ-2022-01"]


def test_all_candidates_and_organisations_of_a_place_share_the_numbering():
    PledgeFactory(programme=programme(), published=True)
    other = PledgeFactory(programme=programme(), published=True)
    ngo = PledgeFactory(programme=other.programme, organisation=OrganisationFactory(), published=True)
    assert [other.public_id, ngo.public_id] == ["AJD-2022-02", "AJD-2022-03"]


def test_the_hundredth_pledge_has_three_digits():
    place = programme()
    for _n in range(100):
        last = PledgeFactory(programme=place, published=True, title=None)
    assert last.public_id == "AJD-2022-100"


def test_a_draft_has_no_id_and_takes_no_number():
    place = programme()
    draft = PledgeFactory(programme=place)
    assert (draft.public_id, draft.number) == (None, None)
    assert PledgeFactory(programme=place, published=True).number == 1


def test_a_number_is_not_reused_after_a_withdrawal_or_merge():
    place, user = programme(), UserFactory()
    first, second, third = (PledgeFactory(programme=place, published=True) for _n in range(3))
    services.withdraw_pledge(third, "Ni bila zaveza.", user)
    services.merge_pledge(second, first, "Ista zaveza.", user)
    assert PledgeFactory(programme=place, published=True).public_id == "AJD-2022-04"
    third.refresh_from_db()
    assert third.public_id == "AJD-2022-03"


def test_the_id_cannot_be_changed():
    pledge = PledgeFactory(programme=programme(), published=True)
    pledge.public_id = "AJD-2022-99"
    with pytest.raises(ValidationError):
        pledge.save()


def test_a_renamed_municipality_keeps_the_ids():
    pledge = PledgeFactory(programme=programme(), published=True)
    pledge.municipality.name = "Nova Ajdovščina"
    pledge.municipality.save()
    pledge.refresh_from_db()
    assert pledge.public_id == "AJD-2022-01"


@pytest.mark.parametrize(
    ("factory", "prefix"),
    [
        (PersonFactory, "person"),
        (CandidacyFactory, "candidacy"),
        (MandateFactory, "mandate"),
        (ProgrammeFactory, "programme"),
        (EvidenceFactory, "evidence"),
    ],
)
def test_other_records_have_a_prefix_and_a_number(factory, prefix):
    record = factory()
    assert record.public_id == f"{prefix}-{record.pk}"
    record.save()
    stored = type(record).objects.get(pk=record.pk)
    assert stored.public_id == record.public_id


def test_an_id_taken_by_an_import_is_passed_over():
    person = PersonFactory()
    taken = f"person-{person.pk + 1}"
    Person.objects.filter(pk=person.pk).update(public_id=taken)
    assert PersonFactory().public_id == f"person-{person.pk + 2}"


def test_a_municipality_is_known_by_its_iso_code():
    assert MunicipalityFactory(code="AJD").public_id == "municipality-SI-001"
