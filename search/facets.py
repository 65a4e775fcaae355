"""Facet values as index tokens, so that a filter is a part of the full-text query (design: search, 7)."""

import re
from collections.abc import Iterable

from .documents import SearchDocument

_PLAIN = re.compile(r"[^a-y0-9]")
# PostgreSQL takes lexemes of up to 2,046 bytes; a value this long is no slug, code or year of ours.
MAX_VALUE = 200


def facet_token(code: str, value: str) -> str:
    """One token `[a-z0-9]` for a facet value; different values never share one.

    Any character but a-y and 0-9 becomes its number between two `z`; `zz` after the code ends it.
    """
    return f"{code}zz" + _PLAIN.sub(lambda found: f"z{ord(found[0]):x}z", value[:MAX_VALUE])


def facet_text(document: SearchDocument) -> str:
    """All facet tokens of a document, its type among them, and its language: that of its text, by which is counted."""
    values: dict[str, Iterable[str]] = {
        **document.facets,
        "type": [document.type],
        "language": [document.language],
    }
    tokens = {facet_token(code, str(value)) for code, many in values.items() for value in many}
    return " ".join(sorted(tokens))
