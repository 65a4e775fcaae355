"""The append-only triggers are there after every migrate, missed when they are not, and let a test case flush."""

# ruff: noqa: S608 - the names in this SQL are those of this file

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, connections, models
from django.db.models.signals import post_migrate, pre_migrate
from django.test import Client

from pledges import append_only, checks, roles
from pledges.factories import AssessmentFactory, EvidenceFactory, PledgeFactory
from pledges.models import Assessment, Evidence, Pledge
from pledges.signal_handlers import make_way_for_migration

from .raw_sql import IS_SQLITE, TABLES, TRIGGERS, refused, run

pytestmark = pytest.mark.django_db


@pytest.fixture
def assessment() -> Assessment:
    """A published one that cites evidence."""
    pledge = PledgeFactory(published=True)
    return AssessmentFactory(pledge=pledge, published=True, evidence=[EvidenceFactory(pledge=pledge)])


class TestInstallation:
    def test_all_are_there(self):
        assert append_only.problems(connection) == []
        assert len(append_only._present(connection)) == TRIGGERS

    def test_installing_again_touches_nothing(self):
        assert append_only.install_triggers(connection) == []

    def test_a_missing_one_is_named_by_the_check_and_by_ready(self):
        _drop("pledges_append_only_assessment_update", "pledges_assessment")
        words = "missing trigger pledges_append_only_assessment_update on pledges_assessment"
        (message,) = checks.check_append_only()
        assert words in message.msg
        assert message.id == "pledges.W001"
        response = Client().get("/-/ready")
        assert response.status_code == 503
        assert response.json()["append_only"] == words

    def test_with_all_of_them_ready_says_ok(self):
        assert Client().get("/-/ready").json()["append_only"] == "ok"

    def test_migrate_puts_it_back(self):
        _drop("pledges_append_only_evidence_delete", "pledges_evidence")
        call_command("migrate", verbosity=0)
        assert append_only.problems(connection) == []

    def test_an_altered_one_is_found_and_put_right(self):
        name, table = "pledges_append_only_pledge_delete", "pledges_pledge"
        _drop(name, table)
        if IS_SQLITE:
            run(f"CREATE TRIGGER {name} BEFORE DELETE ON {table} FOR EACH ROW WHEN 1 = 0 BEGIN SELECT 1; END")
        else:
            run(
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'",
            )
            run(f"CREATE TRIGGER {name} BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")
        assert append_only.problems(connection) == [f"altered trigger {name} on {table}"]
        assert append_only.install_triggers(connection) == [name]
        refused(f"DELETE FROM {table} WHERE id = %s", PledgeFactory(published=True).pk)

    def test_one_that_is_not_wanted_any_more_is_removed(self):
        name = "pledges_append_only_region_delete"
        if IS_SQLITE:
            run(f"CREATE TRIGGER {name} BEFORE DELETE ON pledges_region BEGIN SELECT 1; END")
        else:
            run(f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'")
            run(f"CREATE TRIGGER {name} BEFORE DELETE ON pledges_region FOR EACH ROW EXECUTE FUNCTION {name}()")
        assert append_only.install_triggers(connection) == [name]
        assert name not in append_only._present(connection)

    def test_before_the_first_migrate_nothing_is_reported(self, monkeypatch):
        monkeypatch.setattr(connection.introspection, "table_names", lambda cursor: [])
        assert checks.check_append_only() == []

    def test_another_database_is_not_asked(self):
        assert checks.check_append_only(databases=["archive"]) == []


def _drop(name: str, table: str) -> None:
    run(f"DROP TRIGGER {name}" if IS_SQLITE else f"DROP TRIGGER {name} ON {table}")


class TestSwitch:
    def test_a_test_case_may_flush(self, assessment):
        sql = "DELETE FROM pledges_assessmentevidence" if IS_SQLITE else "TRUNCATE pledges_assessmentevidence"
        if not IS_SQLITE:
            run("SET CONSTRAINTS ALL IMMEDIATE")
        refused(sql)
        with append_only.flush_allowed(connection):
            run(sql)
        refused("DELETE FROM pledges_assessment")

    def test_elsewhere_neither_switch_nor_command_works(self, settings):
        settings.APPEND_ONLY_ALLOW_FLUSH = False
        with pytest.raises(ImproperlyConfigured), append_only.flush_allowed(connection):
            pass
        with pytest.raises(CommandError, match="never deleted"):
            call_command("flush", interactive=False)

    def test_elsewhere_the_triggers_have_no_switch(self, settings, assessment):
        settings.APPEND_ONLY_ALLOW_FLUSH = False
        if not IS_SQLITE:
            run("SET CONSTRAINTS ALL IMMEDIATE")
        switched = (1 if IS_SQLITE else 2) * len(TABLES)
        assert len(append_only.problems(connection)) == switched, "those of the tests are altered"
        append_only.install_triggers(connection)
        settings.APPEND_ONLY_ALLOW_FLUSH = True
        with append_only.flush_allowed(connection):
            refused("DELETE FROM pledges_assessment WHERE id = %s", assessment.pk)


@pytest.fixture
def copied_database(tmp_path, assessment) -> Iterator[Any]:
    """A file with a copy of the test database, which a migration may rebuild outside of the test's transaction."""
    path = tmp_path / "copy.sqlite3"
    path.write_bytes(connection.connection.serialize())
    connections.databases["copy"] = {**connections.databases["default"], "NAME": path}
    copy = connections["copy"]
    copy.connect()
    yield copy
    copy.close()
    del connections["copy"]
    del connections.databases["copy"]


@pytest.mark.skipif(not IS_SQLITE, reason="only SQLite rebuilds a table to change it")
class TestRebuiltTable:
    """A migration that changes a column makes Django rebuild the table on SQLite."""

    def widen(self, copy: Any, model: type[models.Model], name: str) -> None:
        old = model._meta.get_field(name)
        new = old.clone()
        new.max_length = 300
        new.set_attributes_from_name(name)
        new.model = model
        with copy.schema_editor() as editor:
            editor.alter_field(model, old, new)

    def test_loses_its_triggers_and_migrate_puts_them_back(self, copied_database, assessment):
        assert append_only.problems(copied_database) == []
        make_way_for_migration(using="copy", plan=[("a migration", False)])
        self.widen(copied_database, Assessment, "methodology_version")
        assert "missing trigger pledges_append_only_assessment_delete on pledges_assessment" in append_only.problems(
            copied_database
        )
        append_only.install_triggers(copied_database)
        assert append_only.problems(copied_database) == []
        with pytest.raises(IntegrityError, match="append-only"), copied_database.cursor() as cursor:
            cursor.execute("UPDATE pledges_assessment SET status = 'fulfilled' WHERE id = %s", [assessment.pk])

    @pytest.mark.parametrize(
        ("model", "field"), [(Evidence, "title"), (Pledge, "responsible_body"), (Assessment, "author_name")]
    )
    def test_each_kept_table_can_be_rebuilt(self, copied_database, model, field):
        make_way_for_migration(using="copy", plan=[("a migration", False)])
        self.widen(copied_database, model, field)
        append_only.install_triggers(copied_database)
        assert append_only.problems(copied_database) == []

    def test_a_migration_is_taken_back(self, copied_database):
        """The triggers name every column: one that goes fails at them."""
        make_way_for_migration(using="copy", plan=[("a migration", True)])
        with copied_database.cursor() as cursor:
            cursor.execute("ALTER TABLE pledges_reply DROP COLUMN answered_at")
        append_only.install_triggers(copied_database)
        assert append_only.problems(copied_database) == []

    def test_the_flush_of_a_test_case_empties_it_and_leaves_it_protected(self, copied_database):
        call_command("flush", database="copy", interactive=False, verbosity=0)
        assert not Assessment.objects.using("copy").exists()
        assert append_only.problems(copied_database) == []
        assert Group.objects.using("copy").get(name=roles.MONITORS).permissions.filter(codename="add_pledge").exists()

    def test_without_a_migration_to_run_they_stay(self, copied_database):
        make_way_for_migration(using="copy", plan=[])
        assert append_only.problems(copied_database) == []

    def test_a_connection_from_elsewhere_is_refused_too(self, copied_database, assessment):
        """Neither the function of the test switch nor the site's PRAGMAs are known to it."""
        with closing(sqlite3.connect(copied_database.settings_dict["NAME"])) as other:
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                other.execute("UPDATE pledges_assessment SET late = 1")
            with pytest.raises(sqlite3.OperationalError, match="zaveza_flush_allowed"):
                other.execute("DELETE FROM pledges_assessment")

    def test_a_new_column_is_protected_at_once(self, copied_database, assessment):
        with copied_database.cursor() as cursor:
            cursor.execute("ALTER TABLE pledges_assessment ADD COLUMN salt text NOT NULL DEFAULT 'x'")
        append_only.install_triggers(copied_database)
        with pytest.raises(IntegrityError, match="append-only"), copied_database.cursor() as cursor:
            cursor.execute("UPDATE pledges_assessment SET salt = 'y' WHERE id = %s", [assessment.pk])


def test_every_migrate_installs_them():
    """Connected to the signals of the app, so that no command can forget it."""
    config = apps.get_app_config("pledges")
    for signal, name in ((post_migrate, "protect_record"), (pre_migrate, "make_way_for_migration")):
        receivers = [receiver.__name__ for receiver in signal._live_receivers(config)[0]]
        assert name in receivers
