"""The import wizard of the admin: a file, what it would do, the word to do it, what it did.

Every step is a page of its own address; while a file is worked on, the page asks again by itself.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem

from ..enums import ImportState
from ..exchange import jobs
from ..exchange.tables import BY_NAME
from ..forms.imports import ImportForm
from ..models import ImportJob
from ..permissions import is_administrator

# Problems that the page itself shows; the file to download has them all.
PROBLEMS_SHOWN = 200
JOBS_SHOWN = 20
SECONDS_TO_NEXT_LOOK = 3


def may_import(user: Any) -> bool:
    """Whether somebody may bring files at all; what they write is decided row by row."""
    return bool(user.is_active and user.has_perm("pledges.add_importjob"))


def _own_jobs(user: Any) -> QuerySet[ImportJob]:
    if not may_import(user):
        raise PermissionDenied
    found = ImportJob.objects.select_related("user")
    return found if is_administrator(user) else found.filter(user=user)


def _own_job(user: Any, pk: int) -> ImportJob:
    """One of them; what is not there and what is another's are answered alike."""
    found = _own_jobs(user).filter(pk=pk).first()
    if found is None:
        raise PermissionDenied
    return found


def upload(request: HttpRequest) -> HttpResponse:
    """The form, and the imports of before."""
    earlier = _own_jobs(request.user)
    form = ImportForm(request.POST or None, request.FILES or None) if request.method == "POST" else ImportForm()
    if request.method == "POST" and form.is_valid():
        return redirect("pledges_import:job", jobs.start(form.cleaned_data["file"], request.user).pk)
    return render(
        request,
        "pledges/admin/import_upload.html",
        {**_frame(), "form": form, "jobs": earlier[:JOBS_SHOWN], "tables": BY_NAME},
    )


@require_GET
def job(request: HttpRequest, pk: int) -> HttpResponse:
    """What a file would do, is doing, or did."""
    found = _own_job(request.user, pk)
    response = render(
        request,
        "pledges/admin/import_job.html",
        {
            **_frame(found),
            "job": found,
            "states": ImportState,
            "progress": jobs.progress_of(found) if found.is_waiting else None,
            "problems": found.problems[:PROBLEMS_SHOWN],
            "hidden_problems": max(0, found.problem_count - PROBLEMS_SHOWN),
            "totals": [sum(column) for column in zip(*(row[1:] for row in found.counts), strict=True)],
            "nothing_to_do": not any(row[1] or row[2] for row in found.counts),
        },
    )
    if found.is_waiting:
        response["Refresh"] = str(SECONDS_TO_NEXT_LOOK)
    return response


@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    """The word to write."""
    found = _own_job(request.user, pk)
    if found.user_id != request.user.pk:
        raise PermissionDenied
    if not jobs.confirm(found):
        messages.error(request, _("This import does not wait for your word any more."))
    return redirect("pledges_import:job", found.pk)


@require_GET
def problems(request: HttpRequest, pk: int) -> HttpResponse:
    """All that is wrong, as CSV."""
    found = _own_job(request.user, pk)
    response = HttpResponse(jobs.problems_csv(found), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="import-{found.pk}-problems.csv"'
    return response


def _frame(found: ImportJob | None = None) -> dict[str, Any]:
    items = [{"url": reverse("wagtailadmin_home"), "label": _("Home")}]
    items.append({"url": reverse("pledges_import:upload") if found else "", "label": _("Import")})
    if found:
        items.append({"url": "", "label": found.name})
    return {
        "page_title": found.name if found else _("Import"),
        "header_title": found.name if found else _("Import"),
        "header_icon": "upload",
        "breadcrumbs_items": items,
    }


class ImportMenuItem(MenuItem):
    """The wizard, for those who may bring files."""

    def __init__(self) -> None:
        super().__init__(
            gettext_lazy("Import"), reverse("pledges_import:upload"), name="import", icon_name="upload", order=160
        )

    def is_shown(self, request: HttpRequest) -> bool:
        return may_import(request.user)


app_name = "pledges_import"
urlpatterns: list[URLPattern] = [
    path("", upload, name="upload"),
    path("<int:pk>/", job, name="job"),
    path("<int:pk>/confirm/", confirm, name="confirm"),
    path("<int:pk>/problems.csv", problems, name="problems"),
]
