"""The demo's menu and footer, in four languages."""

from typing import Any

from wagtail.models import Page

from zaveza.navigation.models import Footer, Menu

from ..factories import locale_for
from ..models import EventIndexPage, GoodPracticeIndexPage, NewsIndexPage, ProjectIndexPage

Pages = dict[str, Page]

LABELS: dict[str, dict[str, str]] = {
    "sl": {"municipalities": "Občine", "pledges": "Zaveze", "news": "Novice", "school": "Šola", "tail": " za župane", "methodology": "Metodologija", "read": "Za branje", "about": "Kdo stoji za tem in kdo plača", "accessibility": "Dostopnost", "more": "Več", "projects": "Projekti", "events": "Dogodki", "practices": "Dobre prakse", "initiatives": "Program pobud", "colophon": "Kolofon", "text": "Podatki in besedila: CC BY 4.0. Brez piškotkov, brez sledenja, brez zunanjih pisav. Občine in regije: Register prostorskih enot in Statistični urad Republike Slovenije, CC BY 4.0."},
    "en": {"municipalities": "Municipalities", "pledges": "Pledges", "news": "News", "school": "School", "tail": " for Mayors", "methodology": "Methodology", "read": "To read", "about": "Who is behind this and who pays", "accessibility": "Accessibility", "more": "More", "projects": "Projects", "events": "Events", "practices": "Good practices", "initiatives": "Programme of initiatives", "colophon": "Colophon", "text": "Data and texts: CC BY 4.0. No cookies, no tracking, no fonts from elsewhere. Municipalities and regions: Register of Spatial Units and Statistical Office of the Republic of Slovenia, CC BY 4.0."},
    "ka": {"municipalities": "მუნიციპალიტეტები", "pledges": "დაპირებები", "news": "სიახლეები", "school": "მერების სკოლა", "tail": "", "methodology": "მეთოდოლოგია", "read": "საკითხავი", "about": "", "accessibility": "", "more": "მეტი", "projects": "პროექტები", "events": "ღონისძიებები", "practices": "კარგი პრაქტიკა", "initiatives": "ინიციატივების პროგრამა", "colophon": "საიტის შესახებ", "text": "მონაცემები და ტექსტები: CC BY 4.0. ქუქი-ფაილებისა და თვალთვალის გარეშე."},
    "pl": {"municipalities": "Gminy", "pledges": "Zobowiązania", "news": "Aktualności", "school": "Szkoła", "tail": " burmistrzów", "methodology": "Metodologia", "read": "Do czytania", "about": "", "accessibility": "", "more": "Więcej", "projects": "Projekty", "events": "Wydarzenia", "practices": "Dobre praktyki", "initiatives": "Program inicjatyw", "colophon": "O stronie", "text": "Dane i teksty: CC BY 4.0. Bez ciasteczek, bez śledzenia, bez zewnętrznych krojów pisma."},
}  # fmt: skip


def make_navigation(pages: dict[str, Pages]) -> None:
    """Write menu and footer for each language; links lead to the pages of that language."""
    for language, labels in LABELS.items():
        locale = locale_for(language)
        index = {
            name: model.objects.filter(locale=locale).first()
            for name, model in (
                ("news", NewsIndexPage),
                ("projects", ProjectIndexPage),
                ("events", EventIndexPage),
                ("practices", GoodPracticeIndexPage),
            )
        }
        source = {} if language == "sl" else {"menu": Menu.objects.first(), "footer": Footer.objects.first()}
        Menu.objects.create(
            locale=locale,
            items=[
                _link(labels["municipalities"], "/municipalities/"),
                _link(labels["pledges"], "/pledges/"),
                _link(labels["news"], index["news"]),
                _link(labels["school"], pages["edition"][language], labels["tail"]),
                _link(labels["methodology"], pages["methodology"][language]),
            ],
            **({"translation_key": source["menu"].translation_key} if source else {}),
        )
        read = [
            _link_value(labels[name], pages[name][language])
            for name in ("methodology", "about", "accessibility")
            if language in pages[name]
        ]
        more = [
            _link_value(labels["projects"], index["projects"]),
            _link_value(labels["events"], index["events"]),
            _link_value(labels["practices"], index["practices"]),
            _link_value(labels["initiatives"], pages["initiatives"][language]),
        ]
        Footer.objects.create(
            locale=locale,
            columns=[
                ("column", {"heading": labels["read"], "links": read}),
                ("column", {"heading": labels["more"], "links": more}),
            ],
            colophon_heading=labels["colophon"],
            colophon=f"<p>{labels['text']}</p>",
            **({"translation_key": source["footer"].translation_key} if source else {}),
        )


def _link_value(label: str, target: Page | str | None, tail: str = "") -> dict[str, Any]:
    is_path = isinstance(target, str)
    return {
        "label": label,
        "tail": tail,
        "page": None if is_path else target,
        "address": target if is_path else "",
    }


def _link(label: str, target: Page | str | None, tail: str = "") -> tuple[str, dict[str, Any]]:
    return "link", _link_value(label, target, tail)
