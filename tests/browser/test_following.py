"""From a search to letters and back, as a reader goes: with JavaScript and without it."""

import re
from urllib.parse import urlparse

import pytest

# Days after the one on which the demo is seen, each for one run of the letters.
CHANGE = """
from pledges.models import PledgeText
texts = PledgeText.objects.filter(title__icontains='kolesarsk', language='sl')
text = texts.filter(pledge__published_at__isnull=False).first()
text.summary = {summary!r}
text.save()
"""


def link_in(letter: str, what: str) -> str:
    """The path of the link for something, in a letter."""
    return urlparse(re.search(rf"http\S+/follow/{what}/\S+", letter)[0]).path


@pytest.mark.parametrize("with_scripts", [True, False])
def test_search_subscribe_letter_and_the_end(new_page, watch, demo_site, axe, shoot, with_scripts):
    address = f"bralka-{with_scripts}@example.si".lower()
    width = 360 if with_scripts else 1280
    page = new_page(width, java_script_enabled=with_scripts)
    page.goto("/sl/search/")
    field = page.locator("main input[name=q], input[name=q]").first
    if with_scripts:
        field = page.get_by_role("combobox", name="Kaj iščem")
        field.press_sequentially("kolesarska ste")
        page.get_by_role("listbox").get_by_role("option").first.wait_for()
        field.press("ArrowDown")
        field.press("Enter")
    else:
        field.fill("kolesarska steza")
        field.press("Enter")
    page.wait_for_url("**/sl/search/?*")
    # Filter, and share the address.
    page.goto(f"{page.url}&type=pledge")
    assert page.locator("input[name=type][value=pledge]").is_checked()
    shared = new_page(width, java_script_enabled=with_scripts)
    shared.goto(page.url)
    assert shared.locator("ol.ledger li.row").count() == page.locator("ol.ledger li.row").count() > 0
    shared.locator("main a[href*='/follow/search/']").first.click()
    shared.wait_for_url("**/follow/search/?*")
    if with_scripts:
        assert axe(shared) == []
    assert shared.locator("main").evaluate("main => main.scrollWidth <= window.innerWidth") if with_scripts else True
    shoot(shared, f"follow-{width}")
    with watch[shared].expecting(422):
        shared.locator("main input[name=email]").fill("to ni naslov")
        shared.locator("main form button").click()
        shared.locator(".notice-bad").wait_for()
    shared.locator("main input[name=email]").fill(address)
    shared.locator("main form button").click()
    shared.wait_for_load_state()
    shoot(shared, f"follow-asked-{width}")
    [letter] = demo_site.letters(address)
    shared.goto(link_in(letter, "confirm"))
    shoot(shared, f"follow-confirm-{width}")
    shared.locator("main form button").click()
    shared.wait_for_url("**/follow/mine/**")
    assert shared.locator("main li").count() == 1
    if with_scripts:
        assert axe(shared) == []
    shoot(shared, f"follow-mine-{width}")
    # Something changes, and on the next day there is a letter.
    day = 1 if with_scripts else 2
    demo_site.manage("shell", "-c", CHANGE.format(summary=f"Povzetek po spremembi {day}."))
    demo_site.manage("tick", "follow_digests", today=f"2099-01-0{day}")
    [_first, letter] = demo_site.letters(address)
    assert re.search(r"http\S+/sl/pledges/[A-Z]", letter)
    demo_site.manage("tick", "follow_digests", today=f"2099-02-0{day}")
    assert len(demo_site.letters(address)) == 2
    shared.goto(link_in(letter, "leave"))
    shoot(shared, f"follow-leave-{width}")
    shared.locator("main form button").click()
    shared.wait_for_load_state()
    shared.locator("main a[href*='/follow/mine/']").click()
    shared.wait_for_url("**/follow/mine/**")
    assert shared.locator("main li").count() == 0
    demo_site.manage("shell", "-c", CHANGE.format(summary="Povzetek nazadnje."))
    demo_site.manage("tick", "follow_digests", today="2099-03-01")
    assert len(demo_site.letters(address)) == 2
