"""The pledge list and the admin's lists as files, with the columns of the record's export, so that they import."""

import tempfile
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from zaveza import clock
from zaveza.base.methods import read_only

from .as_of import AsOf
from .exchange.exporting import CITATION, LICENCE, describe, rows_of
from .exchange.scope import Scope
from .exchange.sources import ABOUT
from .exchange.table import Table
from .exchange.tables import BY_NAME
from .exchange.writers import Book, csv_lines, json_lines
from .exchange.xlsx import TooLong
from .filters import PledgeFilterSet, UnknownFilters

LICENCE_ADDRESS = "https://creativecommons.org/licenses/by/4.0/"
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/x-ndjson",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# A workbook is made as a whole before its first byte is sent.
MOST_ROWS_OF_WORKBOOK = 20_000


@read_only
def pledge_export(request: HttpRequest, form: str) -> HttpResponseBase:
    """The pledge list as CSV, XLSX or JSON Lines, with the same filters, order and `as-of` as the page.

    400 for a filter that does not exist. Each row says as of when it is, under which licence and from where.
    """
    try:
        filterset = PledgeFilterSet(request.GET, strict=True)
    except UnknownFilters as error:
        return HttpResponse("\n".join(error.problems), status=400, content_type="text/plain; charset=utf-8")
    records = filterset.rows.prefetch_related(None)
    if form == "xlsx" and records.count() > MOST_ROWS_OF_WORKBOOK:
        words = f"More than {MOST_ROWS_OF_WORKBOOK} rows: take CSV or JSON Lines, or narrow the list down."
        return HttpResponse(words, status=400, content_type="text/plain; charset=utf-8")
    source = request.build_absolute_uri(filterset.url())
    response = table_response(
        BY_NAME["pledges"], Scope.public(filterset.as_of.day), records, form, cited=_citation(filterset.as_of, source)
    )
    response["Link"] = f'<{LICENCE_ADDRESS}>; rel="license", <{source}>; rel="canonical"'
    response["X-Robots-Tag"] = "noindex"
    return response


def _citation(as_of: AsOf, source: str) -> list[str]:
    return [as_of.today.isoformat(), LICENCE, source]


def table_response(
    table: Table, scope: Scope, records: QuerySet, form: str, *, cited: list[str] | None = None
) -> HttpResponseBase:
    """Records of one table as a file; CSV and JSON Lines are read piece by piece while they are sent.

    `cited`: what each row says in the columns `CITATION`.
    """
    head = [*table.head(scope), *(CITATION if cited else ())]
    rows: Iterator[list[Any]] = rows_of(table, scope, records)
    if cited:
        rows = ([*row, *cited] for row in rows)
    day = (scope.day or clock.today()).isoformat()
    name = f"zaveza-{table.name}-{day}.{form}"
    response: HttpResponseBase
    if form == "xlsx":
        try:
            response = FileResponse(_workbook(table, scope, head, rows), content_type=TYPES[form])
        except TooLong as error:
            return HttpResponse(str(error), status=400, content_type="text/plain; charset=utf-8")
    else:
        lines = csv_lines(head, rows) if form == "csv" else json_lines(head, rows)
        response = StreamingHttpResponse(lines, content_type=TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _workbook(table: Table, scope: Scope, head: list[str], rows: Iterator[list[Any]]) -> Any:
    """The table and a sheet that says what it is."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    try:
        with Book(file) as book:
            count = book.table(table.name, head, rows, lambda done: None)
            about = describe(scope, {table.name: count}, xlsx=True)
            facts = [[name, str(about[name])] for name in ("title", "homepage", "created", "as_of", "content")]
            licence = [] if scope.full else [["licence", LICENCE], ["licence_address", LICENCE_ADDRESS]]
            book.table(ABOUT, ["name", "value"], [*facts, *licence, ["rows", str(count)]], lambda done: None)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file
