"""Programmes handed in through a link: a draft of the team, then one version, then the next (design: domain)."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePath

from django.core.files import File
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from zaveza import clock
from zaveza.mail.services import send

from ..enums import EditionState, PledgeState, SubmissionChannel
from ..files import sha256_of
from ..links import programmes_due
from ..models import Candidacy, CandidacyLink, HandIn, HandInDraft, Pledge, PledgeText, Programme
from .rules import RuleViolation, one_writer

ENTRY_FIELDS = ("quote", "title", "due", "check")
MOST_PLEDGES = 100


class StaleDraft(RuleViolation):
    """Another window has saved or handed in since; `draft` is what stands now."""

    def __init__(self, draft: HandInDraft) -> None:
        super().__init__(_("Another window saved this draft in the meantime."))
        self.draft = draft


def hand_in_refusal(candidacy: Candidacy) -> str:
    """Why no programme is taken for a candidacy now, as a sentence for its team; empty where one is."""
    edition = candidacy.edition
    if edition.state == EditionState.ARCHIVED:
        return _("The edition is archived: it takes no new programme.")
    if candidacy.withdrawn_on:
        return _("The candidacy was withdrawn: no programme is taken for it.")
    due = programmes_due(candidacy)
    if due and clock.now() > due:
        return _("The day on which programmes were due has passed.")
    if edition.state == EditionState.ANNOUNCED:
        return _("Programmes are not taken yet.")
    return ""


def draft_of(candidacy: Candidacy) -> HandInDraft:
    """What the team has entered so far; a new, unsaved draft where that is nothing."""
    return HandInDraft.objects.filter(candidacy=candidacy).first() or HandInDraft(candidacy=candidacy)


def save_draft(
    candidacy: Candidacy,
    revision: int,
    *,
    language: str,
    pledges: Iterable[Mapping[str, str]],
    file: UploadedFile | None = None,
    remove_file: bool = False,
) -> HandInDraft:
    """Save what is entered, complete or not; `file` is a checked upload, with its own name in `original_name`.

    Raises `StaleDraft` where another window saved after `revision`, `RuleViolation` where no programme is taken.
    """
    with one_writer():
        draft = _locked_draft(candidacy, revision)
        draft.language = language
        draft.pledges = [{name: row.get(name, "") for name in ENTRY_FIELDS} for row in pledges]
        if file or remove_file:
            _drop_file(draft)
        if file:
            draft.file_name = str(getattr(file, "original_name", file.name))[:255]
            draft.file_size, draft.sha256 = file.size, sha256_of(file)
            draft.file.save(str(file.name), file, save=False)
        draft.revision += 1
        draft.saved_at = clock.now()
        draft.save()
    return draft


def hand_in(
    candidacy: Candidacy, revision: int, entries: Sequence[Mapping[str, object]], link: CandidacyLink | None = None
) -> Programme:
    """Make the draft at `revision` the next version of the programme, its pledges drafts for the monitors.

    `entries` are the checked pledges of the draft: quote, title, due (a date or None) and check. Nothing is published.
    Raises `StaleDraft` where the draft has moved on (it was handed in from another window), `RuleViolation` otherwise.
    """
    with one_writer():
        draft = _locked_draft(candidacy, revision)
        if not draft.file:
            raise RuleViolation(_("Add the file of the programme."))
        earlier = Programme.objects.filter(candidacy=candidacy).order_by("-version").first()
        now = clock.now()
        programme = Programme(
            candidacy=candidacy,
            version=earlier.version + 1 if earlier else 1,
            supersedes=earlier,
            submitted_at=now,
            channel=SubmissionChannel.FORM,
            language=draft.language,
            file_size=draft.file_size,
            sha256=draft.sha256,
        )
        with draft.file.open() as stored:
            if sha256_of(stored) != draft.sha256:
                raise RuleViolation(_("The file is damaged. Add it once more."))
            programme.file.save(PurePath(str(draft.file.name)).name, File(stored), save=False)
        programme.save()
        if earlier:
            _drop_untouched(earlier)
        _make_pledges(programme, entries)
        receipt = HandIn.objects.create(
            programme=programme,
            file_name=draft.file_name,
            pledges=draft.pledges,
            pledges_sha256=entries_sha256(draft.pledges),
        )
        # The entries stay: the next version begins with them. Its file is added anew.
        _drop_file(draft)
        draft.revision += 1
        draft.saved_at = now
        draft.save()
        if link and link.email:
            _send_receipt(link, programme, receipt)
    return programme


def entries_sha256(pledges: object) -> str:
    """The SHA-256 of the entered pledges as JSON: keys in order, no blanks, UTF-8."""
    text = json.dumps(pledges, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _locked_draft(candidacy: Candidacy, revision: int) -> HandInDraft:
    # The candidacy's row is the lock: the draft may not be there yet.
    stored = Candidacy.objects.select_for_update(of=("self",)).select_related("edition").get(pk=candidacy.pk)
    refusal = hand_in_refusal(stored)
    if refusal:
        raise RuleViolation(refusal)
    draft = draft_of(candidacy)
    if draft.revision != revision:
        raise StaleDraft(draft)
    return draft


def _make_pledges(programme: Programme, entries: Sequence[Mapping[str, object]]) -> None:
    for entry in entries:
        due = entry.get("due")
        pledge = Pledge.objects.create(
            programme=programme,
            quote=str(entry["quote"]),
            quote_language=programme.language,
            success_criteria=str(entry.get("check") or ""),
            due_date=due if isinstance(due, dt.date) else None,
        )
        PledgeText.objects.create(pledge=pledge, language=programme.language, title=str(entry["title"]))


def _drop_untouched(earlier: Programme) -> None:
    """Drafts that the form made of the superseded version and nobody has worked on; its receipt keeps their words."""
    receipt = HandIn.objects.filter(programme=earlier).first()
    if receipt is None:
        return
    entered = {(row["quote"].strip(), row["check"].strip()) for row in receipt.pledges}
    drafts = Pledge.objects.filter(
        programme=earlier, state=PledgeState.DRAFT, published_at__isnull=True, topics__isnull=True
    )
    for pledge in drafts.filter(page__isnull=True, interpretation=""):
        if (pledge.quote, pledge.success_criteria) not in entered:
            continue
        try:
            with transaction.atomic():
                pledge.delete()
        except ProtectedError:  # somebody refers to it: it is being worked on
            continue


def _drop_file(draft: HandInDraft) -> None:
    if draft.file:
        storage, name = draft.file.storage, str(draft.file.name)
        transaction.on_commit(lambda: storage.delete(name))
    draft.file, draft.file_name, draft.file_size, draft.sha256 = "", "", None, ""


def _send_receipt(link: CandidacyLink, programme: Programme, receipt: HandIn) -> None:
    candidacy = link.candidacy
    send(
        "programme_receipt",
        [link.email],
        {
            "person": candidacy.person.name,
            "municipality": candidacy.municipality.name,
            "year": candidacy.edition.year,
            "version": programme.version,
            "submitted_at": programme.submitted_at,
            "file_name": receipt.file_name,
            "sha256": programme.sha256,
            "pledges": len(receipt.pledges),
            "pledges_sha256": receipt.pledges_sha256,
            "public_id": programme.public_id,
        },
        language=link.language,
        kind="programme_receipt",
        about=programme.public_id or "",
    )
