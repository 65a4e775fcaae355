import re

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from zaveza.users.models import User

pytestmark = pytest.mark.django_db
PASSWORD = "a long pass phrase"


@pytest.fixture
def admin(client: Client) -> User:
    user = User.objects.create_superuser("Admin@Example.org", PASSWORD)
    client.force_login(user)
    return user


def form_data(**changes):
    return {
        "email": "ana@example.org",
        "first_name": "Ana",
        "last_name": "Primer",
        "password1": PASSWORD,
        "password2": PASSWORD,
        **changes,
    }


def test_an_administrator_creates_a_user(client: Client, admin):
    group = Group.objects.create(name="Testers")
    response = client.post(reverse("wagtailusers_users:add"), form_data(groups=[group.pk]))
    assert response.status_code == 302
    user = User.objects.get(email="ana@example.org")
    assert user.check_password(PASSWORD)
    assert list(user.groups.all()) == [group]
    assert not user.is_superuser


def test_an_administrator_changes_a_user(client: Client, admin):
    user = User.objects.create_user("ana@example.org", PASSWORD)
    url = reverse("wagtailusers_users:edit", args=[user.pk])
    assert client.get(url).status_code == 200
    response = client.post(url, form_data(email="ana.nova@example.org", password1="", password2="", is_active="on"))
    assert response.status_code == 302
    user.refresh_from_db()
    assert user.email == "ana.nova@example.org"
    assert user.check_password(PASSWORD)


def test_users_are_listed_and_found(client: Client, admin):
    User.objects.create_user("ana@example.org", PASSWORD, first_name="Ana")
    html = client.get(reverse("wagtailusers_users:index"), {"q": "ana"}).content.decode()
    assert "ana@example.org" in html


def test_one_account_for_each_address_in_any_case(client: Client, admin):
    User.objects.create_user("ana@example.org", PASSWORD)
    response = client.post(reverse("wagtailusers_users:add"), form_data(email="ANA@Example.org"))
    assert response.status_code == 200
    assert response.context["form"].errors
    with pytest.raises(ValidationError):
        User(email="Ana@example.org").full_clean()


def test_a_short_password_is_refused(client: Client, admin):
    response = client.post(reverse("wagtailusers_users:add"), form_data(password1="short", password2="short"))
    assert response.status_code == 200
    assert response.context["form"].errors


@pytest.mark.parametrize("typed", ["admin@example.org", "Admin@Example.org", "ADMIN@EXAMPLE.ORG"])
def test_sign_in_by_e_mail_in_any_case(client: Client, typed):
    User.objects.create_superuser("Admin@Example.org", PASSWORD)
    response = client.post(reverse("wagtailadmin_login"), {"username": typed, "password": PASSWORD})
    assert response.status_code == 302
    assert client.get(reverse("wagtailadmin_home")).status_code == 200


def test_a_wrong_password_does_not_sign_in(client: Client):
    User.objects.create_superuser("admin@example.org", PASSWORD)
    response = client.post(reverse("wagtailadmin_login"), {"username": "admin@example.org", "password": "wrong"})
    assert response.status_code == 200
    assert response.context["form"].errors


def test_a_forgotten_password_is_reset_by_mail(client: Client):
    user = User.objects.create_superuser("admin@example.org", PASSWORD)
    response = client.post(reverse("wagtailadmin_password_reset"), {"email": "ADMIN@example.org"})
    assert response.status_code == 302
    [message] = mail.outbox
    assert message.to == ["admin@example.org"]
    link = re.search(r"http://testserver(/\S+)", message.body)
    assert link
    response = client.get(link[1], follow=True)
    form_url = response.redirect_chain[-1][0]
    response = client.post(form_url, {"new_password1": "another long phrase", "new_password2": "another long phrase"})
    assert response.status_code == 302
    user.refresh_from_db()
    assert user.check_password("another long phrase")
    # A link works once.
    assert client.get(link[1]).context["validlink"] is False


def test_an_unknown_address_gets_no_mail_and_no_hint(client: Client):
    response = client.post(reverse("wagtailadmin_password_reset"), {"email": "nobody@example.org"})
    assert response.status_code == 302
    assert mail.outbox == []


def test_a_user_is_called_by_name_or_address():
    assert str(User(email="ana@example.org")) == "ana@example.org"
    assert str(User(email="ana@example.org", first_name="Ana", last_name="Primer")) == "Ana Primer"


def test_a_user_needs_an_address():
    with pytest.raises(ValueError, match="e-mail"):
        User.objects.create_user("")
