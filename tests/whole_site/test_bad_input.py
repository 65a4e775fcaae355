"""What readers, robots and attackers send: each gets its clear answer, and nothing is stored.

Files have a module of their own (`test_bad_files`); the production server answers in `tests/browser/test_house.py`.
"""

import datetime as dt
import logging
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from wagtail.models import PageViewRestriction

from home.factories import (
    EventIndexPageFactory,
    EventPageFactory,
    NewsIndexPageFactory,
    NewsPageFactory,
    ProjectIndexPageFactory,
    ProjectPageFactory,
    StandardPageFactory,
    home_page,
)
from pledges.factories import AssessmentFactory, HubFactory, MandateFactory, PledgeFactory, ProgrammeFactory
from pledges.filters import PledgeFilterSet
from search import services

from .routes import LANGUAGES, list_parameters
from .snapshots import stored

pytestmark = pytest.mark.django_db

NEWS, PROJECTS, EVENTS = "/sl/novice/", "/sl/projekti/", "/sl/dogodki/"
PLEDGES, SEARCH, MUNICIPALITIES = "/sl/pledges/", "/sl/search/?q=zaveza", "/sl/municipalities/"
NOTHING_STORED = "Nič ni bilo shranjeno"
PAGED_LISTS = [NEWS, PROJECTS, EVENTS, PLEDGES, SEARCH]
READ_ONLY = [
    "/sl/",
    NEWS,
    "/sl/novice/novica/",
    PLEDGES,
    "/sl/pledges/AJD-2022-01/",
    "/sl/candidates/candidacy-1/",
    "/sl/programmes/programme-1/",
    MUNICIPALITIES,
    "/sl/municipalities/ajdovscina/",
    "/sl/search/",
    "/sitemap.xml",
    "/robots.txt",
    "/media/none.png",
]


@pytest.fixture(scope="module")
def site(
    tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: pytest.FixtureRequest
) -> Iterator[None]:
    """One of each list with something in it, made once for all tests here; at the end nothing has been added."""
    media = str(tmp_path_factory.mktemp("media"))
    with (
        django_db_blocker.unblock(),
        override_settings(MEDIA_ROOT=media),
        translation.override("sl"),
        transaction.atomic(),
    ):
        _make_site()
        before = stored()
        yield
        assert stored() == before
        transaction.set_rollback(True)


def _make_site() -> None:
    hub = HubFactory(slug="sticisce")
    NewsPageFactory(parent=NewsIndexPageFactory(), slug="novica", date=dt.date(2025, 5, 31), hub=hub)
    ProjectPageFactory(parent=ProjectIndexPageFactory())
    EventPageFactory(parent=EventIndexPageFactory())
    programme = ProgrammeFactory(candidacy__municipality__code="AJD")
    MandateFactory(candidacy=programme.candidacy)
    for _number in range(2):
        pledge = PledgeFactory(programme=programme, published=True)
    AssessmentFactory(pledge=pledge, published=True)
    page = StandardPageFactory(slug="interno", parent=home_page())
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.PASSWORD, password="x")
    services.rebuild()


@pytest.fixture
def nothing_stored(site: None) -> Iterator[None]:
    """Whatever a test asks, nothing is written by it."""
    before = stored()
    yield
    assert stored() == before


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> None:
    """Hundreds of requests here are refused on purpose."""
    caplog.set_level(logging.ERROR, logger="django.request")


def words_of(response: Any) -> str:
    """The HTML with every run of white space as one space."""
    return re.sub(r"\s+", " ", response.content.decode().replace("\xa0", " "))


def notices_of(response: Any) -> str:
    """What the page says about the request, above its content."""
    return " ".join(
        re.findall(r'<(?:div|section|aside)[^>]*class="notice.*?</(?:div|section|aside)>', words_of(response))
    )


@pytest.mark.usefixtures("nothing_stored")
class TestPages:
    """`?page=` of every list."""

    @pytest.mark.parametrize("path", PAGED_LISTS)
    @pytest.mark.parametrize("number", ["abc", "0", "-1", "99999", "1.5", "9" * 400, "½", "1e3", "page"])
    def test_another_number_shows_a_page_and_says_so(self, client: Client, path: str, number: str) -> None:
        response = client.get(path, {"page": number, "q": "zaveza"} if "search" in path else {"page": number})
        assert response.status_code == 200
        assert response.context["page_obj"].number == 1
        notice = response.context["page_obj"].notice
        is_number = re.fullmatch("-?[0-9]+", number)
        not_a_number = gettext("The page number was not a number, so this is the first page.")
        assert (number[:10] in notice) if is_number else (notice == not_a_number)
        assert notice in words_of(response)

    @pytest.mark.parametrize("path", PAGED_LISTS)
    @pytest.mark.parametrize("number", ["", "1", " 1 "])
    def test_the_first_page_needs_no_notice(self, client: Client, path: str, number: str) -> None:
        response = client.get(path, {"page": number, "q": "zaveza"} if "search" in path else {"page": number})
        assert response.status_code == 200
        assert not response.context["page_obj"].notice


def _unknown_values() -> Iterator[tuple[str, str]]:
    """Each parameter of each list that has values to choose from."""
    paths = {
        "pledges:pledge_list": PLEDGES,
        "search:search": SEARCH,
        "home.NewsIndexPage": NEWS,
        "home.ProjectIndexPage": PROJECTS,
        "home.EventIndexPage": EVENTS,
    }
    for name, path in paths.items():
        for parameter in sorted(list_parameters()[name] - {"q", "page"}):
            yield path, parameter


@pytest.mark.usefixtures("nothing_stored")
class TestFilters:
    """Values that a list does not know."""

    @pytest.mark.parametrize(("path", "parameter"), list(_unknown_values()))
    def test_an_unknown_value_is_named_and_filters_nothing(self, client: Client, path: str, parameter: str) -> None:
        address, _mark, query = path.partition("?")
        given = dict(pair.split("=") for pair in query.split("&") if pair)
        everything = client.get(address, given).context["page_obj"].paginator.count
        response = client.get(address, {**given, parameter: "neznano"})
        assert response.status_code == 200
        assert "neznano" in notices_of(response)
        assert response.context["page_obj"].paginator.count == everything
        assert everything

    @pytest.mark.parametrize(
        "value",
        ["<b>x</b>", "'; DROP TABLE--", "a" * 3000, "\U0001f600"],
    )
    def test_it_is_quoted_short_and_escaped(self, client: Client, value: str) -> None:
        for path in (f"{PLEDGES}?status=", f"{NEWS}?hub=", f"{SEARCH}&type="):
            address, _mark, query = path.partition("?")
            names = dict(pair.split("=") for pair in query.split("&"))
            response = client.get(address, {name: given or value for name, given in names.items()})
            assert response.status_code == 200
            html = words_of(response)
            assert "<b>x" not in html
            assert "a" * 100 not in notices_of(response)

    def test_an_unknown_filter_is_named(self, client: Client) -> None:
        response = client.get(PLEDGES, {"neznano": "1"})
        assert "neznano" in notices_of(response)
        assert response.context["page_obj"].paginator.count == 2

    def test_a_known_value_beside_an_unknown_one_still_filters(self, client: Client) -> None:
        response = client.get(f"{PLEDGES}?status=not_assessed&status=neznano")
        assert response.context["page_obj"].paginator.count == 1
        assert "neznano" in notices_of(response)

    @pytest.mark.parametrize(
        "came_from", ["page=abc", "hub=neznano", "=&&=", "javascript:alert(1)", "a" * 3000, "hub=%00&year=%00"]
    )
    def test_the_way_back_of_an_article_is_always_its_list(self, client: Client, came_from: str) -> None:
        response = client.get("/sl/novice/novica/", {"from": came_from})
        assert response.status_code == 200
        assert response.context["back_url"] == NEWS

    @pytest.mark.parametrize(
        "words", ["a" * 3000, "a " * 1500, '"', "* OR NEAR(", "%_'\\", ")(", "\u202e\u200b", "ž" * 300]
    )
    def test_any_words_can_be_looked_for(self, client: Client, words: str) -> None:
        for path in (PLEDGES, "/sl/search/", MUNICIPALITIES):
            response = client.get(path, {"q": words})
            assert response.status_code == (414 if len(response.request["QUERY_STRING"]) > 4000 else 200)


@pytest.mark.usefixtures("nothing_stored")
class TestAddresses:
    """Addresses that nothing answers, and those that nothing could."""

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize(
        "path",
        [
            "pledges/AJD-2022-99/",
            "pledges/neznano/",
            "candidates/candidacy-0/",
            "programmes/programme-0/",
            "municipalities/neznano/",
            "neznano/",
            "novice/neznano/",
            "%ff/",
            "a" * 300 + "/",
            "_util/authenticate_with_password/0/0/",
        ],
    )
    def test_an_unknown_one_is_told_in_the_readers_language(self, client: Client, language: str, path: str) -> None:
        response = client.get(f"/{language}/{path}")
        assert response.status_code == 404
        assert f'<html lang="{language}">' in response.content.decode()
        assert 'role="search"' in response.content.decode()

    @pytest.mark.parametrize(
        "path",
        [
            "/de/",
            "/de/pledges/",
            "/xx-yy/",
            "/SL/",
            "/sl-si/",
            "/documents/1/neznano.pdf",
            "/documents/99999999999999999999999999/x.pdf",
            "/documents/authenticate_with_password/99999999999999999999999999/",
            "/sl/_util/authenticate_with_password/99999999999999999999999999/1/",
            "/media/neznano.png",
            "/media/" + "a" * 3000,
            "/media//etc/passwd",
            "/sitemap-neznano.xml",
            "/.env",
            "/wp-login.php",
        ],
    )
    def test_one_outside_the_languages(self, client: Client, path: str) -> None:
        response = client.get(path, headers={"accept-language": "pl"}, follow=True)
        assert response.status_code == 404
        assert "<html lang=" in response.content.decode()

    @pytest.mark.parametrize("path", ["/media/../manage.py", "/media/%2e%2e/%2e%2e/etc/passwd"])
    def test_one_outside_the_media_folder(self, client: Client, path: str) -> None:
        response = client.get(path)
        assert response.status_code == 400
        assert 'rel="stylesheet"' in response.content.decode()

    @pytest.mark.parametrize(
        "accepted", ["*", "xx", "sl;q=abc", ",,,;", "zh-Hant-u-ca-chinese", "a" * 5000, "en;q=2", "\u010d", "\x00"]
    )
    def test_any_wish_for_a_language_leads_to_one(self, client: Client, accepted: str) -> None:
        response = client.get("/", headers={"accept-language": accepted})
        assert response.status_code == 302
        assert response["Location"] in {f"/{language}/" for language in LANGUAGES}
        assert client.get("/sl/", headers={"accept-language": accepted}).status_code == 200

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("path", ["", "pledges/", "search/", "municipalities/", "neznano/"])
    def test_a_query_of_ten_thousand_characters(self, client: Client, language: str, path: str) -> None:
        response = client.get(f"/{language}/{path}", {"q": "a" * 10_000})
        assert response.status_code == 414
        assert f'<html lang="{language}">' in response.content.decode()
        with translation.override(language):
            assert "4.000" in words_of(response) or "4,000" in words_of(response) or "4 000" in words_of(response)


@pytest.mark.usefixtures("nothing_stored")
class TestNulBytes:
    """No database takes them."""

    @pytest.mark.parametrize(
        "path",
        [
            "/sl/a%00b/",
            "/sl/pledges/%00/",
            "/sl/candidates/a%00/",
            "/sl/municipalities/a%00/",
            "/sl/search/?q=a%00b",
            "/sl/pledges/?q=%00",
            "/sl/pledges/?%00=1",
            "/sl/novice/?hub=%00",
            "/media/a%00.png",
            "/documents/1/a%00.pdf",
            "/admin/%00/",
            "/%00",
        ],
    )
    def test_in_an_address(self, client: Client, path: str) -> None:
        response = client.get(path)
        assert response.status_code == 400
        assert 'rel="stylesheet"' in response.content.decode()

    @pytest.mark.parametrize("name", ["sessionid", "django_language", "csrftoken", "other"])
    @pytest.mark.parametrize("path", ["/sl/", "/admin/login/"])
    def test_in_a_cookie(self, client: Client, path: str, name: str) -> None:
        response = client.get(path, headers={"cookie": f'{name}="aaaaaaaa\\000aaaaaaaa"'})
        assert response.status_code == 400

    @pytest.mark.parametrize(
        ("name", "fields"),
        [
            ("wagtailadmin_login", {"username": "a\x00@example.si", "password": "b\x00"}),
            ("wagtailadmin_password_reset", {"email": "a\x00@example.si"}),
            ("wagtailcore_login", {"username": "a\x00", "password": "b\x00"}),
            ("wagtailcore_authenticate_with_password", {"password": "x\x00", "return_url": "/\x00"}),
        ],
    )
    def test_in_the_fields_of_a_form(self, client: Client, name: str, fields: dict[str, str]) -> None:
        restriction = PageViewRestriction.objects.get()
        args = [restriction.pk, restriction.page_id] if "authenticate" in name else []
        response = client.post(reverse(name, args=args), fields)
        assert response.status_code == 200
        assert response.context["form"].errors


@pytest.mark.usefixtures("nothing_stored")
class TestMethods:
    """Public pages are only read."""

    @pytest.mark.parametrize("path", READ_ONLY)
    @pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
    def test_anything_but_reading_is_told_so(self, path: str, method: str) -> None:
        client = Client(enforce_csrf_checks=True)
        response = getattr(client, method)(path, {"q": "x"}, content_type="application/json")
        assert response.status_code == 405
        assert response["Allow"] == "GET, HEAD"
        assert NOTHING_STORED in words_of(response)

    @pytest.mark.parametrize("path", READ_ONLY[:4])
    def test_the_head_is_read_too(self, client: Client, path: str) -> None:
        response = client.head(path)
        assert response.status_code == 200
        assert not response.content

    def test_a_form_without_its_token_gets_a_page(self) -> None:
        response = Client(enforce_csrf_checks=True).post(
            reverse("wagtailadmin_login"), {"username": "a@example.si", "password": "b"}
        )
        assert response.status_code == 403
        assert NOTHING_STORED in words_of(response)
        assert "<style" not in words_of(response)

    def test_too_many_fields_and_too_much_data_get_a_page(self, client: Client) -> None:
        many = client.post(reverse("wagtailadmin_login"), {f"field{number}": "x" for number in range(10_001)})
        much = client.post(reverse("wagtailadmin_login"), {"username": "x" * (11 * 1024 * 1024)})
        for response in (many, much):
            assert response.status_code == 400
            assert 'rel="stylesheet"' in response.content.decode()


def test_every_filter_of_the_pledges_is_asked_here() -> None:
    asked = {parameter for path, parameter in _unknown_values() if path == PLEDGES}
    assert asked == set(PledgeFilterSet.base_filters) - {"q"}
