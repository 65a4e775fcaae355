"""Imports: all or nothing, every wrong cell named, and the second time nothing changes."""

import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from pledges import factories, services
from pledges.enums import PledgeState
from pledges.exchange import import_records
from pledges.exchange.exporting import BOOK
from pledges.exchange.scope import Scope
from pledges.ledger import reading
from pledges.models import Assessment, Candidacy, LedgerRow, Municipality, Person, Pledge, PledgeText, Programme
from tests.pledges.admin_people import MONITORS, REVIEWERS, person
from zaveza.users.factories import UserFactory

from .tools import exported, imported, read_csv, refused, said, write_csv

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme() -> Programme:
    place = factories.MunicipalityFactory(code="AJD")
    made: Programme = factories.ProgrammeFactory(candidacy=factories.CandidacyFactory(municipality=place))
    factories.TopicFactory(code="roads", name="Ceste")
    return made


def pledge_row(programme: Programme, number: int, /, **values: Any) -> dict[str, Any]:
    return {
        "id": f"moja-{number}",
        "programme": programme.public_id,
        "quote": f"Uredili bomo {number}. pot.",
        "title_sl": f"Pot {number}",
        "topics": "roads",
        "kind": "action",
        "due_date": "2026-12-04",
        **values,
    }


def test_new_pledges_are_drafts_and_found_again_by_their_keys(programme: Programme, tmp_path: Path) -> None:
    path = write_csv(tmp_path, "pledges", [pledge_row(programme, number) for number in (1, 2)])
    report = imported(path)
    assert (report.new, report.changed) == (2, 0)
    pledges = Pledge.objects.order_by("pk")
    assert {pledge.state for pledge in pledges} == {PledgeState.DRAFT}
    assert [pledge.topics.get().code for pledge in pledges] == ["roads", "roads"]
    assert [pledge.texts.get().title for pledge in pledges] == ["Pot 1", "Pot 2"]
    again = imported(path)
    assert (again.new, again.changed) == (0, 0)
    write_csv(tmp_path, "pledges", [pledge_row(programme, 1), pledge_row(programme, 2, title_sl="Steza", topics="")])
    changed = imported(path)
    assert (changed.new, changed.changed) == (0, 1)
    assert PledgeText.objects.get(pledge=pledges[1]).title == "Steza"
    assert not pledges[1].topics.exists()


def test_a_file_that_was_cut_off_before_its_head_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "pledges.csv"
    for nothing in (b"", b"\xef\xbb\xbf", b"\r\n\r\n"):
        path.write_bytes(nothing)
        assert [problem.table for problem in refused(path).problems] == ["pledges"]


def test_drafts_that_nobody_brings_in_are_of_an_account_of_nobody(programme: Programme, tmp_path: Path) -> None:
    factories.AssessmentFactory(published=True)  # no replay any more
    report = imported(write_csv(tmp_path, "pledges", [pledge_row(programme, 1), pledge_row(programme, 2)]))
    assert (report.new, "--user" in report.notices[-1], "Import" in report.notices[-1]) == (2, True, True)
    authors = {author for pledge in Pledge.objects.filter(programme=programme) for author in pledge.authors.all()}
    assert [(author.get_full_name(), author.is_active) for author in authors] == [("Import", False)]


def test_who_brings_drafts_in_or_changes_them_does_not_publish_them(programme: Programme, tmp_path: Path) -> None:
    factories.AssessmentFactory(published=True)  # no replay any more
    first, second = person(REVIEWERS), person(REVIEWERS)
    writer = UserFactory(email="pisec@example.si")
    path = write_csv(tmp_path, "pledges", [pledge_row(programme, 1, authors="pisec@example.si; nihce@example.si")])
    imported(path, user=first)
    pledge = Pledge.objects.get(quote="Uredili bomo 1. pot.")
    assert set(pledge.authors.all()) == {writer, first}
    write_csv(tmp_path, "pledges", [pledge_row(programme, 1, title_sl="Steza")])
    imported(path, user=second)
    imported(path, user=UserFactory())
    assert set(pledge.authors.all()) == {writer, first, second}, "who changed nothing wrote nothing"
    services.submit_for_review(pledge, UserFactory())
    for reviewer in (first, second):
        with pytest.raises(services.RuleViolation):
            services.publish_pledge(pledge, reviewer)


def test_dry_run_counts_and_writes_nothing(programme: Programme, tmp_path: Path) -> None:
    path = write_csv(tmp_path, "pledges", [pledge_row(programme, 1)])
    report = imported(path, dry_run=True)
    assert (report.new, report.dry_run) == (1, True)
    assert not Pledge.objects.exists()


def test_every_wrong_cell_is_named_with_its_suggestion(programme: Programme, tmp_path: Path) -> None:
    rows = [
        pledge_row(programme, 1, topics="rods"),
        pledge_row(programme, 2, kind="akcija", due_date="4. 12. 2026", topics="nič"),
        pledge_row(programme, 3, programme="programme-999999"),
        pledge_row(programme, 4, quote=""),
        pledge_row(programme, 4),
        pledge_row(programme, 5, testability="testable_as_interpreted"),
        pledge_row(programme, 6),
    ]
    path = write_csv(tmp_path, "pledges", [{**row, "colour": ""} for row in rows])
    error = refused(path)
    assert sorted(said(error), key=str) == sorted(
        [
            ("pledges", 1, "colour"),
            ("pledges", 2, "topics"),
            ("pledges", 3, "kind"),
            ("pledges", 3, "due_date"),
            ("pledges", 3, "topics"),
            ("pledges", 4, "programme"),
            ("pledges", 5, "quote"),
            ("pledges", 6, "id"),
            ("pledges", 7, "interpretation"),
        ],
        key=str,
    )
    suggestions = {problem.column: problem.suggestion for problem in error.problems if problem.suggestion}
    assert (suggestions["topics"], suggestions["due_date"]) == ("roads", "2026-12-04")
    assert not Pledge.objects.exists()


def test_a_row_that_stands_twice_is_named(programme: Programme, tmp_path: Path) -> None:
    rows = [pledge_row(programme, number) for number in range(1, 502)]
    error = refused(write_csv(tmp_path, "pledges", [*rows, pledge_row(programme, 1), pledge_row(programme, 501)]))
    assert said(error) == [("pledges", 503, "id"), ("pledges", 504, "id")]


def test_names_stand_for_codes_and_wrong_ones_are_guessed(programme: Programme, tmp_path: Path) -> None:
    rows = [{"id": f"p{number}", "name": f"Oseba {number}"} for number in (1, 2)]
    write_csv(tmp_path, "persons", rows)
    candidacies = [
        {"id": "c1", "person": "p1", "municipality": "ajdovscina", "edition": "2022", "elected": ""},
        {"id": "c2", "person": "p2", "municipality": "Ajdovčina", "edition": "2022", "elected": "maybe"},
    ]
    write_csv(tmp_path, "candidacies", candidacies)
    error = refused(tmp_path)
    assert said(error) == [("candidacies", 3, "elected"), ("candidacies", 3, "municipality")]
    assert error.problems[1].suggestion == "Ajdovščina"
    candidacies[1]["elected"] = "no"
    assert not Person.objects.filter(name="Oseba 1").exists()
    candidacies[1]["municipality"] = "Ajdovščina"
    write_csv(tmp_path, "candidacies", candidacies)
    imported(tmp_path)
    unknown, lost = Candidacy.objects.filter(person__name__startswith="Oseba").order_by("person__name")
    assert (unknown.elected, lost.elected) == (None, False)
    assert unknown.public_id == f"candidacy-{unknown.pk}"


def test_unknown_table_and_missing_column_are_named(programme: Programme, tmp_path: Path) -> None:
    write_csv(tmp_path, "plegdes", [{"id": "1"}])
    write_csv(tmp_path, "persons", [{"name": "Brez ključa"}])
    error = refused(tmp_path)
    assert {(problem.table, problem.suggestion) for problem in error.problems} >= {("plegdes", "pledges")}
    assert ("persons", 1, "id") in said(error)


def test_formula_is_refused_and_text_like_one_is_text(programme: Programme, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    sheet.title = "pledges"
    row = pledge_row(programme, 1)
    sheet.append(list(row))
    sheet.append([*row.values()])
    sheet["C2"] = "=1+1"
    book.save(tmp_path / "pledges.xlsx")
    assert said(refused(tmp_path / "pledges.xlsx")) == [("pledges", 2, "quote")]
    path = write_csv(tmp_path, "pledges", [pledge_row(programme, 1, quote="=1+1")])
    imported(path)
    assert Pledge.objects.get().quote == "=1+1"


def test_published_words_stay_and_the_refusal_says_why(programme: Programme, tmp_path: Path) -> None:
    pledge = factories.PledgeFactory(programme=programme, published=True)
    folder = exported(tmp_path / "out")
    rows = read_csv(folder / "pledges.csv")
    assert rows[0]["id"] == pledge.public_id
    rows[0]["quote"] = "Nekaj drugega."
    write_csv(folder, "pledges", rows)
    assert said(refused(folder)) == [("pledges", 2, "quote")]
    rows[0]["quote"], rows[0]["title_sl"] = pledge.quote, "Drug naslov"
    write_csv(folder, "pledges", rows)
    assert imported(folder).changed == 1


def test_assessments_of_elsewhere_become_drafts(programme: Programme, tmp_path: Path) -> None:
    author = UserFactory()
    pledge = factories.PledgeFactory(programme=programme, published=True)
    factories.AssessmentFactory(pledge=pledge, published=True)
    head = LedgerRow.objects.count()
    row = {
        "id": "ocena-1",
        "pledge": pledge.public_id,
        "kind": "change",
        "status": "stalled",
        "effective_date": "2024-03-01",
        "summary": "Dela stojijo.",
        "methodology_version": "1.0",
        "published_at": "2024-03-02T09:00:00Z",
    }
    path = write_csv(tmp_path, "assessments", [row])
    report = imported(path, user=author)
    assert report.notices
    draft = Assessment.objects.get(summary="Dela stojijo.")
    assert (draft.published_at, draft.sequence, draft.author) == (None, None, author)
    assert LedgerRow.objects.count() == head
    assert (imported(path, user=author).new, imported(path, user=author).changed) == (0, 0)


def test_changed_export_is_refused_by_the_ledger(programme: Programme, tmp_path: Path) -> None:
    """What an export says was published has to be what the chain was hashed over."""
    pledge = factories.PledgeFactory(programme=programme, published=True)
    factories.AssessmentFactory(pledge=pledge, published=True)
    assert reading.verify_database().fault is None
    folder = exported(tmp_path / "out")
    rows = read_csv(folder / "assessments.csv")
    rows[0]["status"] = "fulfilled"
    write_csv(folder, "assessments", rows)
    assert said(refused(folder)) == [("assessments", 2, "status")]


def test_monitor_writes_the_own_hub_and_roles_tables_only(programme: Programme, tmp_path: Path) -> None:
    mine = programme.candidacy.municipality
    user = person(MONITORS, factories.HubFactory(covers=[mine]))
    elsewhere = factories.ProgrammeFactory(
        candidacy=factories.CandidacyFactory(municipality=factories.MunicipalityFactory(code="BOH"))
    )
    rows = [pledge_row(programme, 1), pledge_row(elsewhere, 2)]
    write_csv(tmp_path, "pledges", rows)
    write_csv(tmp_path, "persons", [{"id": "nova", "name": "Nova Oseba"}])
    error = refused(tmp_path, user=user, is_confined=True)
    assert said(error) == [("persons", 2, ""), ("pledges", 3, "")]
    assert "Bohinj" in error.problems[1].message
    (tmp_path / "persons.csv").unlink()
    write_csv(tmp_path, "pledges", rows[:1])
    assert imported(tmp_path, user=user, is_confined=True).new == 1


def test_zip_and_single_csv_are_read_and_paths_do_not_lead_out(programme: Programme, tmp_path: Path) -> None:
    write_csv(tmp_path, "pledges", [pledge_row(programme, 1)])
    packed = tmp_path / "all.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(tmp_path / "pledges.csv", "export/pledges.csv")
    assert imported(packed).new == 1
    (tmp_path / "secret.pdf").write_bytes(b"%PDF-1.4")
    row = {"id": "p9", "candidacy": programme.candidacy.public_id, "version": 2, "submitted_at": "2022-09-01T08:00:00Z"}
    for file in ("../secret.pdf", "/etc/passwd", "files/../secret.pdf", "secret.pdf"):
        folder = tmp_path / "p"
        folder.mkdir(exist_ok=True)
        write_csv(folder, "programmes", [{**row, "channel": "form", "file": file}])
        assert said(refused(folder)) == [("programmes", 2, "file")]


def test_ten_thousand_pledges_with_fifty_bad_rows(programme: Programme, tmp_path: Path) -> None:
    """Acceptance 5 of issue 4."""
    columns = ["topics", "kind", "due_date", "quote", "programme"] * 10
    bad = dict(zip(range(7, 10_000, 200), columns, strict=True))
    wrong = {"topics": "rods", "kind": "akcija", "due_date": "jutri", "quote": "", "programme": "programme-0"}
    path = tmp_path / "pledges.xlsx"

    def write(*, correct: bool) -> None:
        book = Workbook(write_only=True)
        sheet = book.create_sheet("pledges")
        sheet.append(list(pledge_row(programme, 0)))
        for number in range(10_000):
            row = pledge_row(programme, number)
            if number in bad and not correct:
                row[bad[number]] = wrong[bad[number]]
            sheet.append(list(row.values()))
        book.save(path)

    write(correct=False)
    error = refused(path)
    assert said(error) == [("pledges", number + 2, column) for number, column in bad.items()]
    assert all(problem.message for problem in error.problems)
    assert not Pledge.objects.exists()
    write(correct=True)
    assert import_records(path).new == Pledge.objects.count() == 10_000
    again = import_records(path)
    assert (again.new, again.changed, again.rows) == (0, 0, 10_000)


def test_no_file_changes_what_was_promised(programme: Programme, tmp_path: Path) -> None:
    pledge = factories.PledgeFactory(programme=programme, published=True)
    earlier = factories.PledgeFactory(published=True)
    row = next(row for row in read_csv(exported(tmp_path / "all") / "pledges.csv") if row["id"] == pledge.public_id)
    others = {
        "kind": "maintain", "interpretation": "Drugače.", "indicator": "km", "indicator_baseline": "1",
        "indicator_target": "2", "indicator_unit": "km", "due_date": "2030-01-01", "due_precision": "year",
        "responsible_body": "Svet", "carried_over_from": earlier.public_id or "",
        "depends_on_council": "yes", "depends_on_state": "yes", "depends_on_eu_funds": "yes",
    }  # fmt: skip
    for name, value in others.items():
        path = write_csv(tmp_path, "pledges", [{**row, name: value}])
        assert [problem.column for problem in refused(path).problems] == [name]
    assert imported(write_csv(tmp_path, "pledges", [{**row, "title_sl": "Nov naslov"}])).changed == 1


def test_an_answer_is_to_what_was_asked_and_names_a_pledge_of_the_same_candidacy(
    programme: Programme, tmp_path: Path
) -> None:
    proposal = factories.ProposalFactory(edition=programme.candidacy.edition)
    own = factories.PledgeFactory(programme=programme, published=True)
    foreign = factories.PledgeFactory(published=True)
    row = {"proposal": proposal.public_id, "candidacy": programme.candidacy.public_id, "extent": "partly"}
    for wrong in ({"pledge": foreign.public_id}, {"pledge": own.public_id, "extent": "declined"}):
        path = write_csv(tmp_path, "proposal_uptakes", [{**row, **wrong}])
        assert [problem.column for problem in refused(path).problems] == ["pledge"]
    later = factories.ProposalFactory(edition=factories.EditionFactory(year=2030))
    elsewhere = factories.ProposalFactory(
        edition=programme.candidacy.edition, municipality=factories.MunicipalityFactory()
    )
    for unasked in (later, elsewhere):
        path = write_csv(tmp_path, "proposal_uptakes", [{**row, "proposal": unasked.public_id}])
        assert [problem.column for problem in refused(path).problems] == ["proposal"]
    imported(write_csv(tmp_path, "proposal_uptakes", [{**row, "pledge": own.public_id}]))
    assert proposal.uptakes.get().pledge == own


def test_memory_and_queries_follow_the_chunks(
    programme: Programme, tmp_path: Path, django_assert_max_num_queries: Any
) -> None:
    path = write_csv(tmp_path, "pledges", [pledge_row(programme, number) for number in range(1000)])
    with django_assert_max_num_queries(70):
        imported(path)


def test_workbook_and_folder_say_the_same(programme: Programme, tmp_path: Path) -> None:
    factories.AssessmentFactory(pledge=factories.PledgeFactory(programme=programme, published=True), published=True)
    factories.PledgeFactory(programme=programme, quote="=osnutek", title="'=naslov")
    for name, is_book in (("csv", False), ("xlsx", True)):
        folder = exported(tmp_path / name, xlsx=is_book)
        report = imported(folder)
        assert (report.new, report.changed) == (0, 0), name
    assert set(load_workbook(tmp_path / "xlsx" / BOOK, read_only=True).sheetnames) >= {
        "pledges",
        "assessments",
        "ledger",
    }
    public = exported(tmp_path / "public", scope=Scope.public())
    assert "osnutek" not in (public / "pledges.csv").read_text()
    assert Municipality.objects.count() == len(read_csv(public / "municipalities.csv"))
