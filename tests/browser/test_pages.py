"""The pages as people see them: both widths, both colour schemes, clean for axe, nothing from elsewhere."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import VIEWS

PUBLIC_PAGES = {
    "home": "/sl/",
    "news-list": "/sl/novice/",
    "article": "/sl/novice/stiri-drzave-o-solidarnosti-z-migranti/?year=2019",
    "project": "/pl/projekti/mazowiecka-siec-edukacyjna/",
    "events": "/sl/dogodki/",
    "event": "/en/dogodki/letni-pregled/",
    "edition": "/sl/sola-za-zupane-2022/",
    "initiatives": "/ka/partnerstvo/",
    "text": "/sl/kako-ocenjujemo/",
    "pledges-filtered": "/sl/pledges/?municipality=ajdovscina&status=fulfilled&status=in_progress",
    "pledge": "/sl/pledges/AJD-2022-01/",
    "candidate": "/sl/candidates/candidacy-1/",
    "programme": "/sl/programmes/programme-1/",
    "municipalities": "/sl/municipalities/",
    "municipality": "/sl/municipalities/ajdovscina/",
    "search": "/sl/search/?q=igrišča",
    "search-empty": "/sl/search/?q=brontozaver",
}


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
@pytest.mark.parametrize("name", PUBLIC_PAGES)
def test_public_page(
    visit: Callable[..., Page],
    axe: Callable[[Page], list[str]],
    shoot: Callable[[Page, str], None],
    name: str,
    width: int,
    scheme: str,
) -> None:
    """No console error, no other host (watched), no `style` attribute, no sideways scroll, nothing that axe finds."""
    page = visit(PUBLIC_PAGES[name], width, scheme)
    assert page.locator("h1").count() == 1
    assert page.locator("[style]").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "scrolls sideways"
    assert axe(page) == []
    # After counting: to hide the caret, taking a picture styles every field.
    shoot(page, f"{name}-{width}-{scheme}")
    # What is folded away must be clean too.
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert axe(page) == []


@pytest.mark.parametrize("name", PUBLIC_PAGES)
def test_narrowest_phone(visit: Callable[..., Page], name: str) -> None:
    """No sideways scroll at 320 px, nor with the text spacing that a reader may set (WCAG 1.4.10 and 1.4.12)."""
    page = visit(PUBLIC_PAGES[name], 320, "light", bypass_csp=True)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.add_style_tag(
        content="* { letter-spacing: .12em !important; word-spacing: .16em !important; line-height: 1.5 !important }"
    )
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "with widened text spacing"


def test_a_reader_without_javascript(visit: Callable[..., Page]) -> None:
    """Finds the municipality, a pledge of it, and something by searching, with scripts switched off."""
    page = visit("/sl/", 360, java_script_enabled=False)
    page.fill("main input[name=q]", "ajdovscina")
    page.click("main .find button")
    assert page.url.endswith("/sl/municipalities/ajdovscina/")
    page.click("main .ledger .row h3 a >> nth=0")
    assert "/sl/pledges/AJD-2022-" in page.url
    assert page.locator("blockquote .cut").count() == 1
    page.fill("header input[name=q]", "kolesarska steza")
    page.click("header .search button")
    assert page.locator("main .row mark").count() > 0


def test_filter_and_back(visit: Callable[..., Page]) -> None:
    """An article opened from a filtered list leads back to that list."""
    page = visit("/sl/novice/?year=2025")
    listed = page.url
    page.click("main .ledger h3 a >> nth=0")
    page.click("main .head-m a")
    assert page.url == listed


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_admin(
    admin: Callable[..., Page], demo_site: object, shoot: Callable[[Page, str], None], width: int, scheme: str
) -> None:
    """The dashboard and the editing of a pledge open without an error in the console."""
    page = admin("/admin/", width, scheme)
    shoot(page, f"admin-dashboard-{width}-{scheme}")
    assert page.locator("h1, h2").count() > 0
    page.goto("/admin/pledge/")
    shoot(page, f"admin-pledges-{width}-{scheme}")
    page.click("main table tbody tr >> nth=0 >> a >> nth=0")
    page.wait_for_url("**/admin/pledge/edit/**")
    page.locator("main form[method=POST i]").first.wait_for(state="attached")
    shoot(page, f"admin-pledge-{width}-{scheme}")
