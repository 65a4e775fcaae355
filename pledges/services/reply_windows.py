"""The right of reply: who was asked what, until when, and what came (design: domain, Workflow 3).

Until the assessment is published nobody learns that somebody was asked; then the answer, or that none came by the
date, is published with it.
"""

import datetime as dt

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from zaveza import clock, quiet
from zaveza.mail.enums import MailState
from zaveza.mail.models import OutgoingMail
from zaveza.users.models import User
from zaveza.working_days import add_working_days

from .. import desk_letters
from ..enums import AnswerChannel, DeskStepKind, ReplyState, Stage
from ..models import Assessment, Candidacy, DeskStep, Reply
from .approvals import digest_of
from .rules import RuleViolation, local_day, one_writer
from .statements import publish_reply, refuse_own_entry, refuse_unvouched

# The window is open all the same, and the other side may still answer.
_DECLINED_BY_HAND = Q(state=ReplyState.DECLINED, answered_at__isnull=True)


def due_day(working_days: int | None = None) -> dt.date:
    """The last day of a window that is opened now; in the quiet period it begins when the letter can go out."""
    start = local_day(quiet.quiet_until() or clock.now())
    return add_working_days(start, working_days or settings.PLEDGES_REPLY_WORKING_DAYS)


def open_window(assessment: Assessment, by: User) -> Reply:
    """Ask whoever made the promise what they say to an approved draft. Within `one_writer`.

    Raises `RuleViolation` where there is no address to write to.
    """
    respondent = desk_letters.respondent(assessment.pledge)
    if not respondent.email:
        raise RuleViolation(
            _(
                "There is no address to ask for a reply: give the candidate's link an e-mail address first, or skip "
                "the reply window with a reason."
            )
        )
    reply = Reply.objects.create(
        pledge=assessment.pledge,
        assessment=assessment,
        invited_on=clock.today(),
        due_on=due_day(),
        language=respondent.language,
    )
    DeskStep.objects.create(assessment=assessment, kind=DeskStepKind.ASKED, by=by)
    desk_letters.invite(reply)
    return reply


def take_back_invitations(assessment: Assessment) -> None:
    """The draft goes back to its author: what was not answered yet is no longer asked. Within `one_writer`."""
    for reply in assessment.replies.filter(state=ReplyState.INVITED, published_at__isnull=True):
        desk_letters.disinvite(reply)
        reply.delete()


def open_invitations(candidacy: Candidacy) -> list[Reply]:
    """What the team of a candidacy is asked at this moment, and may still answer; soonest due first."""
    replies = Reply.objects.filter(
        pledge__programme__candidacy=candidacy,
        pledge__organisation__isnull=True,
        assessment__stage=Stage.REPLY_WINDOW,
        concluded_at__isnull=True,
    ).filter(Q(state__in=(ReplyState.INVITED, ReplyState.NONE)) | _DECLINED_BY_HAND)
    return list(replies.select_related("assessment", "pledge__edition").order_by("due_on", "pk"))


def note_entry(reply: Reply, by: User) -> None:
    """Note who entered an answer by hand, and tell the signers of the assessment that waits for it.

    Raises `RuleViolation` for the author of the assessment: what the other side said is not theirs to enter.
    """
    with one_writer():
        refuse_own_entry(reply, by)
        reply.entered_by = by
        reply.save(update_fields=["entered_by"])
        if reply.assessment and reply.is_on_desk:
            DeskStep.objects.create(
                assessment=reply.assessment,
                kind=DeskStepKind.ANSWERED,
                by=by,
                comment=f"{AnswerChannel(reply.channel).label}: {reply.entered_why}",
            )
            if reply.state != ReplyState.DECLINED:
                desk_letters.tell_of_answer(reply)


def record_answer(reply: Reply, text: str, at: dt.datetime, *, language: str = "") -> Reply:
    """Keep an answer word for word; after the day on which it was due it counts as late.

    Nothing is published: the assessment's two signers are told, and publish it with the assessment. A *declined* that
    was entered by hand gives way to it. What comes after "no answer" was published is kept as a reply of its own,
    which is returned. Raises `RuleViolation` for an empty answer, and for a second one.
    """
    if not text.strip():
        raise RuleViolation(_("The answer is empty."))
    with one_writer():
        stored = Reply.objects.select_related("assessment", "pledge").get(pk=reply.pk)
        declined_by_hand = stored.state == ReplyState.DECLINED and stored.is_by_hand and stored.concluded_at is None
        if stored.state not in (ReplyState.INVITED, ReplyState.NONE) and not declined_by_hand:
            raise RuleViolation(_("There is an answer already."))
        if stored.concluded_at is not None:
            stored = Reply(
                pledge=stored.pledge,
                assessment=stored.assessment,
                invited_on=stored.invited_on,
                due_on=stored.due_on,
                language=stored.language,
            )
        day = local_day(at)
        stored.state = ReplyState.LATE if day > stored.due_on else ReplyState.RECEIVED
        stored.text, stored.received_on, stored.answered_at = text, day, at
        stored.channel, stored.entered_why, stored.entered_by = "", "", None
        stored.language = language if language in dict(settings.LANGUAGES) else stored.language
        stored.save()
        if stored.assessment:
            DeskStep.objects.create(assessment=stored.assessment, kind=DeskStepKind.ANSWERED)
            desk_letters.tell_of_answer(stored)
    return stored


def undelivered(reply: Reply) -> bool:
    """Whether the letter that asks still waits or was never taken by a mail server: then nobody was asked."""
    letters = OutgoingMail.objects.filter(kind=desk_letters.INVITATION, about=reply.public_id or "")
    return letters.exclude(state=MailState.SENT).exists()


def refuse_unready(assessment: Assessment, approver: User) -> None:
    """Only what the second reader approved, unchanged, and after the window or without one for a stated reason.

    Within `one_writer`, on the stored row. Raises `RuleViolation`.
    """
    if assessment.stage != Stage.REPLY_WINDOW:
        raise RuleViolation(_("A second reader approves the assessment first."))
    if assessment.approver_id != approver.pk:
        raise RuleViolation(_("Somebody else has approved this assessment."))
    if assessment.approved_digest != digest_of(assessment):
        raise RuleViolation(
            _("The assessment or its evidence was changed after it was approved: return it to its author.")
        )
    replies = list(assessment.replies.filter(concluded_at__isnull=True))
    if not replies and not assessment.window_skipped:
        raise RuleViolation(_("Nobody was asked for a reply, and no reason says why."))
    for reply in replies:
        if reply.is_by_hand:
            refuse_unvouched(reply)
        if reply.ends_window:
            continue
        if reply.due_on >= clock.today():
            raise RuleViolation(
                _("The reply window is open until %(day)s.") % {"day": desk_letters.day_words(reply.due_on)}
            )
        if not reply.is_by_hand and undelivered(reply):
            raise RuleViolation(
                _("The invitation to reply was not delivered: return the assessment and ask again, or say why not.")
            )


def publish_replies(assessment: Assessment) -> None:
    """With the assessment goes what was said to it, or that nothing was said by the date. Within `one_writer`."""
    for reply in assessment.replies.filter(concluded_at__isnull=True).order_by("pk"):
        conclude(reply)


def conclude(reply: Reply) -> None:
    """Publish a reply with its outcome; who was asked and said nothing has not answered by the date."""
    if reply.state == ReplyState.INVITED:
        reply.state = ReplyState.NONE
        if reply.assessment:
            DeskStep.objects.create(assessment=reply.assessment, kind=DeskStepKind.UNANSWERED)
    publish_reply(reply)
