"""The database itself keeps what was published: raw SQL on SQLite and PostgreSQL."""

# ruff: noqa: S608 - the names in this SQL are those of this file

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import IntegrityError, connection, models, transaction

from pledges import append_only
from pledges.enums import Status
from pledges.factories import AssessmentFactory, EvidenceFactory, PledgeFactory, SimilarityGroupFactory
from pledges.models import Assessment, AssessmentEvidence, AssessmentText, Pledge
from zaveza import clock

from .raw_sql import IS_SQLITE, TABLES, columns, copy_row, refused, run

pytestmark = pytest.mark.django_db


@pytest.fixture
def assessment() -> Assessment:
    """A published one that cites evidence."""
    pledge = PledgeFactory(published=True)
    return AssessmentFactory(pledge=pledge, published=True, evidence=[EvidenceFactory(pledge=pledge)])


@pytest.fixture
def draft(assessment) -> Assessment:
    """A draft of the same pledge."""
    return AssessmentFactory(pledge=assessment.pledge, status=Status.FULFILLED)


@pytest.fixture
def declared() -> Assessment:
    """A published one whose author declared an interest."""
    return AssessmentFactory(author_interest="Sestra je svetnica.", published=True)


@pytest.fixture
def unsealed(monkeypatch) -> Assessment:
    """The same as it was published before there were digests of declarations."""
    with monkeypatch.context() as patch:
        patch.setattr(Assessment, "DECLARATIONS", ())
        made = AssessmentFactory(author_interest="Sestra je svetnica.", published=True)
    return made


# A value that differs from what the factory made, for each column of a published assessment.
_OTHER = {
    "status": "fulfilled",
    "kind": "change",
    "late": True,
    "effective_date": "2020-01-01",
    "published_at": None,
    "sequence": 999,
    "summary": "Drugačen povzetek.",
    "reasoning": "Druga utemeljitev.",
    "author_name": "Nekdo Drug",
    "approver_name": "Nekdo Drug",
    "methodology_version": "9.9",
    "verification": "on_site",
    "reason": "state",
    "language": "en",
    "created_at": "2020-01-01 00:00:00+00:00",
}


class TestAssessments:
    @pytest.mark.parametrize("column", _OTHER)
    def test_no_column_changes(self, assessment, column):
        refused(f"UPDATE pledges_assessment SET {column} = %s WHERE id = %s", _OTHER[column], assessment.pk)

    @pytest.mark.parametrize("column", ["pledge_id", "author_id", "approver_id", "supersedes_id", "id"])
    def test_no_reference_changes(self, assessment, column):
        refused(f"UPDATE pledges_assessment SET {column} = %s WHERE id = %s", 987654, assessment.pk)

    @pytest.mark.parametrize("column", ["summary", "reasoning"])
    def test_a_text_may_be_emptied_and_not_filled_again(self, assessment, column):
        assert run(f"UPDATE pledges_assessment SET {column} = '' WHERE id = %s", assessment.pk) == 1
        refused(f"UPDATE pledges_assessment SET {column} = %s WHERE id = %s", "Nova beseda.", assessment.pk)

    def test_a_declaration_is_emptied_with_its_salt_and_stays_empty(self, declared):
        table = "UPDATE pledges_assessment SET"
        for change in (
            "author_interest = 'Nobenega.'",
            "author_interest = ''",
            "author_interest_salt = ''",
            "author_interest_salt = 'abc'",
            "author_interest = '', author_interest_salt = '', author_interest_digest = ''",
            "author_interest = '', author_interest_salt = '', late = NOT late",
            "author_interest = '', approver_interest_salt = ''",
            "approver_interest_digest = 'abc'",
        ):
            refused(f"{table} {change} WHERE id = %s", declared.pk)
        assert run(f"{table} author_interest = '', author_interest_salt = '' WHERE id = %s", declared.pk) == 1
        refused(f"{table} author_interest = 'Nobenega.' WHERE id = %s", declared.pk)
        refused(f"{table} author_interest_salt = 'abc' WHERE id = %s", declared.pk)

    def test_a_declaration_without_a_digest_stays(self, unsealed):
        for change in (
            "author_interest = ''",
            "author_interest = '', author_interest_salt = ''",
            "author_interest_digest = 'abc'",
        ):
            refused(f"UPDATE pledges_assessment SET {change} WHERE id = %s", unsealed.pk)

    def test_emptying_a_text_covers_no_other_change(self, assessment):
        refused("UPDATE pledges_assessment SET summary = '', status = 'fulfilled' WHERE id = %s", assessment.pk)

    def test_it_is_not_deleted(self, assessment):
        refused("DELETE FROM pledges_assessment WHERE id = %s", assessment.pk)

    def test_many_at_once_are_refused_too(self, assessment, draft):
        rows = [("stalled", draft.pk), ("stalled", assessment.pk)]
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany("UPDATE pledges_assessment SET status = %s WHERE id = %s", rows)
        draft.refresh_from_db()
        assert draft.status == Status.FULFILLED, "half of it was written"
        refused("UPDATE pledges_assessment SET late = %s", True)
        refused("DELETE FROM pledges_assessment")

    def test_nor_through_django(self, assessment):
        for change in (
            lambda: Assessment.objects.update(status=Status.FULFILLED),
            lambda: Assessment.objects.filter(pk=assessment.pk).delete(),
            lambda: assessment.delete(),
            lambda: Assessment.objects.bulk_update([_with(assessment, status=Status.STALLED)], ["status"]),
            lambda: _with(assessment, status=Status.STALLED).save(),
        ):
            with pytest.raises((IntegrityError, models.ProtectedError)), transaction.atomic():
                change()
        assessment.refresh_from_db()
        assert assessment.status == Status.IN_PROGRESS

    def test_saving_it_unchanged_is_no_change(self, assessment):
        Assessment.objects.get(pk=assessment.pk).save()

    def test_an_insert_with_its_id_or_number_is_refused(self, assessment):
        sql, values = copy_row(assessment, sequence=999)
        refused(sql, *values)
        sql, values = copy_row(assessment, id=987654)
        refused(sql, *values)

    def test_a_draft_changes_is_published_and_deleted(self, draft):
        assert run("UPDATE pledges_assessment SET summary = 'Boljše.' WHERE id = %s", draft.pk) == 1
        AssessmentEvidence.objects.create(assessment=draft, evidence=EvidenceFactory(pledge=draft.pledge))
        draft.delete()
        assert not Assessment.objects.filter(summary="Boljše.").exists()

    def test_a_translation_is_no_part_of_the_row(self, assessment):
        text = AssessmentText.objects.create(assessment=assessment, language="en", summary="Summary")
        text.summary = "A better summary"
        text.save()
        text.delete()


def _with(record: models.Model, **changes: Any) -> models.Model:
    for name, value in changes.items():
        setattr(record, name, value)
    return record


@pytest.mark.skipif(not IS_SQLITE, reason="OR REPLACE is SQLite's")
@pytest.mark.parametrize("recursive", ["ON", "OFF"])
class TestReplace:
    """Without `recursive_triggers` a REPLACE deletes rows that no DELETE trigger sees."""

    @pytest.fixture(autouse=True)
    def pragma(self, recursive, db) -> Iterator[None]:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA recursive_triggers")
            before = cursor.fetchone()[0]
            cursor.execute(f"PRAGMA recursive_triggers={recursive}")
            yield
            cursor.execute(f"PRAGMA recursive_triggers={before}")

    def test_insert_or_replace(self, assessment):
        citation, pledge = assessment.citations.get(), assessment.pledge
        for record, changes in (
            (assessment, {"status": "fulfilled"}),
            (assessment, {"id": 987654, "status": "fulfilled"}),
            (assessment, {"published_at": None, "sequence": None}),
            (citation, {}),
            (citation.evidence, {"title": "Drug naslov"}),
            (citation.evidence, {"id": 987654, "title": "Drug naslov"}),
            (pledge, {"quote": "Druge besede."}),
            (pledge, {"id": 987654, "public_id": "XXX-2022-99", "quote": "Druge besede."}),
            (pledge, {"id": 987654, "number": 99, "quote": "Druge besede."}),
        ):
            for verb in ("INSERT OR REPLACE", "REPLACE", "INSERT OR IGNORE"):
                sql, values = copy_row(record, verb, **changes)
                refused(sql, *values)

    def test_update_or_replace(self, assessment, draft):
        pledge, evidence = assessment.pledge, assessment.evidence.get()
        other, other_evidence = PledgeFactory(programme=pledge.programme), EvidenceFactory(pledge=pledge)
        citation = AssessmentEvidence.objects.create(assessment=draft, evidence=other_evidence)
        for table, column, value, key in (
            ("assessment", "id", assessment.pk, draft.pk),
            ("assessment", "sequence", assessment.sequence, draft.pk),
            ("assessmentevidence", "id", assessment.citations.get().pk, citation.pk),
            ("evidence", "id", evidence.pk, other_evidence.pk),
            ("evidence", "public_id", evidence.public_id, other_evidence.pk),
            ("pledge", "id", pledge.pk, other.pk),
            ("pledge", "public_id", pledge.public_id, other.pk),
            ("pledge", "number", pledge.number, other.pk),
        ):
            refused(f"UPDATE OR REPLACE pledges_{table} SET {column} = %s WHERE id = %s", value, key)


@pytest.mark.skipif(IS_SQLITE, reason="TRUNCATE and ON CONFLICT as tried here are PostgreSQL's")
class TestPostgresql:
    @pytest.mark.parametrize("table", TABLES.values())
    def test_truncate_is_refused(self, table):
        refused(f'TRUNCATE "{table}" CASCADE')

    def test_truncating_what_it_refers_to_is_refused(self, assessment):
        run("SET CONSTRAINTS ALL IMMEDIATE")
        refused("TRUNCATE users_user CASCADE")

    def test_upsert_is_refused(self, assessment):
        sql, values = copy_row(assessment, suffix="ON CONFLICT (id) DO UPDATE SET status = 'fulfilled'")
        refused(sql, *values)

    def test_a_disabled_trigger_is_reported(self, assessment):
        run("SET CONSTRAINTS ALL IMMEDIATE")
        run("ALTER TABLE pledges_assessment DISABLE TRIGGER pledges_append_only_assessment_update")
        assert append_only.problems(connection) == [
            "altered trigger pledges_append_only_assessment_update on pledges_assessment"
        ]
        append_only.install_triggers(connection)
        assert append_only.problems(connection) == []


class TestCitations:
    def test_none_is_added_changed_or_removed(self, assessment):
        citation, other = assessment.citations.get(), EvidenceFactory(pledge=assessment.pledge)
        sql = "INSERT INTO pledges_assessmentevidence (assessment_id, evidence_id) VALUES (%s, %s)"
        refused(sql, assessment.pk, other.pk)
        refused("UPDATE pledges_assessmentevidence SET evidence_id = %s WHERE id = %s", other.pk, citation.pk)
        refused("DELETE FROM pledges_assessmentevidence WHERE id = %s", citation.pk)

    def test_none_is_moved_to_or_from_a_draft(self, assessment, draft):
        citation = assessment.citations.get()
        loose = AssessmentEvidence.objects.create(assessment=draft, evidence=EvidenceFactory(pledge=draft.pledge))
        sql = "UPDATE pledges_assessmentevidence SET assessment_id = %s WHERE id = %s"
        refused(sql, draft.pk, citation.pk)
        refused(sql, assessment.pk, loose.pk)

    def test_those_of_a_draft_change(self, draft):
        first, second = EvidenceFactory(pledge=draft.pledge), EvidenceFactory(pledge=draft.pledge)
        loose = AssessmentEvidence.objects.create(assessment=draft, evidence=first)
        run("UPDATE pledges_assessmentevidence SET evidence_id = %s WHERE id = %s", second.pk, loose.pk)
        loose.delete()


class TestEvidence:
    @pytest.mark.parametrize(
        ("column", "value"),
        [
            ("title", "Drug naslov"),
            ("direction", "contradicts"),
            ("kind", "news"),
            ("url", "https://drugje.example.si/"),
            ("publisher", "Nekdo drug"),
            ("published_on", "2020-01-01"),
            ("accessed_on", None),
            ("excerpt", "Druge besede."),
            ("language", "en"),
            ("public_id", "evidence-999"),
            ("pledge_id", 987654),
        ],
    )
    def test_cited_it_keeps_its_facts(self, assessment, column, value):
        refused(f"UPDATE pledges_evidence SET {column} = %s WHERE id = %s", value, assessment.evidence.get().pk)

    def test_cited_it_is_not_deleted(self, assessment):
        refused("DELETE FROM pledges_evidence WHERE id = %s", assessment.evidence.get().pk)

    def test_its_excerpt_may_be_emptied_and_its_licence_told(self, assessment):
        key = assessment.evidence.get().pk
        run("UPDATE pledges_evidence SET excerpt = '' WHERE id = %s", key)
        run("UPDATE pledges_evidence SET licence = 'CC BY 4.0' WHERE id = %s", key)

    def test_a_copy_is_added_later_and_never_exchanged(self, assessment):
        key = assessment.evidence.get().pk
        run("UPDATE pledges_evidence SET stored_copy = 'evidence/a.pdf', sha256 = 'aa' WHERE id = %s", key)
        refused("UPDATE pledges_evidence SET stored_copy = 'evidence/b.pdf' WHERE id = %s", key)
        refused("UPDATE pledges_evidence SET sha256 = 'bb' WHERE id = %s", key)
        refused("UPDATE pledges_evidence SET sha256 = '' WHERE id = %s", key)
        run("UPDATE pledges_evidence SET stored_copy = '' WHERE id = %s", key)

    def test_cited_by_a_draft_only_it_changes_and_goes(self, draft):
        evidence = EvidenceFactory(pledge=draft.pledge)
        citation = AssessmentEvidence.objects.create(assessment=draft, evidence=evidence)
        run("UPDATE pledges_evidence SET title = 'Drug naslov' WHERE id = %s", evidence.pk)
        citation.delete()
        evidence.delete()


class TestPledges:
    @pytest.mark.parametrize(
        ("column", "value"),
        [
            ("quote", "Druge besede."),
            ("quote_language", "en"),
            ("quote_prefix", "Pred tem."),
            ("quote_suffix", "Po tem."),
            ("page", 999),
            ("paragraph", 7),
            ("success_criteria", ""),
            ("kind", "maintain"),
            ("testability", "not_testable"),
            ("interpretation", "Beremo drugače."),
            ("indicator", "Kilometri"),
            ("indicator_baseline", 1),
            ("indicator_target", 2),
            ("indicator_unit", "km"),
            ("due_date", "2030-01-01"),
            ("due_precision", "year"),
            ("promised_by", "ngo"),
            ("organisation_id", 987654),
            ("responsible_body", "Občinski svet"),
            ("depends_on_council", True),
            ("depends_on_state", True),
            ("depends_on_eu_funds", True),
            ("public_id", "AJD-2022-99"),
            ("number", 99),
            ("published_at", None),
            ("published_at", "2020-01-01 00:00:00+00:00"),
            ("programme_id", 987654),
            ("municipality_id", 987654),
            ("edition_id", 987654),
            ("id", 987654),
        ],
    )
    def test_published_it_keeps_its_words_place_and_id(self, column, value):
        pledge = PledgeFactory(published=True)
        refused(f"UPDATE pledges_pledge SET {column} = %s WHERE id = %s", value, pledge.pk)

    def test_what_is_not_frozen_changes(self):
        pledge, group = PledgeFactory(published=True), SimilarityGroupFactory()
        assert run("UPDATE pledges_pledge SET similarity_group_id = %s WHERE id = %s", group.pk, pledge.pk) == 1

    def test_what_it_was_carried_over_from_is_linked_once(self):
        earlier, other = PledgeFactory(published=True), PledgeFactory(published=True)
        pledge = PledgeFactory(published=True)
        link = "UPDATE pledges_pledge SET carried_over_from_id = %s WHERE id = %s"
        assert run(link, earlier.pk, pledge.pk) == 1
        refused(link, other.pk, pledge.pk)
        refused(link, None, pledge.pk)

    def test_it_is_not_deleted_even_when_withdrawn(self):
        pledge = PledgeFactory(published=True)
        moment = clock.now()
        Pledge.objects.filter(pk=pledge.pk).update(state="withdrawn", closed_at=moment, withdrawn_reason="Napaka.")
        pledge.texts.all().delete()
        pledge.current.delete()
        refused("DELETE FROM pledges_pledge WHERE id = %s", pledge.pk)

    def test_a_draft_changes_and_goes(self):
        pledge = PledgeFactory()
        run("UPDATE pledges_pledge SET quote = 'Druge besede.' WHERE id = %s", pledge.pk)
        pledge.delete()

    def test_every_frozen_field_of_the_model_is_a_column(self):
        assert set(Pledge.FROZEN_FIELDS) <= set(columns(Pledge))


def test_publication_itself_passes(assessment):
    assert assessment.published_at.date() == dt.date(2024, 1, 15)
