"""Replies and corrections from a file keep the rules of their forms."""

from pathlib import Path
from typing import Any

import pytest

from pledges import factories
from pledges.models import Correction, Pledge, Reply
from tests.pledges.admin_people import ADMINISTRATORS, MONITORS, person

from .tools import imported, refused, said, write_csv

pytestmark = pytest.mark.django_db


@pytest.fixture
def pledge() -> Pledge:
    programme = factories.ProgrammeFactory(
        candidacy=factories.CandidacyFactory(municipality=factories.MunicipalityFactory(code="AJD"))
    )
    made: Pledge = factories.PledgeFactory(programme=programme, published=True)
    factories.AssessmentFactory(pledge=made, published=True)
    return made


@pytest.fixture
def elsewhere() -> Any:
    return factories.AssessmentFactory(published=True)


def reply(pledge: Pledge, **values: Any) -> dict[str, Any]:
    row = {"id": "r1", "pledge": pledge.public_id, "invited_on": "2024-03-01", "due_on": "2024-03-15"}
    return {**row, "assessment": "", "received_on": "", **values}


def correction(pledge: Pledge, **values: Any) -> dict[str, Any]:
    row = {"id": "c1", "pledge": pledge.public_id, "wrong": "A", "right": "B", "severity": "fact"}
    return {**row, "requested_by": "reader", "assessment": "", **values}


def test_dates_of_a_reply_are_in_order_and_not_in_the_future(pledge: Pledge, tmp_path: Path) -> None:
    rows = [
        reply(pledge, id="r1", due_on="2024-02-29"),
        reply(pledge, id="r2", received_on="2999-01-01"),
        reply(pledge, id="r3", due_on="2024-03-01", received_on="2024-03-01"),
    ]
    user = person(ADMINISTRATORS)
    found = said(refused(write_csv(tmp_path, "replies", rows), user=user))
    assert found == [("replies", 2, "due_on"), ("replies", 3, "received_on")]
    assert imported(write_csv(tmp_path, "replies", rows[2:]), user=user).new == 1
    changed = [{**rows[2], "invited_on": "2024-03-02"}]
    assert said(refused(write_csv(tmp_path, "replies", changed), user=user)) == [("replies", 2, "due_on")]


@pytest.mark.parametrize("table", ["replies", "corrections"])
def test_the_assessment_is_of_the_same_pledge(pledge: Pledge, elsewhere: Any, tmp_path: Path, table: str) -> None:
    row = (reply if table == "replies" else correction)(pledge)
    own = f"assessment-{pledge.assessments.get().sequence}"
    other = f"assessment-{elsewhere.sequence}"
    user = person(ADMINISTRATORS)
    path = write_csv(tmp_path, table, [{**row, "assessment": other}])
    assert said(refused(path, user=user)) == [(table, 2, "assessment")]
    assert imported(write_csv(tmp_path, table, [{**row, "assessment": own}]), user=user).new == 1
    # The pledge alone is changed; the assessment stays what it was.
    row.pop("assessment")
    row["pledge"] = elsewhere.pledge.public_id
    assert said(refused(write_csv(tmp_path, table, [row]), user=user)) == [(table, 2, "assessment")]


def test_monitor_names_nothing_of_another_hub(pledge: Pledge, elsewhere: Any, tmp_path: Path) -> None:
    user = person(MONITORS, factories.HubFactory(covers=[pledge.municipality]))
    other = f"assessment-{elsewhere.sequence}"
    for row in (reply(pledge, assessment=other), reply(elsewhere.pledge)):
        assert refused(write_csv(tmp_path, "replies", [row]), user=user, is_confined=True)
    assert not Reply.objects.exists()
    assert imported(write_csv(tmp_path, "replies", [reply(pledge)]), user=user, is_confined=True).new == 1
    # Corrections are not the monitors' to write.
    assert refused(write_csv(tmp_path, "corrections", [correction(pledge)]), user=user, is_confined=True)
    assert not Correction.objects.exists()
