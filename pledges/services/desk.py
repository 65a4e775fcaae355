"""The assessment desk: draft, second reader, reply window, published (design: domain, Workflow 3)."""

import datetime as dt

from django.utils import translation
from django.utils.translation import gettext as _

from zaveza import clock, quiet
from zaveza.users.models import User

from .. import desk_letters
from ..enums import AssessmentKind, DeskStepKind, ReplyState, Stage
from ..models import Assessment, DeskStep, Pledge, Reply
from .approvals import digest_of, interest_of, refuse_both_interested, refuse_without_evidence
from .assessments import confirm, publish_assessment, refuse_unfit
from .reply_windows import conclude, open_window, take_back_invitations
from .rules import RuleViolation, local_day, one_writer


def submit_assessment(assessment: Assessment, by: User, *, interest: str = "") -> Assessment:
    """The author hands a draft to a second reader and declares an interest, if there is one.

    Second readers of the municipality get a letter. Raises `RuleViolation` for what could not be published either.
    """
    with one_writer():
        _take(assessment, Stage.DRAFT, _("Only a draft is given to a second reader."))
        if assessment.author_id != by.pk:
            raise RuleViolation(_("Only its author gives a draft to a second reader."))
        refuse_unfit(assessment, clock.now())
        refuse_without_evidence(assessment)
        assessment.stage = Stage.SECOND_READER
        assessment.author_interest = interest_of(by, assessment, interest)
        _note(assessment, DeskStepKind.SUBMITTED, by, assessment.author_interest)
        assessment.save()
        desk_letters.ask_second_readers(assessment)
    return assessment


def approve_assessment(
    assessment: Assessment, approver: User, *, interest: str = "", skip_window: str = "", seen: str = ""
) -> Assessment:
    """The second reader signs. The reply window opens, or, with a reason to skip it, the assessment is published.

    A confirmation says nothing new and opens none. `seen` is the digest (`digest_of`) of what the reader had before
    the eyes. Raises `RuleViolation`.
    """
    with one_writer():
        _take(assessment, Stage.SECOND_READER, _("This assessment is not waiting for a second reader."))
        if seen and seen != digest_of(assessment):
            raise RuleViolation(_("It was changed since you opened this page: read it again before you sign."))
        if assessment.author_id == approver.pk:
            raise RuleViolation(_("Nobody approves their own assessment."))
        refuse_unfit(assessment, clock.now())
        refuse_without_evidence(assessment)
        assessment.approver, assessment.approver_interest = approver, interest_of(approver, assessment, interest)
        refuse_both_interested(assessment)
        if assessment.kind == AssessmentKind.CONFIRMATION:
            with translation.override(assessment.language):
                skip_window = _("A confirmation says nothing new.")
        assessment.stage = Stage.REPLY_WINDOW
        assessment.window_skipped = skip_window.strip()
        assessment.approved_digest = digest_of(assessment)
        assessment.save()
        _note(assessment, DeskStepKind.APPROVED, approver, assessment.approver_interest)
        if assessment.window_skipped:
            _note(assessment, DeskStepKind.NOT_ASKED, approver, assessment.window_skipped)
            release_assessment(assessment, approver)
        else:
            reply = open_window(assessment, approver)
            desk_letters.tell_of_window(reply)
    return assessment


def return_assessment(assessment: Assessment, by: User, comment: str) -> Assessment:
    """Give a draft back to its author with a comment, from the second reader or out of the reply window.

    Whoever was asked for a reply and has not answered yet is told that it is no longer needed. Raises `RuleViolation`.
    """
    if not comment.strip():
        raise RuleViolation(_("Say what has to change."))
    with one_writer():
        _take(assessment, None, _("Only a draft on the desk is returned to its author."))
        take_back_invitations(assessment)
        assessment.stage, assessment.approver = Stage.DRAFT, None
        assessment.author_interest = assessment.approver_interest = ""
        assessment.window_skipped = assessment.approved_digest = ""
        assessment.save()
        _note(assessment, DeskStepKind.RETURNED, by, comment.strip())
        desk_letters.tell_of_return(assessment, by, comment.strip())
    return assessment


def release_assessment(assessment: Assessment, by: User | None = None) -> Assessment:
    """Publish an approved assessment once its window is over or answered. Raises `RuleViolation` before.

    `by`: who presses the button; nobody where the clock does.
    """
    with one_writer():
        stored = Assessment.objects.select_related("approver").get(pk=assessment.pk)
        if stored.approver is None:
            raise RuleViolation(_("A second reader approves the assessment first."))
        publish_assessment(assessment, stored.approver)
        _note(assessment, DeskStepKind.PUBLISHED, by)
        desk_letters.tell_of_publication(assessment)
    return assessment


def confirm_unchanged(pledge: Pledge, author: User, *, interest: str = "") -> Assessment:
    """*Checked, unchanged* in one step: a confirmation of what stands, on its way to a second reader.

    Raises `RuleViolation`; then there is no draft either.
    """
    with one_writer():
        language = pledge.assessments.public().values_list("language", flat=True).first()
        with translation.override(language or translation.get_language()):
            summary = _("Checked: nothing has changed.")
        if pledge.assessments.filter(kind=AssessmentKind.CONFIRMATION, published_at=None).exists():
            raise RuleViolation(_("A confirmation of this pledge is on the desk already."))
        return submit_assessment(confirm(pledge, author, summary), author, interest=interest)


def close_windows(now: dt.datetime) -> str | None:
    """Note who has not answered by the date and publish what waited for it. For `manage.py tick`.

    Where an answer came, people read it first and publish by hand. Nothing is published in the quiet period, nor what
    a rule refuses by now: that stays on the desk.
    """
    if quiet.is_quiet(now):
        return None
    published, waiting = 0, []
    over = Reply.objects.filter(state=ReplyState.INVITED, due_on__lt=local_day(now), concluded_at__isnull=True)
    for reply in over.select_related("assessment", "pledge").order_by("due_on", "pk"):
        try:
            published += _close(reply)
        except RuleViolation as refusal:
            waiting.append(f"{reply.public_id} ({' '.join(refusal.messages)})")
    told = [f"{published} published"] if published else []
    if waiting:
        told.append(f"waiting for people: {', '.join(waiting)}")
    return "; ".join(told) or None


def _close(reply: Reply) -> bool:
    """Whether a window that is over led to a publication."""
    with one_writer():
        # An answer may have come, or the draft gone back, while others were closed.
        stored = Reply.objects.select_related("assessment", "pledge").filter(pk=reply.pk).first()
        if stored is None or stored.state != ReplyState.INVITED or stored.concluded_at is not None:
            return False
        if stored.assessment and stored.assessment.stage == Stage.REPLY_WINDOW:
            answered = stored.assessment.replies.filter(
                state__in=(ReplyState.RECEIVED, ReplyState.LATE, ReplyState.DECLINED), concluded_at__isnull=True
            )
            if answered.exists():
                return False
            release_assessment(stored.assessment)
            return True
        # Asked in public, apart from any draft: that nobody answered is public, too.
        if stored.published_at is None:
            return False
        conclude(stored)
    return True


def _take(assessment: Assessment, stage: Stage | None, words: str) -> None:
    """Read what is stored into the instance, once nobody else writes, and refuse any other stage than this.

    `None`: any between draft and published.
    """
    assessment.refresh_from_db()
    expected = {stage} if stage else {Stage.SECOND_READER, Stage.REPLY_WINDOW}
    if assessment.stage not in expected:
        raise RuleViolation(words)


def _note(assessment: Assessment, kind: DeskStepKind, by: User | None, comment: str = "") -> None:
    DeskStep.objects.create(assessment=assessment, kind=kind, by=by, comment=comment)
