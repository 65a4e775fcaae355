"""After an import the index needs no repair, whichever table came and whatever stood there before."""

from pathlib import Path
from shutil import copyfile
from typing import Any

import pytest

from pledges import models
from pledges.exchange import export_records
from pledges.exchange.scope import Scope
from pledges.exchange.tables import LEDGER, TABLES
from search import services
from search.facets import facet_values
from search.models import SearchEntry
from search.vocabulary import current_vocabulary
from zaveza.users.factories import UserFactory

from .test_round_trip import emptied, record
from .tools import imported

pytestmark = pytest.mark.django_db
__all__ = ["record"]

# What nothing refers to: it may as well come when all the rest has been public for long.
LATE = ("hub_coverages", "mandates", "recognitions")
SAID = ("pledges", "evidence", "assessments", "replies", "corrections", "amendments", "redactions")


def steps(order: str) -> list[list[str]]:
    """The tables of each import; what was published comes with the ledger that proves it."""
    names = [table.name for table in TABLES]
    one_by_one = [[name] for name in names if name not in SAID]
    late = [step for step in one_by_one if step[0] in LATE]
    said = [[*SAID, LEDGER]]
    if order == "everything at once":
        return [[*names, LEDGER]]
    if order == "pledges last":
        return [*one_by_one, *said]
    before = [step for step in one_by_one if step not in late and step != ["proposal_uptakes"]]
    return [*before, *said, ["proposal_uptakes"], *late]


@pytest.mark.parametrize("order", ["everything at once", "pledges last", "mandates and hubs last"])
def test_nothing_is_left_to_repair(record: Any, tmp_path: Path, order: str) -> None:
    export_records(tmp_path / "out", Scope.everything())
    emptied()
    services.rebuild()
    author, wrong, done = UserFactory(), {}, set()
    for names in steps(order):
        folder = tmp_path / "-".join([order, *names])[:60]
        folder.mkdir()
        for name in names:
            if (table := tmp_path / "out" / f"{name}.csv").exists():
                copyfile(table, folder / table.name)
                done.add(name)
        if not any(folder.iterdir()):
            continue
        if (files := tmp_path / "out" / "files").exists():
            (folder / "files").symlink_to(files)
        imported(folder, user=author)
        services.drain()
        drift = [f"{each.kind} {each.document_id}" for part in services.find_drift() for each in part]
        if drift:
            wrong[names[0]] = drift
            services.sync()
    assert wrong == {}
    assert done >= {table.name for table in TABLES} - {"proposals", "proposal_uptakes"}
    place = SearchEntry.objects.get(type="municipality", title="Ajdovščina")
    assert place.data["person"] == models.Mandate.objects.get().person.name
    assert facet_values(place.facets)["hub"] == [models.Organisation.objects.get(kind="hub").slug]


def test_the_search_knows_the_names_that_came(
    record: Any, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    export_records(tmp_path / "out", Scope.everything())
    emptied()
    models.Person.objects.all().delete()
    before = current_vocabulary()
    with django_capture_on_commit_callbacks(execute=True):
        imported(tmp_path / "out", user=UserFactory())
    assert current_vocabulary() is not before
