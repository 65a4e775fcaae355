"""A file's paragraphs, read in this very process. Files of strangers go through `isolation.extract_text`."""

import dataclasses
import itertools
import zipfile
from collections.abc import Iterable, Iterator

from . import docx_text, odt_text, pdf_text, sentences
from .cleaning import clean
from .extracted import ExtractedText, Limits, Paragraph, Problem, UnreadableError
from .kinds import CONTENT_TYPES, kind_of


def read(content: bytes, content_type: str = "", language: str = "", limits: Limits | None = None) -> ExtractedText:
    """The paragraphs of a file, with their sentences where a language is named. Never raises for what a file holds."""
    limits = limits or Limits()
    kind = ""
    try:
        if not content:
            raise UnreadableError(Problem.EMPTY)
        if len(content) > limits.bytes:
            raise UnreadableError(Problem.TOO_LARGE)
        kind = kind_of(content, content_type, limits)
        return _read(content, kind, content_type, language, limits)
    except UnreadableError as error:
        return ExtractedText(kind=kind, problems=(error.problem,))
    except MemoryError:
        return ExtractedText(kind=kind, problems=(Problem.TOO_MUCH_WORK,))
    except Exception:  # noqa: BLE001  # whatever three parsers raise on a broken file means the same
        return ExtractedText(kind=kind, problems=(Problem.DAMAGED,))


def _read(content: bytes, kind: str, content_type: str, language: str, limits: Limits) -> ExtractedText:
    problems = [Problem.MISLABELLED] if content_type in set(CONTENT_TYPES.values()) - {CONTENT_TYPES[kind]} else []
    pages: int | None = None
    if kind == "pdf":
        pages, by_page = pdf_text.pages(content, limits)
        found = _of_pages(by_page)
        if pages > limits.pages:
            problems.append(Problem.CUT_SHORT)
    else:
        found = _numbered(_texts(content, kind))
    kept, is_cut = _within(found, limits.characters)
    if not kept:
        raise UnreadableError(Problem.NO_TEXT)
    if is_cut and Problem.CUT_SHORT not in problems:
        problems.append(Problem.CUT_SHORT)
    if language:
        kept = [dataclasses.replace(one, sentences=sentences.cut(one.text, language)) for one in kept]
    return ExtractedText(kind=kind, pages=pages, paragraphs=tuple(kept), problems=tuple(problems))


def _texts(content: bytes, kind: str) -> Iterable[str]:
    try:
        if kind == "docx":
            yield from docx_text.paragraphs(content)
        elif kind == "odt":
            yield from odt_text.paragraphs(content)
        else:
            yield from content.decode("utf-8-sig").splitlines()
    except zipfile.BadZipFile as error:
        raise UnreadableError(Problem.DAMAGED) from error


def _numbered(texts: Iterable[str]) -> Iterator[Paragraph]:
    numbers = itertools.count(1)
    return (Paragraph(None, next(numbers), text) for text in map(clean, texts) if text)


def _of_pages(pages: Iterable[tuple[int, list[str]]]) -> Iterator[Paragraph]:
    """Paragraphs by page; one that runs over the end of a page stays whole, on the page where it begins."""
    last: Paragraph | None = None
    for page, texts in pages:
        number = 0
        for position, text in enumerate(texts):
            if last and position == 0 and pdf_text.goes_on(last.text, text):
                last = dataclasses.replace(last, text=pdf_text.joined(last.text, text))
                continue
            if last:
                yield last
            number += 1
            last = Paragraph(page, number, text)
    if last:
        yield last


def _within(found: Iterable[Paragraph], characters: int) -> tuple[list[Paragraph], bool]:
    kept: list[Paragraph] = []
    for paragraph in found:
        if len(paragraph.text) > characters:
            return kept, True
        characters -= len(paragraph.text)
        kept.append(paragraph)
    return kept, False
