"""What the law or the passing of time has us erase. Public facts and their hashes stay; that words are gone is public.

`redact` empties published words, `erase_person` what is known of a person beside the public record, `keep_periods` is
what `manage.py tick` does by itself.
"""

import datetime as dt
import functools
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from django.db import models, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from search.services.alerts import erase_follows
from zaveza import clock
from zaveza.mail import services as mail
from zaveza.users.models import User

from ..enums import DeskStepKind, RedactionGround
from ..ledger import contents
from ..ledger.erasures import REDACTABLE
from ..models import (
    Assessment,
    AssessmentEvidence,
    AssessmentText,
    CandidacyLink,
    Correction,
    DeskStep,
    Evidence,
    HandInDraft,
    Person,
    RecordLogEntry,
    Redaction,
    Reply,
    Tip,
)
from ..models.redactable import fields_of
from .freshness import refresh
from .rules import RuleViolation, moment_of_publication, one_writer
from .statements import erase_words
from .tips import erase_due_tips, erase_tip

# Of its own letters a short word says little about whom they are.
_TELLING = 20

# With which step of the desk a declaration was made.
_DECLARED_AT = {"author_interest": DeskStepKind.SUBMITTED, "approver_interest": DeskStepKind.APPROVED}

_LOGS: tuple[Any, ...] = (ModelLogEntry, RecordLogEntry)
RECORDS: dict[str, type[models.Model]] = {
    "assessment": Assessment,
    "evidence": Evidence,
    "reply": Reply,
    "correction": Correction,
}


@dataclass
class Erased:
    """How much of each kind was erased."""

    links: int = 0
    drafts: int = 0
    tips: int = 0
    follows: int = 0
    letters: int = 0
    declarations: int = 0


def record_id(record: Any) -> str:
    """The public id of a record whose words may be erased."""
    if isinstance(record, Assessment):
        return contents.assessment_id(record.sequence) or ""
    return record.public_id or ""


def record_by_id(public_id: str) -> Any:
    """The record with this id. Raises `RuleViolation` where there is none."""
    prefix, _dash, number = public_id.partition("-")
    model = RECORDS.get(prefix)
    if model is Assessment and number.isdigit() and len(number) < 19:
        found = Assessment.objects.filter(sequence=number).first()
    else:
        found = model._default_manager.filter(public_id=public_id).first() if model else None  # type: ignore[assignment]
    if found is None:
        raise RuleViolation(_("There is no record %(id)s whose words may be erased.") % {"id": public_id})
    return found


def redact(record: Any, names: Iterable[str], ground: RedactionGround | str, by: User | None) -> Redaction:
    """Erase published words by law: here, in translations, in the log, in letters and in the search; say so in public.

    Raises `RuleViolation` for a draft, for what may not be erased, and where there are no words any more.
    """
    parts = [name for name in REDACTABLE.get(type(record), ()) if name in set(names)]
    if not parts or set(names) - set(parts):
        raise RuleViolation(_("This is no text that may be erased."))
    if not is_published(record):
        raise RuleViolation(_("This is not published: change it, or delete it."))
    if any(getattr(record, name) and not getattr(record, fields_of(name)[2]) for name in parts if name in _DECLARED_AT):
        raise RuleViolation(
            _(
                "This was declared before declarations could be erased: the words themselves are hashed in the ledger. "
                "Only a new ledger would be without them."
            )
        )
    words = [getattr(record, name) for name in parts if getattr(record, name)]
    if not words:
        raise RuleViolation(_("There are no words left to erase."))
    with one_writer():
        erase_words(record, *parts)
        if isinstance(record, Assessment):
            _erase_translations(record, [name for name in parts if name not in _DECLARED_AT])
            _erase_steps(DeskStep.objects.filter(assessment=record), parts)
        _forget_labels(record)
        mail.erase_words([text for text in words if len(text) >= _TELLING])
        redaction = Redaction.objects.create(
            pledge_id=getattr(record, "pledge_id", None),
            record=record_id(record),
            parts=",".join(parts),
            ground=ground,
            made_by=by,
            published_at=moment_of_publication(None),
        )
        log(instance=record, action="pledges.redact", user=by, data={"parts": parts, "ground": str(ground)})
    return redaction


def is_published(record: Any) -> bool:
    """Whether readers have seen the words of a record that may be erased."""
    if isinstance(record, Evidence):
        return AssessmentEvidence.objects.filter(evidence=record, assessment__published_at__isnull=False).exists()
    return record.published_at is not None


def _erase_translations(assessment: Assessment, parts: list[str]) -> None:
    if not parts:
        return
    texts = AssessmentText.objects.filter(assessment=assessment)
    texts.update(**dict.fromkeys(parts, ""))
    texts.filter(summary="", reasoning="").delete()
    refresh("pledge", [assessment.pledge_id])


def _erase_steps(steps: QuerySet, declarations: Iterable[str] = Assessment.DECLARATIONS) -> int:
    """The desk notes with each signature what was declared, also at an earlier turn; how many notes were emptied."""
    kinds = [_DECLARED_AT[name] for name in declarations if name in _DECLARED_AT]
    return steps.filter(kind__in=kinds).exclude(comment="").update(comment="")


def _forget_labels(record: Any) -> None:
    """The log of the admin names some records by their first words."""
    for entries in _LOGS:
        of_record = entries.objects.filter(
            content_type__app_label=record._meta.app_label,
            content_type__model=record._meta.model_name,
            object_id=str(record.pk),
        )
        of_record.update(label=record_id(record))


def erase_person(person: Person | None, addresses: Iterable[str], by: User | None) -> Erased:
    """Erase what is kept of somebody beside the public record, found by the person or by e-mail addresses.

    Candidacies, programmes, replies and the name stay: they are the public record (words in them: `redact`). Tips and
    follows are found by address only; a person's own addresses, known from the links, count as well. Of somebody who
    has an account, the desk forgets what was declared there; the published declarations are words (`redact`).
    """
    links = CandidacyLink.objects.filter(candidacy__person=person) if person else CandidacyLink.objects.none()
    known = {address.strip().casefold() for address in addresses if address.strip()}
    known |= {address.casefold() for address in links.exclude(email="").values_list("email", flat=True)}
    erased = Erased()
    with transaction.atomic():
        of_somebody = Q(pk__in=links.values("pk")) | _any("email__iexact", known)
        erased.links = CandidacyLink.objects.filter(of_somebody).exclude(email="").update(email="")
        links.filter(revoked_at__isnull=True).update(revoked_at=clock.now())
        if person:
            for draft in HandInDraft.objects.filter(candidacy__person=person):
                _delete_draft(draft)
                erased.drafts += 1
        for tip in Tip.objects.filter(_any("contact__icontains", known) | _any("message__icontains", known)):
            erase_tip(tip)
            log(instance=tip, action="pledges.erase", user=by)
            erased.tips += 1
        erased.follows = sum(erase_follows(address) for address in known)
        erased.letters = sum(mail.erase_address(address) for address in known)
        erased.declarations = _erase_steps(DeskStep.objects.filter(_any("by__email__iexact", known)))
        _forget_addresses(known)
        if person:
            log(instance=person, action="pledges.erase", user=by, data=asdict(erased))
    return erased


def _any(lookup: str, values: Iterable[str]) -> Q:
    found = Q(pk__in=[])
    for value in values:
        found |= Q(**{lookup: value})
    return found


def _delete_draft(draft: HandInDraft) -> None:
    storage, name = draft.file.storage, draft.file.name
    draft.delete()
    if name:
        transaction.on_commit(functools.partial(storage.delete, name))


def _forget_addresses(addresses: Iterable[str]) -> None:
    for address in addresses:
        for entries in _LOGS:
            entries.objects.filter(label__icontains=address).update(label="")
            entries.objects.filter(data__icontains=address).update(data={})


def keep_periods(now: dt.datetime) -> str | None:
    """Erase every tip whose period is over. For `manage.py tick`; says how many. Follows: `search.services.alerts`."""
    tips = erase_due_tips(now)
    return f"tips {tips}" if tips else None
