"""The end of a mandate, in time or early, and what the successor carries over (design: domain, Workflow 7)."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from zaveza import clock
from zaveza.users.models import User

from ..enums import MandateEndReason, PledgeState
from ..models import Mandate, Pledge, PledgeText, Programme
from ..querysets import PledgeQuerySet
from .pledges import note_author
from .rules import RuleViolation, check, one_writer, refuse_new_in_archive
from .statements import amended

# What a carried-over pledge takes along. Its place in the earlier programme and its deadline stay with that one.
_CARRIED = (
    "quote",
    "quote_language",
    "promised_by",
    "organisation",
    "kind",
    "testability",
    "interpretation",
    "success_criteria",
    "indicator",
    "indicator_baseline",
    "indicator_target",
    "indicator_unit",
    "responsible_body",
    "depends_on_council",
    "depends_on_state",
    "depends_on_eu_funds",
    "similarity_group",
)


def end_mandate(mandate: Mandate, end: dt.date, reason: MandateEndReason, *, only_preview: bool = False) -> QuerySet:
    """Close a mandate and return the pledges that are due for their final assessment.

    From then on they have no next check; a final assessment takes effect on the last day or later. Raises
    `RuleViolation`. With `only_preview` nothing is written.
    """
    with one_writer():
        stored = Mandate.objects.select_for_update(of=("self",)).get(pk=mandate.pk)
        if stored.end is not None:
            raise RuleViolation(_("The mandate has ended already."))
        if end > clock.today():
            raise RuleViolation(_("A mandate is closed when it has ended, not before."))
        if end < stored.start:
            raise RuleViolation(_("A mandate does not end before it starts."))
        if reason == MandateEndReason.TERM and end < stored.planned_end:
            raise RuleViolation(_("The term ends on its planned day; an earlier end has another reason."))
        if not only_preview:
            mandate.end, mandate.end_reason = end, reason
            check(mandate)
            mandate.save()
    due: PledgeQuerySet = Pledge.objects.filter(programme__candidacy=mandate.candidacy)  # type: ignore[assignment]
    return due.unassessed_in_the_end()


def carriable(mandate: Mandate) -> QuerySet:
    """Pledges of the predecessor that the holder of a mandate may carry over: published and not carried over yet."""
    earlier = mandate.predecessor
    if earlier is None or earlier.candidacy is None or mandate.candidacy is None:
        return Pledge.objects.none()
    carried = Pledge.objects.filter(programme__candidacy=mandate.candidacy, carried_over_from__isnull=False)
    return (
        Pledge.objects.filter(programme__candidacy=earlier.candidacy, state=PledgeState.PUBLISHED)
        .exclude(pk__in=carried.values("carried_over_from"))
        .order_by("number")
    )


def carry_over(mandate: Mandate, pledges: Sequence[Pledge], by: User) -> list[Pledge]:
    """Make drafts of a predecessor's pledges in the newest programme of the mandate's holder.

    Their assessments begin as *inherited*; the authors of the earlier pledges wrote them, and so did `by`. Raises
    `RuleViolation` where a pledge is not the predecessor's, or there is no programme to carry it into.
    """
    with one_writer():
        programme = Programme.objects.filter(candidacy=mandate.candidacy).order_by("-version").first()
        if programme is None:
            raise RuleViolation(
                _("Enter the programme or the statement in which the successor takes the pledges over.")
            )
        refuse_new_in_archive(programme.candidacy.edition, _("The edition is archived: it takes no new pledge."))
        allowed = set(carriable(mandate).values_list("pk", flat=True))
        if not pledges or any(pledge.pk not in allowed for pledge in pledges):
            raise RuleViolation(_("Choose pledges of the predecessor that are not carried over yet."))
        # As they read now, the amendments with them.
        current = list(Pledge.objects.filter(pk__in=[pledge.pk for pledge in pledges]).order_by("number"))
        amended(current)
        return [_carry(pledge, programme, by) for pledge in current]


def _carry(pledge: Pledge, programme: Programme, by: User) -> Pledge:
    draft = Pledge(programme=programme, carried_over_from=pledge, **{name: getattr(pledge, name) for name in _CARRIED})
    draft.save()
    draft.topics.set(pledge.topics.all())
    note_author(draft, by, *pledge.authors.exclude(pk=by.pk))
    PledgeText.objects.bulk_create(
        PledgeText(pledge=draft, language=text.language, title=text.title, summary=text.summary)
        for text in pledge.texts.all()
    )
    return draft
