"""The jury's decision on a programme: each criterion met or not, the decision, its reason (design: domain)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from zaveza import clock

from ..enums import Suitability
from ..models import Candidacy, EditionText, Programme, ProgrammeCriterion, Recognition
from .rules import RuleViolation, check, local_day, one_writer


@dataclass(frozen=True)
class Criterion:
    """One criterion as worded for the jury, and whether the programme meets it."""

    text: str
    met: bool
    language: str = "sl"


def criteria_of(candidacy: Candidacy) -> list[tuple[str, str]]:
    """The criteria of the candidacy's edition in its source language: the language and the words of each."""
    words: EditionText | None = candidacy.edition.words_in(None)
    if words is None:
        return []
    lines = (line.strip() for line in words.suitability_criteria.splitlines())
    return [(words.language, line) for line in lines if line]


def decide_suitability(
    programme: Programme,
    decision: Suitability,
    criteria: Sequence[Criterion],
    *,
    decided_on: dt.date,
    jury: str,
    reason: str,
) -> Programme:
    """Write the jury's decision. Raises `RuleViolation`; a decision that readers have seen is frozen."""
    with one_writer():
        stored = (
            Programme.objects.select_for_update(of=("self",)).select_related("candidacy__edition").get(pk=programme.pk)
        )
        if stored.published_at and stored.suitability:
            raise RuleViolation(_("The decision is published: it stays as it is."))
        if Programme.objects.filter(supersedes=stored).exists():
            raise RuleViolation(_("A later version superseded this one: decide on that one."))
        if decision not in (Suitability.SUITABLE, Suitability.NOT_SUITABLE):
            raise RuleViolation(_("Say whether the programme is suitable."))
        if not criteria:
            raise RuleViolation(_("Name the criteria that the jury went by."))
        if not jury.strip() or not reason.strip():
            raise RuleViolation(_("Name the jury and say why: readers see both."))
        if decided_on > clock.today() or decided_on < local_day(stored.submitted_at):
            raise RuleViolation(_("The jury decides after the programme was handed in, and not in the future."))
        programme.suitability = decision
        programme.criteria_met = sum(criterion.met for criterion in criteria)
        programme.criteria_total = len(criteria)
        programme.decided_on, programme.jury, programme.decision_reason = decided_on, jury.strip(), reason.strip()
        check(programme)
        programme.save()
        ProgrammeCriterion.objects.filter(programme=programme).delete()
        ProgrammeCriterion.objects.bulk_create(
            ProgrammeCriterion(programme=programme, sort_order=place, **vars(criterion))
            for place, criterion in enumerate(criteria)
        )
    return programme


def recognition_refusal(recognition: Recognition) -> str:
    """Why a recognition cannot be given, as a sentence; empty where it can: it honours a suitable programme."""
    decided = Programme.objects.filter(candidacy=recognition.candidacy).exclude(suitability="")
    newest = decided.order_by("-version").first()
    if newest is None or newest.suitability != Suitability.SUITABLE:
        return _("A recognition is given for a programme that the jury found suitable.")
    if newest.decided_on and recognition.date and recognition.date < newest.decided_on:
        return _("A recognition is not given before the jury decided.")
    return ""
