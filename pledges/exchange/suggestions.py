"""*Did you mean …?* for names and code words that nobody knows."""

from collections.abc import Iterable

from rapidfuzz import fuzz, process

from ..choices import fold

# Of 100; below it two words only share letters.
LEAST_LIKENESS = 70


def nearest(typed: str, known: Iterable[str]) -> str:
    """The known word that is most like the typed one, whatever its case and carets; empty where none is."""
    candidates = [word for word in known if word]
    found = process.extractOne(typed[:100], candidates, scorer=fuzz.ratio, processor=fold, score_cutoff=LEAST_LIKENESS)
    return found[0] if found else ""
