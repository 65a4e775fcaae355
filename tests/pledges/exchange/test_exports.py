"""The pledge list and the admin's lists as files."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from pledges import factories
from pledges.exchange import import_records
from pledges.models import Programme
from tests.pledges.admin_people import ADMINISTRATORS, MONITORS, client_of, person
from tests.pledges.public_pages import many_pledges

pytestmark = pytest.mark.django_db


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def rows_of(client: Client, query: str = "", form: str = "csv") -> list[dict[str, str]]:
    response = client.get(reverse("pledges:pledge_export", args=[form]) + query)
    assert response.status_code == 200
    return list(csv.DictReader(io.StringIO(body(response).decode("utf-8-sig"), newline="")))


@pytest.fixture
def programme() -> Programme:
    made: Programme = factories.ProgrammeFactory(
        candidacy=factories.CandidacyFactory(municipality=factories.MunicipalityFactory(code="AJD"))
    )
    return made


def test_export_follows_the_filters_of_the_page(client: Client, programme: Programme) -> None:
    many_pledges(programme, 9)
    factories.PledgeFactory(programme=programme, quote="Osnutek.")
    everything = rows_of(client)
    assert len(everything) == 9
    some = rows_of(client, "?status=fulfilled")
    assert {row["status"] for row in some} == {"fulfilled"}
    page = client.get(reverse("pledges:pledge_list"), {"status": "fulfilled"})
    assert [row["id"] for row in some] == [pledge.public_id for pledge in page.context["page_obj"]]
    address = reverse("pledges:pledge_export", args=["csv"]) + "?status=fulfilled"
    assert f'href="{address}"' in page.content.decode()


def test_every_row_says_when_and_under_which_licence(client: Client, programme: Programme) -> None:
    many_pledges(programme, 2)
    rows = rows_of(client, "?as-of=2023-01-31")
    assert {(row["as_of"], row["licence"]) for row in rows} == {("2023-01-31", "CC-BY-4.0")}
    assert all("as-of=2023-01-31" in row["source"] for row in rows)
    assert {row["status"] for row in rows} == {"not_assessed"}


@pytest.mark.parametrize("form", ["csv", "xlsx", "jsonl"])
@pytest.mark.parametrize("query", ["?status=bogus", "?colour=red", "?as-of=yesterday", "?as-of=2999-01-01"])
def test_unknown_filters_are_refused(client: Client, form: str, query: str) -> None:
    answer = client.get(reverse("pledges:pledge_export", args=[form]) + query)
    assert answer.status_code == 400
    assert body(answer)


def test_all_forms_hold_the_same_and_import(client: Client, programme: Programme, tmp_path: Path) -> None:
    many_pledges(programme, 3)
    factories.PledgeFactory(programme=programme, published=True, quote="=1+1")
    rows = rows_of(client)
    assert "'=1+1" in {row["quote"] for row in rows}
    lines = body(client.get(reverse("pledges:pledge_export", args=["jsonl"]))).decode().splitlines()
    assert [json.loads(line)["id"] for line in lines] == [row["id"] for row in rows]
    book = body(client.get(reverse("pledges:pledge_export", args=["xlsx"])))
    assert [cell.value for cell in load_workbook(io.BytesIO(book))["pledges"]["A"]][1:] == [row["id"] for row in rows]
    (tmp_path / "pledges.xlsx").write_bytes(book)
    assert import_records(tmp_path / "pledges.xlsx").tables["pledges"].unchanged == 4
    address = reverse("pledges:pledge_export", args=["csv"])
    (tmp_path / "pledges.csv").write_bytes(body(client.get(address)))
    assert import_records(tmp_path / "pledges.csv").tables["pledges"].unchanged == 4


def test_queries_do_not_grow_with_the_rows_of_a_chunk(client: Client, programme: Programme) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            rows_of(client)
        return len(captured)

    many_pledges(programme, 10)
    asked()
    few = asked()
    many_pledges(programme, 300, first=11)
    assert asked() == few <= 14


def test_monitor_exports_the_own_hub_and_no_addresses(programme: Programme) -> None:
    hub = factories.HubFactory(covers=[programme.candidacy.municipality])
    other = factories.PledgeFactory()
    mine = factories.PledgeFactory(programme=programme, published=True)
    factories.AssessmentFactory(pledge=mine, published=True)
    monitor, administrator = client_of(person(MONITORS, hub)), client_of(person(ADMINISTRATORS))
    for form in ("csv", "xlsx"):
        content = body(monitor.get(reverse("pledge:index"), {"export": form}))
        if form == "csv":
            assert str(mine.public_id) in content.decode()
            assert other.quote not in content.decode()
    assessments = body(monitor.get(reverse("assessment:index"), {"export": "csv"})).decode()
    assert "assessment-1" in assessments
    assert "@" not in assessments
    assert "spremljevalka@" in body(administrator.get(reverse("assessment:index"), {"export": "csv"})).decode()
    assert (
        "Izvoz" in monitor.get(reverse("pledge:index")).content.decode()
        or "export=csv" in monitor.get(reverse("pledge:index")).content.decode()
    )
