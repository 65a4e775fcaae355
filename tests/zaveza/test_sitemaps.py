"""The sitemap over all languages, and what crawlers are asked to leave alone."""

import xml.etree.ElementTree as ET

import pytest
from django.contrib.sitemaps import Sitemap
from django.test import Client

from home.factories import HomePageFactory, StandardPageFactory, home_page
from zaveza import sitemaps

pytestmark = pytest.mark.django_db

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def entries(client: Client, path: str = "/sitemap.xml") -> dict[str, dict[str, str]]:
    """The pages' addresses, each with its alternates by language."""
    response = client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/xml"
    root = ET.fromstring(response.content)  # noqa: S314 - our own
    return {
        url.findtext("s:loc", namespaces=NAMES) or "": {
            link.attrib["hreflang"]: link.attrib["href"] for link in url.findall("x:link", NAMES)
        }
        for url in root.findall("s:url", NAMES)
    }


def test_all_languages_with_their_alternates(client: Client) -> None:
    page = StandardPageFactory(slug="o-nas")
    en, pl = HomePageFactory(language="en"), HomePageFactory(language="pl")
    StandardPageFactory(parent=en, translation_of=page, title="About")
    StandardPageFactory(parent=pl, translation_of=page, title="osnutek", live=False)
    alias = page.create_alias(parent=home_page(), update_slug="kopija")
    found = entries(client)
    expected = {"sl": "http://testserver/sl/o-nas/", "en": "http://testserver/en/o-nas/"}
    assert found["http://testserver/sl/o-nas/"] == expected
    assert found["http://testserver/en/o-nas/"] == expected
    homes = {code: f"http://testserver/{code}/" for code in ("sl", "en", "pl")}
    assert found["http://testserver/sl/"] == homes
    assert "http://testserver/pl/o-nas/" not in found
    assert f"http://testserver{alias.url}" not in found


def test_a_page_in_one_language_has_no_alternates(client: Client) -> None:
    StandardPageFactory(slug="sama")
    assert entries(client)["http://testserver/sl/sama/"] == {}


def test_queries_do_not_grow_with_the_pages(client: Client, django_assert_max_num_queries) -> None:
    for number in range(12):
        StandardPageFactory(slug=f"stran-{number}")
    entries(client)
    maps = {"pages": sitemaps.PageSitemap}
    with pytest.MonkeyPatch.context() as patch, django_assert_max_num_queries(4):
        patch.setattr(sitemaps, "_sitemaps", maps)
        entries(client)


class OtherSitemap(Sitemap):
    def items(self) -> list[str]:
        return ["a", "b"]

    def location(self, item: str) -> str:
        return f"/sl/records/{item}/"


def test_apps_register_their_own(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps, "_sitemaps", {"pages": sitemaps.PageSitemap})
    sitemaps.register_sitemap("other", OtherSitemap)
    assert set(sitemaps.registered_sitemaps()) == {"pages", "other"}
    home_page()
    found = entries(client)
    assert "http://testserver/sl/records/a/" in found
    assert "http://testserver/sl/" in found


def test_a_large_site_gets_an_index(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps, "_sitemaps", {"pages": sitemaps.PageSitemap, "other": OtherSitemap})
    monkeypatch.setattr(sitemaps, "FILE_LIMIT", 2)
    home_page()
    root = ET.fromstring(client.get("/sitemap.xml").content)  # noqa: S314 - our own
    files = [found.text for found in root.findall("s:sitemap/s:loc", NAMES)]
    assert files == ["http://testserver/sitemap-pages.xml", "http://testserver/sitemap-other.xml"]
    assert set(entries(client, "/sitemap-other.xml")) == {
        "http://testserver/sl/records/a/",
        "http://testserver/sl/records/b/",
    }
    assert client.get("/sitemap-nothing.xml").status_code == 404
    assert client.get("/sitemap.xml?p=99").status_code in (200, 404)


def test_robots(client: Client) -> None:
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    body = response.content.decode()
    assert "Disallow: /admin/" in body
    assert "Sitemap: http://testserver/sitemap.xml" in body
