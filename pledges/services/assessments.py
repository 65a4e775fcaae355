"""Publishing assessments: append-only, signed by two people, one after the other (design: domain, Assessment)."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from zaveza import clock
from zaveza.users.models import User

from ..enums import FINAL_STATUSES, AssessmentKind, Gate, LedgerKind, PledgeState, Reason, Stage, Status
from ..ledger import chain, contents
from ..models import Assessment, AssessmentEvidence, Evidence, Mandate, Pledge
from . import reply_windows
from .rules import RuleViolation, check, local_day, moment_of_publication, one_writer
from .standings import standing_of
from .statuses import rebuild_statuses

# What, besides the status, makes a new assessment a change and not a confirmation.
_QUALIFIERS = ("late", "reason", "inherited", "verification", "openness", "outlook", "outcome")
_SUPERSEDING = frozenset({AssessmentKind.CORRECTION, AssessmentKind.RETRACTION})


def confirm(pledge: Pledge, author: User, summary: str, evidence: Iterable[Evidence] = ()) -> Assessment:
    """A draft that says: checked today, nothing changed; without other evidence it cites what the one it confirms does.

    Raises `RuleViolation` where no assessment stands yet.
    """
    with one_writer():
        current = standing_of(pledge.assessments.public()).assessment
        if current is None:
            raise RuleViolation(_("There is no assessment to confirm yet."))
        draft = Assessment.objects.create(
            pledge=pledge,
            kind=AssessmentKind.CONFIRMATION,
            status=current.status,
            effective_date=clock.today(),
            author=author,
            summary=summary,
            language=current.language,
            methodology_version=pledge.edition.methodology_version,
            **{name: getattr(current, name) for name in _QUALIFIERS},
        )
        cited = list(evidence) or list(current.evidence.order_by("citations__pk"))
        AssessmentEvidence.objects.bulk_create(AssessmentEvidence(assessment=draft, evidence=item) for item in cited)
    return draft


def publish_assessment(
    assessment: Assessment, approver: User, *, published_at: dt.datetime | None = None
) -> Assessment:
    """Publish what its second reader has approved; from then on the database refuses to change it.

    The replies that were asked for go with it. `published_at` replays an earlier publication (demo, import into an
    empty record), in order and past the desk. Raises `RuleViolation`.
    """
    with one_writer():
        stored = Assessment.objects.filter(pk=assessment.pk).first()
        if assessment.published_at is not None or (stored and stored.published_at is not None):
            raise RuleViolation(_("The assessment is already published."))
        if assessment.author_id == approver.pk:
            raise RuleViolation(_("Nobody approves their own assessment."))
        if published_at is None:
            # What is stored was read and signed, not what the caller holds.
            assessment.refresh_from_db()
            reply_windows.refuse_unready(assessment, approver)
        last = Assessment.objects.filter(sequence__isnull=False).order_by("-sequence").first()
        moment = moment_of_publication(published_at)
        refuse_unfit(assessment, moment, is_replay=published_at is not None)

        assessment.sequence = (last.sequence or 0) + 1 if last else 1
        assessment.published_at, assessment.stage = moment, Stage.PUBLISHED
        assessment.approver = approver
        assessment.author_name = assessment.author.get_full_name()
        assessment.approver_name = approver.get_full_name()
        chain.seal(assessment, "summary", "reasoning", *Assessment.DECLARATIONS)
        seal_evidence(assessment)
        assessment.save()
        chain.append(LedgerKind.ASSESSMENT, contents.assessment_id(assessment.sequence) or "", moment)
        rebuild_statuses([assessment.pledge])
        if published_at is None:
            reply_windows.publish_replies(assessment)
    return assessment


def refuse_unfit(assessment: Assessment, moment: dt.datetime, *, is_replay: bool = False) -> None:
    """Hold a draft against every rule of the record as if it were published at a moment. Raises `RuleViolation`."""
    pledge = Pledge.objects.select_related("edition", "programme__candidacy").get(pk=assessment.pledge_id)
    check(assessment)
    _refuse_pledge(pledge, moment)
    _refuse_dates(assessment, moment)
    _refuse_kind(assessment, list(pledge.assessments.public(moment)))
    if not is_replay:
        _refuse_archived(assessment, pledge)
    _refuse_before_office(assessment, pledge)
    _refuse_early_end(assessment, pledge)
    if Evidence.objects.filter(citations__assessment=assessment).exclude(pledge=pledge).exists():
        raise RuleViolation(_("The assessment cites evidence of another pledge."))


def seal_evidence(assessment: Assessment) -> None:
    """Note what is cited as it is now: the copies' hashes, and digests of the excerpts."""
    copies = Evidence.objects.filter(pk=OuterRef("evidence")).values("sha256")
    assessment.citations.update(sha256=Subquery(copies))
    for item in Evidence.objects.filter(citations__assessment=assessment, excerpt_digest="").exclude(excerpt=""):
        chain.seal(item, "excerpt")
        item.save(update_fields=["excerpt_salt", "excerpt_digest"])


def _refuse_pledge(pledge: Pledge, moment: dt.datetime) -> None:
    if pledge.state != PledgeState.PUBLISHED or pledge.published_at is None:
        raise RuleViolation(_("Only a published pledge is assessed."))
    if pledge.published_at > moment:
        raise RuleViolation(_("The pledge was published later than that."))
    if pledge.gate_code == Gate.NOT_IN_OFFICE:
        raise RuleViolation(_("The candidate is not in office: the pledge is never assessed."))
    if pledge.gate_code == Gate.NOT_TESTABLE:
        raise RuleViolation(_("The pledge is not testable: it is never assessed."))


def _refuse_dates(assessment: Assessment, moment: dt.datetime) -> None:
    if assessment.effective_date > local_day(moment):
        raise RuleViolation(_("The effective date lies after the day of publication."))


def _refuse_kind(assessment: Assessment, history: list[Assessment]) -> None:
    """Hold the kind against what stands: first, changed, confirmed, corrected or retracted."""
    kind, target = assessment.kind, assessment.supersedes_id
    if kind in _SUPERSEDING:
        _refuse_superseding(target, history)
        return
    if target is not None:
        raise RuleViolation(_("Only a correction or a retraction supersedes another assessment."))
    current = standing_of(history).assessment if history else None
    if current is None:
        if kind != AssessmentKind.INITIAL:
            raise RuleViolation(_("No assessment of this pledge stands yet: this one is the first assessment."))
        return
    if kind == AssessmentKind.INITIAL:
        raise RuleViolation(_("The pledge has been assessed already: this is a change or a confirmation."))
    if kind == AssessmentKind.CONFIRMATION and assessment.status != current.status:
        raise RuleViolation(_("A confirmation carries the status that it confirms."))
    same = assessment.status == current.status and all(
        getattr(assessment, name) == getattr(current, name) for name in _QUALIFIERS
    )
    if kind == AssessmentKind.CHANGE and same:
        raise RuleViolation(_("Nothing changes: this is a confirmation."))


def _refuse_superseding(target: int | None, history: list[Assessment]) -> None:
    superseded = next((row for row in history if row.pk == target), None)
    if superseded is None:
        raise RuleViolation(_("It must supersede a published assessment of the same pledge."))
    if superseded.kind == AssessmentKind.RETRACTION:
        raise RuleViolation(_("A retraction is not superseded: publish a new assessment."))
    if any(row.supersedes_id == target for row in history):
        raise RuleViolation(_("That assessment is already superseded."))


def _refuse_archived(assessment: Assessment, pledge: Pledge) -> None:
    if pledge.edition.is_archived and assessment.kind not in _SUPERSEDING and assessment.status not in FINAL_STATUSES:
        raise RuleViolation(_("The edition is archived: it takes only final assessments, corrections and retractions."))


def _refuse_before_office(assessment: Assessment, pledge: Pledge) -> None:
    """Whoever is not in office yet is not judged, by any status: the mandate that the candidacy won has begun.

    A carried-over pledge is the successor's own, so that it is the successor's mandate that counts, also for what was
    inherited. A retraction takes back a judgement and is always possible.
    """
    if assessment.kind == AssessmentKind.RETRACTION:
        return
    candidacy = pledge.programme.candidacy
    if candidacy.elected is None:
        raise RuleViolation(_("The result of the election is not known: the pledge is not assessed yet."))
    mandate = Mandate.objects.filter(candidacy=candidacy).first()
    if mandate is None:
        raise RuleViolation(_("No mandate of this candidacy is entered: the pledge is not assessed yet."))
    if assessment.effective_date < mandate.start:
        raise RuleViolation(
            _("The effective date lies before the mandate began: nobody is judged before taking office.")
        )


def _refuse_early_end(assessment: Assessment, pledge: Pledge) -> None:
    """`not_fulfilled` and `partly` come with the deadline or the end of the mandate; before, only with a reason.

    The first needs renunciation. The second may be completion, too, where a lesser measure is all that there will be:
    then the qualifier `reason` says why the rest will not come (no money, the council, …; *unknown* says nothing).
    """
    if assessment.kind == AssessmentKind.RETRACTION or assessment.status not in (Status.NOT_FULFILLED, Status.PARTLY):
        return
    is_partly = assessment.status == Status.PARTLY
    if assessment.reason == Reason.RENOUNCED or (is_partly and assessment.reason not in ("", Reason.UNKNOWN)):
        return
    day = assessment.effective_date
    due = pledge.due_last_day
    if due and due < day:
        return
    mandate = Mandate.objects.filter(candidacy=pledge.programme.candidacy_id).first()
    if mandate and mandate.last_day <= day:
        return
    if is_partly:
        raise RuleViolation(
            _("Before the deadline and before the end of the mandate a pledge is partly fulfilled only with a reason.")
        )
    raise RuleViolation(
        _("Before the deadline and before the end of the mandate a pledge is not fulfilled only if it was renounced.")
    )
