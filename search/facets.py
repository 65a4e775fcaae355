"""Facet values as index tokens `[a-z0-9]`: any engine can keep and compare them."""

import re
from collections.abc import Iterable
from functools import lru_cache

from .documents import SearchDocument

_PLAIN = re.compile(r"[^a-y0-9]")
_ENCODED = re.compile(r"z([0-9a-f]+)z")
# A value this long is no slug, code or year of ours.
MAX_VALUE = 200


@lru_cache(maxsize=20_000)
def facet_token(code: str, value: str) -> str:
    """One token `[a-z0-9]` for a facet value; different values never share one.

    Any character but a-y and 0-9 becomes its number between two `z`; `zz` after the code ends it.
    """
    return f"{code}zz" + _PLAIN.sub(lambda found: f"z{ord(found[0]):x}z", value[:MAX_VALUE])


@lru_cache(maxsize=20_000)
def read_facet_token(token: str) -> tuple[str, str]:
    """The facet and the value of a token."""
    code, _end, value = token.partition("zz")
    return code, _ENCODED.sub(lambda found: chr(int(found[1], 16)), value)


def facet_values(text: str) -> dict[str, list[str]]:
    """The values of each facet in what `facet_text` wrote."""
    values: dict[str, list[str]] = {}
    for token in text.split():
        code, value = read_facet_token(token)
        values.setdefault(code, []).append(value)
    return values


def facet_text(document: SearchDocument) -> str:
    """All facet tokens of a document, its type among them, and its language: that of its text, by which is counted."""
    values: dict[str, Iterable[str]] = {
        **document.facets,
        "type": [document.type],
        "language": [document.language],
    }
    tokens = {facet_token(code, str(value)) for code, many in values.items() for value in many}
    return " ".join(sorted(tokens))
