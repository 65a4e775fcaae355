"""The jobs of the admin's wizard: a file is checked in the background, and written once its owner says so."""

import csv
import datetime as dt
import io
import logging
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from zaveza import clock

from ..enums import ImportState
from ..models import ImportJob
from ..permissions import is_administrator
from .importing import Report, import_records
from .problems import ImportRefused
from .writers import BOM, csv_cell

logger = logging.getLogger(__name__)

# What the wizard takes, by the end of the name.
EXTENSIONS = ("xlsx", "csv", "zip")
PROBLEM_HEAD = ("table", "row", "key", "column", "message", "suggestion")
_PROGRESS_LIFETIME = 3600


def start(file: UploadedFile, user: Any) -> ImportJob:
    """Keep an uploaded file out of everybody's reach and have it checked."""
    now = clock.now()
    job = ImportJob.objects.create(
        user=user,
        name=Path(file.name or "").name[-255:],
        created_at=now,
        erase_on=clock.today() + dt.timedelta(days=settings.IMPORT_FILES_KEPT_DAYS),
    )
    suffix = Path(job.name).suffix.lower()
    job.file.save(f"import-{job.pk}-{now:%Y%m%d}{suffix}", file)
    _enqueue(job)
    return job


def confirm(job: ImportJob) -> bool:
    """Have a checked job written; False where it does not wait for that any more."""
    waits = ImportJob.objects.filter(pk=job.pk, state=ImportState.CHECKED).exclude(file="")
    if not waits.update(state=ImportState.WRITING):
        return False
    _enqueue(job)
    return True


def _enqueue(job: ImportJob) -> None:
    language = translation.get_language() or settings.LANGUAGE_CODE
    transaction.on_commit(lambda: run_job.enqueue(job.pk, language))


@task
def run_job(pk: int, language: str) -> None:
    """Check the file of a job, or write it where its owner has said so."""
    job = ImportJob.objects.select_related("user").get(pk=pk)
    if not job.is_waiting:
        return
    is_check = job.state == ImportState.CHECKING
    with translation.override(language):
        try:
            report = import_records(
                Path(default_storage.path(job.file.name)),
                name=job.name,
                user=job.user,
                is_confined=not is_administrator(job.user),
                dry_run=is_check,
                progress=lambda table, done: cache.set(_key(pk), [table, done], _PROGRESS_LIFETIME),
            )
        except ImportRefused as refused:
            job.state = ImportState.REFUSED
            job.problem_count = refused.count
            job.problems = [
                [found.table, found.row, found.key, found.column, found.message, found.suggestion]
                for found in refused.problems
            ]
        except Exception:
            # Whatever it was: the job says that it failed, so that nobody waits for it, and the log says why.
            logger.exception("Import %s failed", pk)
            job.state = ImportState.FAILED
        else:
            job.state = ImportState.CHECKED if is_check else ImportState.DONE
            _note(job, report)
    job.finished_at = clock.now()
    job.save()
    cache.delete(_key(pk))


def _note(job: ImportJob, report: Report) -> None:
    job.counts = [
        [name, counts.new, counts.changed, counts.unchanged]
        for name, counts in report.tables.items()
        if counts.new or counts.changed or counts.unchanged
    ]
    job.notices = report.notices
    job.problems, job.problem_count = [], 0


def progress_of(job: ImportJob) -> tuple[str, int] | None:
    """The table that a running job is at, and how many of its rows are done."""
    found = cache.get(_key(job.pk))
    return (str(found[0]), int(found[1])) if found else None


def _key(pk: int) -> str:
    return f"pledges-import-{pk}"


def problems_csv(job: ImportJob) -> str:
    """The problems of a job as CSV."""
    file = io.StringIO()
    file.write(BOM)
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(PROBLEM_HEAD)
    for problem in job.problems:
        writer.writerow(["" if cell is None else csv_cell(cell) for cell in problem])
    return file.getvalue()


def erase_files(now: dt.datetime) -> str | None:
    """Erase the files, and the words of problems, of jobs whose period is over; for `manage.py tick`."""
    today = now.astimezone(clock.SITE_ZONE).date()
    count = 0
    for job in ImportJob.objects.filter(erase_on__lte=today).exclude(file=""):
        job.file.delete(save=False)
        job.problems = []
        if job.is_waiting or job.state == ImportState.CHECKED:
            job.state = ImportState.FAILED
        job.save()
        count += 1
    return _("%(count)d files of imports erased") % {"count": count} if count else None
