"""Message catalogues: strings are collected, translations kept, mistakes named, files compiled."""

import gettext
import os

import pytest

from zaveza.base import catalogues

TEMPLATE = """{% load i18n %}
    {% translate "Region" %} {% translate "May" context "month" %}
  {% blocktranslate count n=rows|length trimmed %}
      {{ n }} row
    {% plural %}
      {{ n }} rows
{% endblocktranslate %}
"""
MODULE = """
from django.utils.translation import gettext_lazy as _, pgettext
label = _("Region")
hint = pgettext("month", "May")
text = _("%(count)s of {total}")
"""


@pytest.fixture
def project(tmp_path):
    for name, text in {
        "templates/pages/list.html": TEMPLATE,
        "pledges/filters.py": MODULE,
        "pledges/viewsets.py": '_("Only for editors")',
        "pledges/migrations/0001_initial.py": '_("Of the past")',
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path


def translate(project, language, replacements):
    """Write translations into a catalogue as a translator would: after the msgid, in order."""
    path = catalogues.po_path(language, project)
    text = path.read_text()
    for source, translated in replacements.items():
        text = text.replace(source, translated)
    path.write_text(text)


def test_strings_of_code_and_templates_are_one_entry_with_all_their_files(project):
    found = catalogues.collect(project)
    assert set(found) == {
        (None, "Region"),
        ("month", "May"),
        (None, "%(n)s row"),
        (None, "%(count)s of {total}"),
        (None, "Only for editors"),
    }
    assert found[None, "Region"].files == {"templates/pages/list.html", "pledges/filters.py"}
    assert found[None, "%(n)s row"].id == ("%(n)s row", "%(n)s rows")


def test_what_only_the_admin_shows_is_not_public(project):
    found = catalogues.collect(project)
    assert not found[None, "Only for editors"].is_public
    assert found[None, "Region"].is_public


def test_update_keeps_translations_and_brings_them_back_with_their_string(project):
    found = catalogues.collect(project)
    catalogues.update("sl", found, project)
    translate(project, "sl", {'msgid "Region"\nmsgstr ""': 'msgid "Region"\nmsgstr "Regija"'})
    without = {key: entry for key, entry in found.items() if key != (None, "Region")}
    catalogues.update("sl", without, project)
    assert '#~ msgstr "Regija"' in catalogues.po_path("sl", project).read_text()
    catalogues.update("sl", found, project)
    assert '\nmsgstr "Regija"' in catalogues.po_path("sl", project).read_text()


def test_update_twice_changes_nothing(project):
    found = catalogues.collect(project)
    for language in catalogues.PLURALS:
        catalogues.update(language, found, project)
        once = catalogues.po_path(language, project).read_bytes()
        catalogues.update(language, found, project)
        assert catalogues.po_path(language, project).read_bytes() == once


def test_missing_string_is_named_with_its_file(project):
    found = catalogues.collect(project)
    for language in catalogues.PLURALS:
        catalogues.update(language, {}, project)
        assert f"{language}: not in the catalogue: 'Only for editors' (pledges/viewsets.py)" in catalogues.problems(
            language, found, project
        )


def test_slovene_must_be_complete_and_georgian_in_public(project):
    found = catalogues.collect(project)
    for language in catalogues.PLURALS:
        catalogues.update(language, found, project)

    def untranslated(language):
        lines = catalogues.problems(language, found, project)
        return sum("not translated" in line for line in lines)

    assert {language: untranslated(language) for language in catalogues.PLURALS} == {"sl": 5, "en": 0, "ka": 4, "pl": 4}


def test_other_placeholders_and_uncertain_translations_are_problems(project):
    found = catalogues.collect(project)
    catalogues.update("sl", found, project)
    translate(
        project,
        "sl",
        {
            'msgid "%(count)s of {total}"\nmsgstr ""': 'msgid "%(count)s of {total}"\nmsgstr "%(count)d od {vseh}"',
            'msgid "Region"\nmsgstr ""': 'msgid "Region"\nmsgstr "Regija"',
            "#: pledges/filters.py templates/pages/list.html\nmsgid": "#, fuzzy\nmsgid",
        },
    )
    lines = catalogues.problems("sl", found, project)
    assert any("placeholders differ" in line and "{vseh}" in line for line in lines)
    assert "sl: uncertain (fuzzy): 'Region'" in lines


def test_wrong_plural_rule_and_stale_string_are_problems(project):
    found = catalogues.collect(project)
    catalogues.update("sl", found, project)
    translate(project, "sl", {"nplurals=4": "nplurals=2"})
    found.pop((None, "Region"))
    lines = catalogues.problems("sl", found, project)
    assert "sl: its plural rule is not the language's" in lines
    assert "sl: no longer in the code: 'Region'" in lines


def test_a_missing_catalogue_is_a_problem(project):
    assert catalogues.problems("pl", catalogues.collect(project), project) == ["pl: no catalogue"]


def test_only_changed_catalogues_are_compiled_and_plural_forms_are_right(project):
    catalogues.update("sl", catalogues.collect(project), project)
    forms = ["%(n)s vrstica", "%(n)s vrstici", "%(n)s vrstice", "%(n)s vrstic"]
    translate(project, "sl", {f'msgstr[{i}] ""': f'msgstr[{i}] "{form}"' for i, form in enumerate(forms)})
    assert catalogues.compile_catalogues(project) == ["sl"]
    assert catalogues.compile_catalogues(project) == []
    target = catalogues.po_path("sl", project).with_suffix(".mo")
    with target.open("rb") as file:
        translations = gettext.GNUTranslations(file)
    told = [translations.ngettext("%(n)s row", "%(n)s rows", n) % {"n": n} for n in (1, 2, 3, 5, 101, 102)]
    assert told == ["1 vrstica", "2 vrstici", "3 vrstice", "5 vrstic", "101 vrstica", "102 vrstici"]
    os.utime(catalogues.po_path("sl", project))
    os.utime(target, (0, 0))
    assert catalogues.compile_catalogues(project) == ["sl"]


@pytest.mark.parametrize(
    ("language", "forms"), [("sl", [0, 1, 2, 3]), ("en", [0, 1]), ("ka", [0, 1]), ("pl", [0, 1, 2])]
)
def test_each_language_has_its_plural_forms(language, forms):
    number, expression = catalogues.PLURALS[language]
    rule = gettext.c2py(expression)
    assert sorted({rule(n) for n in range(200)}) == forms == list(range(number))
