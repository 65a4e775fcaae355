"""Pictures and documents of an import file."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from home.models import StandardPage
from home.page_import.files import Files
from search.models import SearchEntry
from tests.files import write_odt
from zaveza.images.models import CustomDocument, CustomImage

from .conftest import Importer, block, row

pytestmark = pytest.mark.django_db
MEGABYTE = 1024 * 1024


@pytest.fixture(autouse=True)
def english():
    """The answers are compared in English."""
    with translation.override("en"):
        yield


def with_image(image: Any) -> dict[str, Any]:
    return row("about", search_image=image)


def with_document(document: Any) -> dict[str, Any]:
    return row("about", body=[block("downloads", documents=[{"document": document}])])


def stored(media: Path) -> list[str]:
    return sorted(str(path.relative_to(media)) for path in media.rglob("*") if path.is_file())


def test_picture_with_its_words(importer: Importer, folder: Path, media: Path, picture) -> None:
    (folder / "img").mkdir()
    (folder / "img" / "trg.png").write_bytes(picture())
    report = importer(
        with_image({"file": "img/trg.png", "title": "Trg", "description": "Ljudje na trgu", "credit": "A. B."})
    )
    image = CustomImage.objects.get()
    assert (image.title, image.description, image.credit) == ("Trg", "Ljudje na trgu", "A. B.")
    assert (image.width, image.height, image.file_size) == (40, 30, len(picture()))
    assert report.files == 1
    (name,) = stored(media)
    assert re.fullmatch(r"original_images/[0-9a-f]{16}-trg\.png", name)
    assert image.get_rendition("width-20").width == 20
    assert StandardPage.objects.get().search_image == image


def test_document_with_its_words(importer: Importer, folder: Path, media: Path) -> None:
    (folder / "Vabilo č.pdf").write_bytes(b"%PDF-1.7\n%%EOF")
    importer(with_document({"file": "Vabilo č.pdf", "title": "Vabilo", "language": "sl", "dated": "2014-08-01"}))
    document = CustomDocument.objects.get()
    assert (document.title, document.language, str(document.dated)) == ("Vabilo", "sl", "2014-08-01")
    with document.open_file() as file:
        assert file.read() == b"%PDF-1.7\n%%EOF"
    assert StandardPage.objects.get().body[0].value["documents"][0]["document"] == document


def test_same_content_is_stored_once(importer: Importer, folder: Path, media: Path, picture) -> None:
    for name in ("a.png", "b.png"):
        (folder / name).write_bytes(picture())
    importer(with_image("a.png"), row("team", search_image="b.png"))
    importer(with_image("b.png"), row("more", search_image="a.png"))
    assert CustomImage.objects.count() == 1
    assert len(stored(media)) == 1


def test_same_name_is_no_same_file(importer: Importer, folder: Path, media: Path, picture) -> None:
    colours = ("red", "green", "blue")
    for colour in colours:
        (folder / colour).mkdir()
        (folder / colour / "a.png").write_bytes(picture(colour))
    importer(*(row(colour, search_image=f"{colour}/a.png") for colour in colours))
    assert len(stored(media)) == 3
    for colour in colours:
        with StandardPage.objects.get(title=colour.capitalize()).search_image.open_file() as file:
            assert file.read() == picture(colour)


def test_changed_file_is_a_changed_row(importer: Importer, folder: Path, picture) -> None:
    (folder / "a.png").write_bytes(picture("red"))
    importer(with_image("a.png"))
    assert len(importer(with_image("a.png")).unchanged) == 1
    (folder / "a.png").write_bytes(picture("blue"))
    assert len(importer(with_image("a.png")).updated) == 1
    assert CustomImage.objects.count() == 2


def test_picture_that_is_there_keeps_its_words(importer: Importer, folder: Path, picture) -> None:
    (folder / "a.png").write_bytes(picture())
    importer(with_image({"file": "a.png", "title": "First"}))
    report = importer(with_image({"file": "a.png", "title": "Second"}))
    assert CustomImage.objects.get().title == "First"
    assert [warning.field for warning in report.warnings] == ["search_image.title"]


def test_hook_that_fails_after_the_commit_takes_no_file_away(
    importer: Importer, folder: Path, media: Path, picture, django_capture_on_commit_callbacks
) -> None:
    (folder / "a.png").write_bytes(picture())
    files = Files(folder)
    with django_capture_on_commit_callbacks() as hooks:
        importer(with_image("a.png"))
    assert hooks[0].__func__ is Files.note_commit
    files.note_commit()
    image = CustomImage.objects.get()
    with pytest.raises(RuntimeError), files.removed_on_failure():
        files._stored.append((image.file.storage, image.file.name))
        raise RuntimeError("the search engine is down")
    assert stored(media) == [image.file.name]


@pytest.mark.parametrize("name", ["../out.png", "/etc/hostname", "img/../../out.png", "link.png", "folder/out.png"])
def test_nothing_outside_the_folder_is_read(importer: Importer, folder: Path, media: Path, picture, name: str) -> None:
    (folder / "img").mkdir()
    outside = folder.parent / "elsewhere"
    outside.mkdir()
    for path in (folder.parent / "out.png", outside / "out.png"):
        path.write_bytes(picture())
    (folder / "link.png").symlink_to(folder.parent / "out.png")
    (folder / "folder").symlink_to(outside)
    assert "leads out of the folder" in importer.problem(with_image(name)).message


@pytest.mark.parametrize("name", ["none.png", "", "img", "x" * 300 + ".png", "loop.png"])
def test_missing(importer: Importer, folder: Path, media: Path, name: str) -> None:
    (folder / "img").mkdir()
    (folder / "loop.png").symlink_to(folder / "loop.png")
    problem = importer.problem(with_image(name))
    assert problem.field == "search_image"
    assert "There is no file" in problem.message or "is not a file" in problem.message


@pytest.mark.parametrize("value", [5, ["a.png"], {}, {"file": 5}, {"file": "a.png", "colour": "red"}, True])
def test_wrong_shape(importer: Importer, folder: Path, picture, value: Any) -> None:
    (folder / "a.png").write_bytes(picture())
    assert importer.problem(with_image(value)).field == "search_image"


def test_wrong_words(importer: Importer, folder: Path, picture) -> None:
    (folder / "a.png").write_bytes(picture())
    problems = importer.problems(with_image({"file": "a.png", "title": "x" * 300, "credit": 5}))
    assert [problem.field for problem in problems] == ["search_image.title", "search_image.credit"]
    (folder / "a.pdf").write_bytes(b"%PDF")
    problem = importer.problem(with_document({"file": "a.pdf", "dated": "1. 8. 2014"}))
    assert problem.field == "body[1].documents[1].document.dated"


class TestImage:
    def test_that_is_text(self, importer: Importer, folder: Path, media: Path) -> None:
        (folder / "a.png").write_text("not a picture")
        assert "is not an image" in importer.problem(with_image("a.png")).message

    def test_of_another_kind_than_its_name_says(self, importer: Importer, folder: Path, picture) -> None:
        (folder / "a.png").write_bytes(picture(kind="JPEG"))
        assert "is not an image" in importer.problem(with_image("a.png")).message

    def test_with_script(self, importer: Importer, folder: Path) -> None:
        (folder / "a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
        assert "is not an image" in importer.problem(with_image("a.svg")).message

    def test_cut_off(self, importer: Importer, folder: Path, picture) -> None:
        for kind, name in (("PNG", "a.png"), ("JPEG", "a.jpg")):
            (folder / name).write_bytes(picture(kind=kind)[:-40])
            assert "image" in importer.problem(with_image(name)).message

    def test_empty(self, importer: Importer, folder: Path) -> None:
        (folder / "a.png").touch()
        assert "is empty" in importer.problem(with_image("a.png")).message

    def test_of_50_mb_is_not_read(self, importer: Importer, folder: Path, media: Path, monkeypatch) -> None:
        with (folder / "a.png").open("wb") as file:
            file.truncate(50 * MEGABYTE)
        monkeypatch.setattr("home.page_import.files.WagtailImageField", lambda: pytest.fail("it was read"))
        problem = importer.problem(with_image("a.png"))
        assert "50.0\xa0MB; an image may have 10.0\xa0MB at most" in problem.message
        assert stored(media) == []


class TestDocument:
    def test_of_50_mb_is_not_read(self, importer: Importer, folder: Path, media: Path, monkeypatch) -> None:
        with (folder / "a.pdf").open("wb") as file:
            file.truncate(50 * MEGABYTE)
        monkeypatch.setattr("home.page_import.files.hash_filelike", lambda file: pytest.fail("it was read"))
        problem = importer.problem(with_document("a.pdf"))
        assert "50.0\xa0MB; a document may have 20.0\xa0MB at most" in problem.message
        assert stored(media) == []

    @pytest.mark.parametrize("name", ["a.html", "a.exe", "a"])
    def test_of_a_kind_that_is_not_offered(self, importer: Importer, folder: Path, name: str) -> None:
        (folder / name).write_text("x")
        assert "csv, docx, odt, ods, pdf" in importer.problem(with_document(name)).message


def test_the_search_finds_an_imported_document(
    importer: Importer, folder: Path, media: Path, django_capture_on_commit_callbacks: Any
) -> None:
    """Its file is stored after its row, and read after both."""
    (folder / "zapisnik.odt").write_bytes(write_odt("Seja", ["Govorili smo o kolesarski stezi."]))
    rows = [
        with_document({"file": "zapisnik.odt", "title": "Zapisnik", "language": "sl"}),
        row("draft", status="draft", body=[block("downloads", documents=[{"document": "osnutek.odt"}])]),
    ]
    (folder / "osnutek.odt").write_bytes(write_odt("Osnutek", ["Govorili smo o vrtcu."]))
    with django_capture_on_commit_callbacks(execute=True):
        importer(*rows)
    assert CustomDocument.objects.count() == 2
    entry = SearchEntry.objects.get(type="document")
    assert (entry.title, entry.body) == ("Zapisnik", "Seja\nGovorili smo o kolesarski stezi.")
    assert entry.url == CustomDocument.objects.get(title="Zapisnik").url
