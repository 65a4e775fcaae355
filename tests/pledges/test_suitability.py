"""The jury's decision, the recognition that follows, its certificate and its badge."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import translation

from pledges import factories, services
from pledges.enums import Suitability
from pledges.models import EditionText, Programme, Recognition
from pledges.services import Criterion
from tests.pledges.admin_people import ADMINISTRATORS, EDITORS, MONITORS, client_of, person
from tests.pledges.test_forms import errors_of

pytestmark = pytest.mark.django_db

DAY = dt.date(2022, 10, 18)
CRITERIA = [Criterion("Program ima roke.", True), Criterion("Program imenuje odgovorne.", False)]


def decide(programme: Programme, **fields: Any) -> Programme:
    values = {"decided_on": DAY, "jury": "Vera Lipar, Oskar Urednik", "reason": "Zaveze so jasne.", **fields}
    return services.decide_suitability(
        programme, values.pop("decision", Suitability.SUITABLE), values.pop("criteria", CRITERIA), **values
    )


def test_a_decision_counts_its_criteria() -> None:
    programme = decide(factories.ProgrammeFactory(published_at=None))
    programme.refresh_from_db()
    assert (programme.suitability, programme.criteria_met, programme.criteria_total) == ("suitable", 1, 2)
    assert [(row.text, row.met) for row in programme.criteria.all()] == [(row.text, row.met) for row in CRITERIA]


def test_before_publication_it_may_be_decided_again() -> None:
    programme = decide(factories.ProgrammeFactory(published_at=None))
    decide(programme, decision=Suitability.NOT_SUITABLE, criteria=[Criterion("Program ima roke.", False)])
    programme.refresh_from_db()
    assert (programme.suitability, programme.criteria.count()) == ("not_suitable", 1)


@pytest.mark.parametrize(
    "wrong",
    [
        {"decision": Suitability.UNDECIDED},
        {"criteria": []},
        {"jury": "  "},
        {"reason": ""},
        {"decided_on": dt.date(2100, 1, 1)},
        {"decided_on": dt.date(2000, 1, 1)},
    ],
)
def test_a_decision_that_is_none_is_refused(wrong: dict[str, Any]) -> None:
    programme = factories.ProgrammeFactory(published_at=None)
    with pytest.raises(services.RuleViolation):
        decide(programme, **wrong)
    assert Programme.objects.get().suitability == ""


def test_a_superseded_version_is_not_decided_on() -> None:
    first = factories.ProgrammeFactory(published_at=None)
    factories.ProgrammeFactory(candidacy=first.candidacy, version=2, supersedes=first)
    with pytest.raises(services.RuleViolation):
        decide(first)


def test_what_readers_have_seen_is_frozen() -> None:
    programme = decide(factories.ProgrammeFactory())
    with pytest.raises(services.RuleViolation):
        decide(programme, decision=Suitability.NOT_SUITABLE)
    for name, value in (
        ("suitability", "not_suitable"),
        ("jury", "Nekdo drug"),
        ("criteria_met", 2),
        ("decided_on", DAY + dt.timedelta(days=1)),
        ("version", 7),
        ("submitted_at", factories.LONG_AGO + dt.timedelta(days=1)),
    ):
        changed = Programme.objects.get()
        setattr(changed, name, value)
        with pytest.raises(ValidationError):
            changed.save()
    same = Programme.objects.get()
    same.adoption_stage = "adopted"
    same.save()


def test_the_admins_form_leaves_out_what_is_frozen() -> None:
    programme = decide(factories.ProgrammeFactory())
    client = client_of(person(ADMINISTRATORS))
    form = client.get(reverse("programme:edit", args=[programme.pk])).context["form"]
    assert not {"suitability", "jury", "version", "candidacy", "submitted_at"} & set(form.fields)
    assert {"text", "adoption_stage"} <= set(form.fields)


def form_data(**more: str) -> dict[str, str]:
    return {
        "criterion_0": "yes",
        "criterion_1": "no",
        "suitability": "suitable",
        "decision_reason": "Zaveze so jasne.",
        "jury": "Vera Lipar",
        "decided_on": "2022-10-18",
        **more,
    }


def test_the_jury_decides_each_criterion_of_the_edition() -> None:
    programme = factories.ProgrammeFactory(published_at=None)
    EditionText.objects.filter(language="sl").update(
        suitability_criteria="Program ima roke.\n\nProgram ima odgovorne.\n"
    )
    monitor = client_of(person(MONITORS, factories.HubFactory(covers=[programme.candidacy.municipality])))
    address = reverse("programme:decide", args=[programme.pk])
    content = monitor.get(address).content.decode()
    assert "Program ima roke." in content
    assert "Program ima odgovorne." in content
    missing = monitor.post(address, {key: value for key, value in form_data().items() if key != "criterion_1"})
    assert missing.context["form"].errors.keys() == {"criterion_1"}
    assert monitor.post(address, form_data()).status_code == 302
    programme.refresh_from_db()
    assert (programme.criteria_met, programme.criteria_total) == (1, 2)


def test_without_criteria_of_the_edition_they_are_typed_in() -> None:
    programme = factories.ProgrammeFactory(published_at=None)
    client = client_of(person(ADMINISTRATORS))
    address = reverse("programme:decide", args=[programme.pk])
    assert client.post(address, form_data()).status_code == 200
    assert client.post(address, form_data(met="Roki\nOdgovorni", unmet="")).status_code == 302
    programme.refresh_from_db()
    assert (programme.criteria_met, programme.criteria_total) == (2, 2)


def test_who_may_not_change_programmes_decides_nothing() -> None:
    programme = factories.ProgrammeFactory(published_at=None)
    elsewhere = person(MONITORS, factories.HubFactory(covers=[factories.MunicipalityFactory()]))
    for user in (elsewhere, person(EDITORS)):
        answer = client_of(user).post(reverse("programme:decide", args=[programme.pk]), form_data(met="Roki"))
        assert answer.status_code in (302, 403)
    programme.refresh_from_db()
    assert programme.suitability == ""


def test_the_decision_is_public_with_its_criteria() -> None:
    programme = decide(factories.ProgrammeFactory())
    content = Client().get(reverse("pledges:programme", args=[programme.public_id])).content.decode()
    for words in ("Vera Lipar, Oskar Urednik", "Zaveze so jasne.", "Program ima roke.", "Program imenuje odgovorne."):
        assert words in content


def test_programmes_of_losers_are_public_and_recognised_as_well() -> None:
    programme = decide(factories.ProgrammeFactory(candidacy__elected=False))
    award = factories.RecognitionFactory(candidacy=programme.candidacy, published_at=factories.LONG_AGO)
    assert Client().get(reverse("pledges:programme", args=[programme.public_id])).status_code == 200
    assert Client().get(reverse("pledges:certificate", args=[award.public_id])).status_code == 200


# Recognition


def recognition_form(programme: Programme, **fields: Any) -> dict[str, Any]:
    return {"candidacy": programme.candidacy_id, "kind": "Priznanje", "date": "2022-10-24", **fields}


def test_a_recognition_is_for_a_suitable_programme() -> None:
    administrator = client_of(person(ADMINISTRATORS))
    programme = factories.ProgrammeFactory(published_at=None)
    assert "candidacy" in errors_of(administrator, "recognition", recognition_form(programme))
    decide(programme, decision=Suitability.NOT_SUITABLE)
    assert "candidacy" in errors_of(administrator, "recognition", recognition_form(programme))
    decide(programme)
    assert "candidacy" in errors_of(administrator, "recognition", recognition_form(programme, date="2022-10-01"))
    assert errors_of(administrator, "recognition", recognition_form(programme)) == {}
    assert Recognition.objects.count() == 1


def test_a_certificate_is_public_with_the_recognition_only() -> None:
    programme = decide(factories.ProgrammeFactory())
    award = factories.RecognitionFactory(candidacy=programme.candidacy, citation="Za jasne zaveze.")
    address = reverse("pledges:certificate", args=[award.public_id])
    assert Client().get(address).status_code == 404
    Recognition.objects.update(published_at=factories.LONG_AGO)
    content = Client().get(address).content.decode()
    for words in (programme.candidacy.person.name, "Za jasne zaveze.", "Vera Lipar", f"/z/{award.public_id}"):
        assert words in content
    assert "pages/certificate.css" in content


@pytest.mark.parametrize("language", ["sl", "en", "ka", "pl"])
def test_a_certificate_is_there_in_every_language(language: str) -> None:
    award = factories.RecognitionFactory(published_at=factories.LONG_AGO)
    with translation.override(language):
        assert Client().get(reverse("pledges:certificate", args=[award.public_id])).status_code == 200


def test_the_badge_leads_to_the_certificate() -> None:
    programme = decide(factories.ProgrammeFactory())
    candidacy = programme.candidacy
    award = factories.RecognitionFactory(candidacy=candidacy, published_at=factories.LONG_AGO)
    draft = factories.RecognitionFactory(candidacy=candidacy)
    for name, key in (
        ("candidate", candidacy.public_id),
        ("programme", programme.public_id),
        ("municipality", candidacy.municipality.slug),
    ):
        content = Client().get(reverse(f"pledges:{name}", args=[key])).content.decode()
        assert reverse("pledges:certificate", args=[award.public_id]) in content
        assert reverse("pledges:certificate", args=[draft.public_id]) not in content
