"""The 212 municipalities and 12 regions as they stand in a new database."""

import csv
import math
import re
from pathlib import Path
from statistics import median

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count, Sum

from pledges import reference
from pledges.models import Municipality, Region

pytestmark = pytest.mark.django_db

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"


def kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """The distance of two points on the Earth."""
    lat_a, lon_a, lat_b, lon_b = map(math.radians, (*a, *b))
    h = math.sin((lat_b - lat_a) / 2) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_b - lon_a) / 2) ** 2
    return 2 * 6371 * math.asin(math.sqrt(h))


def test_a_new_database_holds_all_of_them():
    assert Region.objects.count() == 12
    assert Municipality.objects.count() == 212
    assert not Municipality.objects.filter(region__isnull=True).exists()
    assert min(Region.objects.annotate(n=Count("municipalities")).values_list("n", flat=True)) >= 4


def test_codes_and_addresses_are_unique_and_well_formed():
    for field, pattern in (("code", r"[A-Z]{3}"), ("iso_code", r"SI-\d{3}"), ("slug", r"[a-z0-9]+(-[a-z0-9]+)*")):
        values = list(Municipality.objects.values_list(field, flat=True))
        assert len(set(values)) == 212, field
        assert [value for value in values if not re.fullmatch(pattern, value)] == [], field
    assert all(re.fullmatch(r"SI0[34]\d", code) for code in Region.objects.values_list("nuts3", flat=True))


def test_addresses_are_ascii_and_name_both_languages():
    slugs = dict(Municipality.objects.values_list("name", "slug"))
    assert slugs["Koper/Capodistria"] == "koper-capodistria"
    assert slugs["Ajdovščina"] == "ajdovscina"
    assert slugs["Dobrova - Polhov Gradec"] == "dobrova-polhov-gradec"
    assert slugs["Žužemberk"] == "zuzemberk"


def test_the_population_of_a_region_is_that_of_its_municipalities():
    for region in Region.objects.annotate(total=Sum("municipalities__population")):
        assert region.population == region.total, region.name


def test_every_municipality_lies_near_the_middle_of_its_region():
    """A list once joined in another alphabet's order had moved 45 of them."""
    for region in Region.objects.prefetch_related("municipalities"):
        points = {m.name: (float(m.latitude), float(m.longitude)) for m in region.municipalities.all()}
        middle = (median(lat for lat, _lon in points.values()), median(lon for _lat, lon in points.values()))
        far = {name: kilometres(middle, point) for name, point in points.items() if kilometres(middle, point) > 48}
        assert far == {}, region.name


@pytest.mark.parametrize(
    ("ours", "shared"), [("municipalities", "si-municipalities.csv"), ("regions", "si-regions.csv")]
)
def test_our_files_hold_the_shared_facts(ours, shared):
    if not (SHARED / shared).is_file():
        pytest.skip(f"../shared/data/{shared} is not here: nothing to compare with")
    with (SHARED / shared).open(encoding="utf-8", newline="") as file:
        assert list(reference.rows(ours)) == list(csv.DictReader(file))


def test_loading_again_changes_nothing(capsys):
    call_command("load_reference_data")
    output = capsys.readouterr().out
    assert "0 added, 0 changed, 224 unchanged" in output
    assert "CC BY 4.0" in output


def test_new_figures_are_taken_over_and_addresses_stay(tmp_path):
    _files_with(tmp_path, "SI-001,AJD,Ajdovščina,SI043,19704", "SI-001,AJD,Nova Ajdovščina,SI043,20000")
    loaded = reference.load(Region, Municipality, tmp_path)
    assert (loaded.added, loaded.changed) == (0, 1)
    ajdovscina = Municipality.objects.get(iso_code="SI-001")
    assert (ajdovscina.name, ajdovscina.population, ajdovscina.slug) == ("Nova Ajdovščina", 20000, "ajdovscina")


def test_a_municipality_that_left_the_file_stays(tmp_path):
    _files_with(tmp_path, "SI-001,AJD,Ajdovščina,SI043,19704,45.89937,13.90766\n", "")
    reference.load(Region, Municipality, tmp_path)
    assert Municipality.objects.filter(code="AJD").exists()


@pytest.mark.parametrize(
    ("row", "changed", "words"),
    [
        ("SI-001,AJD,", "SI-001,XXX,", "SI-001 has the code AJD"),
        ("SI-001,AJD,", "SI-999,AJD,", "SI-999 cannot have the code AJD"),
    ],
)
def test_a_code_is_never_changed_and_never_reused(tmp_path, monkeypatch, row, changed, words):
    _files_with(tmp_path, row, changed, also=("SI-002,BEL,Beltinci,SI031,8068", "SI-002,BEL,Beltinci,SI031,1"))
    monkeypatch.setattr(reference, "load", lambda *models: _load(*models, tmp_path))
    with pytest.raises(CommandError, match=words):
        call_command("load_reference_data")
    assert Municipality.objects.get(code="BEL").population == 8068, "half of the file was written"


_load = reference.load


def _files_with(folder: Path, old: str, new: str, also: tuple[str, str] = ("", "")) -> None:
    for name in ("regions", "municipalities"):
        text = (reference.FOLDER / f"{name}.csv").read_text(encoding="utf-8")
        if name == "municipalities":
            assert old in text
            text = text.replace(old, new).replace(*also) if also[0] else text.replace(old, new)
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
