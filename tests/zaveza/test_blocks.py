"""The blocks of which bodies are made, as they stand on a page."""

import re
from typing import Any

import pytest
from django.test import Client

from home.factories import HomePageFactory, NewsPageFactory, StandardPageFactory
from tests.home.content import block, document, heading, picture, read, text
from zaveza.base.blocks import BodyBlock
from zaveza.base.templatetags.block_tags import body_sections

pytestmark = pytest.mark.django_db


def page_with(client: Client, *body: dict[str, Any]) -> str:
    StandardPageFactory(slug="bloki", title="Naslov", body=list(body))
    return read(client, "/sl/bloki/")


def outline(html: str) -> list[str]:
    return re.findall(r"<(h[1-6])", html.partition("<main")[2].partition("</main>")[0])


def test_sections_begin_at_headings_of_level_two() -> None:
    stream = BodyBlock().to_python(
        [text("<p>a</p>"), heading("Ena"), heading("Pod", "3"), text("<p>b</p>"), heading("Dve")]
    )
    sections = body_sections(stream)
    assert [section.heading and section.heading.value["text"] for section in sections] == [None, "Ena", "Dve"]
    assert [len(section.blocks) for section in sections] == [1, 2, 0]
    assert body_sections(BodyBlock().to_python([])) == []


def test_prose_and_wide_blocks_stand_apart() -> None:
    steps = block("steps", steps=[{"heading": "Prvi", "text": ""}])
    sections = body_sections(BodyBlock().to_python([text("<p>a</p>"), text("<p>b</p>"), steps, text("<p>c</p>")]))
    assert [(run.is_prose, len(run.blocks)) for run in sections[0].runs] == [(True, 2), (False, 1), (True, 1)]


def test_headings_have_no_gap_in_their_levels(client: Client) -> None:
    steps = block("steps", steps=[{"heading": "Prvi", "text": "<p>a</p>"}])
    html = page_with(client, steps, heading("Podnaslov", "3"), heading("Razdelek"), heading("Pod", "3"), steps)
    assert outline(html) == ["h1", "h2", "h2", "h2", "h3", "h3"]


def test_an_article_keeps_the_outline_too(client: Client) -> None:
    steps = block("steps", steps=[{"heading": "Prvi", "text": "<p>a</p>"}])
    NewsPageFactory(slug="novica", body=[steps, heading("Razdelek"), steps])
    assert outline(read(client, "/sl/novice/novica/")) == ["h1", "h2", "h2", "h3"]


@pytest.mark.parametrize(
    "value",
    [
        text("<p>Besede</p>", "en"),
        heading("Besede", language="en"),
        heading("Besede", "3", language="en"),
        block("quote", quote="Besede", attribution="", url="", language="en"),
        block("list", kind="bullets", items=["Besede"], language="en"),
        block("steps", steps=[{"heading": "Prvi", "text": "<p>Besede</p>"}], language="en"),
        block("callout", kind="info", title="", date=None, text="<p>Besede</p>", language="en"),
        block(
            "numbers",
            numbers=[{"value": "1", "unit": "Besede", "explanation": "", "as_of": None, "source": ""}],
            language="en",
        ),
        block("funding", levels=[{"label": "", "name": "Besede"}], language="en"),
        block("link_card", title="Besede", url="https://example.org/", picture=None, description="", language="en"),
    ],
)
def test_text_in_another_language_says_so(client: Client, value: dict[str, Any]) -> None:
    html = page_with(client, value, text("<p>Po slovensko</p>"))
    before = html.partition("Besede")[0]
    nearest = re.findall(r'lang="(\w\w)"', before.rpartition("<main")[2])
    assert nearest[-1:] == ["en"]
    assert re.search(r'lang="en"[^>]*>(?:(?!</main>).)*Besede', html)
    # What follows is Slovene again: no element around it says otherwise.
    assert not re.search(r'<[a-z0-9]+[^>]* lang="en"[^>]*>[^<]*<p>Po slovensko', html)


def test_a_picture_has_alternative_text_caption_credit_and_size(client: Client) -> None:
    image = picture("most")
    html = page_with(
        client,
        block(
            "image", image=image.pk, alt_text="Ljudje na mostu", decorative=False, caption="Odprtje", credit="Foto A"
        ),
        block("image", image=image.pk, alt_text="", decorative=False, caption="", credit=""),
        block("image", image=image.pk, alt_text="", decorative=True, caption="", credit=""),
    )
    assert re.findall(r'<img alt="([^"]*)"', html) == ["Ljudje na mostu", "Kaj kaže most", ""]
    assert "Odprtje <small>Foto A</small>" in html
    assert html.count("<figcaption>") == 1
    for img in re.findall(r"<img [^>]*>", html):
        assert 'width="' in img and 'height="' in img and "srcset=" in img
    assert "image/webp" in html


def test_a_list_is_of_its_kind(client: Client) -> None:
    html = page_with(
        client, *(block("list", kind=kind, items=["ena", "dva"]) for kind in ("bullets", "numbers", "letters"))
    )
    assert "<ul> <li>ena</li><li>dva</li> </ul>" in html
    assert "<ol> <li>ena</li><li>dva</li> </ol>" in html
    assert '<ol type="a"> <li>ena</li><li>dva</li> </ol>' in html


def test_a_missing_number_is_not_nought(client: Client) -> None:
    def number(value: str | None) -> dict[str, Any]:
        return {"value": value, "unit": "oseb", "explanation": "Seznami", "as_of": "2015-06-30", "source": "poročilo"}

    html = page_with(client, block("numbers", numbers=[number("0"), number(None), number("1214"), number("2.50")]))
    shown = [re.sub(r"<[^>]+>", "", found).strip() for found in re.findall(r"<b>(.*?)</b>", html)]
    assert shown[0] == "0"
    assert not re.search(r"\d", shown[1])
    assert shown[2:] == ["1.214", "2,5"]
    assert html.count('<li class="none">') == 1
    assert '<time datetime="2015-06-30">30. 6. 2015</time>' in html
    assert "poročilo" in html


def test_a_download_says_what_it_is(client: Client) -> None:
    file = document("Vabilo k sodelovanju")
    html = page_with(
        client, block("downloads", documents=[{"document": file.pk, "title": "", "note": "za končan projekt"}])
    )
    assert f'<a href="{file.url}" hreflang="pl">Vabilo k sodelovanju</a>' in html
    for words in ("PDF, ", "skan brez besedila", "za končan projekt", '<time datetime="2014-08-01">'):
        assert words in html
    assert client.get(file.url).status_code in (200, 302)


def test_a_link_card_loads_nothing_from_elsewhere(client: Client) -> None:
    html = page_with(
        client,
        block(
            "link_card",
            title="Posnetek",
            url="https://video.example/v1",
            picture=picture().pk,
            description="Tri minute.",
        ),
    )
    assert '<a href="https://video.example/v1" rel="external">Posnetek' in html
    assert not re.search(r'(?:src|srcset|data|poster)="[^"]*video\.example', html)
    assert "<iframe" not in html
    assert not re.search(r"<script(?![^>]* src=\"/static/)", html)


def test_a_correction_has_its_date(client: Client) -> None:
    html = page_with(
        client, block("callout", kind="correction", title="", date="2019-06-04", text="<p>Bilo jih je pet.</p>")
    )
    assert '<time datetime="2019-06-04">4. 6. 2019</time>' in html
    assert 'class="notice notice-warn"' in html


def test_a_funding_chain_is_nested(client: Client) -> None:
    levels = [{"label": f"Raven {number}", "name": f"Ime {number}"} for number in range(4)]
    html = page_with(client, block("funding", levels=levels))
    chain = html[html.index('<ol class="chain"') :]
    assert chain.count("<ol", 0, chain.index("Ime 3")) == 4
    assert re.match(r"Ime 3 </li> </ol> </li> </ol> </li> </ol> </li> </ol>", chain[chain.index("Ime 3") :])


def test_links_in_text_lead_to_public_pages_in_the_readers_language(client: Client) -> None:
    page = StandardPageFactory(slug="cilj", title="Cilj")
    draft = StandardPageFactory(slug="skrivni-osnutek", live=False)
    en = HomePageFactory(language="en")
    StandardPageFactory(parent=en, translation_of=page, title="Target")
    file = document()
    body = [
        text(
            f'<p><a linktype="page" id="{page.pk}">cilj</a> <a linktype="page" id="{draft.pk}">osnutek</a> '
            f'<a linktype="page" id="999999">nič</a> <a linktype="document" id="{file.pk}">datoteka</a> '
            '<a href="https://example.org/?a=1&amp;b=2">drugam</a> <a href="mailto:a@example.org">pošta</a></p>'
        )
    ]
    StandardPageFactory(slug="bloki", body=body)
    StandardPageFactory(parent=en, slug="blocks", body=body)
    html = read(client, "/sl/bloki/")
    assert '<a href="/sl/cilj/">cilj</a> <a>osnutek</a> <a>nič</a>' in html
    assert f'<a href="{file.url}">datoteka</a>' in html
    assert '<a href="https://example.org/?a=1&amp;b=2">drugam</a> <a href="mailto:a@example.org">' in html
    assert "skrivni-osnutek" not in html
    assert '<a href="/en/cilj/">cilj</a>' in read(client, "/en/blocks/")


def test_what_an_editor_types_is_no_markup(client: Client) -> None:
    evil = "<script>alert(1)</script>"
    html = page_with(
        client,
        heading(evil, note=evil),
        block("quote", quote=evil, attribution=evil, url=""),
        block("list", kind="bullets", items=[evil]),
        block("steps", steps=[{"heading": evil, "text": ""}]),
        block("funding", levels=[{"label": evil, "name": evil}]),
        block("callout", kind="info", title=evil, date=None, text=""),
    )
    assert "<script>alert" not in html
