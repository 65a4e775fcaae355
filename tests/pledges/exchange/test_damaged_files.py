"""Archives that are damaged, locked or no archives at all are refused in words; no job waits for ever."""

import io
import random
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.utils import translation
from openpyxl import Workbook

from pledges.enums import ImportState
from pledges.exchange import ImportRefused, jobs
from pledges.exchange.sources import open_source
from pledges.models import ImportJob
from tests.pledges.admin_people import ADMINISTRATORS, person

from .tools import refused

_TABLE = "id,name\n" + "".join(f"p{number},Oseba {number}\n" for number in range(300))


def packed(compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        archive.writestr("persons.csv", _TABLE)
        archive.writestr("files/programmes/a.pdf", b"%PDF-1.4 " + bytes(range(256)) * 4)
    return file.getvalue()


def workbook() -> bytes:
    book, file = Workbook(), io.BytesIO()
    sheet = book.active
    sheet.title = "persons"
    for line in _TABLE.splitlines():
        sheet.append(line.split(","))
    book.save(file)
    return file.getvalue()


def locked() -> bytes:
    """As a packer with a password marks its parts: bit 0 of the flags, in the directory and before the part."""
    data = bytearray(packed())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + place] |= 1
            at = data.find(mark, at + 4)
    return bytes(data)


def read_everything(path: Path) -> None:
    """Every row and every file, as an import reads them."""
    source = open_source(path)
    try:
        for table in source.tables:
            for _row in source.rows(table):
                pass
        if part := source.file("files/programmes/a.pdf"):
            with part:
                part.read()
    finally:
        source.close()


@pytest.mark.parametrize(
    ("name", "whole"),
    [
        ("a.zip", packed()),
        ("a.zip", packed(zipfile.ZIP_STORED)),
        ("a.zip", packed(zipfile.ZIP_BZIP2)),
        ("a.zip", packed(zipfile.ZIP_LZMA)),
        ("a.xlsx", workbook()),
    ],
    ids=["deflated", "stored", "bzip2", "lzma", "xlsx"],
)
def test_damage_is_refused_and_nothing_else(tmp_path: Path, name: str, whole: bytes) -> None:
    """Whatever is damaged: an archive is read or refused, and no other exception gets out."""
    chance = random.Random(4)  # noqa: S311 - the same damage every time
    path, refusals = tmp_path / name, 0
    path.write_bytes(whole)
    read_everything(path)
    for number in range(150):
        data = bytearray(whole)
        for _time in range(chance.choice((1, 1, 3, 20))):
            data[chance.randrange(len(data))] = chance.randrange(256)
        if number % 5 == 0:
            del data[chance.randrange(len(data)) :]
        path.write_bytes(data)
        try:
            read_everything(path)
        except ImportRefused as refusal:
            assert str(refusal)
            refusals += 1
    assert refusals > 50


def test_password_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(locked())
    with translation.override("en"), pytest.raises(ImportRefused, match="password"):
        read_everything(path)


@pytest.mark.django_db
def test_command_says_so_without_a_traceback(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    data = bytearray(packed())
    data[60:90] = bytes(30)
    for content in (locked(), bytes(data)):
        path.write_bytes(content)
        assert refused(path).count == 1
        with pytest.raises(CommandError, match=r"persons\.csv"):
            call_command("import_records", str(path))


@pytest.mark.django_db
@pytest.mark.parametrize("error", [None, ZeroDivisionError("nobody thought of it")])
def test_job_ends_whatever_happens(
    error: Any, monkeypatch: Any, django_capture_on_commit_callbacks: Any, caplog: Any
) -> None:
    if error:

        def broken(*_arguments: Any, **_how: Any) -> None:
            raise error

        monkeypatch.setattr(jobs, "import_records", broken)
    with django_capture_on_commit_callbacks(execute=True):
        job = jobs.start(SimpleUploadedFile("a.zip", locked()), person(ADMINISTRATORS))
    try:
        job = ImportJob.objects.get(pk=job.pk)
        assert job.state == (ImportState.FAILED if error else ImportState.REFUSED)
        assert job.finished_at
        assert bool(job.problems) is not bool(error)
        assert ("nobody thought of it" in caplog.text) is bool(error)
    finally:
        job.file.delete()
