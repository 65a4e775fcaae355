"""What the README and `.env.example` promise is what the code does."""

import re
from pathlib import Path

import django_tasks_db
import pytest

ROOT = Path(__file__).resolve().parents[2]
# Read by a program around the project, not by the project: no reader needs to set them.
OF_THE_SYSTEM = {"PATH", "HOME", "TMPDIR", "DJANGO_SETTINGS_MODULE"}
CODE = ("site", "home", "pledges", "search", "bench", "deploy", "tests/browser", "tests/services")


def variables_of_the_code():
    """Every variable that Python code or a script of the project reads from its environment."""
    names = set()
    for folder in CODE:
        for path in (ROOT / folder).rglob("*"):
            if not path.is_file() or path.suffix == ".pyc":
                continue
            text = path.read_text(encoding="utf-8", errors="ignore")
            if path.suffix == ".py":
                names |= set(re.findall(r"""\benv\.\w+\(\s*"([A-Z_]+)\"""", text))
                names |= set(re.findall(r"""os\.environ(?:\.get)?[\[(]\s*"([A-Z_]+)\"""", text))
            elif path.parent.name == "test-services":
                names |= set(re.findall(r"\$\{(TEST_[A-Z_]+):-", text))
    return names - OF_THE_SYSTEM


def variables_of_the_example():
    return set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.M))


def variables_of_the_readme():
    section = (ROOT / "README.md").read_text().split("## Variables")[1].split("\n## ")[0]
    rows = re.findall(r"^\| (`[A-Z_`, ]+`) \|", section, re.M)
    return {name for row in rows for name in re.findall(r"[A-Z_]+", row)}


def test_every_variable_is_in_the_code_the_example_and_the_readme():
    assert variables_of_the_code() == variables_of_the_example() == variables_of_the_readme()


def test_required_variables_are_told_as_required():
    source = (ROOT / "site/zaveza/settings/production.py").read_text()
    required = set(re.findall(r'"([A-Z_]+)"', re.search(r"REQUIRED = \((.*?)\)", source, re.S).group(1)))
    told = set(re.findall(r"^\| `([A-Z_]+)` \|[^|]*\| required", (ROOT / "README.md").read_text(), re.M))
    assert required == told


def documents():
    return [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


@pytest.mark.parametrize("path", documents(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_make_targets_and_files_that_a_document_names_exist(path):
    text = path.read_text()
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.M))
    assert (
        set(re.findall(r"\bmake ([a-z][a-z-]+)\b", "\n".join(re.findall(r"`[^`]+`|^make .*$", text, re.M)))) <= targets
    )
    for link in re.findall(r"\]\(([^)#:]+)\)", text):
        assert (path.parent / link).exists(), link


@pytest.mark.parametrize("path", documents(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_management_commands_that_a_document_names_exist(path):
    from django.core.management import find_commands, get_commands

    # Those of the worker are there once `TASK_WORKER` is on.
    of_worker = find_commands(str(Path(django_tasks_db.__file__).parent / "management"))
    assert set(re.findall(r"manage\.py ([a-z_]+)", path.read_text())) <= {*get_commands(), *of_worker}


def test_make_alone_lists_every_target_that_the_readme_names():
    readme = set(re.findall(r"`make ([a-z-]+)`", (ROOT / "README.md").read_text()))
    listed = set(re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(), re.M))
    assert readme <= listed
