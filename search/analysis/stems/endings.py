"""Taking endings off."""

from collections.abc import Iterable


def longest_first(*groups: str) -> tuple[str, ...]:
    """Endings written with spaces between, the longest first, each once."""
    return tuple(sorted({ending for group in groups for ending in group.split()}, key=lambda e: (-len(e), e)))


def strip_one(word: str, endings: Iterable[str], least: int) -> str:
    """The word without the first of these endings that leaves at least so many letters."""
    for ending in endings:
        if word.endswith(ending) and len(word) - len(ending) >= least:
            return word[: -len(ending)]
    return word
