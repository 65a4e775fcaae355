"""Tips: sent without an account, followed by their code, seen by nobody but the hub, and erased after their period."""

import datetime as dt
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from pledges import services
from pledges.enums import EditionState
from pledges.factories import HubFactory, MunicipalityFactory, PledgeFactory, TipFactory
from pledges.models import Tip

from .admin_people import ADMINISTRATORS, EDITORS, MONITORS, client_of, person

pytestmark = pytest.mark.django_db

NEW, STATUS = "/en/tips/new/", "/en/tips/status/"
MESSAGE = "Na cesti od januarja delajo vsak dan."


@pytest.fixture(autouse=True)
def site(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.TODAY = "2026-02-03"
    return tmp_path


@pytest.fixture
def pledge():
    return PledgeFactory(published=True)


def form_of(client: Client, address: str) -> dict[str, str]:
    page = client.get(address).content.decode()
    return {"code": re.search(r'name="code" value="([^"]+)"', page)[1], "message": MESSAGE}


def send(client: Client, pledge, **data):
    address = f"{NEW}?about={pledge.public_id}"
    return client.post(address, {**form_of(client, address), **data})


def code_of(response) -> str:
    return re.search(r"<code>([0-9a-f ]+)</code>", response.content.decode())[1]


class TestSending:
    def test_a_tip_and_its_code(self, client: Client, pledge, site):
        picture = SimpleUploadedFile("most ob 8h.jpg", b"\xff\xd8\xff\xe0 slika")
        response = send(client, pledge, contact="bralec@example.si", file=picture)
        assert response.status_code == 200
        tip = Tip.objects.get()
        assert (tip.pledge, tip.message, tip.contact) == (pledge, MESSAGE, "bralec@example.si")
        assert tip.erase_on == dt.date(2026, 8, 2)
        assert re.fullmatch(r"tips/most-ob-8h-[0-9a-f]{16}\.jpg", tip.file.name)
        code = code_of(response)
        assert services.tip_by_code(code.replace(" ", "")) == tip
        assert code.replace(" ", "") not in str(Tip.objects.values().get())
        assert client.get(f"/media/{tip.file.name}").status_code == 404

    def test_a_municipality_or_any(self, client: Client):
        place = MunicipalityFactory(code="AJD")
        address = f"{NEW}?about=municipality-{place.iso_code}"
        assert client.post(address, form_of(client, address)).status_code == 200
        assert client.post(NEW, {**form_of(client, NEW), "municipality": place.slug}).status_code == 200
        assert client.post(NEW, form_of(client, NEW)).status_code == 422
        assert [tip.municipality for tip in Tip.objects.all()] == [place, place]

    def test_sent_twice_it_is_one_tip(self, client: Client, pledge):
        address = f"{NEW}?about={pledge.public_id}"
        data = form_of(client, address)
        first, second = client.post(address, data), client.post(address, data)
        assert code_of(first) == code_of(second)
        assert Tip.objects.count() == 1

    @pytest.mark.parametrize(
        "other",
        [
            {"message": "Na mostu pa že od marca nihče ne dela."},
            {"contact": "bralka@example.si"},
            {"file": SimpleUploadedFile("most.jpg", b"\xff\xd8\xff\xe0 druga")},
        ],
        ids=["message", "contact", "file"],
    )
    def test_another_tip_from_the_same_page_is_kept_too(self, client: Client, pledge, other):
        address = f"{NEW}?about={pledge.public_id}"
        data = form_of(client, address)
        first, second = client.post(address, data), client.post(address, {**data, **other})
        assert code_of(first) != code_of(second)
        kept = [services.tip_by_code(code_of(response).replace(" ", "")) for response in (first, second)]
        assert kept[0].message == MESSAGE
        assert kept[1].message == other.get("message", MESSAGE)
        assert (kept[1].contact, bool(kept[1].file)) == (other.get("contact", ""), "file" in other)

    @pytest.mark.parametrize(
        "data",
        [
            {"message": ""},
            {"message": "kratko"},
            {"message": "a" * 5001},
            {"contact": "a" * 256},
            {"file": SimpleUploadedFile("virus.exe", b"MZ")},
            {"file": SimpleUploadedFile("slika.jpg", b"<html>")},
            {"code": "izmišljena"},
            {"code": ""},
        ],
    )
    def test_bad_input_stores_nothing(self, client: Client, pledge, data, site):
        response = send(client, pledge, **data)
        assert response.status_code == 422
        assert not Tip.objects.exists()
        assert not list(site.rglob("*.*"))
        assert 'role="alert"' in response.content.decode() or "notice" in response.content.decode()

    def test_machines_are_thanked_and_forgotten(self, client: Client, pledge):
        response = send(client, pledge, website="https://spam.example/")
        assert response.status_code == 200
        assert "<code>" not in response.content.decode()
        assert not Tip.objects.exists()

    def test_only_so_many_an_hour(self, client: Client, pledge):
        answers = [send(client, pledge).status_code for _turn in range(6)]
        assert answers == [200] * 5 + [429]
        assert Tip.objects.count() == 5

    def test_an_archived_edition_takes_none(self, client: Client, pledge):
        address = f"{NEW}?about={pledge.public_id}"
        data = form_of(client, address)
        pledge.edition.state = EditionState.ARCHIVED
        pledge.edition.save()
        assert 'method="post"' not in client.get(address).content.decode()
        client.post(address, data)
        assert not Tip.objects.exists()
        with pytest.raises(services.RuleViolation):
            services.receive_tip("x" * 16, MESSAGE, pledge=pledge)

    def test_pledges_that_are_not_public_are_unknown(self, client: Client):
        draft = PledgeFactory()
        for about in ("AJD-2030-01", "draft", str(draft.pk), "municipality-SI-999", "x" * 300):
            assert client.get(NEW, {"about": about}).status_code == 404

    def test_it_needs_a_token_and_is_never_cached(self, pledge):
        client = Client(enforce_csrf_checks=True)
        address = f"{NEW}?about={pledge.public_id}"
        page = client.get(address)
        assert "no-store" in page["Cache-Control"]
        assert client.post(address, {"message": MESSAGE}).status_code == 403
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.content.decode())[1]
        assert client.post(address, {**form_of(client, address), "csrfmiddlewaretoken": token}).status_code == 200
        assert not client.cookies.get("sessionid")

    def test_pages_of_the_record_set_no_cookie_and_lead_to_the_form(self, pledge):
        client = Client()
        page = client.get(f"/en/pledges/{pledge.public_id}/")
        assert f"/en/tips/new/?about={pledge.public_id}" in page.content.decode()
        place = client.get(f"/en/municipalities/{pledge.municipality.slug}/")
        assert f"/en/tips/new/?about=municipality-{pledge.municipality.iso_code}" in place.content.decode()
        assert not client.cookies


class TestStatus:
    def ask(self, client: Client, code: str):
        return client.post(STATUS, {"code": code})

    @pytest.mark.parametrize(
        ("state", "word"), [("new", "Received"), ("in_work", "Read"), ("used", "Used"), ("rejected", "Declined")]
    )
    def test_where_it_stands_and_nothing_else(self, client: Client, state: str, word: str):
        tip = TipFactory(tracking_digest=services.tracking_digest("00ff" * 4), state=state, contact="a@example.si")
        page = self.ask(client, " 00FF 00ff-00ff 00ff ").content.decode()
        assert word in page
        assert tip.message not in page
        assert "a@example.si" not in page
        assert tip.pledge.public_id not in page

    def test_an_unknown_code(self, client: Client):
        TipFactory()
        for code in ("1234" * 4, "", "x" * 100, "\x01"):
            assert self.ask(client, code).status_code == 422
        assert client.get(STATUS, {"code": "00ff" * 4}).status_code == 200

    def test_guessing_is_limited(self, client: Client):
        answers = [self.ask(client, f"{number:016x}").status_code for number in range(31)]
        assert answers == [422] * 30 + [429]

    def test_an_erased_tip_still_has_its_state(self, client: Client):
        tip = TipFactory(tracking_digest=services.tracking_digest("00ff" * 4), state="used")
        services.erase_tip(tip)
        assert "Used" in self.ask(client, "00ff" * 4).content.decode()


class TestAdmin:
    def test_only_the_hub_reads_it(self, client: Client, pledge):
        send(client, pledge, file=SimpleUploadedFile("a.pdf", b"%PDF-1.4 skrivno"), contact="bralec@example.si")
        tip = Tip.objects.get()
        inside = client_of(person(MONITORS, HubFactory(covers=[pledge.municipality])))
        outside = client_of(person(MONITORS, HubFactory(covers=[MunicipalityFactory(code="BOH")])))
        editor = client_of(person(EDITORS))
        addresses = [tip.file.url, *(reverse(f"tip:{name}", args=[tip.pk]) for name in ("inspect", "edit", "history"))]
        for address in addresses:
            assert inside.get(address).status_code == 200, address
            for other in (outside, editor):
                response = other.get(address)
                assert response.status_code == 403 or response["Location"] == "/admin/", address
        assert MESSAGE in inside.get(reverse("tip:inspect", args=[tip.pk])).content.decode()
        file = inside.get(tip.file.url)
        assert "attachment" in file["Content-Disposition"]
        assert "sandbox" in file["Content-Security-Policy"]
        assert inside.post(reverse("tip:erase", args=[tip.pk])).status_code in (302, 403)
        tip.refresh_from_db()
        assert tip.message

    def test_administrators_erase_before_the_time(self, pledge):
        tip = TipFactory(pledge=pledge)
        assert client_of(person(ADMINISTRATORS)).post(reverse("tip:erase", args=[tip.pk])).status_code == 302
        tip.refresh_from_db()
        assert (tip.message, tip.erased_at is not None) == ("", True)
