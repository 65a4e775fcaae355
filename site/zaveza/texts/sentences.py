"""Sentences of a paragraph: the units in which two people's marks are compared.

Slovene is cut by `obeliks`, the tokeniser of CLARIN.SI, which knows its abbreviations (`d. o. o.`), ordinals
(`1. januarja`) and dates; it cuts English and Polish well. Georgian has no capitals, on which it relies, and is cut
after every full stop that follows a word.
"""

import re
from collections.abc import Iterator

import obeliks

# One for one, so that offsets stay: obeliks writes XML and would take these for its own.
_MARKUP = str.maketrans("&<>", "+()")
_GEORGIAN_END = re.compile(r"(?<=[^\W\d_][.!?…])[”“»\")]*\s+")


def cut(text: str, language: str) -> tuple[tuple[int, int], ...]:
    """(start, end) of each sentence of a paragraph on one line; every character but spaces is in one of them."""
    ends = list(_georgian_ends(text) if language == "ka" else _slovene_ends(text))
    sentences, start = [], 0
    for end in [*ends, len(text)]:
        piece = text[start:end]
        if piece.strip():
            first = start + len(piece) - len(piece.lstrip())
            sentences.append((first, first + len(piece.strip())))
            start = end
    return tuple(sentences)


def _slovene_ends(text: str) -> Iterator[int]:
    for paragraph in obeliks.run(text.translate(_MARKUP), object_output=True) if text.strip() else ():
        for sentence in paragraph:
            if sentence["sentence"]:
                yield sentence["sentence"][-1]["end_char"]


def _georgian_ends(text: str) -> Iterator[int]:
    return (match.end() for match in _GEORGIAN_END.finditer(text))
