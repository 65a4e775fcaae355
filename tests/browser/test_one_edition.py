"""One edition from its announcement to the final verdict, played by six roles in their own browsers."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from tests.browser import before_the_election, during_the_mandate
from tests.browser.playing import Play
from tests.browser.site_server import DemoSite

ACTS = (
    before_the_election.announce,
    before_the_election.tell,
    before_the_election.hand_in,
    before_the_election.extract,
    before_the_election.decide,
    before_the_election.publish_pledge,
    during_the_mandate.elect,
    during_the_mandate.assess,
    during_the_mandate.confirm,
    during_the_mandate.end,
    during_the_mandate.read,
)


@pytest.fixture(scope="module")
def demo_site(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoSite]:
    """A site of its own: its clock is moved by years."""
    site = DemoSite(tmp_path_factory.mktemp("one-edition"))
    site.prepare()
    yield site
    site.stop()


def test_one_edition(demo_site: DemoSite, new_page: Callable[..., Page]) -> None:
    """Editor, monitor, reviewer, candidate by link, reader and administrator; each act leaves what the next needs."""
    play = Play(demo_site, new_page)
    for act in ACTS:
        act(play)
