"""Rules of the house that no tool checks."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOP_LEVEL = {
    ".ci", ".env.example", ".gitignore", "LICENSE", "Makefile", "README.md", "bench", "deploy", "docs", "home",
    "locale", "manage.py", "pledges", "pyproject.toml", "requirements", "search", "site", "static", "templates",
    "tests",
}  # fmt: skip
MOST_LINES = 400


def tracked():
    """The files of the repository as Git knows them, with new ones that it does not ignore."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listing.returncode:
        pytest.skip("not a Git checkout")
    return [path for name in listing.stdout.decode().split("\0") if name and (path := ROOT / name).is_file()]


def test_site_is_a_source_root_and_import_site_is_pythons():
    assert not (ROOT / "site" / "__init__.py").exists()
    found = subprocess.run(
        [sys.executable, "-c", "import site; print(site.__file__)"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    assert ROOT not in Path(found).parents


def test_git_does_not_ignore_the_site_folder():
    lines = (ROOT / ".gitignore").read_text().split()
    assert not {"site", "/site", "site/", "/site/"} & set(lines)


def test_top_level_entries_are_the_agreed_ones():
    assert {path.relative_to(ROOT).parts[0] for path in tracked()} <= TOP_LEVEL


def test_no_module_is_too_long():
    long = {
        path.relative_to(ROOT).as_posix(): lines
        for path in tracked()
        if path.suffix == ".py"
        and not {"migrations", "tests"} & set(path.relative_to(ROOT).parts)
        and (lines := len(path.read_text().splitlines())) > MOST_LINES
    }
    assert long == {}


def test_templates_have_no_style_attribute_and_no_inline_script_or_style():
    pattern = re.compile(
        r"<[^>]*\sstyle\s*=|<style\b|<script(?![^>]*\b(?:src=|type=\"application/(?:ld\+)?json))|\son\w+=\""
    )
    found = [
        f"{path.relative_to(ROOT)}: {match.group(0)}"
        for path in (ROOT / "templates").rglob("*.html")
        for match in pattern.finditer(path.read_text())
        if "email" not in path.parts
    ]
    assert found == []


def test_requirements_name_no_address():
    for path in (ROOT / "requirements").iterdir():
        assert not re.search(r"https?://|--find-links|--(extra-)?index-url|^-[if] ", path.read_text(), re.M), path


def test_every_locked_package_has_a_hash_and_the_locks_agree():
    def lock(name):
        text = (ROOT / "requirements" / name).read_text()
        entries = re.findall(r"^([a-z0-9-]+)==(\S+)[^\n]*\\\n\s+--hash=sha256:", text, re.M)
        assert len(entries) == len(re.findall(r"^[a-z0-9-]+==", text, re.M))
        return set(entries)

    assert lock("base.txt") <= lock("dev.txt")


def test_every_folder_of_tests_is_run_by_a_target():
    options = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["pytest"]["ini_options"]
    folders = {f"tests/{path.parent.name}" for path in (ROOT / "tests").glob("*/__init__.py")}
    assert folders == {*options["testpaths"], "tests/browser", "tests/services"}


def test_no_file_names_a_folder_of_somebodys_machine():
    # Assembled here so that this file does not find itself.
    pattern = re.compile(
        "(?:^|[^A-Za-z0-9_./~$}])/(?:" + "|".join(["ro" + "ot", "wo" + "rk", "Use" + "rs"]) + r")/[a-z]"
    )
    found = []
    for path in tracked():
        if path.suffix in {".png", ".jpg", ".webp", ".avif", ".pdf", ".woff2", ".ico", ".gz"}:
            continue
        found += [f"{path.relative_to(ROOT)}: {match.group(0)}" for match in pattern.finditer(path.read_text())]
    assert found == []
