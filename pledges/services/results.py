"""Results of an election: entered for all candidacies of a municipality at once, with what follows from them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from zaveza import clock

from ..enums import PledgeState
from ..models import Candidacy, Mandate, Pledge
from .rules import RuleViolation, check, one_writer

RESULT_FIELDS = (
    "first_round_votes",
    "first_round_share",
    "second_round_votes",
    "second_round_share",
    "elected",
    "withdrawn_on",
)
# Shares are rounded to two places each.
_ALL_VOTES = Decimal("100.5")
_IN_SECOND_ROUND = 2


@dataclass
class Consequences:
    """What recording results does besides writing them."""

    # Made now, unless it is only a preview
    mandate: Mandate | None = None
    # Whose pledges change to or from *not in office*, with the number of the published ones
    left_office_gate: list[tuple[Candidacy, int]] = field(default_factory=list)
    behind_office_gate: list[tuple[Candidacy, int]] = field(default_factory=list)
    # Candidacies of which something changes
    changed: list[Candidacy] = field(default_factory=list)
    # What nobody did but should look at
    warnings: list[str] = field(default_factory=list)


def record_results(
    candidacies: Sequence[Candidacy],
    *,
    takes_office: dt.date | None = None,
    planned_end: dt.date | None = None,
    only_preview: bool = False,
) -> Consequences:
    """Write the results that stand on these candidacies (all of one municipality and edition), unsaved as they come.

    With `takes_office` the elected one gets a mandate from that day, with the mandate before it as predecessor.
    `elected` None is unknown, which is not *no*. Raises `RuleViolation` with everything that is wrong, and writes
    nothing then. With `only_preview` nothing is written at all.
    """
    with one_writer():
        stored = Candidacy.objects.select_for_update(of=("self",)).in_bulk([row.pk for row in candidacies])
        _refuse(candidacies)
        result = Consequences()
        for row in candidacies:
            before = stored[row.pk]
            if any(getattr(row, name) != getattr(before, name) for name in RESULT_FIELDS):
                result.changed.append(row)
            if row.is_lost != before.is_lost:
                published = Pledge.objects.filter(programme__candidacy=row, state=PledgeState.PUBLISHED).count()
                (result.behind_office_gate if row.is_lost else result.left_office_gate).append((row, published))
        elected = next((row for row in candidacies if row.elected), None)
        if elected and takes_office and not Mandate.objects.filter(candidacy=elected).exists():
            result.mandate = _mandate(elected, takes_office, planned_end, result)
        if not only_preview:
            for row in result.changed:
                check(row)
                row.save(update_fields=RESULT_FIELDS)
            if result.mandate:
                check(result.mandate)
                result.mandate.save()
    return result


def _refuse(candidacies: Sequence[Candidacy]) -> None:
    problems: list[str] = []
    if len({(row.municipality, row.edition) for row in candidacies}) != 1:
        raise RuleViolation(_("Results are of one municipality and one election."))
    edition = candidacies[0].edition
    if (
        edition.election_date
        and edition.election_date > clock.today()
        and any(row.elected is not None for row in candidacies)
    ):
        problems.append(_("The election is yet to come: nobody is elected or not elected."))
    if sum(row.elected is True for row in candidacies) > 1:
        problems.append(_("One person is elected in a municipality, not several."))
    for row in candidacies:
        if row.elected and row.withdrawn_on:
            problems.append(_("%(person)s withdrew and cannot be elected.") % {"person": row.person})
        if row.elected is not True and Mandate.objects.filter(candidacy=row).exists():
            problems.append(
                _("%(person)s has a mandate from this election: end the mandate instead.") % {"person": row.person}
            )
    for name, label in (("first_round_share", _("First round")), ("second_round_share", _("Second round"))):
        shares = [value for row in candidacies if (value := getattr(row, name)) is not None]
        if any(value < 0 or value > 100 for value in shares) or sum(shares) > _ALL_VOTES:
            problems.append(_("%(round)s: the shares are more than 100 %% together.") % {"round": label})
    in_second = [row for row in candidacies if row.second_round_share is not None or row.second_round_votes is not None]
    if len(in_second) > _IN_SECOND_ROUND:
        problems.append(_("Two candidates are in the second round, not more."))
    if problems:
        raise RuleViolation([ValidationError(problem) for problem in problems])


def _mandate(elected: Candidacy, start: dt.date, planned_end: dt.date | None, result: Consequences) -> Mandate:
    election = elected.edition.election_date
    if election and start < election:
        raise RuleViolation(_("Nobody takes office before election day."))
    earlier = Mandate.objects.filter(municipality=elected.municipality, start__lt=start).order_by("-start").first()
    if earlier and (earlier.end is None or earlier.end > start):
        words = _("The mandate of %(person)s is still open: end it with its reason.")
        result.warnings.append(words % {"person": earlier.person})
    return Mandate(
        person=elected.person,
        municipality=elected.municipality,
        candidacy=elected,
        start=start,
        planned_end=planned_end or four_years_after(start),
        predecessor=earlier,
        # As public as the candidacy that won it.
        published_at=clock.now() if elected.published_at else None,
    )


def four_years_after(start: dt.date) -> dt.date:
    """The last day of a term of four years that begins on that day."""
    try:
        after = start.replace(year=start.year + 4)
    except ValueError:  # 29 February of a century that has none
        after = start.replace(year=start.year + 4, day=28)
    return after - dt.timedelta(days=1)
