"""How addresses find their pages."""

import pytest
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from home.factories import HomePageFactory, StandardPageFactory, home_page

pytestmark = pytest.mark.django_db


def test_a_page_is_found_however_deep(client: Client, django_assert_max_num_queries) -> None:
    page = home_page()
    path = "/sl/"
    for number in range(6):
        page = StandardPageFactory(parent=page, slug=f"raven-{number}", title=f"Raven {number}")
        path += f"raven-{number}/"
    assert client.get(path).context["page"] == page
    with django_assert_max_num_queries(4):
        client.get(path)


def test_a_georgian_address(client: Client) -> None:
    ka = HomePageFactory(language="ka")
    page = StandardPageFactory(parent=ka, slug="ჩვენ-შესახებ")
    assert client.get("/ka/ჩვენ-შესახებ/").context["page"] == page


@pytest.mark.parametrize(
    "path",
    ["/sl/ni-je/", "/sl/o-nas/ni-je/", "/sl/ni-je/o-nas/", "/sl/zaveza/", "/sl/o-nas/o-nas/", "/xx/", "/sl/%22/"],
)
def test_what_is_not_there_is_not_found(client: Client, path: str) -> None:
    StandardPageFactory(slug="o-nas")
    response = client.get(path, follow=True)
    assert response.status_code == 404
    assert "<h1>" in response.content.decode()


def test_the_same_slug_in_another_branch_is_another_page(client: Client) -> None:
    first = StandardPageFactory(slug="prva")
    second = StandardPageFactory(slug="druga")
    one = StandardPageFactory(parent=first, slug="ista")
    two = StandardPageFactory(parent=second, slug="ista")
    assert client.get("/sl/prva/ista/").context["page"] == one
    assert client.get("/sl/druga/ista/").context["page"] == two
    assert client.get("/sl/ista/").status_code == 404


def test_a_missing_slash_is_added(client: Client) -> None:
    StandardPageFactory(slug="o-nas")
    response = client.get("/sl/o-nas?a=1")
    assert (response.status_code, response["Location"]) == (301, "/sl/o-nas/?a=1")


def test_redirects_of_editors_and_of_moved_pages(client: Client, django_capture_on_commit_callbacks) -> None:
    page = StandardPageFactory(slug="o-nas")
    Redirect.add_redirect("/sl/staro/", redirect_to=page, is_permanent=True)
    response = client.get("/sl/staro/")
    assert (response.status_code, response["Location"]) == (301, "/sl/o-nas/")
    with django_capture_on_commit_callbacks(execute=True):
        page.slug = "kdo-smo"
        page.save_revision().publish()
    response = client.get("/sl/o-nas/")
    assert (response.status_code, response["Location"]) == (301, "/sl/kdo-smo/")


def test_several_sites_are_left_to_wagtail(client: Client) -> None:
    page = StandardPageFactory(slug="o-nas")
    other = StandardPageFactory(slug="drugo-spletisce")
    Site.objects.create(hostname="other.example", root_page=other, is_default_site=False)
    assert client.get("/sl/o-nas/").context["page"] == page


def test_posting_to_a_page_is_no_crash(client: Client) -> None:
    StandardPageFactory(slug="o-nas")
    assert client.post("/sl/o-nas/").status_code in (200, 403, 405)
    assert client.head("/sl/o-nas/").status_code == 200
