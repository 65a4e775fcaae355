"""Synonyms that a new site begins with."""

from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("synonyms.txt")
_RELATED = "~"


def groups() -> list[tuple[str, bool]]:
    """The words of each group, one in each line, and whether they are only related."""
    lines = (line.strip() for line in FILE.read_text(encoding="utf-8").splitlines())
    return [
        ("\n".join(word.strip() for word in line.removeprefix(_RELATED).split("=")), line.startswith(_RELATED))
        for line in lines
        if line and not line.startswith("#")
    ]


def load(model: Any) -> None:
    """Add the groups that are not there yet."""
    known = set(model.objects.values_list("words", flat=True))
    model.objects.bulk_create(
        [model(words=words, related=related) for words, related in groups() if words not in known]
    )
