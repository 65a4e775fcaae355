"""`manage.py import_pages` as it is typed."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from home.models import StandardPage

from .conftest import Importer, row

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    """The answers are compared in English."""
    with translation.override("en"):
        yield


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command("import_pages", *arguments, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def test_tells_what_became_of_each_page(importer: Importer) -> None:
    importer(row("about"), row("team"), dry_run=True)
    assert "This was a dry run: nothing was written." in run(str(importer.path), "--dry-run")
    assert not StandardPage.objects.exists()
    first = run(str(importer.path))
    assert "created: about (sl) /zaveza/about/" in first
    assert "2 created, 0 updated, 0 unchanged, 0 files stored." in first
    second = run(str(importer.path))
    assert "unchanged: about (sl) /zaveza/about/" in second
    assert "Nothing has changed." in second


def test_lists_every_problem_and_fails(importer: Importer) -> None:
    importer.path.write_text("{}")
    with pytest.raises(CommandError, match="1 problem"):
        run(str(importer.path))
    importer.problems(row("a", type="Blog"), row("b", locale="de"))
    with pytest.raises(CommandError) as error:
        run(str(importer.path))
    lines = str(error.value).splitlines()
    assert lines[0].endswith("2 problems.")
    assert lines[1].startswith("  row 1, a (sl), type: “Blog” is not a page type")
    assert lines[2].startswith("  row 2, b (de), locale: “de”")
    assert error.value.returncode == 1


def test_missing_file_is_an_answer_and_no_traceback(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="There is no file"):
        run(str(tmp_path / "none.json"))
