"""The ledger in public: its days, one row, the whole of it to download, and what verifies it."""

from pathlib import Path
from typing import Any

from django.db.models import Count, Max
from django.db.models.functions import TruncDate
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zaveza import clock
from zaveza.base.pagination import paginate

from ..enums import LedgerKind
from ..ledger import reading, verify
from ..models import LedgerRow
from .frame import crumbs

DAYS_PER_PAGE = 31
DOWNLOAD_NAME = "zaveza-ledger.jsonl"
VERIFIER_NAME = "verify.py"


@require_safe
def ledger(request: HttpRequest) -> HttpResponse:
    """What the ledger is, its head, and day by day how many rows it had at the end of the day, with their hash."""
    rows = LedgerRow.objects.filter(at__lte=clock.now())
    head = rows.order_by("-sequence").first()
    page = paginate(request, _days(rows), DAYS_PER_PAGE)
    heads = LedgerRow.objects.in_bulk([day["last"] for day in page])
    return render(
        request,
        "pages/ledger.html",
        {
            "head": head,
            "page_obj": page,
            "days": [{**day, "head": heads[day["last"]]} for day in page],
            "notices": [page.notice] if page.notice else [],
            "download_name": DOWNLOAD_NAME,
            "verifier_name": VERIFIER_NAME,
            "breadcrumbs": crumbs((_("Ledger"), None)),
            "description": _("Everything published about pledges, as one chain that anybody can verify."),
        },
    )


def _days(rows: Any) -> Any:
    return (
        rows.annotate(day=TruncDate("at", tzinfo=clock.SITE_ZONE))
        .order_by()
        .values("day")
        .annotate(count=Count("pk"), last=Max("sequence"))
        .order_by("-last")
    )


@require_safe
def ledger_row(request: HttpRequest, sequence: int) -> HttpResponse:
    """One row with its hashes and a link to what it records."""
    rows = LedgerRow.objects.filter(at__lte=clock.now())
    row = rows.filter(sequence=sequence).first() if sequence < 2**63 else None
    if row is None:
        raise Http404
    return render(
        request,
        "pages/ledger_row.html",
        {
            "row": row,
            "kind": LedgerKind(row.kind).label,
            "record_url": reverse("permanent", args=[row.record]),
            "has_next": rows.filter(sequence=sequence + 1).exists(),
            "breadcrumbs": crumbs((_("Ledger"), reverse("pledges:ledger")), (row.public_id, None)),
            "description": _("Row %(id)s of the ledger.") % {"id": row.public_id},
        },
    )


@require_safe
def ledger_download(request: HttpRequest) -> StreamingHttpResponse:
    """The whole ledger as JSON Lines, read piece by piece while it is sent."""
    answer = StreamingHttpResponse(reading.public_lines(), content_type="application/x-ndjson")
    answer["Content-Disposition"] = f'attachment; filename="{DOWNLOAD_NAME}"'
    return answer


@require_safe
def ledger_verifier(request: HttpRequest) -> FileResponse:
    """The stand-alone verifier."""
    return FileResponse(
        Path(verify.__file__).open("rb"), as_attachment=True, filename=VERIFIER_NAME, content_type="text/x-python"
    )
