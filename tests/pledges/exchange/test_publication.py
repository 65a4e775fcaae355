"""What was published stays published, at its moment; only into an empty ledger an earlier moment is taken over."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from pledges import factories, services
from pledges.enums import RedactionGround, Suitability
from pledges.exchange import columns as c
from pledges.exchange.scope import Scope
from pledges.exchange.tables import BY_NAME, TABLES
from pledges.models import Candidacy, ExtractionAgreement, Organisation, Programme, ProgrammeCriterion
from tests.pledges.admin_people import ADMINISTRATORS, MONITORS, person
from zaveza import clock
from zaveza.users.factories import UserFactory

from .tools import exported, imported, read_csv, refused, said, write_csv

pytestmark = pytest.mark.django_db

DATED = [table.name for table in TABLES if "published_at" in table.by_name]
LAUNCH = dt.datetime(2022, 9, 15, 9, tzinfo=dt.UTC)
LONG_AGO = "2001-01-01T09:00:00Z"
EARLIER = dt.datetime(2022, 10, 15, 9, tzinfo=dt.UTC)


@pytest.fixture
def programme() -> Programme:
    """A published programme with the jury's decision."""
    place = factories.MunicipalityFactory(code="AJD")
    made: Programme = factories.ProgrammeFactory(
        candidacy=factories.CandidacyFactory(municipality=place), published_at=None
    )
    services.decide_suitability(
        made,
        Suitability.NOT_SUITABLE,
        [services.Criterion("Ima rok.", met=False)],
        decided_on=dt.date(2022, 10, 1),
        jury="Ana Novak",
        reason="Brez rokov.",
    )
    made.published_at = EARLIER
    made.save()
    return made


@pytest.fixture
def record(programme: Programme) -> None:
    """One published record in every table that has a time of publication, and a ledger that is not empty."""
    factories.MandateFactory(candidacy=programme.candidacy)
    factories.RecognitionFactory(candidacy=programme.candidacy, published_at=EARLIER)
    factories.ProposalFactory(published_at=EARLIER)
    pledge = factories.PledgeFactory(programme=programme, published_at=clock.now())
    assessment = factories.AssessmentFactory(pledge=pledge, published=True, published_at=clock.now())
    answer = factories.ReplyFactory(pledge=pledge, assessment=assessment, state="received", text="Da.")
    services.publish_reply(answer)
    services.publish_correction(factories.CorrectionFactory(pledge=pledge))
    services.publish_amendment(factories.AmendmentFactory(pledge=pledge), UserFactory())
    services.redact(answer, ["text"], RedactionGround.COURT, None)
    factories.PolicyVersionFactory(published_at=EARLIER)
    figures = {"units": 9, "both": 3, "only_first": 1, "only_second": 0, "computed_at": EARLIER}
    ExtractionAgreement.objects.create(programme=programme, settled_by=UserFactory(), published_at=EARLIER, **figures)


def moments(name: str) -> dict[int, Any]:
    return dict(BY_NAME[name].model.objects.values_list("pk", "published_at"))


@pytest.mark.parametrize("cell", ["", LONG_AGO, "2026-11-01T09:00:00Z"])
@pytest.mark.parametrize("name", DATED)
def test_no_file_takes_a_publication_back_or_dates_it_anew(record: None, tmp_path: Path, name: str, cell: str) -> None:
    before = moments(name)
    assert any(before.values()), f"no published record of {name}"
    rows = read_csv(exported(tmp_path / "out") / f"{name}.csv")
    row = next(row for row in rows if row["published_at"])
    path = write_csv(tmp_path, name, [{**row, "published_at": cell}])
    assert {column for _table, _row, column in said(refused(path, user=person(ADMINISTRATORS)))} == {"published_at"}
    assert moments(name) == before


def test_monitor_does_not_take_a_programme_back_to_rewrite_the_decision(programme: Programme, tmp_path: Path) -> None:
    user = person(MONITORS, factories.HubFactory(covers=[programme.candidacy.municipality]))
    own = {"id": programme.public_id, "candidacy": programme.candidacy.public_id}
    for values in (
        {"published_at": ""},
        {"published_at": LONG_AGO},
        {"suitability": "suitable"},
        {"suitability": "suitable", "published_at": ""},
        {"jury": "Nekdo drug"},
        {"decided_on": "2022-10-02"},
        {"decision_reason": ""},
        {"criteria_met": "1"},
    ):
        path = write_csv(tmp_path, "programmes", [own | values])
        error = refused(path, user=user, is_confined=True)
        assert {column for _table, _row, column in said(error)} == set(values), values
    stored = Programme.objects.get(pk=programme.pk)
    assert (stored.published_at, stored.suitability, stored.jury) == (EARLIER, "not_suitable", "Ana Novak")


def test_what_is_stored_decides_and_not_the_instance(programme: Programme) -> None:
    stale = Programme.objects.get(pk=programme.pk)
    stale.published_at, stale.suitability = None, Suitability.SUITABLE
    with pytest.raises(ValidationError):
        stale.save()
    stale = Programme.objects.get(pk=programme.pk)
    stale.published_at = EARLIER - dt.timedelta(days=400)
    assert stale.frozen_changes() == ["published_at"]


def test_export_of_an_earlier_day_knows_no_later_decision(programme: Programme, tmp_path: Path) -> None:
    Programme.objects.filter(pk=programme.pk).update(published_at=LAUNCH)
    for day, decided in ((dt.date(2022, 9, 30), False), (dt.date(2022, 10, 1), True)):
        folder = exported(tmp_path / str(day), scope=Scope.public(day))
        row = read_csv(folder / "programmes.csv")[0]
        names = ("suitability", "criteria_met", "criteria_total", "decided_on", "jury", "decision_reason")
        assert all(bool(row[name]) is decided for name in names), day
        assert len(read_csv(folder / "programme_criteria.csv")) == decided
        assert ("Ana Novak" in (folder / "programmes.csv").read_text()) is decided


def test_criteria_of_a_published_decision_stay(programme: Programme, tmp_path: Path) -> None:
    factories.AssessmentFactory(published=True)  # no replay any more
    row = {"programme": programme.public_id, "sort_order": 0, "text": "Ima rok.", "met": "no"}
    assert imported(write_csv(tmp_path, "programme_criteria", [row])).changed == 0
    for other in ({**row, "met": "yes"}, {**row, "sort_order": 1, "text": "Ima denar."}):
        assert refused(write_csv(tmp_path, "programme_criteria", [other]))
    assert ProgrammeCriterion.objects.get().met is False


def test_monitor_publishes_nothing_by_a_file(record: None, programme: Programme, tmp_path: Path) -> None:
    user = person(MONITORS, factories.HubFactory(covers=[programme.candidacy.municipality]))
    row = {"id": "p2", "candidacy": programme.candidacy.public_id, "version": 2, "channel": "form"}
    row["submitted_at"] = "2022-10-02T08:00:00Z"
    path = write_csv(tmp_path, "programmes", [{**row, "published_at": LONG_AGO}])
    assert said(refused(path, user=user, is_confined=True)) == [("programmes", 2, "published_at")]
    path = write_csv(tmp_path, "programmes", [{**row, "published_at": ""}])
    assert imported(path, user=user, is_confined=True).new == 1
    draft = Programme.objects.get(version=2)
    assert draft.published_at is None
    path = write_csv(tmp_path, "programmes", [{**row, "published_at": LONG_AGO}])
    assert said(refused(path, user=user, is_confined=True)) == [("programmes", 2, "published_at")]


def test_the_server_says_since_when_and_the_same_file_changes_nothing(record: None, tmp_path: Path) -> None:
    """The ledger is not empty: nobody replays an earlier moment."""
    programme = Programme.objects.get(public_id__isnull=False)
    begun = clock.now()
    rows = [
        {
            "id": key,
            "person": programme.candidacy.person.public_id,
            "municipality": "AJD",
            "edition": factories.EditionFactory(year=year).year,
            "published_at": moment,
        }
        for key, year, moment in (("k1", 2018, LONG_AGO), ("candidacy-900", 2026, LONG_AGO), ("k3", 2030, ""))
    ]
    path = write_csv(tmp_path, "candidacies", rows)
    write_csv(tmp_path, "organisations", [{"slug": "nova", "name": "N", "kind": "ngo", "published_at": LONG_AGO}])
    assert imported(tmp_path).new == 4
    made = Candidacy.objects.filter(person=programme.candidacy.person).exclude(pk=programme.candidacy.pk)
    published = [candidacy.published_at for candidacy in made if candidacy.published_at]
    published.append(Organisation.objects.get(slug="nova").published_at)
    assert len(published) == 3
    assert min(published) >= begun
    again = imported(tmp_path)
    assert (again.new, again.changed) == (0, 0)
    rows[2]["published_at"] = LONG_AGO
    write_csv(tmp_path, "candidacies", rows)
    assert imported(path).changed == 1
    assert made.get(edition__year=2030).published_at >= begun
    assert imported(path).changed == 0
    rows[0]["published_at"] = ""
    write_csv(tmp_path, "candidacies", rows)
    assert said(refused(path)) == [("candidacies", 2, "published_at")]


def test_nothing_is_published_before_its_time(record: None, tmp_path: Path) -> None:
    row = {"slug": "nova", "name": "Nova", "kind": "ngo", "published_at": "2999-01-01T09:00:00Z"}
    assert said(refused(write_csv(tmp_path, "organisations", [row]))) == [("organisations", 2, "published_at")]


def test_every_time_of_publication_is_declared_as_one() -> None:
    """A plain column would let a file change it."""
    for name in DATED:
        column = BY_NAME[name].by_name["published_at"]
        assert column.published or isinstance(column, c.Publication), name
