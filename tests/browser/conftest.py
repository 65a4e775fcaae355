"""The demo in headless Chromium.

`visit(path, width=…, scheme=…)` opens a page that is watched until the test ends: a console message, a failed request
or a request to another host fails the test. `admin(…)` does the same signed in. `axe(page)` lists what axe-core finds.
With SCREENSHOTS set, `shoot(page, name)` writes pictures into that folder.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.site_server import DemoSite
from tests.browser.watching import Watch, axe_violations

HERE = Path(__file__).parent
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
CHROMIUM_FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
]  # fmt: skip
# The widths and colour schemes that the design is drawn for.
VIEWS = [(width, scheme) for width in (360, 1280) for scheme in ("light", "dark")]
HEIGHTS = {360: 740, 1280: 900}
# Patience in milliseconds on a slow machine, not a measure of speed.
PATIENCE = 30_000


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of the browser: CHROMIUM, or the system's. Ends the run with what to install when there is none."""
    named = os.environ.get("CHROMIUM")
    path = shutil.which(named) if named else next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if path is None:
        found = f"CHROMIUM={named} is not there." if named else "Chromium is not installed."
        pytest.exit(
            f"{found} Debian and Ubuntu: apt-get install chromium fonts-noto-core. "
            "Elsewhere name a Chromium or Chrome: CHROMIUM=/path/to/it.",
            returncode=1,
        )
    return path


@pytest.fixture(scope="session")
def demo_site(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoSite]:
    """One demo for all browser tests: a test that changes content undoes it or works on content of its own."""
    site = DemoSite(tmp_path_factory.mktemp("demo"))
    site.start()
    yield site
    site.stop()


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
        yield running
        running.close()


@pytest.fixture
def watch() -> dict[Page, Watch]:
    """The watch of each page that the test opened: `watch[page].expecting(404)`."""
    return {}


@pytest.fixture
def new_page(demo_site: DemoSite, browser: Browser, watch: dict[Page, Watch]) -> Iterator[Callable[..., Page]]:
    """Makes a watched page of a width and a colour scheme, without visiting anything yet."""
    contexts = []

    def make(width: int = 1280, scheme: str = "light", storage: dict | None = None, **options: object) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": HEIGHTS.get(width, 900)},
            color_scheme=scheme, base_url=demo_site.url, locale="sl-SI", timezone_id="Europe/Ljubljana",
            reduced_motion="reduce", storage_state=storage, **options,
        )  # fmt: skip
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        watch[page] = Watch(page, demo_site.url)
        return page

    yield make
    for context in contexts:
        context.close()
    problems = [problem for one in watch.values() for problem in one.problems]
    assert not problems, "\n".join(problems) + f"\n\nServer log:\n{demo_site.log()[-3000:]}"


@pytest.fixture
def visit(new_page: Callable[..., Page]) -> Callable[..., Page]:
    """Opens a path: `visit("/sl/", width=360, scheme="dark")`; `status` is the answer expected."""

    def open_path(path: str, width: int = 1280, scheme: str = "light", **options: object) -> Page:
        page = new_page(width, scheme, **options)
        page.goto(path, wait_until="load")
        return page

    return open_path


@pytest.fixture(scope="session")
def signed_in(demo_site: DemoSite, browser: Browser) -> dict:
    """The cookies of the demo's administrator."""
    context = browser.new_context(base_url=demo_site.url)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto("/admin/login/")
    page.fill("input[name=username]", demo_site.email)
    page.fill("input[name=password]", demo_site.password)
    page.click("button[type=submit]")
    page.wait_for_url("**/admin/")
    state = context.storage_state()
    context.close()
    return dict(state)


@pytest.fixture
def admin(visit: Callable[..., Page], signed_in: dict) -> Callable[..., Page]:
    """As `visit`, signed in as the demo's administrator."""

    def open_path(path: str, width: int = 1280, scheme: str = "light") -> Page:
        return visit(path, width, scheme, storage=signed_in)

    return open_path


@pytest.fixture
def axe() -> Callable[[Page], list[str]]:
    """axe-core's violations of a page as lines; `assert not axe(page)`."""
    return axe_violations


@pytest.fixture
def shoot() -> Callable[[Page, str], None]:
    """Writes a picture of the whole page into the folder SCREENSHOTS; does nothing without it."""
    folder = os.environ.get("SCREENSHOTS", "")

    def picture(page: Page, name: str) -> None:
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)

    return picture
