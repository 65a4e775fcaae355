"""The life of a pledge: draft, in review, published, merged or withdrawn (design: domain, Workflow)."""

import datetime as dt

from django.db.models import Max
from django.utils.translation import gettext as _

from zaveza import clock
from zaveza.users.models import User

from ..enums import LedgerKind, PledgeState
from ..ledger import chain
from ..models import Municipality, Pledge, PledgeAuthor
from .rules import RuleViolation, check, moment_of_publication, one_writer
from .statuses import rebuild_statuses


def note_author(pledge: Pledge, *users: User) -> None:
    """Remember who made a draft or changed its words. What is changed after the first publication is no draft."""
    if pledge.published_at is None:
        PledgeAuthor.objects.bulk_create(
            [PledgeAuthor(pledge=pledge, user=user) for user in users], ignore_conflicts=True
        )


def wrote(pledge: Pledge, user: User) -> bool:
    """Whether somebody made this draft or changed its words."""
    return PledgeAuthor.objects.filter(pledge=pledge, user=user.pk).exists()


def submit_for_review(pledge: Pledge, by: User) -> Pledge:
    """Hand a draft to a reviewer. Raises `RuleViolation` where it is no draft or not valid."""
    with one_writer():
        _lock(pledge)
        if pledge.state != PledgeState.DRAFT:
            raise RuleViolation(_("Only a draft can be submitted for review."))
        _refuse_archived(pledge)
        check(pledge)
        pledge.state, pledge.submitted_by = PledgeState.IN_REVIEW, by
        pledge.save()
    return pledge


def return_to_draft(pledge: Pledge) -> Pledge:
    """Give a pledge in review back to its author."""
    with one_writer():
        _lock(pledge)
        if pledge.state != PledgeState.IN_REVIEW:
            raise RuleViolation(_("Only a pledge in review can be returned to its author."))
        pledge.state, pledge.submitted_by = PledgeState.DRAFT, None
        pledge.save()
    return pledge


def publish_pledge(pledge: Pledge, by: User, *, published_at: dt.datetime | None = None) -> Pledge:
    """Publish a pledge that others wrote and submitted: number it, give it its public id, freeze its words.

    `published_at` replays an earlier publication (demo, import): then neither the review nor the end of the edition
    stands in the way. Raises `RuleViolation`.
    """
    with one_writer():
        _lock(pledge)
        if pledge.published_at is not None:
            raise RuleViolation(_("The pledge is already published."))
        if published_at is None:
            _refuse_unreviewed(pledge, by)
            _refuse_archived(pledge)
        moment = published_at or clock.now()
        candidacy = pledge.programme.candidacy
        for record, message in (
            (candidacy.edition, _("Publish the edition first.")),
            (candidacy, _("Publish the candidacy first.")),
            (pledge.programme, _("Publish the programme first.")),
            (pledge.organisation, _("Publish the organisation first.")),
        ):
            if record and (record.published_at is None or record.published_at > moment):
                raise RuleViolation(message)
        check(pledge)
        # The municipality's row is the lock of its numbering where a database has several writers.
        municipality = Municipality.objects.select_for_update().get(pk=candidacy.municipality_id)
        numbered = Pledge.objects.filter(municipality=municipality, edition=candidacy.edition_id)
        pledge.number = (numbered.aggregate(last=Max("number"))["last"] or 0) + 1
        pledge.public_id = f"{municipality.code}-{candidacy.edition.year}-{pledge.number:02d}"
        pledge.state, pledge.published_at = PledgeState.PUBLISHED, moment
        pledge.save()
        rebuild_statuses([pledge])
    return pledge


def withdraw_pledge(pledge: Pledge, reason: str, by: User, *, closed_at: dt.datetime | None = None) -> Pledge:
    """Take a published pledge out of the lists; its address keeps answering, with the reason.

    `closed_at` replays an earlier withdrawal (demo, import), in order. Raises `RuleViolation`.
    """
    with one_writer():
        _close(pledge, PledgeState.WITHDRAWN, reason, closed_at)
    return pledge


def merge_pledge(
    pledge: Pledge, into: Pledge, reason: str, by: User, *, closed_at: dt.datetime | None = None
) -> Pledge:
    """Close a pledge that another one already says; its address leads there from now on.

    Where the other one is merged later, too, the address follows (`remaining_pledge`). `closed_at` as in
    `withdraw_pledge`.
    """
    with one_writer():
        if into.pk == pledge.pk:
            raise RuleViolation(_("A pledge cannot be merged into itself."))
        into.refresh_from_db(fields=["state"])
        if into.state != PledgeState.PUBLISHED:
            raise RuleViolation(_("Merge into a published pledge."))
        _close(pledge, PledgeState.MERGED, reason, closed_at, into=into)
    return pledge


def remaining_pledge(pledge: Pledge, at: dt.datetime | None = None) -> Pledge:
    """The one that a merged pledge is part of, now or at a moment; itself where it was not merged by then."""
    moment = at or clock.now()
    remaining = pledge
    while remaining.merged_into and remaining.closed_at and remaining.closed_at <= moment:
        remaining = remaining.merged_into
    return remaining


def _close(
    pledge: Pledge, state: PledgeState, reason: str, closed_at: dt.datetime | None, into: Pledge | None = None
) -> None:
    _lock(pledge)
    if pledge.state != PledgeState.PUBLISHED:
        raise RuleViolation(_("Only a published pledge can be merged or withdrawn."))
    if not reason.strip():
        raise RuleViolation(_("Say why: readers see the reason."))
    moment = moment_of_publication(closed_at)
    pledge.state, pledge.closed_at, pledge.withdrawn_reason = state, moment, reason.strip()
    pledge.merged_into = into
    pledge.save()
    kind = LedgerKind.MERGE if into else LedgerKind.WITHDRAWAL
    chain.append(kind, pledge.public_id or "", moment)
    rebuild_statuses([pledge])


def _lock(pledge: Pledge) -> None:
    """What decides is the stored state, not the one the caller loaded a while ago."""
    stored = Pledge.objects.select_for_update(of=("self",)).only("state", "published_at").get(pk=pledge.pk)
    pledge.state, pledge.published_at = stored.state, stored.published_at


def _refuse_archived(pledge: Pledge) -> None:
    if pledge.programme.candidacy.edition.is_archived:
        raise RuleViolation(_("The edition is archived: it takes no new pledge."))


def _refuse_unreviewed(pledge: Pledge, by: User) -> None:
    if pledge.state != PledgeState.IN_REVIEW:
        raise RuleViolation(_("Submit the pledge for review first."))
    if pledge.submitted_by_id == by.pk:
        raise RuleViolation(_("Nobody approves their own pledge."))
    if wrote(pledge, by):
        raise RuleViolation(_("You wrote this pledge, or changed its words: somebody else publishes it."))
