"""The pages as people see them: both widths, both colour schemes, clean for axe, nothing from elsewhere."""

from collections.abc import Callable
from urllib.parse import urlsplit

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
    "municipality-as-of": "/sl/municipalities/ajdovscina/?as-of=2024-06-01",
    "pledge-as-of": "/sl/pledges/AJD-2022-01/?as-of=2024-06-01",
    "pledges-as-of": "/sl/pledges/?municipality=ajdovscina&as-of=2024-06-01",
    "programme-extracted": "/sl/programmes/programme-11/",
    "proposal": "/sl/proposals/proposal-1/",
    "good-practices": "/sl/dobre-prakse/",
    "good-practice": "/en/dobre-prakse/solsko-igrisce-odklene-soseska/",
    "certificate": "/sl/recognitions/recognition-1/",
    "ledger": "/sl/ledger/",
    "ledger-row": "/sl/ledger/L-700/",
    "corrections": "/sl/corrections/",
    "methodology": "/sl/methodology/",
    "funding": "/sl/funding/",
    "tip": "/sl/tips/new/?about=AJD-2022-01",
    "tip-status": "/sl/tips/status/",
    "search": "/sl/search/?q=igrišča",
    "search-facets": "/sl/search/?q=kolesarskih+stez&type=pledge&sort=due",
    "search-empty": "/sl/search/?q=brontozaver",
}

# Pages behind a candidate's link: whose link (person, purpose), and what follows the link's address.
LINKED_PAGES = {
    "hand-in": ("Lovro Hubelj", "programme", ""),
    "receipt": ("Živa Repnik", "programme", "receipt/1/"),
    "replies": ("Rok Trebušar", "reply", ""),
}
ADMIN_PAGES = {
    "desk": "/admin/desk/",
    "extractions": "/admin/extraction/",
    "extraction": "/admin/extraction/40/",
    "settlement": "/admin/extraction/39/settlement/",
    "import": "/admin/pledges-import/",
    "results": "/admin/candidacy/election/?edition=1&municipality=1",
    "links": "/admin/candidacylink/",
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
    check_page(visit(PUBLIC_PAGES[name], width, scheme), axe)
    # After counting: to hide the caret, taking a picture styles every field.
    shoot(visit(PUBLIC_PAGES[name], width, scheme), f"{name}-{width}-{scheme}")


@pytest.mark.parametrize("name", LINKED_PAGES)
def test_page_behind_a_link(
    visit: Callable[..., Page],
    admin: Callable[..., Page],
    axe: Callable[[Page], list[str]],
    shoot: Callable[[Page, str], None],
    name: str,
) -> None:
    """The same for those who come with a link, whose address the administrator has shown."""
    address = shown_address(admin, *LINKED_PAGES[name][:2]) + LINKED_PAGES[name][2]
    for width, scheme in (*VIEWS, (320, "light")):
        page = visit(address, width, scheme)
        check_page(page, axe)
        shoot(page, f"{name}-{width}-{scheme}")


def check_page(page: Page, axe: Callable[[Page], list[str]]) -> None:
    """What holds for every public page, folded away or not."""
    assert page.locator("h1").count() == 1
    assert page.locator("[style]").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "scrolls sideways"
    assert axe(page) == []
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert axe(page) == []


def shown_address(admin: Callable[..., Page], person: str, purpose: str) -> str:
    """The path of a candidate's link, as its page in the admin shows it."""
    page = admin(f"/admin/candidacylink/?purpose={purpose}")
    page.locator("main tbody tr", has_text=person).locator("a[href*='/inspect/']").first.click()
    page.locator("a[href*='/show_link/']").first.click()
    page.locator("main form[method=post i] button[type=submit].button").click()
    shown = page.locator("main dd", has_text="http").inner_text()
    return urlsplit(shown.strip()).path


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


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("name", ADMIN_PAGES)
def test_desk_of_the_record(
    admin: Callable[..., Page], shoot: Callable[[Page, str], None], name: str, width: int
) -> None:
    """The desks, the import and the results open without an error in the console and fit the screen."""
    page = admin(ADMIN_PAGES[name], width)
    assert page.locator("h1, h2").count() > 0
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "scrolls sideways"
    shoot(page, f"admin-{name}-{width}")
