"""The first acts of an edition: announced, handed in, read by two, decided by the jury, published."""

import datetime as dt
import hashlib

from tests.browser.playing import ADMINISTRATOR, EDITOR, MONITOR, REVIEWER, SECOND_MONITOR, AdminPage, Play
from zaveza.texts.odt_writing import write_odt

YEAR = 2030
ANNOUNCED, HANDED_IN, READ = dt.date(2030, 6, 3), dt.date(2030, 8, 20), dt.date(2030, 9, 2)
DUE, ELECTION = dt.date(2030, 8, 31), dt.date(2030, 10, 6)
WINNER, RIVAL, PLACE = "Zarja Lokavec", "Črt Planinar", "Vipava"
TEAM = "zarja@ekipa.example"
NEWS = "Objavljen je razpis nove šole za župane"
CRITERIA = ("Zaveze je mogoče preveriti.", "Vsaka zaveza ima rok.")
BOTH_MARK = "Do konca leta 2032 bomo uredili prostor, ki ga društva uporabljajo brezplačno."
ONE_MARKS = "Radi imamo svojo dolino in ljudi v njej."
STRUCTURED = "Vsako leto bomo objavili, koliko denarja občina namenja društvom."
TITLE = "Prostor za društva"
FILE = write_odt("Program sodelovanja", [BOTH_MARK, STRUCTURED, ONE_MARKS])


def announce(play: Play) -> None:
    """The administrator makes the edition, its candidacies and a link."""
    play.on(ANNOUNCED)
    admin = play.admin(ADMINISTRATOR)
    edition = admin.add(
        "edition",
        {
            "year": YEAR,
            "state": "open",
            "election_date": ELECTION,
            "methodology_version": "2.1",
            "texts": [
                {"language": "sl", "title": f"Šola za župane {YEAR}", "suitability_criteria": "\n".join(CRITERIA)}
            ],
        },
    )
    admin.step("edition", edition, "publish")
    admin.add(
        "keydate",
        {
            "edition": edition,
            "date": DUE,
            "precision": "day",
            "kind": "programmes_due",
            "texts": [{"language": "sl", "title": "Rok za programe"}],
        },
    )
    for name, gender, on_list in ((WINNER, "f", "Lista Skupaj"), (RIVAL, "m", "Lista Zase")):
        admin.add("person", {"name": name, "gender": gender})
        candidacy = admin.add(
            "candidacy", {"person": name, "municipality": PLACE, "edition": edition, "list_name": on_list}
        )
        admin.step("candidacy", candidacy, "publish")
        play.notes[name] = candidacy
    play.notes["edition"] = edition
    _make_link(play, admin)


def _make_link(play: Play, admin: AdminPage) -> None:
    link = admin.add(
        "candidacylink",
        {"purpose": "programme", "email": TEAM, "language": "sl"},
        query=f"candidacy={play.notes[WINNER]}",
    )
    admin.step("candidacylink", link, "send_link")
    play.notes["link"] = play.address_in_letter(TEAM, "/hand-in/")


def tell(play: Play) -> None:
    """The editor publishes the news; readers find it."""
    editor = play.admin(EDITOR)
    page = editor.open("pages/")
    # The Slovene pages are the site's own, the others their translations.
    page.locator("main tbody tr", has_text="Kaj so župani obljubili").locator("td.children a").click()
    page.locator("main tbody tr", has_text="Novice").locator("a[href$='/add_subpage/'], td.children a").first.click()
    page.goto(page.url.rstrip("/").removesuffix("/add_subpage") + "/add_subpage/")
    page.wait_for_url("**/admin/pages/add/home/newspage/**")
    page.locator("[name=title]").fill(NEWS)
    page.locator("textarea[name=lead]").fill("Programi so lepo vabljeni do konca avgusta.")
    page.locator("footer [data-w-dropdown-target=toggle]").click()
    with page.expect_navigation():
        page.locator("button[name=action-publish]").click()
    reader = play.stranger("/sl/novice/")
    reader.locator("main a", has_text=NEWS).first.click()
    assert reader.locator("h1").inner_text() == NEWS


def hand_in(play: Play) -> None:
    """The candidate's team hands in file and pledges through its link and gets a receipt."""
    play.on(HANDED_IN)
    page = play.stranger(play.notes["link"])
    page.set_input_files("input[name=file]", [_upload("program.odt", FILE)])
    if not page.locator("[name=pledges-0-quote]").count():
        page.click("button[value=add]")
    page.fill("[name=pledges-0-quote]", STRUCTURED)
    page.fill("[name=pledges-0-title]", "Objava sredstev")
    page.fill("[name=pledges-0-check]", "Objava na spletni strani občine.")
    with page.expect_navigation():
        page.click(".btns button[value=save]")
    assert page.locator("[name=pledges-0-title]").input_value() == "Objava sredstev"
    page.click("button[value=review]")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/receipt/1/**")
    assert hashlib.sha256(FILE).hexdigest() in page.locator("main").inner_text()


def extract(play: Play) -> None:
    """Two monitors read the programme, each alone; a reviewer settles where they differ."""
    play.on(READ)
    admin = play.admin(ADMINISTRATOR)
    play.notes["programme"] = programme = admin.find("programme", WINNER)
    for email, marked in ((MONITOR, (BOTH_MARK, ONE_MARKS)), (SECOND_MONITOR, (BOTH_MARK,))):
        _mark(play.admin(email), programme, marked)
    reviewer = play.admin(REVIEWER)
    page = reviewer.open(f"extraction/{programme}/settlement/")
    reviewer.press(f"{programme}/agreed/")
    page.locator("select[name^=outcome_]").last.select_option("rejected")
    page.locator("[name^=reason_]").last.fill("Tega ni mogoče obljubiti.")
    with page.expect_navigation():
        page.locator("form:has(select[name^=outcome_]) button[type=submit]").click()
    reviewer.press(f"{programme}/close/")
    assert not reviewer.problems()


def _mark(monitor: AdminPage, programme: str, sentences: tuple[str, ...]) -> None:
    page = monitor.open(f"extraction/{programme}/")
    monitor.press(f"{programme}/start/")
    for sentence in sentences:
        # The paragraph ends a sentence, and its link begins the mark.
        page.locator(".desk-paragraph", has_text=sentence).locator("a.desk-add").click()
        page.wait_for_url("**?first=*")
        page.fill("[name=title]", TITLE if sentence == BOTH_MARK else "Ljubezen do doline")
        page.locator(".desk-form button[type=submit]").click()
        page.wait_for_url("**#mark-*")
    monitor.press(f"{programme}/finish/")


def decide(play: Play) -> None:
    """The jury's decision, the recognition, and the programme for everybody to read."""
    admin, programme = play.admin(ADMINISTRATOR), play.notes["programme"]
    admin.step(
        "programme",
        programme,
        "decide",
        {
            "criterion_0": "yes",
            "criterion_1": "no",
            "suitability": "suitable",
            "decision_reason": "Zaveze so preverljive.",
            "jury": "Ada Skrbnikova\nVera Liparjeva",
        },
    )
    admin.step("programme", programme, "publish")
    recognition = admin.add(
        "recognition",
        {"candidacy": WINNER, "kind": "Priznanje za program", "date": READ, "event": "Podelitev v Ljubljani"},
    )
    admin.step("recognition", recognition, "publish")


def publish_pledge(play: Play) -> None:
    """The monitor finishes the draft that came from the extraction; the reviewer publishes it."""
    monitor, reviewer = play.admin(MONITOR), play.admin(REVIEWER)
    play.notes["pledge"] = pledge = monitor.find("pledge", TITLE, f"state=draft&edition={play.notes['edition']}")
    monitor.change("pledge", pledge, {"success_criteria": "Sklep o brezplačni uporabi velja."})
    monitor.step("pledge", pledge, "submit")
    reviewer.step("pledge", pledge, "publish")
    reader = play.stranger(f"/sl/pledges/?municipality=vipava&edition={YEAR}")
    reader.locator("main .row h3 a", has_text=TITLE).first.click()
    play.notes["address"] = reader.url
    assert BOTH_MARK[:-1] in reader.locator("blockquote").first.inner_text()


def _upload(name: str, content: bytes) -> dict[str, object]:
    return {"name": name, "mimeType": "application/vnd.oasis.opendocument.text", "buffer": content}
