"""Tasks with a worker of their own: they wait in the database until it comes."""

import shutil

import pytest

from tests.migrated_database import kept_copy
from tests.zaveza.test_settings import manage, values

ENQUEUE = """
from django_tasks_db.models import DBTaskResult
from zaveza.mail.tasks import deliver
deliver.enqueue(4127)
print("waiting:", DBTaskResult.objects.ready().count())
"""
LOOK = """
from django_tasks_db.models import DBTaskResult
print([(each.task_name, each.status, each.return_value) for each in DBTaskResult.objects.all()])
"""


def test_without_a_worker_tasks_are_done_at_once(tmp_path):
    assert "ImmediateBackend" in values("dev", tmp_path, "TASKS")[0]


def test_with_a_worker_a_task_waits_for_it_and_is_done(tmp_path, django_db_setup):
    if not kept_copy().exists():
        pytest.skip("The migrated database is not kept: the tests run on another one.")
    shutil.copyfile(kept_copy(), tmp_path / "zaveza.sqlite3")

    def run(*arguments):
        answer = manage("dev", tmp_path, *arguments, TASK_WORKER="1", DATABASE_URL="", ELASTICSEARCH_URL="")
        assert answer.returncode == 0, answer.stderr
        return answer.stdout

    run("migrate", "django_tasks_database", "--verbosity", "0")
    assert "waiting: 1" in run("shell", "--no-imports", "-c", ENQUEUE)
    run("db_worker", "--batch", "--no-startup-delay")
    assert "('deliver', 'SUCCESSFUL', False)" in run("shell", "--no-imports", "-c", LOOK)
