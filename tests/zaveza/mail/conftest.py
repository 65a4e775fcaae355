"""A letter's template of the tests' own."""

import copy

import pytest


@pytest.fixture(autouse=True)
def letter_template(settings, tmp_path) -> None:
    folder = tmp_path / "email"
    folder.mkdir()
    (folder / "trial.subject.txt").write_text("{% load i18n %}{% translate 'Pledge' %}:\n {{ title }}\n")
    (folder / "trial.txt").write_text("{{ title }}\n\n{{ site_url }}/z/x\n")
    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"].append(tmp_path)
    settings.TEMPLATES = templates
