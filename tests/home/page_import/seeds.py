"""Makes import files of the five seed documents, which lie beside the repository and are not part of it.

The texts are read by their layout (lines, bullets, numbers, dates, dashes), hardly by their words. Every line has to be
accounted for: it is placed on the page, it is a mark that became structure, or it is left out for one of four reasons.
Any other line makes the builder fail.
"""

import datetime as dt
import enum
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

FOLDER = settings.BASE_DIR.parent / "shared" / "seeds"
IS_THERE = FOLDER.is_dir()


class Reason(enum.StrEnum):
    """Why a line of a seed is on no page."""

    NAVIGATION = "navigation"
    LOGO_FILE_NAME = "logo file name"
    RAW_KEY = "raw key"
    COUNTER_READ_AS_0 = "a counter read as 0"


@dataclass(frozen=True)
class Piece:
    """A text that has to stand on the page once; `inside` names the elements of which one has to hold it."""

    text: str
    inside: tuple[str, ...] = ()

    @property
    def sentences(self) -> list[str]:
        """Its sentences; one that an abbreviation cuts in two is checked as two."""
        return re.split(r"(?<=[.!?]) (?=[^\W\d_a-zà-žąćęłńóśźżčšž])", self.text)


HEADING = ("h2", "h3", "h4")
ENTRY = ("li",)


class UnaccountedLine(AssertionError):
    """A line of a seed of which nobody has said what becomes of it."""


class SeedText:
    """The lines of one seed, counted from 1, and what became of each."""

    def __init__(self, prefix: str) -> None:
        path = next(FOLDER.glob(f"{prefix}_*.txt"))
        self.lines = [normal(line) for line in path.read_text(encoding="utf-8").splitlines()]
        self.pieces: list[Piece] = []
        self.left_out: list[tuple[int, str, Reason]] = []
        self._accounted: dict[int, str] = {}

    def __getitem__(self, number: int) -> str:
        return self.lines[number - 1]

    @property
    def numbers(self) -> list[int]:
        """The numbers of the lines that are not empty."""
        return [number for number, line in enumerate(self.lines, 1) if line]

    def where(self, pattern: str, after: int = 0) -> int:
        """The first line, after another, that has a form."""
        return next(number for number in self.numbers if number > after and re.search(pattern, self[number]))

    def place(self, number: int, text: str | None = None, inside: tuple[str, ...] = ()) -> str:
        """A line, or a part of it, goes onto the page."""
        text = self[number] if text is None else normal(text)
        self._account(number, text)
        self.pieces.append(Piece(text, inside))
        return text

    def structure(self, number: int, text: str | None = None) -> str:
        """A line, or a mark in it, becomes a field or the structure of the page."""
        text = self[number] if text is None else normal(text)
        self._account(number, text)
        return text

    def leave_out(self, number: int, reason: Reason) -> None:
        """A line goes onto no page."""
        self._account(number, self[number])
        self.left_out.append((number, self[number], reason))

    def check(self) -> None:
        """Fail on any line of which not every letter is accounted for."""
        for number in self.numbers:
            if self._accounted.get(number, "") != without_spaces(self[number]):
                raise UnaccountedLine(f"line {number}: {self[number]}")

    def _account(self, number: int, text: str) -> None:
        self._accounted[number] = self._accounted.get(number, "") + without_spaces(text)


@dataclass
class Built:
    """Rows of an import file, what has to be on the page, and facts that are records and not rows."""

    rows: list[dict[str, Any]]
    seed: SeedText
    pieces: dict[str, list[Piece]]
    facts: dict[str, Any] = field(default_factory=dict)


def normal(text: str) -> str:
    """With single spaces."""
    return " ".join(text.split())


def without_spaces(text: str) -> str:
    return "".join(text.split())


def row(key: str, page_type: str, locale: str, parent: str, **fields: Any) -> dict[str, Any]:
    return {
        "key": key, "type": page_type, "locale": locale, "parent": parent, "status": "published", "fields": fields,
    }  # fmt: skip


def block(block_type: str, /, **value: Any) -> dict[str, Any]:
    return {"type": block_type, "value": value}


def text_block(*paragraphs: str) -> dict[str, Any]:
    return block("text", text="".join(f"<p>{paragraph}</p>" for paragraph in paragraphs))


def homes() -> Iterator[dict[str, Any]]:
    """The home pages and lists that the pages of the seeds stand below; the Slovene home is there in every site."""
    for locale in ("en", "ka", "pl"):
        yield row("home", "HomePage", locale, "/", title="Zaveza") | {"translation_of": "/sl/"}
    yield row("news", "NewsIndexPage", "sl", "/sl/", title="Novice", slug="novice")
    for locale, title in (("sl", "Projekti"), ("en", "Projects"), ("pl", "Projekty")):
        parent = "/sl/" if locale == "sl" else "home"
        yield row("projects", "ProjectIndexPage", locale, parent, title=title, slug="projekti")


def edition() -> Built:
    """000: the campaign page of 2018. Its key dates and the funder's text are records of the edition."""
    seed = SeedText("000")
    dates = [n for n in seed.numbers if re.fullmatch(r"\d{1,2}\. \w+ \d{4}", seed[n])]
    logos = [n for n in seed.numbers if re.search(r"\.(png|jpg)$", seed[n])]
    copyright_line = seed.where("^©")
    key_dates_heading = max(n for n in seed.numbers if n < dates[0])
    initiators_heading = max(n for n in seed.numbers if n < logos[0])
    title, who, *rest = [n for n in seed.numbers if n < key_dates_heading]
    after_dates = [n for n in seed.numbers if dates[-1] < n < initiators_heading]
    funder = [n for n in seed.numbers if n > copyright_line]

    months = {"oktober": 10}
    key_dates = []
    for number in dates:
        day, month, year = seed.place(number, inside=("time",)).replace(".", "").split()
        words = seed.place(min(n for n in seed.numbers if n > number))
        key_dates.append((dt.date(int(year), months[month], int(day)), words))
    for number in logos:
        seed.leave_out(number, Reason.LOGO_FILE_NAME)
    seed.place(key_dates_heading, inside=HEADING)
    sign, year, holder = seed[copyright_line].split(" ", 2)
    seed.place(copyright_line)
    page = row(
        "edition-2018",
        "EditionPage",
        "sl",
        "/sl/",
        edition=int(year),
        title=seed.place(title, inside=("h1",)),
        slug="sola-za-zupane-2018",
        body=[
            text_block(*(seed.place(number) for number in [*rest, *after_dates[1:]])),
            block("heading", text=seed.place(initiators_heading, inside=HEADING)),
            text_block(seed.place(who)),
        ],
    )
    facts = {
        "year": int(year),
        "copyright_holder": holder,
        "key_dates": key_dates,
        "funder_text": " ".join(seed.place(number) for number in funder),
    }
    return Built([page], seed, {"sl": seed.pieces}, facts)


# The text of 001 has no title of its own.
PROJECT_TITLES = {
    "sl": "Nevladne organizacije v karierni vzgoji",
    "en": "Civil society organisations in career education",
}


def bilingual_project() -> Built:
    """001: one text in two languages becomes two pages that are translations of each other."""
    seed = SeedText("001")
    border = seed.where("^/$")
    seed.structure(border)
    pieces, rows = {}, []
    for locale, numbers in (
        ("sl", [n for n in seed.numbers if n < border]),
        ("en", [n for n in seed.numbers if n > border]),
    ):
        begin = len(seed.pieces)
        bullets = [n for n in numbers if seed[n].startswith("•")]
        heading = max(n for n in numbers if n < bullets[0])
        entries = []
        for number in bullets:
            seed.structure(number, "•")
            entries.append(seed.place(number, seed[number].removeprefix("•"), inside=ENTRY))
        body = [
            text_block(*(seed.place(n) for n in numbers if n < heading)),
            block("heading", text=seed.place(heading, inside=HEADING)),
            block("list", items=entries),
        ]
        rows.append(row("career-education", "ProjectPage", locale, "projects", title=PROJECT_TITLES[locale], body=body))
        pieces[locale] = seed.pieces[begin:]
    return Built(rows, seed, pieces)


def news_article() -> Built:
    """002: an article with its weekday date apart from the days of the event."""
    seed = SeedText("002")
    hub, *before = seed.numbers
    date = seed.where(r"^\w+, \d{1,2}\.\d{1,2}\.\d{4}$")
    title = max(n for n in before if n < date)
    repeated = min(n for n in before if n > date)
    assert seed[title].casefold() == seed[repeated].casefold(), "the article begins with its title"
    for number in before:
        if number < title or seed[number].startswith("‹"):
            seed.leave_out(number, Reason.NAVIGATION)
    article = [n for n in before if n > repeated and not seed[n].startswith("‹")]
    first, last, month, year = re.search(r"(\d+)\. do (\d+)\. (maja) (\d{4})", seed[article[0]]).groups()

    body = []
    for number in article:
        lead, *entries = re.split(r"(?=\([a-z]\) )", seed[number])
        body.append(text_block(seed.place(number, lead)))
        items = []
        for entry in entries:
            seed.structure(number, entry[:3])
            items.append(seed.place(number, entry[3:], inside=ENTRY))
        if items:
            body.append(block("list", kind="letters", items=items))
    day = dt.datetime.strptime(seed.structure(date).split(", ")[1], "%d.%m.%Y").date()
    seed.structure(repeated)
    page = row(
        "ci-so-mo",
        "NewsPage",
        "sl",
        "news",
        title=seed.place(title, inside=("h1",)),
        date=day.isoformat(),
        event_start=f"{year}-05-{first}",
        event_end=f"{year}-05-{last}",
        hub="regijski-nvo-center",
        body=body,
    )
    facts = {"hub": seed.place(hub), "shown_date": seed[date].replace(".", ". ").strip(), "month": month}
    return Built([page], seed, {"sl": seed.pieces}, facts)


def initiatives() -> Built:
    """003: a programme with its initiatives, in Georgian."""
    seed = SeedText("003")
    title, *others = seed.numbers
    entries = [n for n in others if re.search(r" [−–] ", seed[n])]
    lead = max(n for n in others if n < entries[0])
    blocks = []
    for number in entries:
        name, dash, description = re.split(r" ([−–]) ", seed[number], maxsplit=1)
        name = seed.place(number, name, inside=HEADING)
        seed.structure(number, dash)
        blocks.append(block("initiative", name=name, description=f"<p>{seed.place(number, description)}</p>"))
    for number in others:
        if seed[number].isascii():  # what was left in English is the old site's own
            seed.leave_out(number, Reason.NAVIGATION)
    page = row(
        "partnerships",
        "InitiativesPage",
        "ka",
        "home",
        title=seed.place(title, inside=("h1",)),
        lead=seed.place(lead),
        initiatives=blocks,
    )
    return Built([page], seed, {"ka": seed.pieces})


def archived_project() -> Built:
    """004: a finished project in Polish, its counters without values."""
    seed = SeedText("004")
    raw_key, title, dates = seed.numbers[:3]
    seed.leave_out(raw_key, Reason.RAW_KEY)
    start, end = re.findall(r"(\d\d)\.(\d\d)\.(\d{4})", seed.structure(dates))
    audience = dates + 1
    seed.structure(audience, "projekt skierowany do")
    labels = re.findall(r"[A-ZŚ][^A-ZŚ]*", seed[audience])
    numbered = [n for n in seed.numbers if re.match(r"\d\. ", seed[n])]
    areas = [n for n in numbered if n + 1 in numbered or n - 1 in numbered]
    stages = [n for n in numbered if n not in areas]
    noughts = [n for n in seed.numbers if seed[n] == "0"]
    impact = max(n for n in seed.numbers if n < noughts[0])
    results, results_text = [n for n in seed.numbers if areas[-1] < n < stages[0]]
    goal, areas_text = [n for n in seed.numbers if audience < n < areas[0]]
    after = [n for n in seed.numbers if n > noughts[-1] + 2]
    downloads, download, more, funding, *funders = after
    seed.leave_out(more, Reason.NAVIGATION)  # a link without its address

    def numbered_text(number: int, inside: tuple[str, ...]) -> str:
        seed.structure(number, seed[number][:2])
        return seed.place(number, seed[number][3:], inside=inside)

    numbers = []
    for nought in noughts:
        seed.leave_out(nought, Reason.COUNTER_READ_AS_0)
        unit = f"{seed.structure(nought + 1)} {seed.structure(nought + 2)}"
        seed.pieces.append(Piece(unit, ENTRY))
        numbers.append({"unit": unit})
    seed.place(funding, inside=HEADING)
    page = row(
        "mazowiecka-siec",
        "ProjectPage",
        "pl",
        "projects",
        title=seed.place(title, inside=("h1",)),
        start="-".join(reversed(start)),
        end="-".join(reversed(end)),
        archived=True,
        audience=[{"type": "label", "value": seed.place(audience, label, inside=("dd",))} for label in labels],
        lead=seed.place(goal),
        body=[
            text_block(seed.place(areas_text)),
            block("list", kind="numbers", items=[numbered_text(n, ENTRY) for n in areas]),
            block("heading", text=seed.place(results, inside=HEADING)),
            text_block(seed.place(results_text)),
            block(
                "steps",
                steps=[
                    {"heading": numbered_text(n, HEADING), "text": f"<p>{seed.place(n + 1, inside=ENTRY)}</p>"}
                    for n in stages
                ],
            ),
            block("heading", text=seed.place(impact, inside=HEADING)),
            block("numbers", numbers=numbers),
            block("heading", text=seed.place(downloads, inside=HEADING)),
            block(
                "downloads",
                documents=[{"document": {"file": "zaproszenie.pdf", "title": seed.place(download, inside=("a",))}}],
            ),
        ],
        funding_text="".join(f"<p>{seed.place(number)}</p>" for number in funders),
    )
    return Built([page], seed, {"pl": seed.pieces})
