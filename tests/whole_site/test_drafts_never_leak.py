"""Nobody but the editors ever sees a draft: one of every model, looked for at every address of the site.

A new model, a new text of a model, a new address or a new filter fails here until it is on its list (`models`,
`routes`) or has a private record in `records`, `pages` or `world`.
"""

import logging
import re
import uuid
from collections.abc import Iterator
from urllib.parse import unquote

import pytest
from django.test import Client
from django.urls import get_resolver
from wagtail.contrib.redirects.models import Redirect
from wagtail.fields import StreamField

from home.models import HomePage
from pledges.models import LedgerRow, Pledge, Programme, Tip
from search import services
from search.engines import SearchQuery, get_engine
from search.models import SearchEntry, SearchWord
from search.queries import read_query
from search.registry import sources
from zaveza import clock
from zaveza.images.models import CustomDocument

from . import routes
from .models import PRIVATE_MODELS, PUBLIC_MODELS, TEXTS_WITHOUT_WORD, WITHOUT_TEXT, all_models
from .pages import FACTORIES
from .words import text_fields, text_of
from .world import World, made

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> None:
    """Hundreds of addresses here are unknown on purpose."""
    caplog.set_level(logging.ERROR, logger="django.request")


@pytest.fixture(scope="module")
def world(
    tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: pytest.FixtureRequest
) -> Iterator[World]:
    """The site with its drafts, made once for all tests here."""
    with django_db_blocker.unblock(), made(tmp_path_factory.mktemp("media")) as site:
        yield site


class TestLists:
    """Nothing is left out of the crawl."""

    def test_every_model_is_on_a_list(self, world: World) -> None:
        known = {model._meta.label for model in all_models()}
        assert set(PUBLIC_MODELS) <= known
        assert set(WITHOUT_TEXT) <= known
        empty = [model._meta.label for model in PRIVATE_MODELS if not model._default_manager.exists()]
        assert empty == [], "no private record of these models: make one, or say in PUBLIC_MODELS why there is none"
        textless = {model._meta.label for model in PRIVATE_MODELS if not list(text_fields(model))}
        assert textless == WITHOUT_TEXT

    def test_every_page_type_is_made_in_every_state(self, world: World) -> None:
        page_types = {model for model in all_models() if hasattr(model, "parent_page_types")}
        assert page_types == {*FACTORIES, HomePage}
        assert set(world.private_pages) == page_types

    def test_every_text_of_every_model_has_a_word(self, world: World) -> None:
        without = []
        for model in PRIVATE_MODELS:
            records = list(model._default_manager.all())
            for field in text_fields(model):
                texts = " ".join(str(_stored(record, field)) for record in records)
                name = f"{model._meta.label}.{field.name}"
                if not world.private.found_in(texts) and name not in TEXTS_WITHOUT_WORD:
                    without.append(name)
        assert without == []

    def test_every_address_is_on_the_list(self) -> None:
        assert routes.public_routes() == set(routes.ROUTES)

    def test_every_parameter_of_every_list_is_asked_for(self, world: World) -> None:
        read = routes.list_parameters()
        assert {name: set(queries(world)) for name, queries in routes.QUERIES.items()} == read


def _stored(record: object, field: object) -> object:
    value = getattr(record, field.attname)
    return value.raw_data if isinstance(field, StreamField) else value


class TestCrawl:
    """What an anonymous reader gets."""

    def test_no_private_word_at_any_address(self, world: World, client: Client) -> None:
        leaks, seen = [], set()
        for address in routes.addresses(world):
            response = client.get(address)
            text = text_of(response)
            # What was asked for may be repeated: in a notice, or in the address to go on to after signing in.
            found = world.private.found_in(text) - world.private.found_in(unquote(address))
            if f"as-of={routes.BETWEEN}" in address:
                found -= _public_then(world)
            leaks += [f"{address} ({response.status_code}) shows {world.private.owners[word]}" for word in found]
            assert response.status_code < 500, address
            seen |= world.public.found_in(text)
        assert not leaks, "\n".join(["", *leaks])
        # The crawl came to where the private words would have stood.
        for owner in SHOWN_SOMEWHERE:
            assert seen.intersection(world.public.of(owner)), f"the crawl never saw {owner}"

    def test_what_was_public_once_is_found_on_that_day_only(self, world: World, client: Client) -> None:
        title = world.private.of("pledges.PledgeText (withdrawn).title")[0]
        for day, count in ((routes.BETWEEN, 1), ("2022-10-01", 0), ("2026-02-03", 0)):
            response = client.get("/sl/pledges/", {"q": title, "as-of": day})
            assert response.context["page_obj"].paginator.count == count, day

    def test_own_addresses_of_drafts_are_unknown(self, world: World, client: Client) -> None:
        for states in world.private_pages.values():
            for state, page in states.items():
                if state in ("never published", "unpublished", "scheduled", "draft translation") and page.depth > 2:
                    assert client.get(page.url).status_code == 404, (state, page.url)
                elif "restricted" in state:
                    response = client.get(page.url, follow=True)
                    assert response.status_code == 200, (state, page.url)
                    assert 'name="password"' in response.content.decode()
        private = Pledge.objects.exclude(pk__in=Pledge.objects.public()).exclude(public_id=None)
        answers = {pledge.public_id: client.get(f"/sl/pledges/{pledge.public_id}/").status_code for pledge in private}
        states = dict(private.values_list("public_id", "state"))
        wanted = {"withdrawn": 410, "merged": 301, "published": 404}
        assert answers == {public_id: wanted[state] for public_id, state in states.items()}
        assert len(answers) > 8
        hidden = Programme.objects.exclude(pk__in=Programme.objects.public())
        assert {client.get(f"/sl/programmes/{programme.public_id}/").status_code for programme in hidden} == {404}

    def test_rows_of_later_publications_are_unknown(self, world: World, client: Client) -> None:
        later = list(LedgerRow.objects.filter(at__gt=clock.now()))
        assert {row.kind for row in later} == {"assessment", "amendment", "withdrawal"}
        shown = "".join(text_of(client.get(address)) for address in ("/sl/ledger/", "/ledger/zaveza-ledger.jsonl"))
        for row in later:
            assert client.get(f"/sl/ledger/L-{row.sequence}/").status_code == 404
            assert client.get(f"/z/L-{row.sequence}").status_code == 404
            assert row.hash not in shown
            if row.kind != "withdrawal":  # of a pledge that is public until then
                assert client.get(f"/z/{row.record}").status_code == 404
                assert row.record not in shown

    def test_a_redirect_does_not_tell_the_address_of_a_draft(self, world: World, client: Client) -> None:
        redirects = Redirect.objects.filter(old_path__startswith="/sl/stara-")
        assert len(redirects) == 2
        for redirect in redirects:
            response = client.get(f"{redirect.old_path}/")
            assert not world.private.found_in(text_of(response))
            assert response.status_code == 404

    def test_files_that_are_private_are_served_under_no_name(self, world: World, client: Client) -> None:
        for name in (Tip.objects.get().file.name, *CustomDocument.objects.values_list("file", flat=True)):
            for path in (name, f"./{name}", f"x/../{name}", name.replace("/", "//")):
                assert client.get(f"/media/{path}").status_code == 404, path

    def test_files_of_drafts_have_other_names_than_they_were_uploaded_with(self, world: World, client: Client) -> None:
        names = [name for (name,) in routes.ROUTES["media"](world)]
        assert len(names) > 30
        assert {client.get(f"/media/{name}", follow=True).status_code for name in names} == {404}

    def test_documents_of_a_private_collection_ask_for_the_password(self, world: World, client: Client) -> None:
        document = CustomDocument.objects.get(collection__view_restrictions__isnull=False)
        response = client.get(document.url)
        assert b"%PDF" not in b"".join(response)
        assert "password" in text_of(response)


def _public_then(world: World) -> set[str]:
    """Words of pledges that have been closed since: a page of that day shows what was public on it."""
    owners = [f"pledges.{model} ({state})" for model in ("Pledge", "PledgeText") for state in ("withdrawn", "merged")]
    return {word for owner in owners for word in world.private.of(owner)}


# Public counterparts that the crawl has to see, or it would not have seen a draft there either.
SHOWN_SOMEWHERE = [
    *(f"{model._meta.label} (public).title" for model in [*FACTORIES, HomePage]),
    *(f"{model._meta.label} (public).lead" for model in FACTORIES),
    "home.NewsPage (public).body.text",
    "images.CustomDocument (public).title",
    "navigation.Menu (public).items",
    "pledges.Amendment (public).after",
    "pledges.Amendment (public).reason",
    "pledges.Assessment (public).reasoning",
    "pledges.Candidacy (public).list_name",
    "pledges.Correction (public).wrong",
    "pledges.EditionText (public).funder_text",
    "pledges.Evidence (public).title",
    "pledges.KeyDateText (public).title",
    "pledges.Organisation (public).name",
    "pledges.Person (public).name",
    "pledges.Pledge (public).quote",
    "pledges.Pledge (withdrawn).withdrawn_reason",
    "pledges.PledgeText (public).title",
    "pledges.Programme (public).text",
    "pledges.Proposal (public).text",
    "pledges.Proposal (public).title",
    "pledges.Recognition (public).kind",
    "pledges.Reply (public).text",
]


class TestSearch:
    """The index holds what is public, whether it was written bit by bit or anew."""

    def test_no_private_word_is_in_the_index(self, world: World) -> None:
        assert _private_words_of_index(world) == []
        services.rebuild()
        assert _private_words_of_index(world) == []
        for source in sources().values():
            services.reindex_now(source.type, list(source.model._default_manager.values_list("pk", flat=True)))
        assert _private_words_of_index(world) == []

    def test_no_private_word_is_found(self, world: World) -> None:
        engine = get_engine()
        assert engine.search(read_query(world.public_word, facets={}, offset=0, limit=1).query).total
        found = {
            owner: total
            for word, owner in world.private.owners.items()
            if (total := engine.search(read_query(word, facets={}, offset=0, limit=1).query).total)
        }
        assert found == {}
        assert engine.first(SearchQuery(facets={"edition": ["2030"]})) is None

    def test_documents_are_found_where_a_public_page_offers_them(self, world: World) -> None:
        rows = SearchEntry.objects.filter(type="document")
        assert [row.title for row in rows] == world.public.of("images.CustomDocument (public).title")
        assert [row.body for row in rows] == world.public.of("images.DocumentText (public).text")
        assert len(world.private.of("images.DocumentText (")) == 4

    def test_the_pages_find_nothing_either(self, world: World, client: Client) -> None:
        for owner in ("pledges.Pledge (", "pledges.PledgeText (", "pledges.Person (", "home.NewsPage ("):
            for word in world.private.of(owner)[:2]:
                for path in ("/sl/search/", "/en/search/", "/sl/pledges/", "/sl/municipalities/"):
                    response = client.get(path, {"q": word})
                    page = response.context.get("page_obj")
                    assert not page or page.paginator.count == 0, (path, owner)
                    assert not response.context.get("found"), (path, owner)
                    assert not response.context.get("other_forms"), (path, owner)


def _private_words_of_index(world: World) -> list[str]:
    rows = [*SearchEntry.objects.values_list(), *SearchWord.objects.values_list()]
    return [world.private.owners[word] for row in rows for word in world.private.found_in(str(row))]


# The way into the admin, and what its pages are drawn with.
ADMIN_WITHOUT_SIGN_IN = {
    "wagtailadmin_javascript_catalog",
    "wagtailadmin_login",
    "wagtailadmin_password_reset",
    "wagtailadmin_password_reset_complete",
    "wagtailadmin_password_reset_confirm",
    "wagtailadmin_password_reset_done",
    "wagtailadmin_sprite",
}


def test_the_admin_is_closed(client: Client, db: None) -> None:
    """Every address of the admin leads who is not signed in to the sign-in page, apart from the way in."""
    opened = set()
    for path, name in routes.walk(get_resolver().url_patterns):
        if not path.startswith(routes.ADMIN):
            continue
        address = "/" + re.sub(r"<int:\w+>|\(\?P<\w+>[^)]*\)|\([^)]*\)", "1", path).replace("^", "").replace("$", "")
        address = re.sub(r"<uuid:\w+>", str(uuid.UUID(int=1)), re.sub(r"<(?:str:|slug:|path:)?\w+>", "a", address))
        response = client.get(address)
        if response.status_code == 302:
            assert response["Location"].startswith("/admin/login/"), address
        elif response.status_code != 404:
            opened.add(name)
    assert opened == ADMIN_WITHOUT_SIGN_IN
