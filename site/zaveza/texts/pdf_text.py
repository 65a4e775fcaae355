"""Paragraphs of a PDF, which knows only lines on pages."""

import io
import re
from collections.abc import Iterator

from pypdf import PdfReader
from pypdf.errors import FileNotDecryptedError

from .cleaning import clean
from .extracted import Limits, Problem, UnreadableError

_PAGE_NUMBER = re.compile(
    r"^[-–—\s]*(?:(?:stran|str\.|page|strona)\s*)?\d{1,4}(?:\s*(?:/|od|of|z)\s*\d{1,4})?[-–—\s]*$", re.I
)
_ITEM = re.compile(r"^(?:[•▪●■◦‣·*–—-]\s|\(?(?:\d{1,2}|[a-zčšž])[.)]\s)")
_ENDED = re.compile(r"[.!?…:;][”“»\")]*$")
_HYPHENATED = re.compile(r"[^\W\d_]-$")
# A line shorter than this part of the longest one of its page ends its paragraph, if it ends a sentence.
_SHORT = 0.8


def pages(content: bytes, limits: Limits) -> tuple[int, Iterator[tuple[int, list[str]]]]:
    """The number of pages, and each page (from 1) with its paragraphs, as many as the limits allow."""
    reader = PdfReader(io.BytesIO(content))
    # Many files are encrypted only against changes: they open without a password.
    if reader.is_encrypted and not reader.decrypt(""):
        raise UnreadableError(Problem.ENCRYPTED)
    try:
        count = len(reader.pages)
    except FileNotDecryptedError as error:
        raise UnreadableError(Problem.ENCRYPTED) from error
    return count, _pages(reader, min(count, limits.pages))


def _pages(reader: PdfReader, count: int) -> Iterator[tuple[int, list[str]]]:
    for index in range(count):
        yield index + 1, paragraphs(reader.pages[index].extract_text() or "")


def paragraphs(text: str) -> list[str]:
    """Lines of a page joined to paragraphs; page numbers are dropped, words cut at the end of a line are mended."""
    lines = [clean(line) for line in text.splitlines()]
    longest = max(map(len, lines), default=0)
    found: list[str] = []
    last = ""
    for line in lines:
        if line and not _PAGE_NUMBER.match(line):
            if found and last and _continues(last, line, longest):
                found[-1] = _joined(found[-1], line)
            else:
                found.append(line)
        last = line
    return found


def goes_on(paragraph: str, following: str) -> bool:
    """Whether a sentence runs over the end of a page."""
    return not _ENDED.search(paragraph) and following[:1].islower() and not _ITEM.match(following)


def joined(paragraph: str, following: str) -> str:
    """Two parts of one paragraph."""
    return _joined(paragraph, following)


def _continues(last: str, line: str, longest: int) -> bool:
    if _ITEM.match(line):
        return False
    if line[:1].islower() or _HYPHENATED.search(last):
        return True
    if _ENDED.search(last):
        return len(last) >= _SHORT * longest
    # Without an end it is a heading, unless the line is full.
    return len(last) >= _SHORT * longest


def _joined(before: str, line: str) -> str:
    if _HYPHENATED.search(before) and line[:1].islower():
        return before[:-1] + line
    return f"{before} {line}"
