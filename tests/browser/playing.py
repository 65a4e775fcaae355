"""People at work in the real admin: `Play` knows the day and the browsers, `AdminPage` how its forms work."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from pathlib import Path

from playwright.sync_api import Locator, Page

from tests.browser.site_server import DemoSite

MONITOR, SECOND_MONITOR = "nika.kavcic@zaveza.example", "miha.brezar@zaveza.example"
REVIEWER, EDITOR, ADMINISTRATOR = "vera.lipar@zaveza.example", "oskar.urednik@zaveza.example", "admin@zaveza.example"


class AdminPage:
    """The admin as one person sees it."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def sign_in(self, email: str, password: str) -> None:
        self.page.goto("/admin/login/")
        self.page.fill("input[name=username]", email)
        self.page.fill("input[name=password]", password)
        self.page.click("button[type=submit]")
        self.page.wait_for_url("**/admin/")

    def open(self, path: str) -> Page:
        self.page.goto(f"/admin/{path}")
        return self.page

    def find(self, kind: str, words: str, query: str = "") -> str:
        """Open the record of a kind whose line in the list has these words; its key."""
        self.page.goto(f"/admin/{kind}/?{query}")
        row = self.page.locator("main tbody tr", has_text=words).first
        link = row.locator("a[href*='/edit/'], a[href*='/inspect/']").first
        key = re.search(r"/(\d+)/?$", str(link.get_attribute("href")))
        assert key, f"no {kind} {words!r} in the list"
        self.page.goto(f"/admin/{kind}/inspect/{key[1]}/")
        return key[1]

    def add(self, kind: str, fields: Mapping[str, object], query: str = "") -> str:
        """Make a record with the form of its kind; its key."""
        self.page.goto(f"/admin/{kind}/new/?{query}")
        self.fill(fields)
        self.save()
        key = re.search(rf"/admin/{kind}/(?:edit|inspect)/(\d+)/", self.page.url)
        assert key, f"{kind} was not saved: {self.problems()}"
        return key[1]

    def change(self, kind: str, key: str, fields: Mapping[str, object]) -> None:
        self.page.goto(f"/admin/{kind}/edit/{key}/")
        self.fill(fields)
        self.save()
        assert not self.problems(), self.problems()

    def step(self, kind: str, key: str, code: str, fields: Mapping[str, object] | None = None) -> None:
        """Take a step of a record's life: the button above it, the form that asks, its button."""
        self.page.goto(f"/admin/{kind}/inspect/{key}/")
        button = self.page.locator(f"a[href$='/admin/{kind}/{code}/{key}/']").first
        if not button.is_visible():
            self.page.locator("header [data-w-dropdown-target='toggle']").last.click()
        button.click()
        self.page.wait_for_url(f"**/{code}/{key}/")
        self.fill(fields or {})
        self._submit(self.page.locator("main form[method=post i] button[type=submit].button").first)
        assert not self.problems(), self.problems()

    def save(self) -> None:
        self._submit(self.page.locator("footer button[type=submit], main form[method=post i] button[type=submit]").last)

    def problems(self) -> list[str]:
        """What a form complains about."""
        found = self.page.locator(".error-message, .w-field__errors, .help-critical").all_inner_texts()
        return [words for words in found if words.strip()]

    def fill(self, fields: Mapping[str, object]) -> None:
        """By name of the field: text, a day, a choice, a file, a list of checked boxes, or a record to choose."""
        for name, value in fields.items():
            self._fill_one(name, value)

    def _fill_one(self, name: str, value: object) -> None:
        if isinstance(value, list):
            for row, words in enumerate(value):
                self.page.click(f"#id_{name}-ADD")
                self.fill({f"{name}-{row}-{part}": word for part, word in words.items()})
            return
        if self.page.locator(f"#id_{name}-chooser").count():
            self.choose(name, str(value))
            return
        field = self.page.locator(f"[name='{name}']")
        kind = field.first.evaluate("field => field.type")
        if kind in {"radio", "checkbox"}:
            self._check(field, str(value))
        elif kind == "select-one":
            self._select(field, str(value))
        elif kind == "file":
            assert isinstance(value, dict)
            field.set_input_files([value])
        else:
            field.fill(value.isoformat() if isinstance(value, dt.date) else str(value))
            # Closes the calendar that opens beside a day.
            field.press("Tab")

    def _check(self, fields: Locator, value: str) -> None:
        for field in fields.all():
            words = field.evaluate("field => field.closest('label')?.innerText ?? field.labels[0]?.innerText ?? ''")
            if value in (field.get_attribute("value"), "all") or value in words:
                field.check(force=True)

    def _select(self, field: Locator, value: str) -> None:
        options = field.locator("option").all()
        chosen = next(one for one in options if value in (one.get_attribute("value"), one.inner_text().strip()))
        field.select_option(str(chosen.get_attribute("value")))

    def choose(self, name: str, words: str) -> None:
        """Choose a record in the window that the field opens."""
        self.page.locator(f"#id_{name}-chooser [data-chooser-action-choose]:visible").first.click()
        window = self.page.locator(".modal-dialog")
        window.locator("input[name=q]").fill(words)
        window.locator("a[data-chooser-modal-choice]", has_text=words).first.click()
        window.wait_for(state="detached")

    def press(self, address: str) -> None:
        """Press the button of the form that goes to an address ending so."""
        self._submit(self.page.locator(f"form[action$='{address}'] button[type=submit]").first)

    def _submit(self, button: Locator) -> None:
        # By keyboard: the calendar of a date field may lie over the button.
        with self.page.expect_navigation():
            button.press("Enter")


class Play:
    """One site, its calendar, and a browser for each role."""

    def __init__(self, site: DemoSite, new_page: Callable[..., Page]) -> None:
        self.site = site
        self._new_page = new_page
        self._admins: dict[str, AdminPage] = {}
        # What one act leaves for the next: keys and addresses.
        self.notes: dict[str, str] = {}

    def on(self, day: dt.date) -> None:
        """The site's day from now on."""
        self.site.serve(day)

    def admin(self, email: str) -> AdminPage:
        """The browser in which somebody is signed in."""
        if email not in self._admins:
            self._admins[email] = AdminPage(self._new_page())
            self._admins[email].sign_in(email, self.site.password)
        return self._admins[email]

    def stranger(self, path: str, width: int = 360) -> Page:
        """Somebody without an account at an address."""
        page = self._new_page(width)
        page.goto(path)
        return page

    def address_in_letter(self, to: str, part: str) -> str:
        """The newest address with `part` in it that somebody got by e-mail."""
        found = [url for letter in self.site.letters(to) for url in re.findall(r"https?://\S+", letter) if part in url]
        assert found, f"no letter to {to} with {part}; {list(Path(self.site.folder, 'mail').glob('*'))}"
        return str(found[-1])
