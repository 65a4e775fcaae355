import pytest
from django.test import Client
from django.urls import reverse

from zaveza.middleware import MAX_QUERY_LENGTH

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("language", "word"), [("sl", "sl"), ("ka", "ka")])
def test_a_query_of_ten_thousand_characters_gets_a_clear_answer(client: Client, language, word):
    response = client.get(f"/{language}/", {"q": "a" * 10_000})
    assert response.status_code == 414
    assert f'<html lang="{word}">' in response.content.decode()


def test_the_longest_query_is_answered(client: Client):
    assert client.get(f"/sl/?q={'a' * (MAX_QUERY_LENGTH - 2)}").status_code == 200
    assert client.get(f"/sl/?q={'a' * (MAX_QUERY_LENGTH - 1)}").status_code == 414


def test_the_admin_may_ask_longer(client: Client):
    assert client.get(f"/admin/login/?next=/admin/{'a' * 5000}").status_code == 200


@pytest.mark.parametrize("path", ["/sl/?q=a%00b", "/sl/a%00b/", "/-/live?x=%00", "/admin/login/?next=%00"])
def test_nul_bytes_in_an_address_are_refused(client: Client, path):
    response = client.get(path)
    assert response.status_code == 400
    assert 'rel="stylesheet"' in response.content.decode()


def test_nul_bytes_in_a_form_are_an_error_of_the_field(client: Client):
    response = client.post(reverse("wagtailadmin_login"), {"username": "a\x00@example.org", "password": "b\x00"})
    assert response.status_code == 200
    assert response.context["form"].errors
    response = client.post(reverse("wagtailadmin_password_reset"), {"email": "a\x00@example.org"})
    assert response.status_code == 200
    assert response.context["form"].errors


def test_public_pages_allow_no_inline_script_or_style(client: Client):
    policy = client.get("/sl/")["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "default-src 'self'" in policy


def test_the_admin_may_use_its_own_inline_scripts(client: Client):
    assert "unsafe-inline" in client.get("/admin/login/")["Content-Security-Policy"]
