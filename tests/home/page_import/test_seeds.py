"""The real input: the five seed documents become pages that say all that the documents say, and say it once."""

import datetime as dt
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest
from django.db import transaction
from django.test import Client, TestCase, override_settings
from django.utils import translation
from wagtail.models import Page

from home.models import ImportedPage, NewsPage, ProjectPage
from home.page_import.run import Report, import_pages
from pledges.enums import EditionState
from pledges.factories import EditionFactory, HubFactory, KeyDateFactory
from pledges.models import KeyDateText

from . import seeds

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not seeds.IS_THERE, reason=f"the seed documents are not there: {seeds.FOLDER}"),
]

BUILDERS = [
    seeds.edition,
    seeds.bilingual_project,
    seeds.news_article,
    seeds.initiatives,
    seeds.archived_project,
]
INLINE = {"a", "abbr", "b", "em", "i", "q", "small", "span", "strong", "sub", "sup", "br"}


@dataclass(frozen=True)
class Segment:
    """Running text of one block of the main content, its language and the elements it stands in."""

    text: str
    lang: str
    inside: frozenset[str]


class MainContent:
    """The main content of a public page, as a visitor who is not signed in gets it."""

    def __init__(self, client: Client, path: str) -> None:
        response = client.get(path)
        assert response.status_code == 200, path
        document = html5lib.parse(response.content.decode(), namespaceHTMLElements=False)
        mains = list(document.iter("main"))
        assert len(mains) == 1
        self.main = mains[0]
        self.segments = [segment for segment in _segments(self.main, document.get("lang"), ()) if segment.text]

    def where(self, text: str) -> list[Segment]:
        """Each place where a text stands."""
        whole = re.compile(rf"(?<!\w){re.escape(text)}(?!\w)")
        return [segment for segment in self.segments for _match in whole.findall(segment.text)]

    @property
    def dates(self) -> list[tuple[str, str]]:
        """Each date for machines with its words for readers."""
        return [(time.get("datetime", ""), seeds.normal("".join(time.itertext()))) for time in self.main.iter("time")]


def _segments(element: Element, lang: str, outer: tuple[str, ...]) -> Iterator[Segment]:
    lang = element.get("lang") or lang
    inside = (*outer, element.tag)
    text, linked = element.text or "", frozenset(inside)
    for child in element:
        if (
            child.tag in INLINE
            and child.get("lang") in (None, lang)
            and all(each.tag in INLINE for each in child.iter())
        ):
            text += "".join(child.itertext()) + (" " if child.tag == "br" else "")
            linked |= {child.tag}
        else:
            yield Segment(seeds.normal(text), lang, linked)
            text, linked = "", frozenset(inside)
            if isinstance(child.tag, str):
                yield from _segments(child, lang, inside)
        text += child.tail or ""
    yield Segment(seeds.normal(text), lang, linked)


@pytest.fixture(scope="module")
def built() -> dict[str, seeds.Built]:
    """All five seeds, built."""
    return {builder.__name__: builder() for builder in BUILDERS}


@dataclass(frozen=True)
class Imported:
    """One import of all five seeds."""

    path: Path
    report: Report


@pytest.fixture(scope="module")
def imported(
    built: dict[str, seeds.Built], tmp_path_factory: pytest.TempPathFactory, django_db_setup, django_db_blocker
) -> Iterator[Imported]:
    """The seeds in the database, once for all tests here; taken back after the last."""
    folder = tmp_path_factory.mktemp("seeds")
    with (
        django_db_blocker.unblock(),
        override_settings(MEDIA_ROOT=str(folder / "media")),
        translation.override("sl"),
        transaction.atomic(),
    ):
        _make_records(built)
        (folder / "zaproszenie.pdf").write_bytes(b"%PDF-1.7\n%%EOF\n")
        rows = [*seeds.homes(), *(row for each in built.values() for row in each.rows)]
        path = folder / "seeds.json"
        path.write_text(json.dumps({"version": 1, "pages": rows}, ensure_ascii=False), encoding="utf-8")
        with TestCase.captureOnCommitCallbacks(execute=True):
            report = import_pages(path)
        yield Imported(path, report)
        transaction.set_rollback(True)


def _make_records(built: dict[str, seeds.Built]) -> None:
    """The edition of 2018 with its key dates and the hub, which the rows name."""
    facts = built["edition"].facts
    edition = EditionFactory(
        year=facts["year"], state=EditionState.ARCHIVED, copyright_holder=facts["copyright_holder"], election_date=None
    )
    edition.texts.update(funder_text=facts["funder_text"])
    for number, (day, words) in enumerate(facts["key_dates"], 1):
        key_date = KeyDateFactory(edition=edition, date=day, title=f"{number}. korak")
        KeyDateText.objects.filter(key_date=key_date).update(text=words)
    HubFactory(slug="regijski-nvo-center", name=built["news_article"].facts["hub"])


@pytest.mark.parametrize("builder", BUILDERS, ids=lambda builder: builder.__name__)
def test_every_line_is_accounted_for(builder) -> None:
    built = builder()
    built.seed.check()
    assert built.seed.pieces
    for number, line, reason in built.seed.left_out:
        print(f"{builder.__name__}, line {number} left out ({reason}): {line}")  # noqa: T201


def test_unaccounted_line_fails() -> None:
    built = seeds.news_article()
    built.seed.lines.append("One line more")
    with pytest.raises(seeds.UnaccountedLine, match="One line more"):
        built.seed.check()
    built = seeds.news_article()
    built.seed.lines[15] += " And a sentence."
    with pytest.raises(seeds.UnaccountedLine, match="And a sentence"):
        built.seed.check()


def test_what_is_left_out_has_one_of_the_four_reasons() -> None:
    reasons = {builder.__name__: [reason.value for *_line, reason in builder().seed.left_out] for builder in BUILDERS}
    assert reasons["edition"] == ["logo file name"] * 12
    assert reasons["bilingual_project"] == []
    assert set(reasons["news_article"]) == set(reasons["initiatives"]) == {"navigation"}
    assert sorted(reasons["archived_project"]) == ["a counter read as 0"] * 3 + ["navigation", "raw key"]


def imported_page(key: str, locale: str) -> Page:
    return ImportedPage.objects.get(key=key, locale__language_code=locale).page


def page_path(key: str, locale: str) -> str:
    return imported_page(key, locale).get_url()


@pytest.mark.parametrize(
    ("name", "locale"),
    [
        ("edition", "sl"),
        ("bilingual_project", "sl"),
        ("bilingual_project", "en"),
        ("news_article", "sl"),
        ("initiatives", "ka"),
        ("archived_project", "pl"),
    ],
)
def test_every_sentence_stands_once_in_its_language(
    imported: Imported, built: dict[str, seeds.Built], client: Client, name: str, locale: str
) -> None:
    key = built[name].rows[0]["key"]
    content = MainContent(client, page_path(key, locale))
    wrong = []
    for piece in built[name].pieces[locale]:
        for sentence in piece.sentences:
            places = content.where(sentence)
            if (
                [place.lang for place in places] != [locale]
                or piece.inside
                and not places[0].inside.intersection(piece.inside)
            ):
                wrong.append((sentence, piece.inside, places))
    assert not wrong
    assert sum(1 for element in content.main.iter("h1")) == 1


def test_key_dates_are_dates(imported: Imported, built: dict[str, seeds.Built], client: Client) -> None:
    content = MainContent(client, page_path("edition-2018", "sl"))
    shown = [day for day, _words in content.dates]
    assert [shown.count(day.isoformat()) for day, _words in built["edition"].facts["key_dates"]] == [1, 1, 1]


def test_article_has_its_weekday_date_apart_from_the_events(
    imported: Imported, built: dict[str, seeds.Built], client: Client
) -> None:
    page = NewsPage.objects.get()
    assert (page.date, page.event_start, page.event_end) == (
        dt.date(2019, 5, 31),
        dt.date(2019, 5, 20),
        dt.date(2019, 5, 24),
    )
    dates = MainContent(client, page.get_url()).dates
    assert ("2019-05-31", built["news_article"].facts["shown_date"]) in dates
    assert {"2019-05-20", "2019-05-24"} < {day for day, _words in dates}


def test_article_keeps_its_quotation_marks(imported: Imported, client: Client) -> None:
    seed = seeds.SeedText("002")
    marks = re.compile("[„“”\"'«»]")
    text = " ".join(segment.text for segment in MainContent(client, NewsPage.objects.get().get_url()).segments)
    source = " ".join(seed.lines)
    assert marks.findall(text) == marks.findall(source)
    assert len(marks.findall(text)) >= 8


def test_translations_are_linked(imported: Imported, client: Client) -> None:
    slovene = ProjectPage.objects.get(locale__language_code="sl")
    english = ProjectPage.objects.get(locale__language_code="en")
    assert slovene.translation_key == english.translation_key
    html = client.get(slovene.get_url()).content.decode()
    assert f'href="{english.get_url()}"' in html


def test_project_is_archived_with_its_dates(imported: Imported, client: Client) -> None:
    page = ProjectPage.objects.get(locale__language_code="pl")
    assert (page.start, page.end, page.archived) == (dt.date(2014, 8, 1), dt.date(2015, 6, 30), True)
    content = MainContent(client, page.get_url())
    assert {"2014-08-01", "2015-06-30"} <= {day for day, _words in content.dates}
    assert [segment for segment in content.segments if "projekt archiwalny" in segment.text.casefold()]


def test_counter_without_a_value_is_no_nought(imported: Imported, client: Client) -> None:
    content = MainContent(client, ProjectPage.objects.get(locale__language_code="pl").get_url())
    counters = [element for element in content.main.iter("ul") if element.get("class") == "counters"]
    assert len(counters) == 1
    assert [entry.get("class") for entry in counters[0].iter("li")] == ["none"] * 3
    assert "0" not in "".join(counters[0].itertext())


def test_second_import_changes_nothing(imported: Imported) -> None:
    assert not imported.report.warnings
    again = import_pages(imported.path)
    assert (again.created, again.updated) == ([], [])
    assert len(again.unchanged) == len(imported.report.created)


@pytest.mark.parametrize(("key", "locale"), [("partnerships", "ka"), ("mazowiecka-siec", "pl")])
def test_page_is_found_by_search(
    imported: Imported, built: dict[str, seeds.Built], client: Client, key: str, locale: str
) -> None:
    page = imported_page(key, locale)
    path = page.get_url()
    words = page.title.split()
    for query in (page.title, " ".join(words[:2])):
        response = client.get(f"/{locale}/search/", {"q": query})
        assert response.status_code == 200
        assert f'href="{path}' in response.content.decode()
