"""A page below the home page cannot take an address that a view of the site answers to."""

import pytest
from django.core.exceptions import ValidationError

from home.factories import StandardPageFactory, home_page

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("slug", ["pledges", "municipalities", "search"])
def test_slug_of_a_view_is_refused_below_the_home_page(slug: str) -> None:
    with pytest.raises(ValidationError) as refused:
        StandardPageFactory(slug=slug)
    assert "slug" in refused.value.message_dict


def test_the_same_slug_is_free_further_down() -> None:
    about = StandardPageFactory(slug="o-nas")
    assert StandardPageFactory(parent=about, slug="search").pk


def test_editor_is_told_in_the_form(admin_client) -> None:
    answer = admin_client.post(
        f"/admin/pages/add/home/standardpage/{home_page().pk}/",
        {"title": "Iskanje", "slug": "search", "lead": "", "body-count": "0"},
    )
    assert answer.status_code == 200
    assert answer.context["form"].errors["slug"]
