"""Publishing what stands beside the assessments: replies, corrections and amendments; and erasing words by law."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from zaveza.users.models import User

from ..enums import LedgerKind, PledgeState, ReplyState
from ..ledger import chain
from ..ledger.erasures import REDACTABLE
from ..models import Amendment, Assessment, Correction, Pledge, Reply
from ..models.redactable import fields_of
from ..querysets import as_moment
from .freshness import refresh
from .rules import RuleViolation, check, moment_of_publication, one_writer, refuse_new_in_archive


def publish_reply(reply: Reply, *, published_at: dt.datetime | None = None) -> Reply:
    """Publish that somebody was asked, and in a second step (or at once) what came of it, which freezes the row.

    An answer that comes after "no answer" was published is a reply of its own. `published_at` replays an earlier
    publication (demo, import), in order. Raises `RuleViolation`.
    """
    with one_writer():
        stored = Reply.objects.filter(pk=reply.pk).values_list("published_at", "concluded_at").first()
        reply.published_at, reply.concluded_at = stored or (None, None)
        concludes = reply.state != ReplyState.INVITED
        if reply.concluded_at is not None or (reply.published_at is not None and not concludes):
            raise RuleViolation(_("The reply is already published."))
        if reply.assessment and reply.assessment.published_at is None:
            raise RuleViolation(_("A reply to a draft is published together with it."))
        if published_at is None and reply.is_by_hand:
            refuse_unvouched(reply)
        moment = moment_of_publication(published_at)
        _refuse_unpublished(reply.pledge, moment)
        reply.published_at = reply.published_at or moment
        if concludes:
            reply.concluded_at = moment
            chain.seal(reply, "text", "editors_note")
        check(reply)
        reply.save()
        if concludes:
            chain.append(LedgerKind.REPLY, reply.public_id or "", moment)
    return reply


def refuse_own_entry(reply: Reply, by: User | None) -> None:
    """Whoever judges does not say what the judged one answered. Raises `RuleViolation`."""
    if by is not None and reply.assessment is not None and reply.assessment.author_id == by.pk:
        raise RuleViolation(
            _("The author of an assessment does not enter the answer to it: somebody else does, and says how it came.")
        )


def refuse_unvouched(reply: Reply) -> None:
    """An answer that came otherwise than through the link is entered by somebody who did not write the assessment.

    Raises `RuleViolation` where nobody is known to have entered it, or where it does not stand how it came.
    """
    refuse_own_entry(reply, reply.entered_by)
    if reply.entered_by is None or not reply.channel:
        raise RuleViolation(
            _("This answer did not come through the link: somebody but the author enters it and says how it came.")
        )


def publish_correction(correction: Correction, *, published_at: dt.datetime | None = None) -> Correction:
    """Put a correction into the public log; from then on it is frozen. `published_at` as in `publish_reply`.

    Raises `RuleViolation`.
    """
    with one_writer():
        _refuse_published(correction, _("The correction is already published."))
        moment = moment_of_publication(published_at)
        _hold_to_assessment(correction, moment)
        if correction.pledge:
            _refuse_unpublished(correction.pledge, moment)
        correction.published_at = moment
        chain.seal(correction, "wrong", "right")
        check(correction)
        correction.save()
        chain.append(LedgerKind.CORRECTION, correction.public_id or "", moment)
    return correction


def publish_amendment(amendment: Amendment, approver: User, *, published_at: dt.datetime | None = None) -> Amendment:
    """Change frozen words of a pledge in public: what stood there stays to be read. `published_at` as in
    `publish_reply`, and then the end of the edition does not stand in the way. Raises `RuleViolation`.
    """
    with one_writer():
        _refuse_published(amendment, _("The amendment is already published."))
        if amendment.author == approver:
            raise RuleViolation(_("Nobody approves their own amendment."))
        moment = moment_of_publication(published_at)
        pledge = Pledge.objects.select_related("edition").get(pk=amendment.pledge.pk)
        _refuse_unpublished(pledge, moment)
        if published_at is None:
            refuse_amending_archive(pledge)
        if pledge.state != PledgeState.PUBLISHED:
            raise RuleViolation(_("This pledge was merged or withdrawn and is not changed any more."))
        amended([pledge], moment)
        before = getattr(pledge, amendment.part)
        amendment.before = "" if before is None else str(before)
        if amendment.before == amendment.after:
            raise RuleViolation(_("That is what stands there already."))
        if not amendment.reason.strip():
            raise RuleViolation(_("Say why: readers see the reason."))
        amendment.published_at, amendment.approver = moment, approver
        amendment.author_name = amendment.author.get_full_name()
        amendment.approver_name = approver.get_full_name()
        check(amendment)
        amendment.save()
        chain.append(LedgerKind.AMENDMENT, amendment.public_id or "", moment)
        refresh("pledge", [pledge.pk])
    return amendment


def refuse_amending_archive(pledge: Pledge) -> None:
    """An archived edition keeps its words; a correction says what is wrong in them. Raises `RuleViolation`."""
    refuse_new_in_archive(
        pledge.edition,
        _("The edition is archived: the words of its pledges are not amended any more. Publish a correction instead."),
    )


def amended(pledges: Iterable[Pledge], at: dt.datetime | dt.date | None = None) -> dict[int, list[Amendment]]:
    """Show these pledges in the words of a moment (one query); returns the amendments up to then, oldest first.

    The instances are for reading: `Pledge.save` refuses words that differ from the frozen ones.
    """
    by_pk = {pledge.pk: pledge for pledge in pledges}
    found: defaultdict[int, list[Amendment]] = defaultdict(list)
    rows = Amendment.objects.filter(pledge__in=by_pk, published_at__lte=as_moment(at)).order_by("published_at", "pk")
    for amendment in rows:
        setattr(by_pk[amendment.pledge_id], amendment.part, amendment.value)
        found[amendment.pledge_id].append(amendment)
    return dict(found)


def erase_words(record: Any, *names: str) -> Any:
    """Empty redactable texts of a published record and their salts, as the law may demand; the digests stay.

    Raises `RuleViolation` for what is no redactable text of this record.
    """
    unknown = set(names) - set(REDACTABLE.get(type(record), ()))
    if unknown or not names:
        raise RuleViolation(_("This is no text that may be erased: %(names)s.") % {"names": ", ".join(sorted(unknown))})
    with one_writer():
        columns = [column for name in names for column in fields_of(name)[:2]]
        for column in columns:
            setattr(record, column, "")
        record.save(update_fields=columns)
        if pledge := getattr(record, "pledge_id", None):
            refresh("pledge", [pledge])
    return record


def _refuse_published(record: Any, words: str) -> None:
    stored = type(record).objects.filter(pk=record.pk).values_list("published_at", flat=True).first()
    if stored is not None or record.published_at is not None:
        raise RuleViolation(words)


def _hold_to_assessment(correction: Correction, moment: dt.datetime) -> None:
    """What corrects an assessment corrects a published one, and is about the pledge of that."""
    if correction.assessment is None:
        return
    assessment = Assessment.objects.select_related("pledge").get(pk=correction.assessment.pk)
    if assessment.published_at is None or assessment.published_at > moment:
        raise RuleViolation(_("A draft is not corrected in public: change it before it is published."))
    if correction.pledge is None:
        correction.pledge = assessment.pledge
    elif correction.pledge != assessment.pledge:
        raise RuleViolation(_("This assessment is of another pledge."))


def _refuse_unpublished(pledge: Pledge, moment: dt.datetime) -> None:
    if pledge.published_at is None or pledge.published_at > moment:
        raise RuleViolation(_("Publish the pledge first."))
