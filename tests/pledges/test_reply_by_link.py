"""Answering an assessment through a link: own ones only, word for word, in the window."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.utils import translation

from pledges import factories, links, services
from pledges.enums import LinkPurpose, PromisedBy, ReplyState
from pledges.models import Assessment, CandidacyLink, Pledge, Reply
from zaveza.users.factories import UserFactory

pytestmark = pytest.mark.django_db

ANSWER = "Dela so <b>končana</b>.\n\nHvala za vprašanje."


def in_window(pledge: Pledge, **fields: Any) -> Reply:
    """An approved draft that waits for what the candidate says."""
    candidacy = pledge.programme.candidacy
    if not CandidacyLink.objects.filter(candidacy=candidacy).exists():
        services.make_link(candidacy, LinkPurpose.REPLY, None, email="ekipa@example.si")
    author = UserFactory()
    evidence = factories.EvidenceFactory(pledge=pledge)
    draft = factories.AssessmentFactory(pledge=pledge, author=author, evidence=[evidence], **fields)
    services.approve_assessment(services.submit_assessment(draft, author), UserFactory())
    return Reply.objects.get(assessment=draft)


@pytest.fixture
def reply() -> Reply:
    return in_window(factories.PledgeFactory(published=True), summary="Povzetek osnutka.")


@pytest.fixture
def path(reply: Reply) -> str:
    return urlsplit(links.reply_url(reply.pledge.programme.candidacy)).path


def test_the_invitation_names_an_address_that_opens(reply: Reply, path: str) -> None:
    content = Client().get(path).content.decode()
    assert reply.pledge.public_id in content
    page = Client().get(f"{path}{reply.public_id}/").content.decode()
    assert "Povzetek osnutka." in page
    assert 'name="text"' in page


def test_an_answer_is_looked_at_and_sent_word_for_word(reply: Reply, path: str) -> None:
    client, address = Client(), f"{path}{reply.public_id}/"
    look = client.post(address, {"text": ANSWER, "language": "sl", "action": "look"})
    assert "Dela so &lt;b&gt;končana&lt;/b&gt;." in look.content.decode()
    reply.refresh_from_db()
    assert reply.state == ReplyState.INVITED
    sent = client.post(address, {"text": ANSWER, "language": "pl", "action": "send"})
    assert sent["Location"] == f"{path}?sent=1"
    reply.refresh_from_db()
    assert (reply.state, reply.text, reply.language) == (ReplyState.RECEIVED, ANSWER, "pl")
    assert reply.published_at is None
    assert "<form" not in client.get(address).content.decode().partition("<main")[2].partition("</main>")[0]


def test_a_second_answer_changes_nothing(reply: Reply, path: str) -> None:
    client, address = Client(), f"{path}{reply.public_id}/"
    client.post(address, {"text": "Prvi.", "language": "sl", "action": "send"})
    assert client.post(address, {"text": "Drugi.", "language": "sl", "action": "send"}).status_code == 409
    reply.refresh_from_db()
    assert reply.text == "Prvi."


@pytest.mark.parametrize("text", ["", "   ", "x" * 5001])
def test_an_answer_that_is_none_is_refused(reply: Reply, path: str, text: str) -> None:
    answer = Client().post(f"{path}{reply.public_id}/", {"text": text, "language": "sl", "action": "send"})
    assert answer.status_code == 422
    reply.refresh_from_db()
    assert reply.state == ReplyState.INVITED


def test_nothing_of_others_is_seen(reply: Reply, path: str) -> None:
    candidacy = reply.pledge.programme.candidacy
    other = in_window(factories.PledgeFactory(published=True), summary="Drug osnutek.")
    of_ngo = factories.PledgeFactory(
        programme=reply.pledge.programme,
        organisation=factories.OrganisationFactory(email="drustvo@example.si"),
        promised_by=PromisedBy.NGO,
        published=True,
    )
    ngo_reply = in_window(of_ngo, summary="Osnutek o društvu.")
    unsent = factories.AssessmentFactory(
        pledge=factories.PledgeFactory(programme=reply.pledge.programme, published=True), summary="Skrit osnutek."
    )
    client = Client()
    pages = client.get(path).content.decode()
    for record in (other, ngo_reply):
        assert record.pledge.public_id not in pages
        assert client.get(f"{path}{record.public_id}/").status_code == 404
        assert client.post(f"{path}{record.public_id}/", {"text": "x", "action": "send"}).status_code == 404
    pages += client.get(f"{path}{reply.public_id}/").content.decode()
    for hidden in (
        "Drug osnutek.",
        "Osnutek o društvu.",
        "Skrit osnutek.",
        other.pledge.programme.candidacy.person.name,
    ):
        assert hidden not in pages
    assert candidacy.person.name in pages
    assert Assessment.objects.get(pk=unsent.pk).published_at is None


def test_a_draft_that_was_taken_back_is_no_longer_shown(reply: Reply, path: str) -> None:
    services.return_assessment(reply.assessment, UserFactory(), "Preveri znesek.")
    assert not Reply.objects.filter(pk=reply.pk).exists()
    assert Client().get(f"{path}{reply.public_id}/").status_code == 404
    assert "Povzetek osnutka." not in Client().get(path).content.decode()


@pytest.mark.parametrize("language", ["sl", "en", "ka", "pl"])
def test_every_page_is_there_in_the_teams_language(reply: Reply, path: str, language: str) -> None:
    with translation.override(language):
        for address in (path, f"{path}{reply.public_id}/"):
            assert Client().get(address.replace("/sl/", f"/{language}/")).status_code == 200
