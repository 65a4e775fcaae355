"""What a page must never do, noted while a browser shows it; and axe-core's opinion of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, Request, Response

AXE_OPTIONS = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}


class Watch:
    """Collects a page's console errors, failed requests, error answers and requests to another host."""

    def __init__(self, page: Page, site_url: str) -> None:
        self.problems: list[str] = []
        self._site = urlsplit(site_url).netloc
        self._expected: set[int] = set()
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.problems.append(f"script error: {error}"))
        page.on("request", self._request)
        page.on("requestfailed", self._failed)
        page.on("response", self._response)

    @contextmanager
    def expecting(self, status: int) -> Iterator[None]:
        """While inside, an answer with this status (and the console line it causes) is no problem."""
        self._expected.add(status)
        try:
            yield
        finally:
            self._expected.discard(status)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type not in {"error", "warning"}:
            return
        if any(f"status of {status}" in message.text for status in self._expected):
            return
        self.problems.append(f"console {message.type}: {message.text}")

    def _request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in {"http", "https", "ws", "wss"} and address.netloc != self._site:
            self.problems.append(f"request to another host: {request.url}")

    def _failed(self, request: Request) -> None:
        # A navigation that a newer one replaces, or a file offered for saving, is aborted by the browser itself.
        if request.failure != "net::ERR_ABORTED":
            self.problems.append(f"failed request: {request.url} ({request.failure})")

    def _response(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self._expected:
            self.problems.append(f"answer {response.status}: {response.url}")


def axe_violations(page: Page) -> list[str]:
    """One line per violation of WCAG 2.2 AA or of axe's best practices, with the elements it was found on."""
    results: dict[str, Any] = Axe().run(page, options=AXE_OPTIONS).response
    return [
        f"{found['id']} ({found['impact']}): {found['help']}: "
        + "; ".join(f"{' '.join(map(str, node['target']))} {node['html'][:160]}" for node in found["nodes"][:5])
        for found in results["violations"]
    ]
