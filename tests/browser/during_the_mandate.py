"""The later acts of an edition: elected, assessed, answered, confirmed, judged at the end."""

import datetime as dt

from tests.browser.before_the_election import PLACE, READ, RIVAL, TEAM, TITLE, WINNER
from tests.browser.playing import ADMINISTRATOR, MONITOR, REVIEWER, AdminPage, Play
from zaveza.texts.odt_writing import write_odt

COUNTED, IN_OFFICE, ENDED = dt.date(2030, 10, 8), dt.date(2030, 10, 28), dt.date(2034, 10, 28)
ASSESSED, CHECKED, JUDGED = dt.date(2031, 5, 5), dt.date(2032, 5, 4), dt.date(2034, 10, 30)
# Eleven working days and a weekend later.
AFTER_THE_WINDOW = dt.date(2034, 11, 20)
STARTED, DONE = "Občina je kupila nekdanjo pošto.", "Prostor je odprt in brezplačen."
ANSWER = "Hvala za oceno. Prostor odpremo prihodnje leto."
SOURCE = "Sklep občinskega sveta"
TIP = "V prostor društva še vedno ne morejo, vrata so zaklenjena."
NO_INTEREST = {"has_interest": "no"}


def elect(play: Play) -> None:
    """The administrator records the results; the elected person gets a mandate."""
    play.on(COUNTED)
    admin = play.admin(ADMINISTRATOR)
    page = admin.open("candidacy/election/")
    admin.fill({"edition": play.notes["edition"], "municipality": PLACE})
    page.locator("main form[method=get] button[type=submit]").click()
    page.locator("main fieldset").first.wait_for()
    admin.fill(
        {
            f"candidacy-{play.notes[WINNER]}-elected": "yes",
            f"candidacy-{play.notes[RIVAL]}-elected": "no",
            "takes_office": IN_OFFICE,
            "planned_end": ENDED,
        }
    )
    with page.expect_navigation():
        page.click("button[value=preview]")
    assert WINNER in page.locator("#consequences").inner_text()
    page.click("button[value=write]")
    page.wait_for_url("**/admin/candidacy/?*")
    play.notes["mandate"] = mandate = admin.find("mandate", WINNER)
    if page.locator(f"a[href$='/mandate/publish/{mandate}/']").count():
        admin.step("mandate", mandate, "publish")


def assess(play: Play) -> None:
    """Evidence, a draft, a second reader; the candidate is asked and answers; then it is published."""
    play.on(ASSESSED)
    monitor, reviewer, pledge = play.admin(MONITOR), play.admin(REVIEWER), play.notes["pledge"]
    monitor.add(
        "evidence",
        {
            "kind": "council_minutes",
            "direction": "supports",
            "title": SOURCE,
            "publisher": f"Občina {PLACE}",
            "published_on": dt.date(2031, 4, 24),
            "accessed_on": ASSESSED,
            "stored_copy": {
                "name": "sklep.odt",
                "mimeType": "application/vnd.oasis.opendocument.text",
                "buffer": write_odt(SOURCE, [STARTED]),
            },
        },
        query=f"pledge={pledge}",
    )
    assessment = _draft(monitor, pledge, "in_progress", STARTED, ASSESSED)
    reviewer.step("assessment", assessment, "approve", {**NO_INTEREST, "window": "open"})
    assert STARTED not in play.stranger(play.notes["address"]).locator("main").inner_text()
    _answer(play)
    reviewer.step("assessment", assessment, "publish")


def _draft(monitor: AdminPage, pledge: str, status: str, summary: str, day: dt.date) -> str:
    assessment = monitor.add(
        "assessment",
        {"status": status, "effective_date": day, "evidence": "all", "summary": summary},
        query=f"pledge={pledge}",
    )
    monitor.step("assessment", assessment, "submit", NO_INTEREST)
    return assessment


def _answer(play: Play) -> None:
    page = play.stranger(play.address_in_letter(TEAM, "/reply/"))
    page.locator("main a", has_text=TITLE).click()
    page.fill("[name=text]", ANSWER)
    page.click("button[value=look]")
    page.click("button[value=send]")
    page.wait_for_url("**?sent=1")


def confirm(play: Play) -> None:
    """A year later the monitor has looked again: nothing changed."""
    play.on(CHECKED)
    monitor, reviewer = play.admin(MONITOR), play.admin(REVIEWER)
    monitor.step("pledge", play.notes["pledge"], "confirm", NO_INTEREST)
    reviewer.open("desk/").locator("a[href*='stage=second_reader']").first.click()
    confirmation = reviewer.find("assessment", PLACE, f"stage=second_reader&edition={play.notes['edition']}")
    reviewer.step("assessment", confirmation, "approve", NO_INTEREST)
    page = play.stranger(play.notes["address"])
    assert page.locator(f"main time[datetime='{CHECKED.isoformat()}']").count()


def end(play: Play) -> None:
    """The mandate ends; the final verdict is published with "no answer by the date" when nobody answers."""
    play.on(JUDGED)
    monitor, reviewer, pledge = play.admin(MONITOR), play.admin(REVIEWER), play.notes["pledge"]
    play.admin(ADMINISTRATOR).step("mandate", play.notes["mandate"], "end_mandate", {"end_reason": "term"})
    waiting = f"pledge/?check=final&edition={play.notes['edition']}"
    assert TITLE in monitor.open(waiting).locator("main table").inner_text()
    assessment = _draft(monitor, pledge, "fulfilled", DONE, JUDGED)
    reviewer.step("assessment", assessment, "approve", {**NO_INTEREST, "window": "open"})
    play.on(AFTER_THE_WINDOW)
    play.site.manage("tick", "reply_windows")


def read(play: Play) -> None:
    """What a reader finds in the end, and a tip that only the hub sees."""
    page = play.stranger(play.notes["address"], width=1280)
    words = page.locator("main").inner_text()
    for expected in (STARTED, DONE, ANSWER, SOURCE, WINNER):
        assert expected in words, expected
    assert page.locator("main .mark, main [class*=status]").count()
    earlier = play.stranger(f"{play.notes['address']}?as-of=2031-12-31")
    assert DONE not in earlier.locator("main").inner_text()
    assert STARTED in earlier.locator("main").inner_text()
    _certificate(play)
    _ledger(play)
    _tip(play)


def _certificate(play: Play) -> None:
    page = play.stranger(play.notes["address"], width=1280)
    page.locator("main a[href*='/candidates/']", has_text=WINNER).first.click()
    page.locator("main a[href*='/recognitions/']").first.click()
    assert WINNER in page.locator(".certificate").inner_text()
    assert str(READ.year) in page.locator(".certificate").inner_text()


def _ledger(play: Play) -> None:
    page = play.stranger("/sl/ledger/", width=1280)
    page.locator("main a[href*='/ledger/L-']").first.click()
    assert page.locator("h1").count() == 1
    # Raises where a row does not follow from the one before it.
    play.site.manage("ledger_verify")


def _tip(play: Play) -> None:
    page = play.stranger(play.notes["address"])
    page.locator("a[href*='/tips/new/']").first.click()
    page.fill("[name=message]", TIP)
    page.locator("main form button[type=submit]").click()
    code = page.locator("main code").inner_text()
    page.locator("main a[href$='/tips/status/']").click()
    page.fill("[name=code]", code)
    page.locator("main form button[type=submit]").click()
    assert page.locator("main .frac strong").count() == 1
    assert TIP not in play.stranger(play.notes["address"]).locator("main").inner_text()
    monitor = play.admin(MONITOR)
    monitor.open("desk/").locator("main a[href*='/admin/tip/']").first.click()
    monitor.page.locator("main tbody a").first.click()
    assert TIP in monitor.page.locator("main").inner_text()
