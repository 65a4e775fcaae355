"""Search with and without JavaScript: suggestions, filters, an address that can be shared."""

from urllib.parse import parse_qs, urlparse

import pytest

from tests.browser.conftest import VIEWS


def test_suggestions_are_chosen_with_the_keyboard(visit):
    page = visit("/sl/search/")
    field = page.get_by_role("combobox", name="Kaj iščem")
    field.press_sequentially("kolesarska ste")
    listed = page.get_by_role("listbox")
    listed.wait_for()
    assert field.get_attribute("aria-expanded") == "true"
    first = listed.get_by_role("option").first
    words = first.inner_text()
    field.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") == first.get_attribute("id")
    field.press("Enter")
    page.wait_for_url("**/sl/search/?*")
    assert parse_qs(urlparse(page.url).query)["q"] == [words]
    assert page.locator("ol.ledger li.row").count()


def test_escape_closes_the_suggestions_and_keeps_what_was_typed(visit):
    page = visit("/sl/search/")
    field = page.get_by_role("combobox", name="Kaj iščem")
    field.press_sequentially("koles")
    page.get_by_role("listbox").wait_for()
    field.press("Escape")
    assert page.get_by_role("listbox").count() == 0
    assert field.input_value() == "koles"


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_filters_and_orders_are_in_the_address(visit, axe, width, scheme):
    page = visit("/sl/search/?q=kolesarskih+stez&type=pledge&sort=due", width, scheme)
    assert page.locator("ol.ledger li.row").count()
    assert page.locator("input[name=type][value=pledge]").is_checked()
    assert page.locator("a.chip").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert axe(page) == []


def test_another_spelling_is_one_click_away(visit):
    page = visit("/sl/search/?q=kolesraska")
    better = page.locator(".empty a").first
    assert "kolesarsk" in better.inner_text().lower()
    better.click()
    assert page.locator("ol.ledger li.row").count()
