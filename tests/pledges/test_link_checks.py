"""Whether the addresses of sources still work."""

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from pledges import services
from pledges.factories import AssessmentFactory, EvidenceFactory
from pledges.models import Evidence, EvidenceState, LinkCheck
from pledges.services.link_checks import PER_HOST, due_links
from tests.zaveza.fetching import HOST, PUBLIC, World, serving, world
from zaveza import clock

from .admin_people import ADMINISTRATORS, client_of, person

__all__ = ["serving", "world"]

pytestmark = pytest.mark.django_db


def source(path: str = "/file", scheme: str = "https") -> Evidence:
    return EvidenceFactory(url=f"{scheme}://{HOST}{path}")


def no_wait(seconds: float) -> None:
    assert seconds <= 2


def check(evidence: Evidence, world: World) -> EvidenceState:
    services.check_link(evidence, world.network)
    return EvidenceState.objects.get(evidence=evidence)


class TestResults:
    @pytest.mark.parametrize(
        ("path", "link"),
        [("/file", "works"), ("/no-head", "works"), ("/hop", "works"), ("/missing", "failing"), ("/refused", "unsure")],
    )
    def test_answers(self, world: World, path: str, link: str):
        evidence = source(path)
        state = check(evidence, world)
        assert state.link == link
        [row] = LinkCheck.objects.all()
        assert (row.url, row.evidence) == (evidence.url, evidence)
        assert row.status == {"/missing": 404, "/refused": 403}.get(path, 200)

    def test_an_address_without_https(self, world: World):
        assert check(source("/file", "http"), world).link == "works"
        assert check(source("/missing", "http"), world).link == "unsure"
        assert world.opened == [PUBLIC, PUBLIC, PUBLIC]

    def test_a_private_address_is_not_asked_and_not_called_broken(self, world: World):
        world.names[HOST] = [["192.168.0.1"]]
        state = check(source(), world)
        assert (state.link, world.opened) == ("unsure", [])

    def test_a_redirect_to_what_is_no_address_holds_nobody_up(self, world: World):
        world.server.leads_to = "https://["
        broken, sound = source("/to-other"), source("/file")
        assert services.check_due_links(clock.now(), world.network, no_wait) == "2 checked, 0 failed"
        assert EvidenceState.objects.get(evidence=broken).link == "unsure"
        assert EvidenceState.objects.get(evidence=sound).link == "works"

    def test_checks_are_only_added(self, world: World):
        check(source(), world)
        row = LinkCheck.objects.get()
        with pytest.raises(ValueError, match="never changed"):
            row.save()
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE pledges_linkcheck SET result = 'works'")


class TestBackOff:
    def test_broken_after_three_failures_on_different_days(self, world: World, time_machine_at):
        evidence, days = source("/missing"), []
        for _turn in range(5):
            state = check(evidence, world)
            days.append((state.link, state.failures, (state.next_check_at - state.checked_at).days))
            time_machine_at(state.next_check_at)
        assert days == [("failing", 1, 1), ("failing", 2, 3), ("broken", 3, 7), ("broken", 4, 14), ("broken", 5, 30)]

    def test_one_success_is_enough(self, world: World):
        evidence = source("/missing")
        for _turn in range(3):
            check(evidence, world)
        Evidence.objects.filter(pk=evidence.pk).update(url=f"https://{HOST}/file")
        state = check(Evidence.objects.get(pk=evidence.pk), world)
        assert (state.link, state.failures) == ("works", 0)
        assert state.worked_at

    @pytest.fixture
    def time_machine_at(self, monkeypatch):
        def travel(moment):
            monkeypatch.setattr(clock, "now", lambda: moment)

        return travel


class TestTick:
    def test_only_what_is_due_and_few_of_one_host(self, world: World):
        for number in range(PER_HOST + 2):
            source(f"/file?n={number}")
        EvidenceFactory(url="")
        now = clock.now()
        assert services.check_due_links(now, world.network, no_wait) == f"{PER_HOST} checked, 0 failed"
        assert services.check_due_links(now, world.network, no_wait) == "2 checked, 0 failed"
        assert services.check_due_links(now, world.network, no_wait) is None
        later = now + dt.timedelta(days=40)
        assert due_links(later).count() == PER_HOST + 2

    def test_pauses_between_two_of_one_host(self, world: World):
        waits: list[float] = []
        for number in range(3):
            source(f"/file?n={number}")
        services.check_due_links(clock.now(), world.network, waits.append)
        assert len(waits) == 2
        assert all(1 < wait <= 2 for wait in waits)


class TestPages:
    def test_readers_see_that_a_link_is_broken(self, client: Client):
        evidence = EvidenceFactory()
        AssessmentFactory(pledge=evidence.pledge, evidence=[evidence], published=True)
        address = f"/en/pledges/{evidence.pledge.public_id}/"
        assert "no longer works" not in client.get(address).content.decode()
        EvidenceState.objects.create(evidence=evidence, link="broken")
        assert "The link no longer works." in client.get(address).content.decode()

    def test_monitors_find_broken_links(self):
        broken, other = EvidenceFactory(title="Pokvarjena"), EvidenceFactory(title="Zdrava")
        EvidenceState.objects.create(evidence=broken, link="broken")
        administrator = client_of(person(ADMINISTRATORS))
        page = administrator.get(reverse("evidence:index"), {"link": "broken"}).content.decode()
        assert "Pokvarjena" in page
        assert "Zdrava" not in page
        page = administrator.get(reverse("evidence:index"), {"link": "unchecked", "copy": "missing"}).content.decode()
        assert "Zdrava" in page
        assert "Pokvarjena" not in page
        assert administrator.get(reverse("evidence:inspect", args=[other.pk])).status_code == 200

    def test_a_new_address_is_looked_at_anew(self):
        evidence = EvidenceFactory()
        EvidenceState.objects.create(
            evidence=evidence, link="broken", failures=3, next_check_at=clock.now() + dt.timedelta(days=9)
        )
        data = {"kind": "other", "direction": "supports", "title": "x", "language": "sl"}
        data["url"] = "https://nov.example.si/"
        response = client_of(person(ADMINISTRATORS)).post(reverse("evidence:edit", args=[evidence.pk]), data)
        assert response.status_code == 302, response.context["form"].errors
        state = EvidenceState.objects.get(evidence=evidence)
        assert (state.link, state.failures, state.next_check_at) == ("unchecked", 0, None)
