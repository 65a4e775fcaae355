"""Links for candidates: what opens one, what does not, and what they give away (nothing)."""

import datetime as dt
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.test import Client
from django.urls import NoReverseMatch, reverse

from pledges import factories, links, services
from pledges.enums import KeyDateKind, LinkPurpose
from pledges.models import Candidacy, CandidacyLink
from tests.pledges.admin_people import EDITORS, MONITORS, REVIEWERS, client_of, person
from zaveza import clock
from zaveza.mail.models import OutgoingMail

pytestmark = pytest.mark.django_db


def path_of(link: CandidacyLink) -> str:
    return urlsplit(links.address_of(link)).path


@pytest.fixture
def link() -> CandidacyLink:
    made: CandidacyLink = factories.CandidacyLinkFactory()
    return made


def altered(token: str, place: int) -> str:
    letter = "a" if token[place] != "a" else "b"
    return token[:place] + letter + token[place + 1 :]


def test_the_token_opens_what_it_is_for_and_nothing_else(link: CandidacyLink) -> None:
    token = links.token_of(link)
    assert links.find_link(token, LinkPurpose.PROGRAMME) == link
    assert links.find_link(token, LinkPurpose.REPLY) is None


def test_nothing_in_the_row_is_the_token(link: CandidacyLink) -> None:
    signature = links.token_of(link).rpartition("_")[2]
    assert not any(signature in str(value) for value in CandidacyLink.objects.values().get().values())


def test_every_changed_character_closes_it(link: CandidacyLink) -> None:
    token = links.token_of(link)
    for place in (0, 3, 10, 34, 35, 36, 50, len(token) - 2):
        assert links.find_link(altered(token, place), LinkPurpose.PROGRAMME) is None
    for other in (token + "a", token[:-1], token.upper(), f" {token}", token.replace("_", "-", 1), "", "zl_", "ž" * 79):
        assert links.find_link(other, LinkPurpose.PROGRAMME) is None


def test_another_secret_key_opens_nothing(link: CandidacyLink, settings: Any) -> None:
    token = links.token_of(link)
    settings.SECRET_KEY = "another"
    assert links.find_link(token, LinkPurpose.PROGRAMME) is None


def test_a_key_of_another_link_has_another_signature(link: CandidacyLink) -> None:
    other = factories.CandidacyLinkFactory()
    mixed = links.token_of(link).replace(link.key, other.key)
    assert links.find_link(mixed, LinkPurpose.PROGRAMME) is None


def _unknown(link: CandidacyLink) -> str:
    return reverse("pledges:hand_in", args=[altered(links.token_of(link), 5)])


def _expired(link: CandidacyLink) -> str:
    CandidacyLink.objects.filter(pk=link.pk).update(expires_at=clock.now() - dt.timedelta(seconds=1))
    return path_of(link)


def _revoked(link: CandidacyLink) -> str:
    path = path_of(link)
    services.revoke_link(link)
    return path


def _renewed(link: CandidacyLink) -> str:
    path = path_of(link)
    services.renew_link(link)
    return path


def _wrong_purpose(link: CandidacyLink) -> str:
    return reverse("pledges:reply", args=[links.token_of(link)])


def test_unknown_expired_revoked_renewed_and_misused_links_are_answered_alike(client: Client) -> None:
    answers = []
    for close in (_unknown, _expired, _revoked, _renewed, _wrong_purpose):
        path = close(factories.CandidacyLinkFactory())
        response = client.get(path)
        assert response.status_code == 404
        # The address itself is the only thing that differs: the links to the other languages repeat it.
        token = path.split("/")[3]
        content = response.content.decode().replace(token, "…").replace("/reply/", "/hand-in/")
        answers.append((content, sorted(response.headers.items(), key=str)[:0]))
        assert client.post(path, {"action": "save"}).status_code == 404
    assert len(set(map(str, answers))) == 1


def test_pages_behind_a_link_are_kept_indexed_and_told_to_nobody(client: Client, link: CandidacyLink) -> None:
    for path in (path_of(link), _unknown(link)):
        response = client.get(path)
        assert response["Referrer-Policy"] == "no-referrer"
        assert response["Cache-Control"] == "no-store, private"
        assert "noindex" in response["X-Robots-Tag"]
        content = response.content.decode()
        assert '<meta name="robots" content="noindex">' in content
        head = content.partition("</head>")[0]
        assert "zl_" not in head, "the head tells crawlers and previews of the address"
        assert "zl_" not in content.partition("<footer")[2], "a printed page tells of the address"
        assert not response.cookies


def test_only_the_method_that_a_form_needs(client: Client, link: CandidacyLink) -> None:
    for method in ("put", "delete", "patch", "options"):
        assert getattr(client, method)(path_of(link)).status_code == 405


def test_a_form_needs_no_cookie_and_no_origin(link: CandidacyLink) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post(path_of(link), {"action": "save", "revision": "0", "language": "sl"}, HTTP_ORIGIN="null")
    assert answer.status_code == 302


def test_wrong_addresses_are_limited_per_client_and_open_links_are_not(client: Client, link: CandidacyLink) -> None:
    wrong = _unknown(link)
    statuses = [client.get(wrong).status_code for _time in range(32)]
    assert statuses == [404] * 30 + [429] * 2
    assert client.get(path_of(link)).status_code == 200
    assert client.get(wrong, REMOTE_ADDR="192.0.2.44").status_code == 404


def test_saves_with_one_link_are_limited(client: Client, link: CandidacyLink, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pledges.views.by_link.SAVES", 2)
    statuses = [
        client.post(path_of(link), {"action": "save", "revision": str(n), "language": "sl"}).status_code
        for n in range(3)
    ]
    assert statuses == [302, 302, 429]


def test_its_use_is_noted(client: Client, link: CandidacyLink) -> None:
    client.get(path_of(link))
    link.refresh_from_db()
    assert link.last_used_at is not None


def test_one_open_link_for_each_purpose(link: CandidacyLink) -> None:
    with pytest.raises(services.RuleViolation):
        services.make_link(link.candidacy, LinkPurpose.PROGRAMME, None)
    services.make_link(link.candidacy, LinkPurpose.REPLY, None)
    services.revoke_link(link)
    services.make_link(link.candidacy, LinkPurpose.PROGRAMME, None)


def test_a_link_for_handing_in_lasts_beyond_the_deadline(link: CandidacyLink) -> None:
    day = clock.today() + dt.timedelta(days=120)
    factories.KeyDateFactory(edition=link.candidacy.edition, date=day, kind=KeyDateKind.PROGRAMMES_DUE)
    assert links.default_expiry(link.candidacy, LinkPurpose.PROGRAMME).date() >= day + dt.timedelta(days=29)
    assert links.default_expiry(link.candidacy, LinkPurpose.REPLY) < clock.now() + dt.timedelta(days=61)


def test_reply_url_is_the_same_until_it_is_revoked(link: CandidacyLink) -> None:
    first = links.reply_url(link.candidacy)
    assert first.startswith("http://testserver/sl/reply/zl_")
    assert links.reply_url(link.candidacy) == first
    reply_link = CandidacyLink.objects.get(purpose=LinkPurpose.REPLY)
    assert reply_link.email == link.email
    services.revoke_link(reply_link)
    assert links.reply_url(link.candidacy) != first


def test_reply_url_is_good_for_a_month_from_now(link: CandidacyLink) -> None:
    address = links.reply_url(link.candidacy)
    row = CandidacyLink.objects.filter(purpose=LinkPurpose.REPLY)
    row.update(expires_at=clock.now() - dt.timedelta(days=3))
    assert links.reply_url(link.candidacy) == address
    assert row.get().expires_at > clock.now() + links.SHORTEST_NOTICE


def test_a_sent_link_stands_in_the_letter_and_afterwards_nowhere(
    link: CandidacyLink, django_capture_on_commit_callbacks: Any
) -> None:
    CandidacyLink.objects.update(language="pl")
    link.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        services.send_link(link)
    (letter,) = mail.outbox
    assert letter.to == ["ekipa@example.si"]
    assert links.address_of(link) in letter.body
    assert "/pl/hand-in/" in letter.body
    stored = OutgoingMail.objects.get()
    assert links.token_of(link) not in stored.body
    assert "zl_…" in stored.body
    assert CandidacyLink.objects.get(pk=link.pk).sent_at


def test_what_cannot_be_sent_says_why(link: CandidacyLink) -> None:
    CandidacyLink.objects.update(email="")
    with pytest.raises(services.RuleViolation, match="e-"):
        services.send_link(link)
    services.revoke_link(link)
    for refused in (services.send_link, services.renew_link, services.revoke_link):
        with pytest.raises(services.RuleViolation):
            refused(link)
    assert not mail.outbox


def test_addresses_of_links_that_nobody_needs_are_erased(link: CandidacyLink) -> None:
    expired, lost, former, mayor, revoked = (factories.CandidacyLinkFactory() for _number in range(5))
    CandidacyLink.objects.exclude(pk=link.pk).update(expires_at=clock.now() - dt.timedelta(days=1))
    Candidacy.objects.filter(pk=lost.candidacy_id).update(elected=False)
    start, end = clock.today() - dt.timedelta(days=800), clock.today() - dt.timedelta(days=400)
    factories.MandateFactory(candidacy=former.candidacy, start=start, planned_end=end, end=end, end_reason="term")
    factories.MandateFactory(candidacy=mayor.candidacy, start=start)
    services.revoke_link(revoked)
    assert services.erase_ended_contacts() == 3
    assert set(CandidacyLink.objects.exclude(email="")) == {link, expired, mayor}


# The admin


def views_of(link: CandidacyLink) -> list[str]:
    names = ("inspect", "history", "usage", "send_link", "show_link", "renew_link", "revoke_link")
    return [reverse(f"candidacylink:{name}", args=[link.pk]) for name in names]


def test_a_monitor_reaches_the_links_of_the_own_hub_only(link: CandidacyLink) -> None:
    foreign = factories.CandidacyLinkFactory()
    monitor = client_of(person(MONITORS, factories.HubFactory(covers=[link.candidacy.municipality])))
    listed = monitor.get(reverse("candidacylink:index")).context["page_obj"]
    assert list(listed) == [link]
    for address in views_of(foreign):
        assert monitor.get(address).status_code in (302, 403, 404), address
        assert monitor.post(address).status_code in (302, 403, 404, 405), address
    key = foreign.key
    foreign.refresh_from_db()
    assert (foreign.key, foreign.revoked_at, foreign.sent_at) == (key, None, None)
    for address in views_of(link):
        assert monitor.get(address).status_code == 200, address
    data = {"candidacy": foreign.candidacy_id, "purpose": "reply", "email": "jaz@example.si", "language": "sl"}
    assert monitor.post(reverse("candidacylink:add"), data).status_code in (200, 302)
    assert not CandidacyLink.objects.filter(candidacy=foreign.candidacy, purpose="reply").exists()


@pytest.mark.parametrize("role", [EDITORS, REVIEWERS])
def test_links_are_not_for_who_does_not_work_with_candidates(link: CandidacyLink, role: str) -> None:
    client = client_of(person(role))
    for address in (*views_of(link), reverse("candidacylink:index"), reverse("candidacylink:add")):
        assert client.get(address).status_code in (302, 403), address


def test_the_admin_makes_sends_shows_renews_and_revokes(
    link: CandidacyLink, django_capture_on_commit_callbacks: Any
) -> None:
    user = person(MONITORS, factories.HubFactory(covers=[link.candidacy.municipality]))
    monitor = client_of(user)
    data = {"candidacy": link.candidacy_id, "purpose": "reply", "email": "ekipa@example.si", "language": "en"}
    assert monitor.post(reverse("candidacylink:add"), data).status_code == 302
    made = CandidacyLink.objects.get(purpose=LinkPurpose.REPLY)
    assert (made.made_by, made.language) == (user, "en")
    assert monitor.post(reverse("candidacylink:add"), data).status_code == 200, "there is one already"
    assert CandidacyLink.objects.filter(purpose=LinkPurpose.REPLY).count() == 1
    with django_capture_on_commit_callbacks(execute=True):
        assert monitor.post(reverse("candidacylink:send_link", args=[made.pk])).status_code == 302
    assert links.address_of(made) in mail.outbox[0].body
    asked = monitor.get(reverse("candidacylink:show_link", args=[made.pk])).content.decode()
    assert "zl_" not in asked
    shown = monitor.post(reverse("candidacylink:show_link", args=[made.pk]))
    assert links.address_of(made) in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    assert "zl_" not in monitor.get(reverse("candidacylink:inspect", args=[made.pk])).content.decode()
    before = links.address_of(made)
    monitor.post(reverse("candidacylink:renew_link", args=[made.pk]))
    made.refresh_from_db()
    assert links.address_of(made) != before
    monitor.post(reverse("candidacylink:revoke_link", args=[made.pk]))
    made.refresh_from_db()
    assert made.revoked_at is not None
    assert monitor.get(reverse("candidacylink:history", args=[made.pk])).status_code == 200


def test_nobody_edits_or_deletes_a_link() -> None:
    for name in ("edit", "delete"):
        with pytest.raises(NoReverseMatch):
            reverse(f"candidacylink:{name}", args=[1])
