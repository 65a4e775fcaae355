"""PostgreSQL, through the project's settings: the tests use a database of their own and its health is asked."""

import pytest
from django.conf import settings
from django.db import connection

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("postgresql")]


def test_tests_run_in_a_database_of_their_own():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database()")
        (name,) = cursor.fetchone()
    assert name.startswith("zaveza_test_")
    assert name == connection.settings_dict["NAME"]
    assert settings.DATABASES["default"]["TEST"]["NAME"].startswith("zaveza_test_")


def test_site_is_ready_on_postgresql(client):
    answer = client.get("/-/ready")
    assert answer.json()["database"] == "ok"


def test_words_survive_in_all_four_scripts():
    texts = ["čšž ČŠŽ đ", "zażółć gęślą jaźń", "საქართველო", "naïve — “quoted”"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT unnest(%s::text[])", [texts])
        assert [text for (text,) in cursor.fetchall()] == texts
