import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from wagtail.models import Locale
from wagtail_localize.models import TranslationSource

from home.factories import HomePageFactory, StandardPageFactory, home_page
from zaveza.navigation import search_scopes
from zaveza.navigation.factories import FooterFactory, MenuFactory, footer_columns, link, menu_items
from zaveza.navigation.languages import LanguageLink, language_links
from zaveza.navigation.models import Footer, Menu
from zaveza.navigation.services import frame, localized_path
from zaveza.users.models import User

pytestmark = pytest.mark.django_db


def locale(code: str) -> Locale:
    return Locale.objects.get_or_create(language_code=code)[0]


# Menu


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/pledges/", "/ka/pledges/"),
        ("/pledges/?status=partly", "/ka/pledges/?status=partly"),
        ("/sl/pledges/", "/sl/pledges/"),
        ("/-/live", "/-/live"),
        ("https://example.org/", "https://example.org/"),
        ("#map", "#map"),
    ],
)
def test_a_path_of_the_site_gets_the_language_in_front(address, expected):
    assert localized_path(address, "ka") == expected


def test_menu_links_lead_to_pages_and_addresses_in_the_readers_language():
    page = StandardPageFactory(title="Metodologija", slug="metodologija")
    english_home = HomePageFactory(language="en")
    english = StandardPageFactory(title="Method", parent=english_home, translation_of=page)
    MenuFactory(items=menu_items([link("Zaveze", address="/pledges/"), link("Metodologija", page=page)]))
    MenuFactory(
        locale=locale("en"),
        items=menu_items([link("Pledges", address="/pledges/"), link("Method", page=page)]),
    )
    assert [item.url for item in frame("sl").menu] == ["/sl/pledges/", page.get_url()]
    assert [item.url for item in frame("en").menu] == ["/en/pledges/", english.get_url()]
    assert frame("en").menu[1].language == ""


def test_an_untranslated_menu_is_shown_in_its_own_language():
    page = StandardPageFactory()
    MenuFactory(items=menu_items([link("Zaveze", address="/pledges/"), link("Stran", page=page)]))
    shown = frame("ka")
    assert shown.menu_language == "sl"
    assert [item.url for item in shown.menu] == ["/ka/pledges/", page.get_url()]
    assert [item.language for item in shown.menu] == ["", "sl"]


def test_a_link_to_a_draft_is_left_out_until_it_is_published():
    page = StandardPageFactory(live=False)
    MenuFactory(items=menu_items([link("Zaveze", address="/pledges/"), link("Skrito", page=page)]))
    assert [item.label for item in frame("sl").menu] == ["Zaveze"]
    page.save_revision().publish()
    assert [item.label for item in frame("sl").menu] == ["Zaveze", "Skrito"]
    page.refresh_from_db()
    page.unpublish()
    assert [item.label for item in frame("sl").menu] == ["Zaveze"]


def test_a_changed_menu_is_seen_at_once():
    menu = MenuFactory()
    assert len(frame("sl").menu) == 2
    menu.items = menu_items([link("Novo", address="/pledges/")])
    menu.save()
    assert [item.label for item in frame("sl").menu] == ["Novo"]
    menu.delete()
    assert frame("sl").menu == ()


def test_menu_and_footer_come_from_the_data_cache():
    page = StandardPageFactory()
    MenuFactory(items=menu_items([link("Stran", page=page)] * 5))
    FooterFactory()
    frame("sl")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        frame("sl")
    assert len(queries) == 0


@pytest.mark.parametrize("count", [1, 8])
def test_loading_the_menu_takes_the_same_queries_for_any_number_of_links(count):
    pages = [StandardPageFactory() for _number in range(count)]
    MenuFactory(items=menu_items([link(page.title, page=page) for page in pages]))
    FooterFactory(columns=footer_columns([("Vse", [link(page.title, page=page) for page in pages])]))
    frame("en")  # the paths of the sites are cached by Wagtail
    cache.delete_many(["navigation-frame-sl"])
    with CaptureQueriesContext(connection) as queries:
        frame("sl")
    assert len(queries) == 6


def test_one_menu_for_each_language():
    MenuFactory()
    with pytest.raises(ValidationError, match="jezik|language"):
        Menu(locale=locale("sl"), items=menu_items([link("A", address="/a/")])).full_clean()


@pytest.mark.parametrize("address", ["pledges", "//evil.example", "javascript:alert(1)", "/a b"])
def test_an_address_that_is_none_is_refused(address):
    menu = Menu(locale=locale("sl"), items=menu_items([link("A", address=address)]))
    with pytest.raises(ValidationError):
        menu.items.stream_block.clean(menu.items)


def test_a_link_has_a_page_or_an_address():
    menu = Menu(locale=locale("sl"), items=menu_items([link("A")]))
    with pytest.raises(ValidationError):
        menu.items.stream_block.clean(menu.items)


def test_editors_translate_menu_and_footer():
    menu = MenuFactory()
    source, _created = TranslationSource.update_or_create_from_instance(menu)
    english = source.create_or_update_translation(locale("en"), publish=True, fallback=True)[0]
    assert english.locale.language_code == "en"
    assert [block.value["address"] for block in english.items] == ["/municipalities/", "/pledges/"]
    strings = set(source.stringsegment_set.values_list("string__data", flat=True))
    assert {"Občine", "Zaveze"} <= strings


def test_menu_and_footer_are_edited_in_the_admin(client: Client):
    menu, footer = MenuFactory(), FooterFactory()
    client.force_login(User.objects.create_superuser("admin@example.org", "a long password"))
    for model, row in ((Menu, menu), (Footer, footer)):
        viewset = model.snippet_viewset
        assert client.get(reverse(viewset.get_url_name("list"))).status_code == 200
        assert client.get(reverse(viewset.get_url_name("edit"), args=[row.pk])).status_code == 200


# The frame of a page


def test_the_page_shows_menu_and_footer(client: Client):
    MenuFactory(items=menu_items([link("Domov", page=home_page()), link("Šola", tail="za župane", address="/school/")]))
    FooterFactory()
    html = client.get("/sl/").content.decode()
    assert '<a href="/sl/" aria-current="page">Domov</a>' in " ".join(html.split()).replace('" >', '">')
    assert "Šola<span> za župane</span>" in html
    assert "Kolofon" in html
    assert "CC BY 4.0" in html


def test_the_item_above_the_page_is_marked():
    request = RequestFactory().get("/sl/pledges/AJD-2022-04/")
    from django.template import Context, Template

    def state(url: str) -> str:
        source = "{% load navigation_tags %}{% current_state url as state %}{{ state }}"
        return Template(source).render(Context({"request": request, "url": url}))

    assert state("/sl/pledges/") == "true"
    assert state("/sl/pledges/AJD-2022-04/") == "page"
    assert state("/sl/") == ""
    assert state("/sl/municipalities/") == ""


# Languages


def by_code(links):
    return {item.code: item for item in links}


def test_a_page_links_to_its_live_translations_only(rf: RequestFactory):
    page = StandardPageFactory()
    english = StandardPageFactory(parent=HomePageFactory(language="en"), translation_of=page)
    StandardPageFactory(parent=HomePageFactory(language="ka"), translation_of=page, live=False)
    home_page("pl")
    links = by_code(language_links(rf.get(page.get_url()), page))
    assert links["sl"].is_current
    assert links["en"].url == english.get_url()
    assert links["ka"].url is None
    assert links["pl"].url is None


def test_an_alias_is_no_translation(rf: RequestFactory):
    page = StandardPageFactory()
    home_page("ka")
    page.copy_for_translation(locale("ka"), alias=True)
    assert by_code(language_links(rf.get(page.get_url()), page))["ka"].url is None


def test_language_links_of_a_page_cost_one_query(rf: RequestFactory):
    page = StandardPageFactory()
    StandardPageFactory(parent=HomePageFactory(language="en"), translation_of=page)
    request = rf.get("/sl/")
    page.get_url(request)  # the site of the request is looked up once, whoever asks first
    with CaptureQueriesContext(connection) as queries:
        language_links(request, page)
    assert len(queries) == 1


def test_an_untranslated_page_is_struck_through(client: Client):
    page = StandardPageFactory()
    html = client.get(page.get_url()).content.decode()
    assert html.count('class="none"') == 3
    assert 'hreflang="en"' not in html


def test_names_of_languages_are_their_own(rf: RequestFactory):
    names = [item.name for item in language_links(rf.get("/sl/"))]
    assert names == ["Slovenščina", "English", "ქართული", "polski"]


def test_an_address_that_is_no_page_is_the_same_in_every_language(client: Client):
    with translation.override("sl"):
        url = reverse("search:search")
    html = client.get(url, {"q": "most"}).content.decode()
    assert f'href="{url.replace("/sl/", "/ka/")}?q=most"' in html


def test_search_engines_are_told_addresses_without_their_query():
    link_with_query = LanguageLink("ka", "ქართული", "/ka/pledges/?page=2", is_current=False)
    assert link_with_query.path == "/ka/pledges/"


# The scopes of the search


def test_a_scope_that_search_registers_is_offered(rf: RequestFactory, monkeypatch):
    monkeypatch.setattr(search_scopes, "_scopes", {})
    search_scopes.register_search_scope("pledge", "Pledges")
    search_scopes.register_search_scope("pledge", "Zaveze")
    assert [(scope.code, scope.label) for scope in search_scopes.search_scopes()] == [("pledge", "Zaveze")]
