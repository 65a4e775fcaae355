"""The parts of the site that belong to no app: the way into the admin, and addresses that are refused."""

import pytest

from tests.browser.conftest import VIEWS


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_sign_in_page_asks_for_the_email_address_and_fits_the_screen(visit, width, scheme):
    page = visit("/admin/login/", width, scheme)
    name = page.locator("input[name=username]")
    assert page.locator(f"label[for={name.get_attribute('id')}]").inner_text().startswith("E-poštni naslov")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_administrator_signs_in(admin, demo_site):
    page = admin("/admin/")
    assert page.url == f"{demo_site.url}/admin/"
    assert page.get_by_role("heading", level=1).count()


@pytest.mark.parametrize(("query", "status"), [("a" * 10_000, 414), ("a%00b", 400)])
def test_refused_query_gets_a_page_from_the_production_server(new_page, watch, query, status):
    page = new_page(360)
    with watch[page].expecting(status):
        answer = page.goto(f"/sl/search/?q={query}")
    assert answer.status == status
    assert page.get_by_role("heading", level=1).count() == 1
