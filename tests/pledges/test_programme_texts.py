"""The text of a programme: read after the upload, whatever the file holds; fixed once somebody marks in it."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from pledges import factories, services
from pledges.models import Programme, ProgrammeText
from tests.files import docx, pdf, write_odt
from tests.pledges.admin_people import MONITORS, client_of, person
from zaveza.texts import ExtractedText, Paragraph, Problem

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)


def programme_with(content: bytes, name: str, text: str = "") -> Programme:
    programme: Programme = factories.ProgrammeFactory(text=text, sha256=f"{hash(content):x}"[:64])
    programme.file.save(name, ContentFile(content))
    return programme


def test_is_read_after_the_upload(django_capture_on_commit_callbacks: Any) -> None:
    candidacy = factories.CandidacyFactory()
    monitor = client_of(person(MONITORS, factories.HubFactory(covers=[candidacy.municipality])))
    with django_capture_on_commit_callbacks(execute=True):
        answer = monitor.post(
            reverse("programme:add"),
            {
                "candidacy": candidacy.pk,
                "version": 1,
                "submitted_at": "2022-10-01 10:00",
                "channel": "form",
                "language": "sl",
                "file": ContentFile(docx("Uredili bomo trg. Do 1. maja."), "program.docx"),
            },
        )
    assert answer.status_code == 302
    text = ProgrammeText.objects.get(programme__candidacy=candidacy)
    assert [sentence.text for sentence in text.sentences] == ["Uredili bomo trg.", "Do 1. maja."]
    assert (text.source, text.problems) == ("file", [])
    assert text.programme.text == "Uredili bomo trg. Do 1. maja."


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (lambda: pdf(["Skrito."], password="geslo"), Problem.ENCRYPTED),
        (lambda: pdf([]), Problem.NO_TEXT),
        (lambda: docx("Besedilo.")[:2000], Problem.DAMAGED),
        (lambda: b"GIF89a", Problem.UNKNOWN_TYPE),
    ],
)
def test_what_is_wrong_with_the_file_is_said_at_the_desk(content: Any, problem: Problem) -> None:
    programme = programme_with(content(), "program.pdf")
    monitor = client_of(person(MONITORS, factories.HubFactory(covers=[programme.candidacy.municipality])))
    desk = reverse("extraction:desk", args=[programme.pk])
    assert "help-info" in monitor.get(desk).content.decode(), "not read yet"
    monitor.post(reverse("extraction:read", args=[programme.pk]))
    text = ProgrammeText.objects.get(programme=programme)
    assert (text.paragraphs, text.problems) == ([], [problem.value])
    page = monitor.get(desk)
    assert len(page.context["problems"]) == 1
    assert not page.context["may_start"]
    monitor.post(reverse("extraction:start", args=[programme.pk]))
    assert not programme.extractions.exists()


def test_a_file_that_is_gone_is_damaged() -> None:
    programme = programme_with(docx("Besedilo."), "program.docx")
    Path(programme.file.path).unlink()
    text = services.read_programme(programme)
    assert text is not None
    assert text.problems == [Problem.DAMAGED.value]


def test_typed_text_stands_in_for_a_scan() -> None:
    programme = programme_with(pdf([]), "scan.pdf")
    assert services.read_programme(programme).problems == ["no_text"]  # type: ignore[union-attr]
    assert services.text_is_current(programme)
    programme.text = "Prepisano besedilo. Dve povedi."
    assert not services.text_is_current(programme)
    text = services.read_programme(programme)
    assert text is not None
    assert (text.source, text.problems, len(text.sentences)) == ("typed", ["no_text"], 2)
    programme.text += " Tri."
    assert len(services.read_programme(programme).sentences) == 3  # type: ignore[union-attr]


def test_is_not_read_again_once_somebody_marks_in_it() -> None:
    extraction = factories.ExtractionFactory()
    programme = extraction.programme
    before = ProgrammeText.objects.get(programme=programme).paragraphs
    programme.text = "Nekaj drugega."
    programme.save()
    assert services.text_is_current(programme)
    text = services.read_programme(programme, again=True, reader=lambda *_args, **_options: _other())
    assert text is not None
    assert text.paragraphs == before


def test_the_file_is_not_replaced_once_somebody_marks_in_it() -> None:
    programme = programme_with(write_odt("Program", ["Uredili bomo trg."]), "program.odt")
    Programme.objects.filter(pk=programme.pk).update(published_at=None)
    services.read_programme(programme)
    factories.ExtractionFactory(programme=programme)
    monitor = client_of(person(MONITORS, factories.HubFactory(covers=[programme.candidacy.municipality])))
    answer = _edit(monitor, programme)
    assert "file" in answer.context["form"].errors


def test_queries_of_the_desk_do_not_grow_with_the_text(django_assert_max_num_queries: Any) -> None:
    counts = []
    for length in (2, 60):
        programme = factories.ProgrammeFactory(text="\n".join("Uredili bomo trg." for _number in range(length)))
        extraction = factories.ExtractionFactory(
            programme=factories.ProgrammeTextFactory(programme=programme).programme,
            marks=[(number, "") for number in range(1, length + 1)],
            extractor=person(MONITORS, factories.HubFactory(covers=[programme.candidacy.municipality])),
        )
        monitor = client_of(extraction.extractor)
        address = reverse("extraction:desk", args=[programme.pk])
        monitor.get(address)
        with django_assert_max_num_queries(60) as queries:
            monitor.get(address)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def _other() -> ExtractedText:
    return ExtractedText("text", None, (Paragraph(None, 1, "Drugo.", ((0, 6),)),))


def _edit(monitor: Client, programme: Programme) -> Any:
    return monitor.post(
        reverse("programme:edit", args=[programme.pk]),
        {
            "candidacy": programme.candidacy_id,
            "version": 1,
            "submitted_at": "2022-09-01 10:00",
            "channel": "form",
            "language": "sl",
            "file": ContentFile(docx("Novo."), "novo.docx"),
        },
    )
