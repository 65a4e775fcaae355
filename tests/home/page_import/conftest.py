"""An import file in a folder of its own, run through the importer or the command."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from PIL import Image

from home.page_import.problems import ImportRefused, Problem
from home.page_import.run import Report, import_pages


@pytest.fixture
def media(settings: Any, tmp_path: Path) -> Path:
    """A media folder that holds what this test has stored."""
    folder = tmp_path / "media"
    folder.mkdir()
    settings.MEDIA_ROOT = str(folder)
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of the import file."""
    folder = tmp_path / "import"
    folder.mkdir()
    return folder


class Importer:
    """Writes rows to a file and imports it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / "pages.json"

    def __call__(self, *rows: dict[str, Any], dry_run: bool = False) -> Report:
        self.path.write_text(json.dumps({"version": 1, "pages": rows}, ensure_ascii=False), encoding="utf-8")
        return import_pages(self.path, dry_run=dry_run)

    def problems(self, *rows: dict[str, Any]) -> list[Problem]:
        """What is wrong with these rows."""
        with pytest.raises(ImportRefused) as refused:
            self(*rows)
        return refused.value.problems

    def problem(self, *rows: dict[str, Any]) -> Problem:
        """The one thing that is wrong with these rows."""
        problems = self.problems(*rows)
        assert len(problems) == 1, problems
        return problems[0]


@pytest.fixture
def importer(folder: Path, media: Path) -> Importer:
    """Imports rows from a folder of its own into a media folder of its own."""
    return Importer(folder)


def row(key: str = "about", **changes: Any) -> dict[str, Any]:
    """A row that is right, with the changes of a test; other names than a row's members are fields."""
    members = {"type", "locale", "parent", "status", "translation_of", "fields"}
    fields = {"title": key.capitalize(), **{name: value for name, value in changes.items() if name not in members}}
    return {
        "key": key,
        "type": "StandardPage",
        "locale": settings.LANGUAGE_CODE,
        "parent": "/sl/",
        "status": "published",
        "fields": fields,
        **{name: value for name, value in changes.items() if name in members},
    }


def block(block_type: str, /, **value: Any) -> dict[str, Any]:
    """A block of a body."""
    return {"type": block_type, "value": value}


@pytest.fixture
def picture() -> Callable[..., bytes]:
    """Draws a small picture; another colour is another file."""

    def draw(colour: str = "teal", kind: str = "PNG") -> bytes:
        content = io.BytesIO()
        Image.new("RGB", (40, 30), colour).save(content, kind)
        return content.getvalue()

    return draw
