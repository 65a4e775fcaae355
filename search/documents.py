"""What the search index keeps of one record, whatever kind it is."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

# Types in the order in which readers are offered them.
TYPES = (
    "pledge",
    "programme",
    "person",
    "municipality",
    "news",
    "project",
    "event",
    "practice",
    "edition",
    "initiatives",
    "document",
    "page",
)

# Codes by which documents are narrowed down; their values are slugs, codes, years or public ids, of a project its
# translation key. The language is always that of
# the document, whatever its facets say.
FACETS = ("municipality", "region", "edition", "topic", "status", "hub", "language", "person", "project", "year")


@dataclass(frozen=True)
class SearchDocument:
    """One searchable text with everything that a hit shows, so that a page of hits needs no query per type.

    `id` is the public id (`AJD-2022-04`, `page-<translation key>-<language>`). `title` and `body` are plain text in
    `language`; words in other languages go to the end of `body` and, for a title, to `data["titles"]`.

    `url` is a path. A record without a language of its own gives it without the language prefix
    (`/pledges/AJD-2022-04/`) and sets `data["language_neutral"]`: the reader's language is put in front. A page gives
    its full path (`/ka/…`).

    A hit shows these keys of `data` where they are set: `titles` (by language), `status` (code of a status or gate),
    `place`, `person`, `hub` (names), `edition` (year), `checked` (ISO date), `number` (the id as readers know it),
    `file` and `bytes` (kind and size of the file to which the address leads: `PDF`), `quoted` (so many characters at
    the start of the body are somebody's own words), `facts` (so many at its end are what the hit says anyway, such as
    names).

    `marks` are public ids of what happened to the record, such as assessments and corrections: a new one is a change of
    the document that its followers are told of in words (`search.follows.register_describer`).
    """

    id: str
    type: str
    language: str
    title: str
    body: str
    url: str
    facets: Mapping[str, Sequence[str]] = field(default_factory=dict)
    date: dt.date | None = None
    due: dt.date | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    marks: Sequence[str] = ()
