"""The stored copy of a source: fetched from its address in a task, opened to readers, or taken away."""

import functools
import tempfile
from pathlib import PurePath
from typing import BinaryIO, cast
from urllib.parse import urlsplit

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from zaveza import clock, fetching

from ..enums import CopyState
from ..files import CONTENT_TYPES, kind_of, sha256_of, unguessable_name
from ..models import Evidence, EvidenceState
from .approvals import refuse_sealed
from .rules import RuleViolation

# Besides those of the kinds that are kept; what it really is, its content says.
_OTHER_TYPES = {"application/xhtml+xml", "application/octet-stream", "binary/octet-stream", "application/x-pdf"}
_IN_MEMORY = 1024 * 1024
_SECONDS = 60.0


def ask_for_copy(evidence: Evidence) -> None:
    """Have a copy of the source fetched after the commit. Raises `RuleViolation` where that makes no sense."""
    from ..tasks import fetch_evidence_copy

    if evidence.stored_copy:
        raise RuleViolation(_("There is a copy already."))
    if not evidence.url:
        raise RuleViolation(_("This evidence has no address to fetch a copy from."))
    if not evidence.sha256:
        refuse_sealed(evidence)
    with transaction.atomic():
        _note(evidence, CopyState.WAITING)
        transaction.on_commit(functools.partial(fetch_evidence_copy.enqueue, evidence.pk))


def fetch_copy(key: int, network: fetching.Network | None = None) -> bool:
    """Store what the address of a piece of evidence holds; whether there is a copy now. Why not, its state says."""
    evidence = Evidence.objects.filter(pk=key).first()
    if evidence is None or evidence.stored_copy or not evidence.url:
        return evidence is not None and bool(evidence.stored_copy)
    limits = fetching.Limits(
        size=settings.WAGTAILDOCS_MAX_UPLOAD_SIZE,
        seconds=_SECONDS,
        types=frozenset({*CONTENT_TYPES.values(), *_OTHER_TYPES}),
    )
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as file, translation.override(settings.LANGUAGE_CODE):
        try:
            answer = fetching.fetch(evidence.url, cast("BinaryIO", file), limits, network)
            _keep(evidence, File(file), answer)
        except (fetching.UnsafeAddressError, fetching.FetchFailedError, RuleViolation) as error:
            reason = error.messages[0] if isinstance(error, RuleViolation) else str(error)
            _note(evidence, CopyState.FAILED, reason)
            return False
    return True


def show_copy(evidence: Evidence, *, is_public: bool) -> Evidence:
    """Let readers open the stored copy, or no longer. Raises `RuleViolation` where there is none."""
    if not evidence.stored_copy:
        raise RuleViolation(_("There is no stored copy."))
    evidence.copy_is_public = is_public
    evidence.save(update_fields=["copy_is_public"])
    return evidence


def drop_copy(evidence: Evidence) -> Evidence:
    """Take the copy away, as the rights of others may demand; its hash stays. Raises `RuleViolation`."""
    if not evidence.stored_copy:
        raise RuleViolation(_("There is no stored copy."))
    storage, name = evidence.stored_copy.storage, str(evidence.stored_copy.name)
    with transaction.atomic():
        evidence.stored_copy, evidence.copy_is_public = "", False
        evidence.save(update_fields=["stored_copy", "copy_is_public"])
        EvidenceState.objects.filter(evidence=evidence).update(copy="", copy_problem="")
        transaction.on_commit(functools.partial(storage.delete, name))
    return evidence


def _keep(evidence: Evidence, file: File, answer: fetching.Fetched) -> None:
    # It may have been asked for before the approval and come after it; a copy that was taken away may come back.
    if not evidence.sha256:
        refuse_sealed(evidence)
    kind = kind_of(file)
    expected = next((each for each, media in CONTENT_TYPES.items() if media == answer.content_type), kind)
    if not kind or kind != expected:
        raise RuleViolation(
            _("The server says “%(type)s”, but the content is something else.") % {"type": answer.content_type[:80]}
        )
    digest = sha256_of(file)
    if evidence.sha256 and evidence.sha256 != digest:
        raise RuleViolation(_("What is there now is not what was stored before: its hash differs."))
    stem = PurePath(urlsplit(evidence.url).path).stem or urlsplit(evidence.url).netloc
    evidence.stored_copy.save(unguessable_name(stem, kind), file, save=False)
    name, storage = str(evidence.stored_copy.name), evidence.stored_copy.storage
    try:
        with transaction.atomic():
            evidence.sha256, evidence.copy_type = digest, kind
            fields = ["stored_copy", "sha256", "copy_type"]
            if evidence.copied_at is None:
                evidence.copied_at = clock.now()
                fields.append("copied_at")
            evidence.save(update_fields=fields)
            _note(evidence, CopyState.STORED)
    except BaseException:
        storage.delete(name)
        raise


def _note(evidence: Evidence, state: CopyState, problem: str = "") -> None:
    EvidenceState.objects.update_or_create(evidence=evidence, defaults={"copy": state, "copy_problem": problem[:255]})
