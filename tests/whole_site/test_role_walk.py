"""Every role at every address of the admin (design: domain, Roles).

`role_walk.txt` says for each address who gets in, a letter a role; who is refused is led elsewhere or gets 403 or 404.
It is written anew with `ROLE_WALK=write` and read by people when it changes.
"""

import logging
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from django.apps import apps
from django.db.models import Model
from django.http.response import HttpResponseBase
from django.test import Client

from pledges import factories
from pledges.enums import PledgeState
from pledges.models import Assessment, Evidence, Organisation, Person, Pledge, Programme, Reply, Tip
from pledges.permissions import MUNICIPALITY_PATHS
from tests.pledges.admin_people import ADMINISTRATORS, EDITORS, MONITORS, REVIEWERS, client_of, person
from zaveza.users.factories import UserFactory

from . import admin_routes
from .words import text_of
from .world import World, made

pytestmark = pytest.mark.django_db

TABLE = Path(__file__).with_name("role_walk.txt")
LETTERS = {"E": EDITORS, "M": MONITORS, "R": REVIEWERS, "A": ADMINISTRATORS}
# Anything an address of the admin leads on to is asked for by itself.
GETS_IN = {200}
# Wagtail's own dialogs, which hold nothing of ours.
FAILS_ON_AN_EMPTY_FORM = {"wagtailadmin_choose_page_external_link"}


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> None:
    """Hundreds of addresses are refused here on purpose."""
    caplog.set_level(logging.ERROR, logger="django.request")


@pytest.fixture(scope="module")
def world(
    tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: pytest.FixtureRequest
) -> Iterator[World]:
    """The site with its drafts, made once for all tests here."""
    with django_db_blocker.unblock(), made(tmp_path_factory.mktemp("media")) as site:
        yield site


@pytest.fixture
def other_hub(world: World) -> Organisation:
    """A hub that watches a municipality of which the rest of the site knows nothing."""
    pledge = factories.PledgeFactory(
        programme__candidacy__municipality=factories.MunicipalityFactory(code="KRŠ"), published=True
    )
    hub: Organisation = factories.HubFactory(slug="drugo-sredisce", covers=[pledge.municipality])
    return hub


def every(model: type[Model]) -> list[Any]:
    """All records."""
    return list(model._default_manager.order_by("pk"))


def ends(model: type[Model]) -> list[Any]:
    """The oldest records, which are public, and the newest, which are drafts."""
    records = every(model)
    return records if len(records) < 5 else [*records[:2], *records[-2:]]


def newest(model: type[Model]) -> list[Any]:
    """One record: a draft, wherever there is one."""
    records = model._default_manager.order_by("-pk")
    names = {field.name for field in model._meta.concrete_fields}
    drafts = records.filter(published_at=None) if "published_at" in names else records
    if model is Pledge:
        drafts = drafts.filter(state=PledgeState.DRAFT)
    return list(drafts[:1] or records[:1])


def confined_words(world: World) -> dict[str, str]:
    """The words of records that belong to a municipality, the private ones and the public ones."""
    confined = {model._meta.label for model in (*MUNICIPALITY_PATHS, Person)}
    confined |= {f"{label}Text" for label in confined}
    return {
        word: owner
        for words in (world.private, world.public)
        for word, owner in words.owners.items()
        if owner.partition(" (")[0] in confined
    }


def leaks_at(address: str, answer: HttpResponseBase, world: World, secret: dict[str, str]) -> list[str]:
    """What of the secret words stands in an answer that was not asked for by that word."""
    text = text_of(answer)
    found = (world.private.found_in(text) | world.public.found_in(text)) & secret.keys()
    return [f"{address} ({answer.status_code}) shows {secret[word]}" for word in found if word not in unquote(address)]


def test_every_address_says_what_to_ask() -> None:
    assert admin_routes.unknown_parameters() == []


class TestNobodyElse:
    """Who has no role, and who has one elsewhere."""

    def test_without_an_account_every_address_asks_to_sign_in(self, world: World) -> None:
        open_ones = []
        for name, address in admin_routes.addresses(newest):
            answer = Client().get(address)
            assert answer.status_code < 500, address
            if answer.status_code in GETS_IN and not name.startswith("wagtailadmin_password_reset"):
                open_ones.append(name)
        assert set(open_ones) == {"wagtailadmin_javascript_catalog", "wagtailadmin_login", "wagtailadmin_sprite"}

    def test_an_account_without_a_role_gets_nowhere(self, world: World) -> None:
        client, secret = client_of(UserFactory()), confined_words(world)
        for _name, address in admin_routes.addresses(newest):
            answer = client.get(address)
            assert answer.status_code < 500, address
            assert not leaks_at(address, answer, world, secret)

    @pytest.mark.parametrize("export", ["", "csv", "xlsx"])
    def test_a_monitor_reads_nothing_of_another_hub(self, world: World, other_hub: Organisation, export: str) -> None:
        client, secret = client_of(person(MONITORS, other_hub)), confined_words(world)
        leaks = []
        for _name, address in admin_routes.addresses(newest if export else ends):
            answer = client.get(address, {"export": export} if export else {})
            assert answer.status_code < 500, address
            leaks += leaks_at(address, answer, world, secret)
        assert not leaks, "\n".join(["", *leaks])

    def test_a_monitor_of_that_hub_does_read_them(self, world: World) -> None:
        """So the walk comes to where the words stand."""
        client, secret, seen = client_of(person(MONITORS, world.records.hub)), confined_words(world), []
        for name, address in admin_routes.addresses(newest):
            if name.endswith((":index", ":inspect", ":history", ":choose")):
                seen += leaks_at(address, client.get(address), world, secret)
        models = {line.partition(" shows ")[2].partition(" (")[0] for line in seen}
        assert models >= {model._meta.label for model in (Assessment, Evidence, Pledge, Programme, Reply, Tip)}

    def test_a_monitor_changes_nothing_of_another_hub(self, world: World, other_hub: Organisation) -> None:
        client = client_of(person(MONITORS, other_hub))
        # At the own programme one may begin to extract without a form.
        before = rows_of_the_record(without="KRŠ")
        for name, address in admin_routes.addresses(ends):
            if name not in FAILS_ON_AN_EMPTY_FORM | {"wagtailadmin_logout"}:
                answer = client.post(address, {"action": "delete", "reason": "x", "confirm": "yes"})
                assert answer.status_code < 500, address
        assert rows_of_the_record(without="KRŠ") == before

    def test_an_editor_reads_no_fact_of_the_record(self, world: World) -> None:
        client = client_of(person(EDITORS))
        secret = {word: owner for word, owner in confined_words(world).items() if word in world.private.owners}
        leaks = []
        for _name, address in admin_routes.addresses(newest):
            leaks += leaks_at(address, client.get(address), world, secret)
        assert not leaks, "\n".join(["", *leaks])


def rows_of_the_record(without: str = "") -> dict[str, list[Any]]:
    """Every row of the record; who was seen when is none of it, nor what lies in the municipality `without`."""
    ours = (
        model for model in apps.get_app_config("pledges").get_models() if model._meta.model_name != "recordlogentry"
    )
    return {
        model._meta.label: list(
            model._default_manager.exclude(
                **{f"{path}__code": without for path in MUNICIPALITY_PATHS.get(model, ())[:1]}
            )
            .order_by("pk")
            .values_list()
        )
        for model in ours
    }


def test_who_gets_in_where(world: World) -> None:
    reached: dict[str, str] = {}
    for letter, role in LETTERS.items():
        client = client_of(person(role, world.records.hub if role == MONITORS else None))
        for name, address in admin_routes.addresses(newest):
            if name == "wagtailadmin_logout":
                continue
            answer = client.get(address)
            assert answer.status_code < 500, (role, address)
            letters = reached.setdefault(name, "")
            if answer.status_code in GETS_IN and letter not in letters:
                reached[name] += letter
    found = "".join(f"{letters or '-':<5}{name}\n" for name, letters in sorted(reached.items()))
    if os.environ.get("ROLE_WALK") == "write":
        TABLE.write_text(found)
    assert found.splitlines() == TABLE.read_text().splitlines()
