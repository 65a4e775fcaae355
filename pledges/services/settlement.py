"""A third person settles where two extractions differ; what is accepted becomes draft pledges.

The settler holds `settle_extraction` (reviewers and administrators) and is neither of the two: nobody decides about the
own marks, as nobody approves the own assessment (design: domain, Roles).
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from zaveza import clock
from zaveza.users.models import User

from ..enums import MarkOutcome
from ..models import Extraction, ExtractionAgreement, ExtractionMark, MarkDecision, Pledge, PledgeText, Programme
from .pledges import note_author
from .rules import RuleViolation, check


@dataclass(frozen=True)
class Decision:
    """What becomes of a mark; `into` is the key of the mark that says the same."""

    outcome: MarkOutcome
    into: int | None = None
    reason: str = ""


@dataclass(frozen=True)
class Difference:
    """Marks of both people that meet in at least one sentence, or those of one that meet none of the other."""

    first: tuple[ExtractionMark, ...]
    second: tuple[ExtractionMark, ...]

    @property
    def is_agreed(self) -> bool:
        """Whether both marked the very same words once."""
        return len(self.first) == len(self.second) == 1 and (
            (self.first[0].exact, self.first[0].first_sentence) == (self.second[0].exact, self.second[0].first_sentence)
        )

    @property
    def marks(self) -> tuple[ExtractionMark, ...]:
        return (*self.first, *self.second)


def differences(marks: Iterable[ExtractionMark]) -> list[Difference]:
    """The marks of both people side by side, in the order of the text."""
    groups: list[list[ExtractionMark]] = []
    reach = 0
    for mark in sorted(marks, key=lambda mark: (mark.first_sentence, mark.last_sentence, mark.pk)):
        if groups and mark.first_sentence <= reach:
            groups[-1].append(mark)
        else:
            groups.append([mark])
        reach = max(reach, mark.last_sentence)
    return [
        Difference(
            tuple(mark for mark in group if mark.extraction.place == 1),
            tuple(mark for mark in group if mark.extraction.place == 2),
        )
        for group in groups
    ]


def why_not_settle(programme: Programme, user: User) -> str:
    """Why somebody may not settle this programme now, as a sentence; empty where they may."""
    agreement = ExtractionAgreement.objects.filter(programme=programme).first()
    if agreement is None:
        return _("Two people have to finish their extractions first.")
    if agreement.published_at is not None:
        return _("The settlement is closed.")
    if Extraction.objects.filter(programme=programme, extractor=user.pk).exists():
        return _("You extracted this programme yourself: somebody else settles it.")
    return ""


def decide(programme: Programme, decisions: Mapping[int, Decision], by: User, *, at: dt.datetime | None = None) -> None:
    """Store decisions on marks, by the key of the mark; those already there are replaced. Raises `RuleViolation`."""
    with transaction.atomic():
        _lock(programme, by)
        marks = {mark.pk: mark for mark in _marks(programme)}
        outcomes = {key: mark.decision.outcome for key, mark in marks.items() if hasattr(mark, "decision")}
        outcomes |= {key: decision.outcome for key, decision in decisions.items()}
        for key, decision in decisions.items():
            if key not in marks:
                raise RuleViolation(_("This mark is not of this programme."))
            if decision.outcome == MarkOutcome.REJECTED and not decision.reason.strip():
                raise RuleViolation(_("Say why “%(mark)s” is no pledge.") % {"mark": marks[key]})
            if decision.outcome == MarkOutcome.MERGED and (
                decision.into == key or outcomes.get(decision.into or 0) != MarkOutcome.ACCEPTED
            ):
                raise RuleViolation(
                    _("“%(mark)s” can only be the same as a mark that becomes a pledge.") % {"mark": marks[key]}
                )
        for mark in marks.values():
            decided = getattr(mark, "decision", None)
            kept_into = decided and mark.pk not in decisions and decided.merged_into_id
            if kept_into and outcomes[kept_into] != MarkOutcome.ACCEPTED:
                raise RuleViolation(
                    _("“%(mark)s” can only be the same as a mark that becomes a pledge.") % {"mark": mark}
                )
        for key, decision in decisions.items():
            is_merged = decision.outcome == MarkOutcome.MERGED
            MarkDecision.objects.update_or_create(
                mark=marks[key],
                defaults={
                    "outcome": decision.outcome,
                    "merged_into_id": decision.into if is_merged else None,
                    "reason": decision.reason.strip(),
                    "decided_by": by,
                    "decided_at": at or clock.now(),
                },
            )


def accept_agreed(programme: Programme, by: User, *, at: dt.datetime | None = None) -> int:
    """Accept every undecided mark whose very words both people marked; returns how many pledges that will be."""
    with transaction.atomic():
        _lock(programme, by)
        found = [pair for pair in differences(_marks(programme)) if pair.is_agreed and not _is_decided(pair)]
        decisions = {}
        for pair in found:
            decisions[pair.first[0].pk] = Decision(MarkOutcome.ACCEPTED)
            decisions[pair.second[0].pk] = Decision(MarkOutcome.MERGED, into=pair.first[0].pk)
        decide(programme, decisions, by, at=at)
    return len(found)


def close_settlement(programme: Programme, by: User) -> list[Pledge]:
    """End it: accepted marks become draft pledges, and the agreement is public. Raises `RuleViolation`.

    Who marked the words wrote them, also in a mark that says the same; who settles has only chosen between them.
    """
    with transaction.atomic():
        _lock(programme, by)
        marks = list(_marks(programme))
        if any(not hasattr(mark, "decision") for mark in marks):
            raise RuleViolation(_("Decide on every mark first."))
        if programme.candidacy.edition.is_archived:
            raise RuleViolation(_("The edition is archived: it takes no new pledge."))
        accepted = [mark for mark in marks if mark.decision.outcome == MarkOutcome.ACCEPTED]
        pledges = {mark.pk: _pledge(programme, mark) for mark in accepted}
        for mark in marks:
            if pledge := pledges.get(mark.decision.merged_into_id or mark.pk):  # type: ignore[attr-defined]
                note_author(pledge, mark.extraction.extractor)
        agreement = ExtractionAgreement.objects.get(programme=programme)
        agreement.settled_by, agreement.published_at = by, clock.now()
        agreement.save()
    return list(pledges.values())


def _pledge(programme: Programme, mark: ExtractionMark) -> Pledge:
    pledge = Pledge(
        programme=programme,
        quote=mark.exact,
        quote_language=programme.language,
        quote_prefix=mark.prefix,
        quote_suffix=mark.suffix,
        page=mark.page,
        paragraph=mark.paragraph,
        kind=mark.kind,
        testability=mark.testability,
        interpretation=mark.interpretation,
        due_date=mark.due_date,
        due_precision=mark.due_precision,
        municipality=programme.candidacy.municipality,
        edition=programme.candidacy.edition,
    )
    check(pledge)
    pledge.save()
    PledgeText.objects.create(pledge=pledge, language=programme.language, title=mark.title)
    mark.decision.pledge = pledge
    mark.decision.save(update_fields=["pledge"])
    return pledge


def _is_decided(pair: Difference) -> bool:
    return any(hasattr(mark, "decision") for mark in pair.marks)


def _marks(programme: Programme) -> list[ExtractionMark]:
    found = ExtractionMark.objects.filter(extraction__programme=programme)
    return list(found.select_related("extraction__extractor", "decision"))


def _lock(programme: Programme, by: User) -> None:
    Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    reason = why_not_settle(programme, by)
    if reason:
        raise RuleViolation(reason)
