import pytest
from django.db import connection
from django.http import HttpRequest
from django.template import loader
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.views.defaults import server_error

from zaveza.middleware import MAX_QUERY_LENGTH


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["sl", "en", "ka", "pl"])
def test_an_unknown_address_gets_a_page_with_ways_on(client: Client, language):
    response = client.get(f"/{language}/nothing-here/")
    html = response.content.decode()
    assert response.status_code == 404
    assert f'<html lang="{language}">' in html
    assert '<meta name="robots" content="noindex">' in html
    assert 'rel="canonical"' not in html
    assert 'role="search"' in html
    assert f'href="/{language}/"' in html
    # Every language leads somewhere, and not to the same address that nothing answers.
    assert 'class="none"' not in html
    assert "/nothing-here/" not in html.replace("http://testserver", "").split("<body")[1].split("<footer")[0]


def test_the_server_error_asks_nothing_of_the_site(db):
    with CaptureQueriesContext(connection) as queries:
        response = server_error(HttpRequest())
    assert response.status_code == 500
    assert len(queries) == 0
    html = response.content.decode()
    for language in ("sl", "en", "ka", "pl"):
        assert f'lang="{language}"' in html
        assert f'href="/{language}/"' in html


@pytest.mark.django_db
def test_a_view_that_fails_is_answered_with_the_server_error(client: Client, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr("wagtail.models.Page.route", fail)
    client.raise_request_exception = False
    response = client.get("/sl/")
    assert response.status_code == 500
    assert "Napaka na strežniku" in response.content.decode()


def test_a_refused_request_renders_without_request_and_database():
    html = loader.get_template("bad_request.html").render({"status": 414, "limit": MAX_QUERY_LENGTH})
    assert "4.000" in html
    assert "414" in html
    assert "400" in loader.get_template("400.html").render()
