"""Settings, each in a process of its own: what they need, what they refuse, what they ignore."""

import json
import os
import subprocess
import sys
from pathlib import Path

from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]
PRODUCTION = {
    "SECRET_KEY": "k9#" + "aB3dE5gH7jK" * 6,
    "ALLOWED_HOSTS": "zaveza.example",
    "BASE_URL": "https://zaveza.example",
    "EMAIL_URL": "smtp://post:geheim@mail.example:25",
    "DEFAULT_FROM_EMAIL": "zaveza@zaveza.example",
}


def manage(module, data_dir, *arguments, **variables):
    """The result of a management command under the given settings and no other variables of this project."""
    environment = {"PATH": os.environ.get("PATH", ""), "HOME": str(data_dir), "ZAVEZA_DATA_DIR": str(data_dir)}
    return subprocess.run(  # noqa: S603
        [sys.executable, str(ROOT / "manage.py"), *arguments],
        env={**environment, "DJANGO_SETTINGS_MODULE": f"zaveza.settings.{module}", **variables},
        cwd=data_dir,
        capture_output=True,
        text=True,
        check=False,
    )


def values(module, data_dir, *names, **variables):
    """Some settings as another process reads them."""
    code = "import json; from django.conf import settings; print(json.dumps([" + ", ".join(
        f"str(settings.{name})" for name in names
    )
    answer = manage(module, data_dir, "shell", "--no-imports", "-c", code + "]))", **variables)
    assert answer.returncode == 0, answer.stderr
    return json.loads(answer.stdout)


def test_production_names_all_that_is_missing_at_once(tmp_path):
    answer = manage("production", tmp_path, "check", BASE_URL="https://zaveza.example", EMAIL_URL="")
    assert answer.returncode != 0
    assert "Missing environment variables: SECRET_KEY, ALLOWED_HOSTS, EMAIL_URL, DEFAULT_FROM_EMAIL" in answer.stderr
    assert not (tmp_path / "zaveza.sqlite3").exists()


def test_production_passes_the_deployment_check_without_a_warning(tmp_path, settings):
    tables = {"SEARCH_TABLES_DIR": str(settings.SEARCH_TABLES_DIR)}
    answer = manage("production", tmp_path, "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION, **tables)
    assert answer.returncode == 0, answer.stderr


def test_production_logs_json(tmp_path):
    code = "import logging; logging.getLogger('zaveza').error('ping %s', 'pong')"
    answer = manage("production", tmp_path, "shell", "--no-imports", "-c", code, **PRODUCTION)
    assert '"level": "ERROR", "logger": "zaveza", "message": "ping pong"' in answer.stderr


def test_development_needs_no_variable_and_keeps_its_key(tmp_path):
    (first,) = values("dev", tmp_path, "SECRET_KEY")
    assert len(first) >= 50
    assert values("dev", tmp_path, "SECRET_KEY") == [first]
    assert oct((tmp_path / "secret-key").stat().st_mode & 0o777) == "0o600"


def test_all_files_lie_below_the_data_folder(tmp_path):
    names = ("MEDIA_ROOT", "STATIC_ROOT", "EMAIL_FILE_PATH", "DATABASES['default']['NAME']")
    paths = [Path(path) for path in values("dev", tmp_path, *names, DATABASE_URL="", REDIS_URL="")]
    assert all(tmp_path.resolve() in path.parents for path in paths)


def test_tests_ignore_a_developers_variables(tmp_path):
    names = ("TODAY", "REDIS_URL", "EMAIL_URL", "WAGTAILADMIN_BASE_URL", "SECRET_KEY")
    variables = {
        "ZAVEZA_TODAY": "1999-01-01",
        "REDIS_URL": "redis://127.0.0.1:1/0",
        "EMAIL_URL": "smtp://127.0.0.1:1",
        "BASE_URL": "https://zaveza.example",
        "SECRET_KEY": "of a developer",
    }
    assert values("testing", tmp_path, *names, **variables) == ["", "", "", "http://testserver", "testing"]


def test_tests_use_a_named_database_and_search_engine_under_names_of_their_own(tmp_path):
    services = {
        "DATABASE_URL": "postgresql://someone@db.example/records",
        "ELASTICSEARCH_URL": "http://search.example:9200",
        "ELASTICSEARCH_INDEX_PREFIX": "live",
    }
    names = (
        "DATABASES['default']['TEST']['NAME']",
        "LENT_ELASTICSEARCH_URL",
        "ELASTICSEARCH_URL",
        "ELASTICSEARCH_INDEX_PREFIX",
    )
    assert values("testing", tmp_path, *names, **services) == [
        "zaveza_test_records",
        "['http://search.example:9200']",
        "[]",
        "live-test",
    ]


def test_tests_write_into_a_folder_of_their_own():
    assert ROOT not in Path(settings.MEDIA_ROOT).parents
    assert Path(settings.MEDIA_ROOT).parent == settings.DATA_DIR


def test_slovene_comes_first_and_four_languages_are_offered():
    assert settings.LANGUAGE_CODE == "sl"
    assert [code for code, _ in settings.LANGUAGES] == ["sl", "en", "ka", "pl"]
