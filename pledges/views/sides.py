"""Pledges of one programme: the candidate's and, counted apart, those of organisations in the same programme."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils.http import urlencode

from ..counting import PledgeCount, count_pledges_by
from ..enums import PromisedBy
from ..models import Pledge
from ..querysets import PledgeQuerySet
from ..templatetags.pledges_tags import pledge_list_links

# Rows of each side on the page itself; the filtered list shows them all.
ROWS = 20


@dataclass(frozen=True)
class Side:
    """The pledges that one side promised."""

    count: PledgeCount = field(default_factory=PledgeCount)
    rows: list[Pledge] = field(default_factory=list)
    list_url: str = ""
    links: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_cut(self) -> bool:
        """Whether the list has more than the rows shown."""
        return self.count.total > len(self.rows)


@dataclass(frozen=True)
class Sides:
    candidate: Side
    organisations: Side


def both_sides(pledges: PledgeQuerySet, base: Mapping[str, str]) -> Sides:
    """Count both sides and read their first rows (four queries); `base` is the query of the pledge list with them."""
    counts = count_pledges_by(pledges, "promised_by")
    first_rows = (
        pledges.with_gate()
        .annotate(place=Window(RowNumber(), partition_by=F("promised_by"), order_by=["number", "pk"]))
        .filter(place__lte=ROWS)
        .select_related("current", "municipality", "edition", "organisation")
        .prefetch_related("texts", "topics")
        .order_by("number", "pk")
    )
    rows: dict[str, list[Any]] = {}
    for row in first_rows:
        rows.setdefault(row.promised_by, []).append(row)
    return Sides(*(_side(side, counts, rows, base) for side in (PromisedBy.CANDIDATE, PromisedBy.NGO)))


def _side(
    promised_by: str, counts: Mapping[str, PledgeCount], rows: Mapping[str, list[Pledge]], base: Mapping[str, str]
) -> Side:
    query = {**base, "promised_by": str(promised_by)}
    return Side(
        count=counts.get(promised_by, PledgeCount()),
        rows=rows.get(promised_by, []),
        list_url=f"{reverse('pledges:pledge_list')}?{urlencode(sorted(query.items()))}",
        links=pledge_list_links(query),
    )
