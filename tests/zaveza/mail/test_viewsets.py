"""Administrators see what became of letters, not what they say."""

import pytest
from django.core import mail
from django.urls import reverse

from tests.pledges.admin_people import ADMINISTRATORS, EDITORS, MONITORS, REVIEWERS, client_of, person
from zaveza.mail.enums import MailState
from zaveza.mail.factories import OutgoingMailFactory

pytestmark = pytest.mark.django_db


def test_administrators_see_the_list_without_the_words() -> None:
    failed = OutgoingMailFactory(
        subject="Vabilo", body="skrivna povezava", state=MailState.FAILED, next_attempt_at=None, last_error="no server"
    )
    OutgoingMailFactory()
    client = client_of(person(ADMINISTRATORS))
    text = client.get(reverse("outgoing_mail:index")).text
    assert "Vabilo" in text
    assert "somebody@example.org" in text
    assert "no server" in text
    assert "skrivna povezava" not in text
    assert text.count(reverse("outgoing_mail:try_again", args=[failed.pk])) == 1
    only = client.get(reverse("outgoing_mail:index_results"), {"state": "failed"})
    assert [letter.pk for letter in only.context["page_obj"]] == [failed.pk]
    assert reverse("outgoing_mail:index") in client.get("/admin/").text


def test_a_letter_given_up_is_tried_again(django_capture_on_commit_callbacks) -> None:
    letter = OutgoingMailFactory(state=MailState.FAILED, next_attempt_at=None)
    address = reverse("outgoing_mail:try_again", args=[letter.pk])
    client = client_of(person(ADMINISTRATORS))
    assert client.get(address).status_code == 405
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(address).status_code == 302
    assert len(mail.outbox) == 1
    client.post(address)
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("role", [EDITORS, MONITORS, REVIEWERS])
def test_nobody_else_does(role: str) -> None:
    letter = OutgoingMailFactory(state=MailState.FAILED, next_attempt_at=None)
    client = client_of(person(role))
    assert client.get(reverse("outgoing_mail:index")).status_code == 302
    assert client.get(reverse("outgoing_mail:index_results")).status_code == 302
    assert client.post(reverse("outgoing_mail:try_again", args=[letter.pk])).status_code == 302
    letter.refresh_from_db()
    assert letter.attempts == 0
    assert letter.next_attempt_at is None
    assert reverse("outgoing_mail:index") not in client.get("/admin/").text


def test_the_list_takes_the_same_queries_for_many(django_assert_max_num_queries) -> None:
    client = client_of(person(ADMINISTRATORS))
    OutgoingMailFactory.create_batch(40)
    client.get(reverse("outgoing_mail:index_results"))
    with django_assert_max_num_queries(12):
        client.get(reverse("outgoing_mail:index_results"))
