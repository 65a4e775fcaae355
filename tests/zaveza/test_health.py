"""`/-/live` and `/-/ready`."""

import pytest
from django.db import DatabaseError

from zaveza import health
from zaveza.health import Health


@pytest.fixture
def checks(monkeypatch):
    """Only the checks that a test registers, besides the database's."""
    own = {"database": health._checks["database"]}
    monkeypatch.setattr(health, "_checks", own)
    return own


def test_live_asks_no_database(client, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        answer = client.get("/-/live")
    assert answer.json() == {"status": "ok"}
    assert "no-cache" in answer["Cache-Control"]


@pytest.mark.django_db
def test_ready_names_every_check(client, checks):
    health.register_health_check("letters", lambda: Health())
    answer = client.get("/-/ready")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "database": "ok", "letters": "ok"}


@pytest.mark.django_db
def test_degraded_is_told_but_ready(client, checks):
    health.register_health_check("search", lambda: Health("degraded: answers from the database"))
    answer = client.get("/-/ready")
    assert answer.status_code == 200
    assert answer.json()["search"] == "degraded: answers from the database"


@pytest.mark.django_db
def test_unready_is_503(client, checks):
    health.register_health_check("triggers", lambda: Health("missing", ready=False))
    answer = client.get("/-/ready")
    assert answer.status_code == 503
    assert answer.json()["status"] == "unready"


@pytest.mark.django_db
def test_a_broken_check_is_an_answer(client, checks):
    def broken():
        raise RuntimeError("secret detail")

    health.register_health_check("broken", broken)
    answer = client.get("/-/ready")
    assert answer.status_code == 503
    assert answer.json()["broken"] == "check failed: RuntimeError"
    assert "secret detail" not in answer.text


def test_unreachable_database_is_503_without_its_address(client, checks, monkeypatch):
    class NoConnection:
        def cursor(self):
            raise DatabaseError("could not connect to db.internal:5432")

    monkeypatch.setattr(health, "connection", NoConnection())
    answer = client.get("/-/ready")
    assert answer.status_code == 503
    assert answer.json()["database"] == "unreachable: DatabaseError"
    assert "db.internal" not in answer.text


@pytest.mark.django_db
def test_the_whole_site_is_ready_after_its_migrations(client):
    answer = client.get("/-/ready")
    assert answer.status_code == 200, answer.json()
