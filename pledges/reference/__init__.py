"""Regions and municipalities from the files beside this module into the database (sources: see README.md there)."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from anyascii import anyascii
from django.db import models, transaction
from django.utils.text import slugify

FOLDER = Path(__file__).parent
SOURCE = (
    "Register of Spatial Units and Statistical Office of the Republic of Slovenia, licence CC BY 4.0 "
    "(https://creativecommons.org/licenses/by/4.0/)"
)


class ReferenceDataError(ValueError):
    """The files contradict what is permanent in the database; the message names every such row."""


@dataclass
class Loaded:
    """How many rows a load added, changed and found as they should be."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0


def rows(name: str, folder: Path = FOLDER) -> Iterator[dict[str, str]]:
    """The rows of one file, by column."""
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def address(name: str) -> str:
    """The part of an address that stands for a name: ASCII, both names of a bilingual municipality."""
    return slugify(anyascii(name.replace("/", " ")))


def load(region_model: type[models.Model], municipality_model: type[models.Model], folder: Path = FOLDER) -> Loaded:
    """Add what is missing and update what changed; never delete, never change a code or an address.

    The models are parameters because a migration brings its own. Raises `ReferenceDataError`, then nothing is written.
    """
    loaded = Loaded()
    municipality_rows = list(rows("municipalities", folder))
    with transaction.atomic():
        _refuse_reused_codes(municipality_model, municipality_rows)
        for row in rows("regions", folder):
            facts = {"name": row["name"], "population": int(row["population"])}
            _store(region_model, {"nuts3": row["nuts3"]}, facts, {"slug": address(row["name"])}, loaded)
        regions = {region.nuts3: region for region in region_model._default_manager.all()}  # type: ignore[attr-defined]
        for row in municipality_rows:
            facts = {
                "name": row["name"],
                "region": regions[row["nuts3"]],
                "population": int(row["population"]),
                "latitude": Decimal(row["latitude"]),
                "longitude": Decimal(row["longitude"]),
            }
            first = {"code": row["code"], "slug": address(row["name"])}
            _store(municipality_model, {"iso_code": row["iso_code"]}, facts, first, loaded)
    return loaded


def _store(
    model: type[models.Model], key: dict[str, str], facts: dict[str, Any], first: dict[str, str], loaded: Loaded
) -> None:
    """One row: `facts` follow the file, `first` is what a row keeps from the day it was added."""
    record, is_new = model._default_manager.get_or_create(defaults={**facts, **first}, **key)
    if is_new:
        loaded.added += 1
        return
    changed = [name for name, value in facts.items() if getattr(record, name) != value]
    if not changed:
        loaded.unchanged += 1
        return
    for name in changed:
        setattr(record, name, facts[name])
    record.save(update_fields=changed)
    loaded.changed += 1


def _refuse_reused_codes(model: type[models.Model], municipality_rows: list[dict[str, str]]) -> None:
    code_of = dict(model._default_manager.values_list("iso_code", "code"))
    owner_of = {code: iso_code for iso_code, code in code_of.items()}
    problems = []
    for row in municipality_rows:
        iso_code, code = row["iso_code"], row["code"]
        if code_of.get(iso_code, code) != code:
            problems.append(f"{iso_code} has the code {code_of[iso_code]}; it cannot become {code}")
        elif owner_of.setdefault(code, iso_code) != iso_code:
            problems.append(f"{iso_code} cannot have the code {code}: it is that of {owner_of[code]}")
    if problems:
        raise ReferenceDataError("Codes of municipalities are permanent: " + "; ".join(problems))
