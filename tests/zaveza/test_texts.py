"""Text of handed-in files: what is in it comes out by paragraph and sentence; what is wrong with it is said."""

import io
import json
import zipfile
from dataclasses import replace
from typing import Any

import pytest

from tests.files import docx, pdf, write_odt, zipped
from zaveza.texts import ExtractedText, Limits, Problem, extract_text
from zaveza.texts.cleaning import clean
from zaveza.texts.extracted import Paragraph
from zaveza.texts.pdf_text import paragraphs
from zaveza.texts.reading import read
from zaveza.texts.sentences import cut
from zaveza.texts.wording import problem_words

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def sentences(text: str, language: str = "sl") -> list[str]:
    return [text[start:end] for start, end in cut(text, language)]


def texts(found: ExtractedText) -> list[str]:
    return [paragraph.text for paragraph in found.paragraphs]


class TestSentences:
    """The units of agreement."""

    @pytest.mark.parametrize(
        ("language", "expected"),
        [
            ("sl", ["Do 1. januarja 2024 bomo odprli center.", "V letu 2025 bomo zgradili vrtec."]),
            ("sl", ["Komunala d. o. o. bo prevzela vodo.", "Glej 3. točko programa."]),
            ("sl", ["Sprejeto na seji 12. 5. 2022.", "Občina pošlje dopis na ul. Ivana Cankarja 5."]),
            ("sl", ["Odgovorna sta dr. Janez Novak in mag. Ana Kos.", "Npr. za ceste ipd. skrbi g. Kovač."]),
            ("sl", ["Odlok (Ur. l. RS, št. 12/22) velja.", "To je vse!", "Bo res?"]),
            ("sl", ["Voda & kanal <v vasi>.", "Drugo &amp; tretje."]),
            ("en", ["Mr. Smith will build a school.", "It costs 1.5 million."]),
            ("pl", ["Zbudujemy szkołę przy ul. Polnej 5.", "Dr. Kowalski otworzy ją np. w maju."]),
            ("ka", ["ჩვენ ავაშენებთ სკოლას.", "ის გაიხსნება 2025 წელს."]),
        ],
    )
    def test_are_cut_where_they_end(self, language: str, expected: list[str]) -> None:
        assert sentences(" ".join(expected), language) == expected

    @pytest.mark.parametrize("text", ["", "  ", "Brez konca", " Presledki. Spredaj ", "a😀 b. Č … š"])
    def test_nothing_but_spaces_is_left_out(self, text: str) -> None:
        assert "".join(sentences(text)).replace(" ", "") == text.replace(" ", "")


class TestFormats:
    """PDF, DOCX and ODT."""

    def test_odt(self) -> None:
        found = read(write_odt("Program", ["Prvi stavek. Drugi stavek.", "", "Črta & <oznaka>."]), "", "sl")
        assert (found.kind, found.pages, found.problems) == ("odt", None, ())
        assert texts(found) == ["Program", "Prvi stavek. Drugi stavek.", "Črta & <oznaka>."]
        assert [(one.page, one.number) for one in found.paragraphs] == [(None, 1), (None, 2), (None, 3)]
        assert found.paragraphs[1].sentences == ((0, 12), (13, 26))

    def test_docx_with_a_table(self) -> None:
        found = read(
            docx("Uredili bomo trg.", "\u00adDvoj\u00adno\t delo.", table=[["Cilj", "Rok"], ["Vrtec", "2025"]])
        )
        assert (found.kind, found.pages) == ("docx", None)
        assert texts(found) == ["Uredili bomo trg.", "Dvojno delo.", "Cilj", "Rok", "Vrtec", "2025"]
        assert not found.paragraphs[0].sentences

    def test_pdf_by_page_with_lines_joined(self) -> None:
        found = read(
            pdf(
                [
                    "Program sodelovanja",
                    "V prvem letu bomo uredili trg pred ob-",
                    "no in zasadili drevesa. Nato bomo",
                    "1",
                ],
                ["zgradili vrtec.", "- Prva naloga je voda.", "Stran 2 od 2"],
            ),
            "",
            "sl",
        )
        assert (found.kind, found.pages, found.problems) == ("pdf", 2, ())
        assert [(one.page, one.number, one.text) for one in found.paragraphs] == [
            (1, 1, "Program sodelovanja"),
            (1, 2, "V prvem letu bomo uredili trg pred obno in zasadili drevesa. Nato bomo zgradili vrtec."),
            (2, 1, "- Prva naloga je voda."),
        ]
        assert len(found.paragraphs[1].sentences) == 2

    def test_pdf_that_is_only_protected_against_changes_is_read(self) -> None:
        assert texts(read(pdf(["Odprto."], owner_password="skrbnik"))) == ["Odprto."]

    def test_plain_text_by_line(self) -> None:
        assert texts(read("\ufeffPrva.\r\n\r\n Druga.\0\n".encode(), "text/plain")) == ["Prva.", "Druga."]

    def test_headings_and_items_are_paragraphs(self) -> None:
        page = "NASLOV\nTo je prva vrstica odstavka, ki gre\nčez dve vrstici.\n\n• Ena\n• Dve\n3) Tri\nin pol"
        assert paragraphs(page) == [
            "NASLOV",
            "To je prva vrstica odstavka, ki gre čez dve vrstici.",
            "• Ena",
            "• Dve",
            "3) Tri in pol",
        ]

    def test_clean_text_fits_any_database(self) -> None:
        assert clean("\ud800a\u0000b\u200bc\u00a0\td c\u030c") == "?abc d č"


def bomb() -> bytes:
    """A Word document of a few hundred kilobytes that unpacks to 200 MB."""
    return zipped(**{"[Content_Types]_dot_xml": b"<Types/>", "word__document_dot_xml": b" " * (200 * 1024 * 1024)})


def odt_with_password() -> bytes:
    manifest = b"<manifest:manifest><manifest:encryption-data/></manifest:manifest>"
    return zipped(
        mimetype=b"application/vnd.oasis.opendocument.text",
        **{"META-INF__manifest_dot_xml": manifest, "content_dot_xml": b"\x00\x01"},
    )


def lying_docx() -> bytes:
    """A part that is longer than it says."""
    content = bytearray(docx("Besedilo."))
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as archive:
        part = archive.getinfo("word/document.xml")
    size = part.file_size.to_bytes(4, "little")
    return bytes(content.replace(size, (10).to_bytes(4, "little")))


WRONG: dict[str, tuple[Any, Problem]] = {
    "empty": (lambda: b"", Problem.EMPTY),
    "picture": (lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 99, Problem.UNKNOWN_TYPE),
    "old Word": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 999, Problem.UNKNOWN_TYPE),
    "Word with a password": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        Problem.ENCRYPTED,
    ),
    "PDF with a password": (lambda: pdf(["Skrito."], password="geslo"), Problem.ENCRYPTED),
    "ODT with a password": (odt_with_password, Problem.ENCRYPTED),
    "scan": (lambda: pdf([], []), Problem.NO_TEXT),
    "PDF cut off": (lambda: pdf(["Besedilo."])[:200], Problem.DAMAGED),
    "PDF in name only": (lambda: b"%PDF-1.7\n" + b"nonsense " * 50, Problem.DAMAGED),
    "DOCX cut off": (lambda: docx("Besedilo.")[:3000], Problem.DAMAGED),
    "DOCX that lies about its size": (lying_docx, Problem.DAMAGED),
    "archive of something else": (lambda: zipped(a_dot_txt=b"text"), Problem.UNKNOWN_TYPE),
    "DOCX without XML": (
        lambda: zipped(**{"[Content_Types]_dot_xml": b"x", "word__document_dot_xml": b"x"}),
        Problem.DAMAGED,
    ),
    "bomb": (bomb, Problem.TOO_MUCH_WORK),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_said(name: str) -> None:
    make, problem = WRONG[name]
    found = read(make(), "", "sl")
    assert (found.paragraphs, found.problems) == ((), (problem,))
    assert problem_words(problem)


def test_long_files_are_cut_short() -> None:
    short = replace(Limits(), pages=2, characters=30)
    found = read(pdf(["Prva stran."], ["Druga stran."], ["Tretja stran."]), limits=short)
    assert texts(found) == ["Prva stran.", "Druga stran."]
    assert found.problems == (Problem.CUT_SHORT,)
    assert read(docx("a" * 29, "b" * 2), limits=short).problems == (Problem.CUT_SHORT,)
    assert read(b"a" * 31, "text/plain", limits=replace(short, bytes=30)).problems == (Problem.TOO_LARGE,)


def test_content_decides_and_a_lie_is_noted() -> None:
    found = read(pdf(["Besedilo."]), DOCX)
    assert (found.kind, found.problems) == ("pdf", (Problem.MISLABELLED,))


class TestIsolation:
    """The reading process."""

    def test_gives_the_same_as_reading_here(self) -> None:
        content = write_odt("Program", ["Do 1. januarja. Nato še."])
        file = io.BytesIO(content)
        file.seek(7)
        assert extract_text(file, language="sl") == read(content, "", "sl")

    def test_is_stopped_when_it_takes_too_long(self) -> None:
        # Without spaces the tokeniser's expressions go back and forth for minutes.
        hostile = io.BytesIO(b"a." * 100_000)
        found = extract_text(hostile, "text/plain", language="sl", limits=replace(Limits(), seconds=2))
        assert found.problems == (Problem.TOO_MUCH_WORK,)

    def test_is_stopped_when_it_takes_too_much_memory(self) -> None:
        limits = replace(Limits(), memory=300 * 1024 * 1024, bytes=400 * 1024 * 1024)
        found = extract_text(io.BytesIO(b"a\n" * 40_000_000), "text/plain", limits=limits)
        assert found.problems == (Problem.TOO_MUCH_WORK,)

    def test_a_file_over_the_limit_is_not_even_started(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("subprocess.run", None)
        assert extract_text(io.BytesIO(b"%PDF-" * 10), limits=replace(Limits(), bytes=9)).problems == (
            Problem.TOO_LARGE,
        )


def test_found_text_goes_through_json() -> None:
    found = ExtractedText("pdf", 1, (Paragraph(1, 1, "Ena. Dve.", ((0, 4), (5, 9))),), (Problem.CUT_SHORT,))
    assert ExtractedText.from_data(json.loads(json.dumps(found.as_data()))) == found
    assert found.text == "Ena. Dve."
