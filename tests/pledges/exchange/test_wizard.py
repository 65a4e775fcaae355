"""The import wizard of the admin: checked first, written on a word, within the rights of whoever brings the file."""

import datetime as dt
import io
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from pledges import factories
from pledges.enums import ImportState
from pledges.exchange import jobs
from pledges.models import ImportJob, Pledge, Programme
from tests.pledges.admin_people import ADMINISTRATORS, EDITORS, MONITORS, REVIEWERS, client_of, person
from zaveza import clock

pytestmark = pytest.mark.django_db

Capture = Any


@pytest.fixture
def programme() -> Programme:
    made: Programme = factories.ProgrammeFactory(
        candidacy=factories.CandidacyFactory(municipality=factories.MunicipalityFactory(code="AJD"))
    )
    return made


@pytest.fixture
def monitor(programme: Programme) -> Client:
    return client_of(person(MONITORS, factories.HubFactory(covers=[programme.candidacy.municipality])))


@pytest.fixture(autouse=True)
def no_files_left() -> Iterator[None]:
    yield
    for job in ImportJob.objects.exclude(file=""):
        job.file.delete()


def table(*rows: str) -> SimpleUploadedFile:
    content = "\n".join(["id;programme;quote;kind", *rows])
    return SimpleUploadedFile("pledges.csv", content.encode(), "text/csv")


def bring(client: Client, file: SimpleUploadedFile, capture: Capture) -> ImportJob:
    with capture(execute=True):
        answer = client.post(reverse("pledges_import:upload"), {"file": file})
    assert answer.status_code == 302, answer.context["form"].errors
    return ImportJob.objects.latest("pk")


def test_file_is_checked_shown_and_written_on_a_word(
    monitor: Client, programme: Programme, django_capture_on_commit_callbacks: Capture
) -> None:
    job = bring(monitor, table(f"a;{programme.public_id};Uredili bomo pot.;action"), django_capture_on_commit_callbacks)
    assert (job.state, job.counts) == (ImportState.CHECKED, [["pledges", 1, 0, 0]])
    assert not Pledge.objects.exists()
    page = monitor.get(reverse("pledges_import:job", args=[job.pk]))
    assert reverse("pledges_import:confirm", args=[job.pk]) in page.content.decode()
    for _time in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            monitor.post(reverse("pledges_import:confirm", args=[job.pk]))
        job.refresh_from_db()
        assert job.state == ImportState.DONE
        assert Pledge.objects.get().quote == "Uredili bomo pot."
    again = bring(
        monitor, table(f"a;{programme.public_id};Uredili bomo pot.;action"), django_capture_on_commit_callbacks
    )
    assert again.counts == [["pledges", 0, 0, 1]]
    answer = monitor.get(reverse("pledges_import:job", args=[again.pk])).content.decode()
    assert reverse("pledges_import:confirm", args=[again.pk]) not in answer


def test_problems_are_shown_and_downloaded(
    monitor: Client, programme: Programme, django_capture_on_commit_callbacks: Capture
) -> None:
    elsewhere = factories.ProgrammeFactory()
    rows = (
        f"a;{programme.public_id};Pot.;akcija",
        f"b;{elsewhere.public_id};Pot.;action",
        "=c;programme-0;Pot.;action",
    )
    job = bring(monitor, table(*rows), django_capture_on_commit_callbacks)
    assert (job.state, job.problem_count) == (ImportState.REFUSED, 3)
    page = monitor.get(reverse("pledges_import:job", args=[job.pk])).content.decode()
    assert elsewhere.candidacy.municipality.name in page
    download = monitor.get(reverse("pledges_import:problems", args=[job.pk]))
    lines = download.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 4
    assert "'=c" in lines[3]
    monitor.post(reverse("pledges_import:confirm", args=[job.pk]))
    assert not Pledge.objects.exists()


def test_while_it_works_the_page_asks_again(monitor: Client, programme: Programme) -> None:
    """Without JavaScript: the browser comes back by itself."""
    monitor.post(reverse("pledges_import:upload"), {"file": table(f"a;{programme.public_id};Pot.;action")})
    job = ImportJob.objects.get()
    assert job.state == ImportState.CHECKING
    assert monitor.get(reverse("pledges_import:job", args=[job.pk]))["Refresh"]


@pytest.mark.parametrize("role", [EDITORS, REVIEWERS])
def test_other_roles_bring_nothing(role: str) -> None:
    client = client_of(person(role))
    assert client.get(reverse("pledges_import:upload")).status_code == 302
    assert client.post(reverse("pledges_import:upload"), {"file": table()}).status_code == 302
    assert not ImportJob.objects.exists()


def test_nobody_sees_or_confirms_the_import_of_another(
    monitor: Client, programme: Programme, django_capture_on_commit_callbacks: Capture
) -> None:
    job = bring(monitor, table(f"a;{programme.public_id};Pot.;action"), django_capture_on_commit_callbacks)
    other = client_of(person(MONITORS, factories.HubFactory(covers=[programme.candidacy.municipality])))
    for view in ("job", "problems"):
        assert other.get(reverse(f"pledges_import:{view}", args=[job.pk])).status_code == 302
    assert other.post(reverse("pledges_import:confirm", args=[job.pk])).status_code == 302
    administrator = client_of(person(ADMINISTRATORS))
    assert administrator.get(reverse("pledges_import:job", args=[job.pk])).status_code == 200
    administrator.post(reverse("pledges_import:confirm", args=[job.pk]))
    job.refresh_from_db()
    assert job.state == ImportState.CHECKED


@pytest.mark.parametrize(("name", "content"), [("a.exe", b"MZ"), ("a.xlsx", b"no zip"), ("a.zip", b""), ("a.csv", b"")])
def test_what_is_no_table_is_refused(monitor: Client, name: str, content: bytes) -> None:
    answer = monitor.post(reverse("pledges_import:upload"), {"file": SimpleUploadedFile(name, content)})
    assert answer.context["form"].errors
    assert not ImportJob.objects.exists()


def test_uploaded_files_are_nobodys_and_erased_after_their_period(
    monitor: Client, client: Client, programme: Programme, django_capture_on_commit_callbacks: Capture
) -> None:
    job = bring(monitor, table(f"a;{programme.public_id};Pot.;action"), django_capture_on_commit_callbacks)
    name = job.file.name
    assert client.get(f"/media/{name}").status_code == 404
    assert jobs.erase_files(clock.now()) is None
    assert jobs.erase_files(clock.now() + dt.timedelta(days=8))
    job.refresh_from_db()
    assert not job.file
    assert not default_storage.exists(name)
    assert not jobs.confirm(job)


def test_workbook_is_taken(monitor: Client, programme: Programme, django_capture_on_commit_callbacks: Capture) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.title = "pledges"
    sheet.append(["id", "programme", "quote"])
    sheet.append(["a", programme.public_id, "Pot."])
    file = io.BytesIO()
    book.save(file)
    job = bring(monitor, SimpleUploadedFile("zaveze.xlsx", file.getvalue()), django_capture_on_commit_callbacks)
    assert job.state == ImportState.CHECKED
