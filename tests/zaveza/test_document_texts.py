"""The text of a document is read once for each file, and never of a file that has been replaced."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command

from tests.files import write_odt
from zaveza import clock
from zaveza.images import services
from zaveza.images.models import CustomDocument, DocumentText
from zaveza.texts import ExtractedText, Paragraph

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)


def upload(words: str = "Prvo.", name: str = "zapisnik.odt") -> CustomDocument:
    document: CustomDocument = CustomDocument.objects.create(
        title="Zapisnik", file=ContentFile(write_odt("Seja", [words]), name)
    )
    return document


class Reader:
    """Counts what it reads, and may do something else meanwhile."""

    def __init__(self, meanwhile: Any = None) -> None:
        self.times = 0
        self.meanwhile = meanwhile

    def __call__(self, file: Any, content_type: str) -> ExtractedText:
        self.times += 1
        if self.meanwhile:
            self.meanwhile()
        return ExtractedText("odt", None, (Paragraph(None, 1, "Prebrano."),))


def test_is_read_once() -> None:
    document, reader = upload(), Reader()
    for _time in range(2):
        text = services.read_document(document, reader=reader)
        assert text is not None and text.text == "Prebrano."
    assert reader.times == 1
    assert not services.unread().exists()
    services.read_document(document, reader=reader, again=True)
    assert reader.times == 2


def test_the_hash_of_the_file_is_noted() -> None:
    document = upload()
    services.read_document(document, reader=Reader())
    document.refresh_from_db()
    assert len(document.file_hash) == 40
    assert DocumentText.objects.get().file_hash == document.file_hash
    CustomDocument.objects.update(file_hash="0" * 40)
    assert services.unread().exists()


def test_what_was_replaced_meanwhile_is_not_stored() -> None:
    document = upload()

    def replace() -> None:
        CustomDocument.objects.filter(pk=document.pk).update(file="documents/drugi.odt")

    assert services.read_document(document, reader=Reader(replace)) is None
    assert not DocumentText.objects.exists()


def test_what_was_deleted_meanwhile_is_not_stored() -> None:
    document = upload()
    assert services.read_document(document, reader=Reader(CustomDocument.objects.all().delete)) is None


def test_a_file_that_is_gone_is_damaged_and_not_tried_for_ever() -> None:
    document = upload()
    Path(document.file.path).unlink()
    text = services.read_document(CustomDocument.objects.get())
    assert text is not None and text.problems == ["damaged"]
    assert not services.unread().exists()


def test_tick_reads_what_no_task_has_read(monkeypatch: Any) -> None:
    monkeypatch.setattr(services, "READ_AT_ONCE", 2)
    for number in range(3):
        upload(name=f"{number}.odt")
    assert [services.read_waiting(clock.now()) for _run in range(3)] == ["2 documents read", "1 documents read", None]
    assert set(DocumentText.objects.values_list("text", flat=True)) == {"Seja\nPrvo."}


def test_one_file_that_cannot_be_had_does_not_stop_the_others(monkeypatch: Any) -> None:
    first, second = upload(name="a.odt"), upload(name="b.odt")
    read = services.read_document

    def failing(document: CustomDocument, **options: Any) -> DocumentText | None:
        if document == first:
            raise RuntimeError("the storage does not answer")
        return read(document, **options)

    monkeypatch.setattr(services, "read_document", failing)
    with pytest.raises(CommandError, match=str(first.pk)):
        call_command("read_documents", verbosity=0)
    assert DocumentText.objects.get().document == second
