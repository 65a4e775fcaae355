#!/usr/bin/env python3
"""Verify a downloaded copy of the ledger: `python3 verify.py ledger.jsonl [--head HASH]`.

Needs nothing but Python 3.11 or later. Every line of the file is one row as a JSON object:

    format          version of this format (1)
    sequence        1, 2, 3 ... without a gap
    kind            assessment, reply, correction, amendment, withdrawal or merge
    at              when it was published, in UTC
    record          id of the record
    content         what was published; absent where the record is not public any more
    content_sha256  SHA-256 of the content as canonical JSON (RFC 8785)
    texts           the words behind the digests in the content, each with its salt; absent where erased
    previous        hash of the row before (64 zeros in the first row)
    hash            SHA-256 of the canonical JSON of format, sequence, kind, at, record, content_sha256 and previous

A text stands in the content as a digest: SHA-256 of its salt followed by the text, both in UTF-8. A text that was
erased by law is gone with its salt, the digest stays: such a row still verifies.

Exit code: 0 the chain is whole, 1 it is broken (the first broken row is named), 2 the file cannot be read.
"""

import argparse
import functools
import hashlib
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

FORMAT = 1
GENESIS = "0" * 64
# What RFC 8785 writes the same in every language; beyond it numbers lose digits elsewhere.
LARGEST_NUMBER = 2**53 - 1
LINKED = ("format", "sequence", "kind", "at", "record", "content_sha256", "previous")


def canonical(value: Any) -> bytes:
    """Canonical JSON (RFC 8785) of values without floats. Raises `ValueError` for what has no such form."""
    return _written(value).encode("utf-8")


# How Python writes a string as JSON is the canonical form.
_string = json.encoder.encode_basestring
_CONSTANTS = {None: "null", True: "true", False: "false"}
_CONSTANT = frozenset(map(type, _CONSTANTS))


def _written(value: Any, place: str = "", digests: dict[str, str] | None = None) -> str:
    """As canonical JSON. On the way the digests of texts are noted by their places (`evidence/0/excerpt`)."""
    if isinstance(value, dict):
        return _object(value, place, digests)
    if isinstance(value, (list, tuple)):
        items = enumerate(value)
        # A list within a list holds no text.
        written = [_written(item, f"{place}{n}/", digests if isinstance(item, dict) else None) for n, item in items]
        return "[" + ",".join(written) + "]"
    if isinstance(value, str):
        return _string(value)
    if type(value) in _CONSTANT:
        return _CONSTANTS[value]
    if isinstance(value, int) and abs(value) <= LARGEST_NUMBER:
        return str(value)
    raise ValueError(f"no canonical form: {value!r}")


def _object(value: dict[str, Any], place: str, digests: dict[str, str] | None) -> str:
    members = []
    for name, label in _labels(tuple(value)):
        item = value[name]
        kind = type(item)
        if kind is str:
            members.append(label + _string(item))
        elif kind in _CONSTANT:
            members.append(label + _CONSTANTS[item])
        else:
            if digests is not None and kind is dict and len(item) == 1 and type(item.get("digest")) is str:
                digests[place + name] = item["digest"]
            members.append(label + _written(item, f"{place}{name}/", digests))
    return "{" + ",".join(members) + "}"


@functools.lru_cache(maxsize=256)
def _labels(names: tuple[str, ...]) -> list[tuple[str, str]]:
    """Each name and how it begins its member, sorted; rows of one kind have the same names again and again."""
    if not all(isinstance(name, str) for name in names):
        raise ValueError("a name that is not a string")
    # By their UTF-16 code units.
    return [(name, _string(name) + ":") for name in sorted(names, key=lambda name: name.encode("utf-16-be"))]


def sha256(data: bytes) -> str:
    """In hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def text_digest(salt: str, text: str) -> str:
    """The digest under which a text stands in the content."""
    return sha256(salt.encode("utf-8") + text.encode("utf-8"))


def row_hash(row: Mapping[str, Any], **changed: Any) -> str:
    """The hash of a row, or of that row with other values."""
    return sha256(canonical({name: changed.get(name, row.get(name)) for name in LINKED}))


@dataclass(frozen=True)
class Fault:
    """The first broken row: its number, what happened (`altered`, `reordered`, `deleted`, `inserted`), and how."""

    sequence: int
    what: str
    detail: str

    def __str__(self) -> str:
        return f"L-{self.sequence}: {self.what}: {self.detail}"


@dataclass
class Result:
    """What a pass over the ledger found."""

    rows: int = 0
    contents: int = 0
    texts: int = 0
    erased: int = 0
    head: str = GENESIS
    fault: Fault | None = None


# What reading a row raises whose values are of other kinds than a row has, or nested without end.
_MALFORMED = (ValueError, TypeError, KeyError, AttributeError, RecursionError)


def verify(rows: Iterable[Mapping[str, Any]]) -> Result:
    """Check every row and stop at the first broken one. Memory does not grow with the ledger."""
    result = Result()
    before_last = GENESIS
    rows = iter(rows)
    for row in rows:
        expected = result.rows + 1
        try:
            fault = _broken_link(row, expected, result.head, before_last, rows) or _broken_content(row, result)
        except _MALFORMED as error:
            fault = Fault(expected, "altered", f"it has not the form of a row ({type(error).__name__}: {error})")
        if fault:
            result.fault = fault
            break
        before_last, result.head = result.head, row["hash"]
        result.rows = expected
    return result


def _broken_link(
    row: Mapping[str, Any], expected: int, head: str, before_last: str, rest: Iterator[Mapping[str, Any]]
) -> Fault | None:
    """Why this row is not the next link, if it is not. Reads on in `rest` only to say what happened."""
    if "unreadable" in row:
        return Fault(expected, "altered", f"the line cannot be read ({row['unreadable']})")
    if row.get("format") != FORMAT:
        return Fault(expected, "altered", f"unknown format {row.get('format')!r}")
    sequence = row.get("sequence")
    if not isinstance(sequence, int):
        return Fault(expected, "altered", "it has no number")
    if sequence != expected:
        if sequence < expected:
            return Fault(sequence, "inserted", f"a second row of this number, after L-{expected - 1}")
        if any(later.get("sequence") == expected for later in rest):
            return Fault(expected, "reordered", f"L-{sequence} stands in its place")
        missing = f"L-{expected}" if sequence == expected + 1 else f"L-{expected} to L-{sequence - 1}"
        return Fault(expected, "deleted", f"{missing} missing before L-{sequence}")
    try:
        own = row_hash(row)
    except ValueError as error:
        return Fault(expected, "altered", str(error))
    if row.get("previous") == head:
        return None if own == row.get("hash") else Fault(expected, "altered", "its hash is not that of its values")
    if expected > 1 and row.get("previous") == before_last:
        return Fault(expected - 1, "inserted", f"L-{expected} follows the row before it")
    successor = next((later for later in rest if later.get("previous") == head), None)
    if successor is not None:
        number = successor.get("sequence")
        if row.get("hash") == row_hash(row, sequence=number):
            return Fault(expected, "reordered", f"it is L-{number} by its hash")
        return Fault(expected, "inserted", f"the row that follows L-{expected - 1} is further on")
    if own != row.get("hash") and row.get("hash") == row_hash(row, sequence=expected + 1):
        return Fault(expected, "deleted", f"the row of this number is L-{expected + 1} by its hash")
    return Fault(expected, "altered", "it does not follow the row before")


def _broken_content(row: Mapping[str, Any], result: Result) -> Fault | None:
    sequence = row["sequence"]
    if row.get("missing"):
        return Fault(sequence, "inserted", f"there is no published record {row['record']}")
    content = row.get("content")
    if content is None:
        return None
    digests: dict[str, str] = {}
    try:
        # One walk writes the content and finds its digests.
        same = sha256(_written(content, "", digests).encode("utf-8")) == row["content_sha256"]
    except ValueError as error:
        return Fault(sequence, "altered", str(error))
    if not same:
        return Fault(sequence, "altered", f"the content of {row['record']} is not what was published")
    result.contents += 1
    texts = row.get("texts") or {}
    known = 0
    for place, digest in digests.items():
        text = texts.get(place)
        if text is None:
            result.erased += 1
            continue
        known += 1
        if text_digest(text["salt"], text["text"]) != digest:
            return Fault(sequence, "altered", f"the text {place} of {row['record']} is not what was published")
    result.texts += known
    if known != len(texts):
        unknown = sorted(set(texts) - set(digests))
        return Fault(sequence, "altered", f"the content has no text {unknown[0]}")
    return None


def lines(file: Iterable[bytes]) -> Iterator[Mapping[str, Any]]:
    """The rows of a file in JSON Lines."""
    for line in file:
        if line.strip():
            try:
                row = _read(line)
            except (ValueError, RecursionError) as error:
                row = {"unreadable": str(error)}
            yield row if isinstance(row, dict) else {"unreadable": "no JSON object"}


def _read(line: bytes) -> Any:
    try:
        return _decode(line.decode("utf-8"))
    except ValueError:
        # Slower, with every encoding that JSON may have and with the words for what is wrong.
        return json.loads(line)


_decode = json.JSONDecoder().decode


def report(result: Result, head: str = "") -> str:
    """The result in words; empty `head`: there is none to compare with."""
    if result.fault:
        return f"BROKEN at {result.fault}\n{result.rows} rows before it are whole."
    words = (
        f"{result.rows} rows are one unbroken chain; {result.contents} contents and {result.texts} texts agree, "
        f"{result.erased} texts were erased.\nHead: {result.head}"
    )
    if head and head != result.head:
        words += f"\nBROKEN: the head should be {head}: rows at the end are missing or more were added."
    return words


def main(arguments: list[str] | None = None) -> int:
    """Verify the file named on the command line."""
    parser = argparse.ArgumentParser(description="Verify a downloaded copy of the ledger.")
    parser.add_argument("file", help="the ledger as JSON Lines")
    parser.add_argument("--head", default="", help="the hash that the last row should have, as published")
    options = parser.parse_args(arguments)
    try:
        with open(options.file, "rb") as file:
            result = verify(lines(file))
    except OSError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    sys.stdout.write(report(result, options.head) + "\n")
    return 1 if result.fault or (options.head and options.head != result.head) else 0


if __name__ == "__main__":
    sys.exit(main())
