"""Bad input: each gets its clear answer, all of it at once, and nothing is half-written."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from wagtail.models import Page

from home.factories import NewsIndexPageFactory, StandardPageFactory
from home.models import ImportedPage, StandardPage
from home.page_import.problems import ImportRefused
from home.page_import.reading import IMPORT_FILE_LIMIT
from home.page_import.run import import_pages
from pledges.models import Organisation

from .conftest import Importer, block, row

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    """The answers are compared in English."""
    with translation.override("en"):
        yield


def refusal(path: Path) -> str:
    with pytest.raises(ImportRefused) as refused:
        import_pages(path)
    return str(refused.value)


def refusal_of(folder: Path, content: str | bytes) -> str:
    path = folder / "pages.json"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return refusal(path)


class TestFile:
    def test_missing(self, folder: Path) -> None:
        assert "There is no file" in refusal(folder / "none.json")

    def test_folder(self, folder: Path) -> None:
        assert "is not a file" in refusal(folder)

    def test_name_with_a_nul(self, folder: Path) -> None:
        assert "cannot be read" in refusal(folder / "a\0b.json")

    def test_pipe_is_not_waited_for(self, folder: Path) -> None:
        os.mkfifo(folder / "pipe.json")
        assert "is not a file" in refusal(folder / "pipe.json")

    def test_broken_json_names_line_and_column(self, folder: Path) -> None:
        assert "line 3, column 12" in refusal_of(folder, '{\n "version": 1,\n "pages": [}\n')

    @pytest.mark.parametrize("content", [b"", b"\0\0", b'{"version": 1, "pages": ["a\0b"]}'])
    def test_empty_or_nul_bytes(self, folder: Path, content: bytes) -> None:
        assert "not valid JSON" in refusal_of(folder, content)

    def test_other_encoding(self, folder: Path) -> None:
        content = '{"version": 1, "pages": "č"}'.encode("cp1250")
        assert "not UTF-8: byte 26" in refusal_of(folder, content)

    def test_nested_too_deeply(self, folder: Path) -> None:
        assert "nested too deeply" in refusal_of(folder, "[" * 100_000)

    @pytest.mark.parametrize("value", ["NaN", "Infinity", "1" * 5000])
    def test_number_that_is_none(self, folder: Path, value: str) -> None:
        assert "not valid JSON" in refusal_of(folder, f'{{"version": 1, "pages": [{value}]}}')

    def test_name_that_stands_twice(self, folder: Path) -> None:
        assert "“pages” stands twice" in refusal_of(folder, '{"version": 1, "pages": [], "pages": []}')

    @pytest.mark.parametrize("content", ["[]", "null", '"x"', "{}", '{"version": 1, "pages": {}}'])
    def test_wrong_shape(self, folder: Path, content: str) -> None:
        assert '{"version": 1, "pages": [...]}' in refusal_of(folder, content)

    @pytest.mark.parametrize("version", ["2", '"1"', "true", "null"])
    def test_other_version(self, folder: Path, version: str) -> None:
        assert '"version" must be 1' in refusal_of(folder, f'{{"version": {version}, "pages": []}}')

    def test_unknown_member(self, folder: Path) -> None:
        assert "site" in refusal_of(folder, '{"version": 1, "pages": [], "site": 1}')

    def test_of_50_mb_is_not_read(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        path = folder / "big.json"
        with path.open("wb") as file:
            file.truncate(50 * 1024 * 1024)
        monkeypatch.setattr(Path, "open", lambda *args, **kwargs: pytest.fail("it was opened"))
        answer = refusal(path)
        assert "50.0\xa0MB" in answer
        assert f"{IMPORT_FILE_LIMIT // 1024 // 1024}.0\xa0MB at most" in answer


class TestRow:
    def test_all_problems_are_told_and_nothing_is_written(self, importer: Importer) -> None:
        pages = Page.objects.count()
        problems = importer.problems(
            row("right"),
            row("a", type="Blog"),
            row("b", locale="de", nonsense=1),
            row("c", body=[block("text", text=5), block("heading", text="x" * 201), block("map")]),
            row("d", parent="rihgt"),
            "e",
        )
        assert [(problem.row, problem.key, problem.field) for problem in problems] == [
            (2, "a", "type"),
            (3, "b", "locale"),
            (4, "c", "body[1].text"),
            (4, "c", "body[3]"),
            (4, "c", "body[2].text"),
            (5, "d", "parent"),
            (6, "", ""),
        ]
        assert "HomePage, InitiativesPage, NewsIndexPage" in str(problems[0])
        assert str(problems[1]).startswith("row 3, b (de), locale: “de” is not a language of this site; it has en, ka")
        assert "Close to it: right." in str(problems[5])
        assert Page.objects.count() == pages
        assert not ImportedPage.objects.exists()

    def test_members(self, importer: Importer) -> None:
        bare = {"key": "bad key", "type": 1, "fields": [], "status": "hidden", "colour": "red"}
        problems = {problem.field: problem.message for problem in importer.problems(bare)}
        assert set(problems) == {"colour", "key", "type", "locale", "parent", "status", "fields"}
        assert problems["locale"] == "Missing; every page has it."
        assert "“draft” or “published”" in problems["status"]

    def test_unknown_field_lists_the_known(self, importer: Importer) -> None:
        problem = importer.problem(row("about", date="2019-05-31"))
        assert problem.field == "date"
        assert "StandardPage has no field of this name; it has title, slug" in problem.message

    @pytest.mark.parametrize("name", ["path", "live", "owner", "translation_key", "page_ptr", "id", "locked"])
    def test_state_and_place_cannot_be_set(self, importer: Importer, name: str) -> None:
        assert importer.problem(row("about", **{name: 1})).field == name

    def test_title_missing(self, importer: Importer) -> None:
        bare = row("about")
        del bare["fields"]["title"]
        assert importer.problem(bare).field == "title"

    @pytest.mark.parametrize(
        "value", ["2019-31-05", "31.5.2019", "2019-5-31", "20190531", 20190531, "2019-02-30", True]
    )
    def test_wrong_date(self, importer: Importer, value: Any) -> None:
        NewsIndexPageFactory()
        problem = importer.problem(row("n", type="NewsPage", parent="/sl/novice/", date=value))
        assert problem.field == "date"
        assert "such as 2019-05-31" in problem.message

    def test_dates_in_wrong_order(self, importer: Importer) -> None:
        NewsIndexPageFactory()
        article = row("n", type="NewsPage", parent="/sl/novice/", event_start="2019-05-24", event_end="2019-05-20")
        assert importer.problem(article).field == "event_end"

    @pytest.mark.parametrize("value", ["a\0b", "\x0b", "\ud800"])
    def test_character_that_cannot_be_stored(self, importer: Importer, folder: Path, value: str) -> None:
        bad = row("about", title=value, body=[block("text", text=value)])
        importer.path.write_text(json.dumps({"version": 1, "pages": [bad]}))
        answer = refusal(importer.path)
        assert f"title: Character U+{ord(value[-1] if len(value) == 1 else chr(0)):04X}" in answer
        assert "body[1].value.text: Character" in answer

    def test_text_too_long(self, importer: Importer) -> None:
        problem = importer.problem(row("about", title="x" * 256))
        assert problem.field == "title"
        assert "255" in problem.message

    def test_duplicate_key(self, importer: Importer) -> None:
        problem = importer.problem(row("about"), row("team"), row("about"))
        assert (problem.row, problem.field) == (3, "key")
        assert "Row 1" in problem.message

    def test_key_of_two_types(self, importer: Importer) -> None:
        english = {"type": "HomePage", "locale": "en", "parent": "/", "translation_of": "/sl/"}
        below = {"locale": "en", "parent": "home-en"}
        problem = importer.problem(row("a"), row("home-en", **english), row("a", type="InitiativesPage", **below))
        assert (problem.row, problem.field) == (3, "type")

    def test_wrong_parent_type(self, importer: Importer) -> None:
        problem = importer.problem(row("n", type="NewsPage"))
        assert problem.field == "parent"
        assert problem.message == "A NewsPage cannot stand below a HomePage; it stands below: NewsIndexPage."

    def test_parent_in_another_language(self, importer: Importer) -> None:
        assert "in its own language" in importer.problem(row("a", locale="en")).message

    def test_parent_only_in_another_language(self, importer: Importer) -> None:
        problem = importer.problem(row("a"), row("b", parent="a", locale="en"))
        assert problem.message == "“a” is there in sl only; add it in en too."

    def test_parent_path_that_leads_nowhere(self, importer: Importer) -> None:
        for path in ("/sl/none/", "/none/", "/ka/", "/sl/a\u202eb/"):
            assert f"There is no page at {path}" in importer.problem(row("a", parent=path)).message

    def test_parents_in_a_ring(self, importer: Importer) -> None:
        problems = importer.problems(row("a", parent="b"), row("b", parent="a"), row("c", parent="c"))
        assert {problem.field for problem in problems} == {"parent"}
        assert {"c"} < {problem.key for problem in problems}

    def test_slug_that_is_taken(self, importer: Importer) -> None:
        StandardPageFactory(slug="taken")
        assert importer.problem(row("a", slug="taken")).field == "slug"
        assert importer.problem(row("a", slug="same"), row("b", slug="same")).field == "slug"

    def test_more_pages_than_allowed(self, importer: Importer) -> None:
        NewsIndexPageFactory()
        assert importer.problem(row("n", type="NewsIndexPage")).field == "parent"

    def test_second_translation_in_a_language(self, importer: Importer) -> None:
        importer(row("home-en", type="HomePage", locale="en", parent="/", translation_of="/sl/"))
        StandardPageFactory(slug="about")
        importer(row("about-en", locale="en", parent="home-en", translation_of="/sl/about/"))
        again = row("again", locale="en", parent="home-en", translation_of="/sl/about/")
        assert importer.problem(again).field == "translation_of"

    def test_translation_of_another_type_or_in_one_language(self, importer: Importer) -> None:
        NewsIndexPageFactory()
        assert importer.problem(row("a", translation_of="/sl/novice/", locale="sl")).field == "translation_of"
        assert importer.problem(row("a"), row("b", translation_of="a")).field == "translation_of"

    def test_page_that_has_moved_or_changed_type(self, importer: Importer) -> None:
        importer(row("a"), row("b"))
        assert importer.problem(row("a", parent="b")).field == "parent"
        assert importer.problem(row("a", type="InitiativesPage")).field == "type"

    def test_locked_page(self, importer: Importer) -> None:
        importer(row("a"))
        StandardPage.objects.update(locked=True)
        assert "locked" in importer.problem(row("a", lead="New.")).message

    def test_record_that_is_not_there_or_not_of_the_kind(self, importer: Importer) -> None:
        NewsIndexPageFactory()
        Organisation.objects.create(name="A", slug="sticisce", kind="ngo")
        article = {"type": "NewsPage", "parent": "/sl/novice/"}
        problem = importer.problem(row("n", **article, hub="sticisc"))
        assert "slug “sticisc”" in problem.message
        assert "Close to it: sticisce." in problem.message
        assert "kind = hub" in importer.problem(row("n", **article, hub="sticisce")).message
        assert importer.problem(row("n", **article, hub=True)).field == "hub"

    def test_year_that_is_none(self, importer: Importer) -> None:
        for year in ("²", "2018x", "9" * 30, 1999):
            assert "year" in importer.problem(row("e", type="EditionPage", edition=year)).message

    def test_related_page_of_another_type(self, importer: Importer) -> None:
        NewsIndexPageFactory()
        problem = importer.problem(row("a"), row("n", type="NewsPage", parent="/sl/novice/", project="a"))
        assert problem.message == "“a” is a StandardPage; here belongs a ProjectPage."

    def test_error_while_writing_takes_everything_back(
        self, importer: Importer, folder: Path, media: Path, picture: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (folder / "a.png").write_bytes(picture())
        (folder / "b.png").write_bytes(picture("navy"))
        from django.core.files.storage import FileSystemStorage

        save = FileSystemStorage.save

        def full_disk(self, name, *args, **kwargs):
            if "b" in Path(name).stem:
                raise OSError("No space left on device")
            return save(self, name, *args, **kwargs)

        monkeypatch.setattr(FileSystemStorage, "save", full_disk)
        with pytest.raises(OSError, match="No space"):
            importer(row("a", search_image="a.png"), row("b", search_image="b.png"))
        assert not StandardPage.objects.exists()
        assert [path for path in media.rglob("*") if path.is_file()] == []


class TestBlocks:
    @pytest.mark.parametrize(
        ("body", "field"),
        [
            ("text", "body"),
            ([5], "body[1]"),
            ([{"type": "text"}], "body[1]"),
            ([{"type": ["text"], "value": {}}], "body[1]"),
            ([{"type": "text", "value": "plain"}], "body[1]"),
            ([block("text")], "body[1].text"),
            ([block("text", text="x", colour="red")], "body[1].colour"),
            ([block("text", text="x", language="de")], "body[1].language"),
            ([block("list", kind="stars", items=["a"])], "body[1].kind"),
            ([block("list", items=[])], "body[1].items"),
            ([block("list", items="a")], "body[1].items"),
            ([block("list", items=["a", ""])], "body[1].items[2]"),
            ([block("list", items=["a", 5])], "body[1].items[2]"),
            ([block("steps", steps=[{"text": "x"}])], "body[1].steps[1].heading"),
            ([block("numbers", numbers=[{"unit": "a", "value": "many"}])], "body[1].numbers[1].value"),
            ([block("numbers", numbers=[{"unit": "a", "value": "NaN"}])], "body[1].numbers[1].value"),
            ([block("numbers", numbers=[{"unit": "a", "as_of": "2019"}])], "body[1].numbers[1].as_of"),
            ([block("link_card", title="A", url="javascript:alert(1)")], "body[1].url"),
            ([block("image", image="none.png")], "body[1].image"),
            ([block("image", image=None)], "body[1].image"),
            ([block("image", image=5, decorative="yes")], "body[1].image"),
            ([block("image")], "body[1].image"),
        ],
    )
    def test_place_of_the_problem(self, importer: Importer, body: Any, field: str) -> None:
        assert field in [problem.field for problem in importer.problems(row("about", body=body))]
