"""The demo's pages: one of each type in all four languages, and enough news to fill a list."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.apps import apps
from wagtail.models import Page

from ..factories import (
    EditionPageFactory,
    EventIndexPageFactory,
    EventPageFactory,
    GoodPracticeIndexPageFactory,
    GoodPracticePageFactory,
    HomePageFactory,
    InitiativesPageFactory,
    NewsIndexPageFactory,
    NewsPageFactory,
    ProjectIndexPageFactory,
    ProjectPageFactory,
    StandardPageFactory,
)
from . import blocks, good_practices, more_texts, texts
from .handouts import NOTES, PROGRAMME, handout
from .navigation import make_navigation
from .pictures import picture

Pages = dict[str, Page]


def seed(day: dt.date, step: Callable[[str], None] = lambda message: None) -> None:
    """Write the pages as seen on `day`. Hubs and editions of the record must be there."""
    editions = {edition.year: edition for edition in apps.get_model("pledges", "Edition").objects.all()}
    hubs = {hub.slug: hub for hub in apps.get_model("pledges", "Organisation").objects.filter(kind="hub")}
    step("home pages")
    homes: Pages = {language: HomePageFactory(language=language, **words) for language, words in texts.HOME.items()}
    step("projects")
    careers = _projects(homes)
    step("news")
    _news(homes, careers["sl"], hubs, day)
    step("events, editions and pages of text")
    _events(homes, hubs["sticisce-burja"], editions[2022], day)
    campaign = _edition_pages(homes, editions)
    _good_practices(homes, hubs["sticisce-burja"])
    for language, home in homes.items():
        home.refresh_from_db()  # the tree has grown below it
        home.edition_page = campaign["sl"]
        home.save_revision().publish()
        homes[language] = home
    initiatives = _translated(
        InitiativesPageFactory,
        homes,
        {
            language: {
                **words,
                "audience": [("label", label) for label in words["audience"]],
                "initiatives": words["initiatives"],
            }
            for language, words in more_texts.PARTNERSHIP.items()
        },
        slug="partnerstvo",
    )
    pages = {
        "methodology": _translated(StandardPageFactory, homes, more_texts.METHODOLOGY, slug="kako-ocenjujemo"),
        "about": _translated(StandardPageFactory, homes, more_texts.ABOUT, slug="kdo-stoji-za-tem"),
        "accessibility": _translated(StandardPageFactory, homes, more_texts.ACCESSIBILITY, slug="dostopnost"),
        "edition": campaign,
        "initiatives": initiatives,
    }
    step("menu and footer")
    make_navigation(pages)


def _translated(factory: Any, parents: Pages, words: dict[str, dict[str, Any]], **shared: Any) -> Pages:
    """The page in each language that `words` has, the first one (Slovene) being the source of the others."""
    pages: Pages = {}
    for language, own in words.items():
        source = pages.get("sl")
        pages[language] = factory(parent=parents[language], translation_of=source, **{**shared, **own})
    return pages


def _indexes(factory: Any, homes: Pages, words: dict[str, tuple[str, str]]) -> Pages:
    return _translated(
        factory, homes, {language: {"title": title, "lead": lead} for language, (title, lead) in words.items()}
    )


def _projects(homes: Pages) -> Pages:
    indexes = _indexes(ProjectIndexPageFactory, homes, texts.PROJECT_INDEX)

    def labelled(words: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
        return {
            language: {**own, "audience": [("label", label) for label in own["audience"]]}
            for language, own in words.items()
        }

    _translated(
        ProjectPageFactory,
        indexes,
        labelled(texts.MAZOVIA),
        slug="mazowiecka-siec-edukacyjna",
        start=dt.date(2014, 8, 1),
        end=dt.date(2015, 6, 30),
    )
    return _translated(
        ProjectPageFactory,
        indexes,
        labelled(texts.CAREERS),
        slug="nevladne-organizacije-v-karierni-vzgoji",
        start=dt.date(2025, 3, 1),
    )


def _news(homes: Pages, project: Page, hubs: dict[str, Any], day: dt.date) -> None:
    indexes = _indexes(NewsIndexPageFactory, homes, texts.NEWS_INDEX)
    illustration = picture("Delavnica v Novem mestu", "Narisani krogi, kvadrati in trikotniki na črtanem listu.", 7)
    notes = handout(NOTES, "zapiski.odt", "sl", dt.date(2019, 5, 24))
    programme = handout(PROGRAMME, "programme.odt", "en", dt.date(2019, 5, 20))
    extra = {"sl": [
        ("image", {"image": illustration, "alt_text": "", "decorative": False, "caption": "Risba z delavnice.", "credit": "", "language": ""}),
        blocks.downloads(notes, programme),
        blocks.callout("correction", "", "V prvi objavi je pisalo, da je bilo organizacij šest. Bilo jih je pet.", dt.date(2019, 6, 4)),
    ], "en": [blocks.downloads(programme)]}  # fmt: skip
    _translated(
        NewsPageFactory,
        indexes,
        {language: {**own, "body": own["body"] + extra.get(language, [])} for language, own in texts.CISOMO.items()},
        slug="stiri-drzave-o-solidarnosti-z-migranti",
        date=dt.date(2019, 5, 31),
        event_start=dt.date(2019, 5, 20),
        event_end=dt.date(2019, 5, 24),
        hub=hubs["sticisce-gorjanci"],
        project=project,
        search_image=illustration,
    )
    for number, (title, lead, published, hub) in enumerate(more_texts.SHORT_NEWS):
        date = dt.date.fromisoformat(published)
        if date <= day:
            NewsPageFactory(
                parent=indexes["sl"],
                title=title,
                slug=f"novica-{number + 1}",
                lead=lead,
                date=date,
                hub=hubs[hub],
                body=[blocks.text(lead, "Podrobnosti in vire hrani stičišče; na vprašanja odgovarja po e-pošti.")],
            )


def _events(homes: Pages, hub: Any, edition: Any, day: dt.date) -> None:
    indexes = _indexes(EventIndexPageFactory, homes, texts.EVENT_INDEX)
    _translated(
        EventPageFactory,
        indexes,
        texts.EVENT,
        slug="letni-pregled",
        start_date=dt.date(2026, 2, 17),
        start_time=dt.time(18, 0),
        level="local",
        hub=hub,
        edition=edition,
        municipality=apps.get_model("pledges", "Municipality").objects.get(slug="ajdovscina"),
    )
    EventPageFactory(
        parent=indexes["sl"],
        title="Dan Šole za župane 2022",
        slug="dan-sole-2022",
        lead="Isti dan po vsej Sloveniji.",
        start_date=dt.date(2022, 9, 26),
        level="national",
        edition=edition,
    )


def _good_practices(homes: Pages, hub: Any) -> None:
    indexes = _indexes(GoodPracticeIndexPageFactory, homes, good_practices.INDEX)
    _translated(
        GoodPracticePageFactory,
        indexes,
        good_practices.PLAYGROUND,
        slug="solsko-igrisce-odklene-soseska",
        year=2024,
        hub=hub,
        municipality=apps.get_model("pledges", "Municipality").objects.get(slug="ajdovscina"),
        topic=apps.get_model("pledges", "Topic").objects.filter(code="young-people").first(),
    )


def _edition_pages(homes: Pages, editions: dict[int, Any]) -> Pages:
    pages: dict[int, Pages] = {}
    for year in (2018, 2022):
        words = {language: {**own, "title": own["title"].format(year=year)} for language, own in texts.EDITION.items()}
        pages[year] = _translated(
            EditionPageFactory, homes, words, slug=f"sola-za-zupane-{year}", edition=editions[year]
        )
    return pages[2022]
