"""What is found in a file, and how much of it is looked at. Without Django: the reading process has none."""

import enum
from dataclasses import asdict, dataclass
from typing import Any


class Problem(enum.StrEnum):
    """Why a file gave no text, or not all of it."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    UNKNOWN_TYPE = "unknown_type"
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    NO_TEXT = "no_text"
    TOO_MUCH_WORK = "too_much_work"
    # The text is there all the same.
    CUT_SHORT = "cut_short"
    MISLABELLED = "mislabelled"


@dataclass(frozen=True)
class Limits:
    """How much of a file is looked at, and what the reading process may use."""

    bytes: int = 20 * 1024 * 1024
    pages: int = 500
    characters: int = 500_000
    # Unpacked size of all parts of a DOCX or ODT, and their number.
    unpacked_bytes: int = 100 * 1024 * 1024
    parts: int = 5_000
    seconds: int = 20
    memory: int = 1024 * 1024 * 1024


@dataclass(frozen=True)
class Paragraph:
    """One paragraph on one line. `sentences` are (start, end) offsets in `text`, in order, without gaps but spaces.

    `page` counts from 1 and is None where the format knows no pages; `number` counts from 1 within the page, or
    within the document where there are no pages.
    """

    page: int | None
    number: int
    text: str
    sentences: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class ExtractedText:
    """The paragraphs of a file; `kind` is what its content is (`pdf`, `docx`, `odt`, `text`, or empty)."""

    kind: str = ""
    pages: int | None = None
    paragraphs: tuple[Paragraph, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def text(self) -> str:
        """All paragraphs, one per line."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)

    def as_data(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> "ExtractedText":
        """What `as_data` gave, also by way of JSON. Raises `KeyError`, `TypeError` or `ValueError` else."""
        return cls(
            kind=data["kind"],
            pages=data["pages"],
            paragraphs=tuple(
                Paragraph(
                    page=item["page"],
                    number=item["number"],
                    text=item["text"],
                    sentences=tuple((start, end) for start, end in item["sentences"]),
                )
                for item in data["paragraphs"]
            ),
            problems=tuple(Problem(problem) for problem in data["problems"]),
        )


class UnreadableError(Exception):
    """A file gives no text at all; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.value)
        self.problem = problem
