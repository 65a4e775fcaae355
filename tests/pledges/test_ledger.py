"""The ledger: written with every publication, verified by the command and by the stand-alone verifier alike."""

import datetime as dt
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from pledges import append_only, services
from pledges.enums import AssessmentKind, EditionState, LedgerKind, RedactionGround, ReplyState, Status
from pledges.factories import (
    AmendmentFactory,
    AssessmentFactory,
    CorrectionFactory,
    EvidenceFactory,
    PledgeFactory,
    ReplyFactory,
)
from pledges.ledger import chain, contents, reading, verify
from pledges.models import Assessment, Correction, Evidence, LedgerRow, Reply
from tests.pledges.desk import publish as publish_draft
from zaveza.users.factories import UserFactory

pytestmark = pytest.mark.django_db

VERIFIER = Path(verify.__file__)


@pytest.fixture
def record():
    """Six rows: an assessment, its reply, a correction, an amendment, a merge and a withdrawal."""
    pledge, other, third = (PledgeFactory(published=True) for _number in range(3))
    evidence = EvidenceFactory(pledge=pledge)
    assessment = AssessmentFactory(pledge=pledge, evidence=[evidence], published=True)
    reply = ReplyFactory(pledge=pledge, assessment=assessment, state=ReplyState.RECEIVED, text="Res je, »žal«.")
    services.publish_reply(reply)
    services.publish_correction(CorrectionFactory(pledge=pledge, assessment=assessment))
    approver = UserFactory(email="odobri@example.si")
    services.publish_amendment(AmendmentFactory(pledge=pledge), approver)
    services.merge_pledge(other, pledge, "Isto.", approver)
    services.withdraw_pledge(third, "Ni zaveza.", approver)
    return pledge


def behind_djangos_back(sql: str, *values: object) -> None:
    """Change the database as somebody would who has its password: the triggers are dropped first."""
    with connection.cursor() as cursor:
        for name, (table, _definition) in append_only._present(connection).items():
            append_only._drop(cursor, connection.vendor, name, table)
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA defer_foreign_keys=ON")
        cursor.execute(sql, values)


def fault() -> tuple[int, str] | None:
    found = reading.verify_database().fault
    return (found.sequence, found.what) if found else None


def download(tmp_path: Path) -> Path:
    file = tmp_path / "ledger.jsonl"
    file.write_text("".join(reading.public_lines()))
    return file


def both_verdicts(file: Path, *options: str) -> str:
    """The command and the stand-alone verifier say the same and end with the same code."""
    alone = subprocess.run(  # noqa: S603 - our own file
        [sys.executable, "-I", str(VERIFIER), str(file), *options], capture_output=True, text=True, check=False
    )
    output, code = io.StringIO(), 0
    try:
        call_command("ledger_verify", str(file), *options, stdout=output)
    except SystemExit as end:
        code = end.code
    assert (output.getvalue(), code) == (alone.stdout, alone.returncode), alone.stderr
    return alone.stdout


def test_every_publication_is_a_row(record):
    rows = list(LedgerRow.objects.order_by("sequence"))
    assert [row.kind for row in rows] == [
        LedgerKind.ASSESSMENT,
        LedgerKind.REPLY,
        LedgerKind.CORRECTION,
        LedgerKind.AMENDMENT,
        LedgerKind.MERGE,
        LedgerKind.WITHDRAWAL,
    ]
    assert [row.sequence for row in rows] == [1, 2, 3, 4, 5, 6]
    assert rows[0].previous == verify.GENESIS
    assert [row.previous for row in rows[1:]] == [row.hash for row in rows[:-1]]
    assert rows[0].record == "assessment-1"
    assert fault() is None


def test_content_holds_digests_and_no_text(record):
    content = contents.read(LedgerKind.ASSESSMENT, ["assessment-1"])["assessment-1"]
    assessment = Assessment.objects.get(sequence=1)
    written = verify.canonical(content.values).decode()
    for text in (assessment.summary, assessment.reasoning, "Svet je sprejel sklep."):
        assert text not in written
    assert content.values["summary"] == {"digest": verify.text_digest(assessment.summary_salt, assessment.summary)}
    assert set(content.texts) == {"summary", "reasoning", "evidence/0/excerpt"}


def test_copy_of_a_source_is_cited_with_its_hash(record):
    evidence = EvidenceFactory(pledge=record, sha256="a" * 64)
    AssessmentFactory(pledge=record, evidence=[evidence], published=True)
    Evidence.objects.filter(pk=evidence.pk).update(licence="CC BY 4.0")
    content = contents.read(LedgerKind.ASSESSMENT, ["assessment-2"])["assessment-2"]
    assert content.values["evidence"][0]["sha256"] == "a" * 64
    assert fault() is None


def test_download_and_both_verifiers(record, tmp_path):
    verdict = both_verdicts(download(tmp_path))
    assert "6 rows are one unbroken chain; 6 contents and 6 texts agree, 0 texts were erased." in verdict
    assert LedgerRow.objects.get(sequence=6).hash in verdict


def test_verifier_needs_the_standard_library_only():
    names = {
        line.split()[1].split(".")[0]
        for line in VERIFIER.read_text().splitlines()
        if line.startswith(("import ", "from "))
    }
    assert names <= sys.stdlib_module_names


def test_head_tells_of_rows_missing_at_the_end(record, tmp_path):
    file = download(tmp_path)
    head = LedgerRow.objects.get(sequence=6).hash
    assert "BROKEN" not in both_verdicts(file, "--head", head)
    file.write_text("".join(file.read_text().splitlines(keepends=True)[:-1]))
    assert f"BROKEN: the head should be {head}" in both_verdicts(file, "--head", head)


def test_missing_file_is_said():
    with pytest.raises(CommandError) as raised:
        call_command("ledger_verify", "there-is-no-such-file.jsonl")
    assert raised.value.returncode == 2, "as the stand-alone verifier"


class TestErasure:
    def test_a_row_whose_text_was_erased_still_verifies(self, record, tmp_path):
        for words, name in ((Assessment, "summary"), (Reply, "text"), (Evidence, "excerpt")):
            services.redact(words.objects.get(), [name], RedactionGround.RIGHTS, None)
        assessment = Assessment.objects.get()
        assert (assessment.summary, assessment.summary_salt) == ("", "")
        assert assessment.summary_digest
        assert fault() is None
        verdict = both_verdicts(download(tmp_path))
        assert "3 texts agree, 3 texts were erased" in verdict
        assert "žal" not in download(tmp_path).read_text()

    @pytest.mark.parametrize(
        ("model", "name", "row"), [(Assessment, "summary", 1), (Reply, "text", 2), (Evidence, "excerpt", 1)]
    )
    def test_words_that_are_gone_without_a_redaction_are_named(self, record, model, name, row):
        services.erase_words(model.objects.get(), name)
        assert fault() == (row, "altered")
        assert f"has no {name} any more" in reading.verify_database().fault.detail

    def test_nothing_else_is_erased(self, record):
        with pytest.raises(services.RuleViolation):
            services.erase_words(Assessment.objects.get(), "author_name")


class TestTampering:
    """Each change is found, and the first broken row is named."""

    @pytest.mark.parametrize(
        ("sql", "row"),
        [
            ("UPDATE pledges_assessment SET status = 'fulfilled'", 1),
            ("UPDATE pledges_assessment SET summary = 'Drugače.'", 1),
            ("UPDATE pledges_assessment SET summary = '', summary_salt = '', summary_digest = ''", 1),
            ("UPDATE pledges_assessment SET reasoning_salt = ''", 1),
            ("UPDATE pledges_evidence SET title = 'Drug vir'", 1),
            ("UPDATE pledges_evidence SET excerpt = 'Drug izsek'", 1),
            ("UPDATE pledges_reply SET text = 'Ni res.'", 2),
            ("UPDATE pledges_correction SET wrong_since = '2020-01-01'", 3),
            ("UPDATE pledges_amendment SET before = 'Nekaj drugega.'", 4),
            ("UPDATE pledges_pledge SET withdrawn_reason = 'Kar tako.' WHERE state = 'merged'", 5),
            ("UPDATE pledges_pledge SET closed_at = '2024-01-01 00:00:00+00:00' WHERE state = 'withdrawn'", 6),
            ("UPDATE pledges_ledgerrow SET at = '2020-01-01 00:00:00+00:00' WHERE sequence = 3", 3),
            ("UPDATE pledges_ledgerrow SET content_sha256 = hash WHERE sequence = 4", 4),
        ],
    )
    def test_altered(self, record, sql, row, tmp_path):
        behind_djangos_back(sql)
        assert fault() == (row, "altered")
        assert f"BROKEN at L-{row}: altered: " in both_verdicts(download(tmp_path))

    @pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite keeps any text as a date")
    @pytest.mark.parametrize("value", ["nonsense", "2024-99-99", "2024-99-99 10:00:00", ""])
    @pytest.mark.parametrize(
        ("table", "column", "row"),
        [
            ("pledges_assessment", "effective_date", 1),
            ("pledges_assessment", "published_at", 1),
            ("pledges_amendment", "published_at", 4),
            ("pledges_ledgerrow", "at", 3),
        ],
    )
    def test_what_is_no_date_is_named(self, record, table, column, row, value, tmp_path):
        only = " WHERE sequence = 3" if table == "pledges_ledgerrow" else ""
        behind_djangos_back(f"UPDATE {table} SET {column} = %s{only}", value)  # noqa: S608
        assert fault() == (row, "altered")

    def test_a_table_that_is_gone_is_said(self, record):
        behind_djangos_back("ALTER TABLE pledges_ledgerrow RENAME TO gone")
        # PostgreSQL ends the transaction in which a statement failed: this one is undone alone.
        with pytest.raises(CommandError, match="cannot be read") as raised, transaction.atomic():
            call_command("ledger_verify")
        assert raised.value.returncode == 2
        behind_djangos_back("ALTER TABLE gone RENAME TO pledges_ledgerrow")

    @pytest.mark.parametrize("what", ["altered", "reordered", "deleted", "inserted"])
    def test_database_and_download_agree(self, record, tmp_path, what):
        table = "UPDATE pledges_ledgerrow SET sequence ="
        if what == "altered":
            behind_djangos_back("UPDATE pledges_ledgerrow SET record = 'reply-77' WHERE sequence = 3")
        elif what == "reordered":
            for old, new in ((3, 100), (4, 3), (100, 4)):
                behind_djangos_back(f"{table} {new} WHERE sequence = {old}")
        elif what == "deleted":
            behind_djangos_back("DELETE FROM pledges_ledgerrow WHERE sequence = 3")
        else:
            for number in (6, 5, 4, 3):
                behind_djangos_back(f"{table} {number + 1} WHERE sequence = {number}")
            second = LedgerRow.objects.get(sequence=2)
            forged = chain.link(second, LedgerKind.REPLY, "reply-999", second.at, contents.Content({"id": "reply-999"}))
            forged.save(force_insert=True)
        assert fault() == (3, what)
        verdict = both_verdicts(download(tmp_path))
        assert f"BROKEN at L-3: {what}: " in verdict

    def test_reordered(self, record):
        behind_djangos_back("UPDATE pledges_ledgerrow SET sequence = 100 WHERE sequence = 3")
        behind_djangos_back("UPDATE pledges_ledgerrow SET sequence = 3 WHERE sequence = 4")
        behind_djangos_back("UPDATE pledges_ledgerrow SET sequence = 4 WHERE sequence = 100")
        assert fault() == (3, "reordered")

    def test_deleted(self, record):
        behind_djangos_back("DELETE FROM pledges_ledgerrow WHERE sequence = 3")
        assert fault() == (3, "deleted")

    def test_deleted_and_renumbered(self, record):
        behind_djangos_back("DELETE FROM pledges_ledgerrow WHERE sequence = 3")
        for number in (4, 5, 6):
            behind_djangos_back(f"UPDATE pledges_ledgerrow SET sequence = {number - 1} WHERE sequence = {number}")  # noqa: S608
        assert fault() == (3, "deleted")

    def test_deleted_at_the_end(self, record):
        behind_djangos_back("DELETE FROM pledges_ledgerrow WHERE sequence = 6")
        assert fault() == (6, "deleted")

    def test_deleted_with_its_record(self, record):
        behind_djangos_back("DELETE FROM pledges_correction")
        assert fault() == (3, "inserted")

    def test_inserted_at_the_end(self, record):
        last = chain.head()
        forged = chain.link(last, LedgerKind.REPLY, "reply-999", last.at, contents.Content({"id": "reply-999"}))
        forged.save(force_insert=True)
        assert fault() == (7, "inserted")

    def test_inserted_between(self, record):
        for number in (6, 5, 4, 3):
            behind_djangos_back(f"UPDATE pledges_ledgerrow SET sequence = {number + 1} WHERE sequence = {number}")  # noqa: S608
        second = LedgerRow.objects.get(sequence=2)
        forged = chain.link(second, LedgerKind.REPLY, "reply-999", second.at, contents.Content({"id": "reply-999"}))
        forged.save(force_insert=True)
        assert fault() == (3, "inserted")

    def test_published_past_the_services(self, record):
        ReplyFactory(pledge=record, state=ReplyState.NONE, published_at=chain.head().at)
        assert fault() == (7, "deleted")

    def test_command_names_the_row_and_ends_with_1(self, record, capsys):
        behind_djangos_back("UPDATE pledges_assessment SET status = 'fulfilled'")
        with pytest.raises(SystemExit) as end:
            call_command("ledger_verify")
        assert end.value.code == 1
        assert "BROKEN at L-1: altered: the content of assessment-1" in capsys.readouterr().out


class TestTamperedFile:
    def test_every_change_of_a_line_is_found(self, record, tmp_path):
        file = download(tmp_path)
        whole = file.read_text().splitlines(keepends=True)
        expected = {
            "altered": [*whole[:2], whole[2].replace('"fact"', '"verdict"'), *whole[3:]],
            "reordered": [*whole[:2], whole[3], whole[2], *whole[4:]],
            "deleted": [*whole[:2], *whole[3:]],
            "inserted": [*whole[:3], whole[2], *whole[3:]],
        }
        for what, lines in expected.items():
            file.write_text("".join(lines))
            assert f"BROKEN at L-3: {what}: " in both_verdicts(file)

    def test_lines_that_are_no_rows(self, record, tmp_path):
        file = download(tmp_path)
        whole = file.read_text()
        for broken in ("no json\n", "[1]\n", "\n{}\n", '{"format": 1, "sequence": "7"}\n'):
            file.write_text(whole + broken)
            assert "BROKEN at L-7: altered" in both_verdicts(file)

    @pytest.mark.parametrize(
        "change",
        [
            {"content": []},
            {"content": "besedilo"},
            {"texts": ["summary"]},
            {"texts": {"summary": "besedilo"}},
            {"texts": {"summary": {"text": "Brez soli."}}},
            {"texts": {"summary": {"salt": 7, "text": 8}}},
            {"texts": {"summary": {"salt": "", "text": "\ud800"}}},
            {"record": ["assessment-1"]},
        ],
        ids=str,
    )
    def test_a_row_of_another_form_is_named_too(self, record, tmp_path, change):
        file = download(tmp_path)
        rows = [json.loads(line) for line in file.read_text().splitlines()]
        rows[0] |= change
        file.write_text("".join(json.dumps(row) + "\n" for row in rows))
        assert "BROKEN at L-1: altered" in both_verdicts(file)

    @pytest.mark.parametrize("line", ['{"content": ' + "[" * 100_000, "[" * 100_000 + "]" * 100_000])
    def test_nesting_without_end_is_named_too(self, record, tmp_path, line):
        file = download(tmp_path)
        file.write_text(line + "\n" + file.read_text())
        assert "BROKEN at L-1: altered" in both_verdicts(file)

    def test_text_without_its_digest(self, record, tmp_path):
        file = download(tmp_path)
        rows = [json.loads(line) for line in file.read_text().splitlines()]
        rows[0]["texts"]["outlook"] = {"salt": "", "text": "Več."}
        file.write_text("".join(json.dumps(row) + "\n" for row in rows))
        assert "the content has no text outlook" in both_verdicts(file)


class TestPublicity:
    def test_content_of_what_is_not_public_any_more_is_left_out(self, record, tmp_path):
        type(record.edition).objects.update(published_at=None)
        text = download(tmp_path).read_text()
        assert '"content":' not in text
        assert "žal" not in text
        assert "6 rows are one unbroken chain; 0 contents" in both_verdicts(download(tmp_path))
        assert fault() is None, "the database itself is verified whole"

    def test_drafts_are_not_in_it(self, record, tmp_path):
        AssessmentFactory(pledge=record, summary="skritaocena")
        ReplyFactory(pledge=record, text="skritodgovor", published_at=dt.datetime(2024, 5, 1, tzinfo=dt.UTC))
        CorrectionFactory(pledge=record, wrong="skritpopravek")
        AmendmentFactory(pledge=record, after="skritasprememba")
        assert "skrit" not in download(tmp_path).read_text()


class TestTriggers:
    """What the ledger hashes the database itself keeps."""

    @pytest.mark.parametrize(
        "sql",
        [
            "UPDATE pledges_ledgerrow SET at = at",
            "DELETE FROM pledges_ledgerrow WHERE sequence = 6",
            "DELETE FROM pledges_reply",
            "DELETE FROM pledges_correction",
            "DELETE FROM pledges_amendment",
            "UPDATE pledges_reply SET text = 'Drugače.'",
            "UPDATE pledges_reply SET text_digest = ''",
            "UPDATE pledges_reply SET concluded_at = NULL",
            "UPDATE pledges_reply SET public_id = 'reply-999'",
            "UPDATE pledges_correction SET severity = 'typography'",
            "UPDATE pledges_amendment SET after = 'Drugače.'",
            "UPDATE pledges_assessment SET summary_salt = 'abc'",
            "UPDATE pledges_pledge SET withdrawn_reason = 'Drugače.' WHERE closed_at IS NOT NULL",
            "UPDATE pledges_pledge SET state = 'published', closed_at = NULL WHERE closed_at IS NOT NULL",
            "INSERT INTO pledges_ledgerrow SELECT 9, kind, at, 'x', format, content_sha256, previous, hash "
            "FROM pledges_ledgerrow WHERE sequence = 6",
            "INSERT INTO pledges_ledgerrow SELECT 3, kind, at, 'x', format, content_sha256, previous, hash "
            "FROM pledges_ledgerrow WHERE sequence = 6",
        ],
    )
    def test_refused(self, record, sql):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
        assert fault() is None

    @pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's")
    def test_nor_replaced(self, record):
        sql = "INSERT OR REPLACE INTO pledges_ledgerrow SELECT * FROM pledges_ledgerrow WHERE sequence = 2"
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


class TestTime:
    def test_a_publication_is_never_before_the_last_row(self, record, settings):
        last = chain.head()
        settings.TODAY = "2023-01-10"
        assessment = publish_draft(AssessmentFactory(pledge=record, effective_date="2023-01-10"), UserFactory())
        assert assessment.published_at == last.at

    def test_nothing_is_replayed_before_the_last_row(self, record):
        for publish in (
            lambda at: services.publish_correction(CorrectionFactory(pledge=record), published_at=at),
            lambda at: services.publish_reply(ReplyFactory(pledge=record), published_at=at),
            lambda at: services.withdraw_pledge(record, "Zakaj.", UserFactory(), closed_at=at),
        ):
            with pytest.raises(services.RuleViolation, match="je že|already"):
                publish(chain.head().at - dt.timedelta(seconds=1))


class TestReplies:
    def test_asked_then_answered_is_one_row(self, record):
        reply = services.publish_reply(ReplyFactory(pledge=record))
        assert (LedgerRow.objects.count(), reply.concluded_at) == (6, None)
        with pytest.raises(services.RuleViolation):
            services.publish_reply(reply)
        reply.state, reply.text, reply.answered_at = ReplyState.RECEIVED, "Odgovor.", reply.published_at
        reply.save()
        services.publish_reply(reply)
        assert chain.head().record == reply.public_id
        with pytest.raises(services.RuleViolation):
            services.publish_reply(reply)
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            Reply.objects.filter(pk=reply.pk).update(text="Drug odgovor.")
        assert fault() is None


class TestAmendments:
    def test_nobody_approves_their_own(self, record):
        amendment = AmendmentFactory(pledge=record)
        with pytest.raises(services.RuleViolation):
            services.publish_amendment(amendment, amendment.author)

    @pytest.mark.parametrize(
        ("field", "after"), [("page", "dve"), ("page", "0"), ("paragraph", "99999"), ("quote", " ")]
    )
    def test_what_the_field_cannot_hold(self, record, field, after):
        with pytest.raises(services.RuleViolation):
            services.publish_amendment(AmendmentFactory(pledge=record, part=field, after=after), UserFactory())

    def test_nothing_new_and_no_reason(self, record):
        current = AmendmentFactory(pledge=record)
        for changes in ({"after": current.after}, {"reason": " ", "after": "Nekaj tretjega."}):
            with pytest.raises(services.RuleViolation):
                services.publish_amendment(AmendmentFactory(pledge=record, **changes), UserFactory())

    def test_an_archived_edition_takes_none_but_a_replay(self, record):
        record.edition.state = EditionState.ARCHIVED
        record.edition.save()
        amendment = AmendmentFactory(pledge=record, part="page", after=str(record.page + 1))
        with pytest.raises(services.RuleViolation, match="arhivirana"):
            services.publish_amendment(amendment, UserFactory())
        amendment.refresh_from_db()
        assert amendment.published_at is None
        services.publish_amendment(amendment, UserFactory(), published_at=chain.head().at)
        assert amendment.published_at

    def test_shown_words_follow_the_moment(self, record):
        first = record.quote
        amended_at = LedgerRow.objects.get(kind=LedgerKind.AMENDMENT).at
        services.publish_amendment(AmendmentFactory(pledge=record, part="page", after=""), UserFactory())
        services.amended([record], amended_at - dt.timedelta(seconds=1))
        assert record.quote == first
        found = services.amended([record])
        assert record.quote.startswith("V drugem letu")
        assert record.page is None
        assert [row.part for row in found[record.pk]] == ["quote", "page"]
        assert found[record.pk][0].before == first


def test_ledger_is_built_once_for_an_older_record():
    """As a database that published before there was a ledger: no rows, no digests."""
    pledge = PledgeFactory(published=True)
    moment = dt.datetime(2024, 1, 15, 12, tzinfo=dt.UTC)
    assessment = AssessmentFactory(pledge=pledge, evidence=[EvidenceFactory(pledge=pledge)], published_at=moment)
    correcting = AssessmentFactory(pledge=pledge, supersedes=assessment, status=Status.STALLED, published=True)
    assert correcting.kind == AssessmentKind.CORRECTION
    behind_djangos_back("DELETE FROM pledges_ledgerrow")
    behind_djangos_back("UPDATE pledges_assessment SET summary_digest = '', reasoning_digest = '', summary_salt = ''")
    behind_djangos_back("UPDATE pledges_evidence SET excerpt_digest = '', excerpt_salt = ''")
    append_only.install_triggers(connection)
    ReplyFactory(pledge=pledge, state=ReplyState.NONE, published_at=moment)
    CorrectionFactory(pledge=pledge, published_at=moment - dt.timedelta(days=1))
    call_command("ledger_build", stdout=io.StringIO())
    kinds = list(LedgerRow.objects.order_by("sequence").values_list("kind", flat=True))
    assert kinds == ["correction", "assessment", "assessment", "reply"]
    assert fault() is None
    assert Correction.objects.get().wrong_digest
    with pytest.raises(CommandError):
        call_command("ledger_build")


def test_canonical_json_is_that_of_rfc_8785():
    value = {"b": [True, None, 1], "a": 'č\n"\\\u0001\u007f€', "é": -7, "\U0001f600": {}, "\ufb33": ()}
    assert (
        verify.canonical(value).decode()
        == '{"a":"č\\n\\"\\\\\\u0001\x7f€","b":[true,null,1],"é":-7,"\U0001f600":{},"\ufb33":[]}'
    )
    for refused in (1.5, 2**53, {1: "a"}, b"", "\ud800"):
        with pytest.raises(ValueError):
            verify.canonical(refused)
