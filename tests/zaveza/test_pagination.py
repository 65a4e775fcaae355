import pytest
from django.template import Context, Template
from django.test import RequestFactory

from zaveza.base.pagination import paginate


def page_for(query: str, rows: int = 95):
    return paginate(RequestFactory().get(f"/sl/pledges/{query}"), list(range(rows)), 10)


@pytest.mark.parametrize(
    ("query", "number"), [("", 1), ("?page=", 1), ("?page=1", 1), ("?page=4", 4), ("?page=10", 10)]
)
def test_a_page_that_exists_has_no_notice(query, number):
    page = page_for(query)
    assert (page.number, page.notice) == (number, "")


@pytest.mark.parametrize(
    ("query", "number"),
    [("?page=abc", 1), ("?page=1.5", 1), ("?page=0", 1), ("?page=-3", 1), ("?page=11", 10), ("?page=99999999999", 10)],
)
def test_any_other_page_is_answered_with_a_notice(query, number):
    page = page_for(query)
    assert page.number == number
    assert page.notice


def test_an_empty_list_has_one_page():
    page = page_for("?page=1", rows=0)
    assert (page.number, list(page.object_list), page.notice) == (1, [], "")


@pytest.mark.parametrize(
    ("query", "window"),
    [
        ("", [1, 2, None, 10]),
        ("?page=3", [1, 2, 3, 4, None, 10]),
        ("?page=5", [1, 2, 3, 4, 5, 6, None, 10]),
        ("?page=6", [1, 2, None, 5, 6, 7, None, 10]),
        ("?page=10", [1, 2, None, 9, 10]),
    ],
)
def test_the_window_shows_the_ends_and_the_neighbours(query, window):
    assert page_for(query).window == window


def rendered(query: str, rows: int = 95) -> str:
    request = RequestFactory().get(f"/sl/pledges/{query}")
    template = Template('{% include "components/pagination.html" %}')
    return template.render(Context({"request": request, "page_obj": paginate(request, list(range(rows)), 10)}))


def test_links_keep_the_filters():
    html = rendered("?status=partly&page=2")
    assert 'href="?status=partly&amp;page=3"' in html
    assert 'href="?status=partly"' in html
    assert html.count('aria-current="page"') == 1


def test_a_single_page_needs_no_links():
    assert "<nav" not in rendered("", rows=5)
