"""Files that are broken, too big or not what they say: refused with a word on why, and nothing of them is stored.

The importer's own tests (`tests/home/page_import/test_refused.py`) go into every row; here it is the command as typed.
"""

import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.models import Collection

from tests.pledges.admin_people import EDITORS, client_of, person

from .snapshots import stored
from .words import png

pytestmark = pytest.mark.django_db

MEGABYTE = 1024 * 1024
BOUNDARY = "zaveza-boundary"
PNG, PDF = "png", "pdf"
BEGINNINGS = {PNG: png(), PDF: b"%PDF-1.7"}


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    """A media folder of our own; the answers are compared in English."""
    settings.MEDIA_ROOT = str(tmp_path / "media")
    (tmp_path / "media").mkdir()
    return tmp_path / "media"


@pytest.fixture
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


def row(**members: Any) -> dict[str, Any]:
    """A row of an import file that is right."""
    return {
        "key": "about",
        "type": "StandardPage",
        "locale": "sl",
        "parent": "/sl/",
        "status": "published",
        "fields": {"title": "O nas"},
        **members,
    }


def pages(*rows: dict[str, Any]) -> str:
    return json.dumps({"version": 1, "pages": rows})


RIGHT = row(key="right", fields={"title": "Prav"})
IMPORTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "broken JSON": ('{"version": 1, "pages": [}', ("not valid JSON", "line 1, column 26")),
    "empty": ("", ("not valid JSON",)),
    "NUL bytes": ('{"version": 1, "pages": ["\0"]}', ("not valid JSON",)),
    "NUL in a text": (
        pages(RIGHT, row(fields={"title": "a\0b"})),
        ("row 2", "title", "Character U+0000 at position 2"),
    ),
    "unknown page type": (pages(RIGHT, row(type="BlogPage")), ("row 2, about (sl), type", "“BlogPage” is not a page")),
    "wrong locale": (pages(RIGHT, row(locale="de")), ("row 2, about (de), locale", "it has en, ka, pl, sl")),
    "missing image": (
        pages(RIGHT, row(fields={"title": "O nas", "search_image": "none.png"})),
        ("row 2, about (sl), search_image", "none.png"),
    ),
    "image that is none": (
        pages(RIGHT, row(fields={"title": "O nas", "search_image": "text.png"})),
        ("row 2, about (sl), search_image", "is not an image"),
    ),
    "image of 50 MB": (
        pages(RIGHT, row(fields={"title": "O nas", "search_image": "big.png"})),
        ("row 2, about (sl), search_image", "10.0\xa0MB"),
    ),
    "document of 50 MB": (
        pages(
            RIGHT,
            row(
                fields={
                    "title": "O nas",
                    "body": [{"type": "downloads", "value": {"documents": [{"document": "big.pdf"}]}}],
                }
            ),
        ),
        ("row 2, about (sl), body", "20.0\xa0MB"),
    ),
}


class TestImport:
    """`manage.py import_pages`."""

    @pytest.mark.parametrize("name", IMPORTS)
    def test_is_refused_whole(self, tmp_path: Path, english: None, name: str) -> None:
        content, expected = IMPORTS[name]
        path = tmp_path / "pages.json"
        path.write_bytes(content.encode())
        (tmp_path / "text.png").write_text("not a picture")
        _sparse(tmp_path / "big.png", BEGINNINGS[PNG])
        _sparse(tmp_path / "big.pdf", BEGINNINGS[PDF])
        assert_refused(path, *expected)

    def test_of_50_mb_is_refused(self, tmp_path: Path, english: None) -> None:
        assert_refused(_sparse(tmp_path / "big.json", b'{"version": 1'), "50.0\xa0MB", "20.0\xa0MB at most")

    def test_that_is_not_there(self, tmp_path: Path, english: None) -> None:
        assert_refused(tmp_path / "none.json", "There is no file")

    def test_what_is_right_is_imported(self, tmp_path: Path, english: None) -> None:
        """The rows above are refused for what is wrong with them and for nothing else."""
        path = tmp_path / "pages.json"
        path.write_text(pages(RIGHT, row()))
        out = io.StringIO()
        call_command("import_pages", str(path), stdout=out, stderr=out)
        assert "2 created" in out.getvalue()


def assert_refused(path: Path, *expected: str) -> None:
    """The command fails with these words, has written nothing, and shows no traceback."""
    before = stored()
    out = io.StringIO()
    with pytest.raises(CommandError) as refused:
        call_command("import_pages", str(path), stdout=out, stderr=out)
    assert stored() == before
    assert refused.value.returncode == 1
    for words in expected:
        assert words in str(refused.value)
    assert "created" not in out.getvalue()


def _sparse(path: Path, beginning: bytes, size: int = 50 * MEGABYTE) -> Path:
    """A file of this size that takes no room on the disk."""
    with path.open("wb") as file:
        file.write(beginning)
        file.truncate(size)
    return path


class TestUpload:
    """Images and documents in the admin, as an editor who is signed in."""

    @pytest.fixture
    def editor(self) -> Client:
        return client_of(person(EDITORS))

    @pytest.mark.parametrize(
        ("url_name", "field", "name", "kind", "limit"),
        [
            ("wagtailimages:add", "file", "slika.png", PNG, "10,0 MB"),
            ("wagtailimages_chooser:create", "image-chooser-upload-file", "slika.png", PNG, "10,0 MB"),
            ("wagtaildocs:add", "file", "zapisnik.pdf", PDF, "20,0 MB"),
            ("wagtaildocs_chooser:create", "document-chooser-upload-file", "zapisnik.pdf", PDF, "20,0 MB"),
        ],
    )
    def test_of_50_mb_is_an_error_of_the_field(
        self, editor: Client, tmp_path: Path, url_name: str, field: str, name: str, kind: str, limit: str
    ) -> None:
        answer = assert_nothing_stored(
            lambda: upload(editor, reverse(url_name), field, _sparse(tmp_path / name, BEGINNINGS[kind]))
        )
        assert "50,0 MB" in answer
        assert limit in answer

    @pytest.mark.parametrize(
        ("url_name", "name", "kind", "limit"),
        [
            ("wagtailimages:add_multiple", "slika.png", PNG, "10,0 MB"),
            ("wagtaildocs:add_multiple", "zapisnik.pdf", PDF, "20,0 MB"),
        ],
    )
    def test_of_several_files(
        self, editor: Client, tmp_path: Path, url_name: str, name: str, kind: str, limit: str
    ) -> None:
        path = _sparse(tmp_path / name, BEGINNINGS[kind])
        answer = assert_nothing_stored(lambda: upload(editor, reverse(url_name), "files[]", path))
        assert limit in answer

    @pytest.mark.parametrize(
        ("url_name", "name", "content"),
        [
            ("wagtailimages:add", "slika.png", b"not a picture"),
            ("wagtailimages:add", "slika.exe", png()),
            ("wagtailimages:add", "slika.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
            ("wagtailimages:add", "prazna.png", b""),
            ("wagtaildocs:add", "stran.html", b"<script>alert(1)</script>"),
            ("wagtaildocs:add", "prazna.pdf", b""),
        ],
        ids=lambda value: value if isinstance(value, str) else "",
    )
    def test_of_something_else(self, editor: Client, tmp_path: Path, url_name: str, name: str, content: bytes) -> None:
        path = tmp_path / name
        path.write_bytes(content)
        before = stored()
        response = upload(editor, reverse(url_name), "file", path)
        assert response.status_code == 200
        assert response.context["form"].errors["file"]
        assert stored() == before


def assert_nothing_stored(send: Callable[[], Any]) -> str:
    """What the form says; no row and no file has been added."""
    before = stored()
    response = send()
    assert response.status_code == 200
    assert stored() == before
    text = response.content.decode()
    if response["Content-Type"].startswith("application/json"):
        text = json.dumps(json.loads(text), ensure_ascii=False)
    return text.replace("\xa0", " ").replace("&nbsp;", " ")


def upload(client: Client, path: str, field: str, file: Path) -> Any:
    """Post a file piece by piece, as a browser does, without holding it in memory."""
    prefix = field.removesuffix("file") if field.endswith("-file") else ""
    fields = {f"{prefix}title": "Naslov", f"{prefix}collection": str(Collection.get_first_root_node().pk)}
    body = file.with_suffix(".body")
    with body.open("wb") as target:
        for name, value in fields.items():
            target.write(f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode())
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{field}"; filename="{file.name}"\r\n'
        target.write(f"{head}Content-Type: application/octet-stream\r\n\r\n".encode())
        start = target.tell()
        with file.open("rb") as source:
            target.write(source.read(MEGABYTE))
        # The rest of the file is a hole.
        target.seek(start + file.stat().st_size)
        target.write(f"\r\n--{BOUNDARY}--\r\n".encode())
    with body.open("rb") as payload:
        return client.generic(
            "POST",
            path,
            headers={"x-requested-with": "XMLHttpRequest"},
            **{
                "wsgi.input": payload,
                "CONTENT_TYPE": f"multipart/form-data; boundary={BOUNDARY}",
                "CONTENT_LENGTH": str(body.stat().st_size),
            },
        )
