"""All hits of a search as a table."""

import csv
import itertools
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.conf import settings
from django.db.models import F
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from zaveza import clock
from zaveza.base.cells import neutralised
from zaveza.base.methods import read_only

from .engines import embedded_engine
from .facets import facet_values
from .feeds import bad_request
from .follows import SearchFollow, Subject, UnknownSubject
from .registry import sources
from .services.digests import path_of, title_of

# The table says so when it ends before the last hit.
MOST_ROWS = 100_000
_CHUNK = 500


class _Line:
    """What `csv` writes to: it hands each line back."""

    def write(self, line: str) -> str:
        return line


@read_only
def search_table(request: HttpRequest) -> HttpResponseBase:
    """`/<language>/search/hits.csv`: every hit of a search, the newest first; 400 for filters that do not exist.

    Above the head stand the search, the moment, the engine and the number of hits, below it the rows; sent while they
    are read. Cells that a spreadsheet would run get an apostrophe in front.
    """
    follow = SearchFollow()
    try:
        subject = follow.read(request.GET)
    except UnknownSubject as error:
        return bad_request(request, error.problems)
    entries = follow.entries(request.GET).order_by(F("date").desc(nulls_last=True), "document_id")
    language = get_language() or settings.LANGUAGE_CODE
    # Written out now: the rows are read when the request and its language are over.
    kinds = {code: str(source.kind) for code, source in sources().items()}
    lines = _lines([*_about(subject, entries.count()), _head()], _rows(entries, language, kinds))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="zaveza-search-{clock.today().isoformat()}.csv"'
    response["X-Robots-Tag"] = "noindex"
    return response


def _about(subject: Subject, total: int) -> list[list[Any]]:
    site = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    rows: list[list[Any]] = [
        [_("Search"), subject.title],
        [pgettext("of a search", "Address"), f"{site}{subject.page_url}"],
        [pgettext("of a search", "Date"), clock.now().astimezone(clock.SITE_ZONE).isoformat(timespec="seconds")],
        [_("Search engine"), embedded_engine().name],
        [_("Hits"), total],
    ]
    if total > MOST_ROWS:
        rows.append([_("Rows below"), MOST_ROWS])
    return [*rows, []]


def _head() -> list[str]:
    return ["id", "type", "title", "language", "municipality", "edition", "status", "person", "date", "due", "url"]


def _rows(entries: Any, language: str, kinds: Mapping[str, str]) -> Iterator[list[Any]]:
    site = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    for entry in entries[:MOST_ROWS].iterator(chunk_size=_CHUNK):
        values = facet_values(entry.facets)
        yield [
            entry.document_id,
            kinds.get(entry.type, entry.type),
            title_of(entry, language),
            entry.language,
            " ".join(values.get("municipality", ())),
            " ".join(values.get("edition", ())),
            " ".join(values.get("status", ())),
            str(entry.data.get("person") or ""),
            entry.date.isoformat() if entry.date else "",
            entry.due.isoformat() if entry.due else "",
            f"{site}{path_of(entry, language)}",
        ]


def _lines(head: Iterable[list[Any]], rows: Iterator[list[Any]]) -> Iterator[str]:
    writer = csv.writer(_Line())
    # Spreadsheets take it for UTF-8 by this mark.
    yield "\ufeff"
    for row in itertools.chain(head, rows):
        yield writer.writerow([neutralised(cell) if isinstance(cell, str) else cell for cell in row])
