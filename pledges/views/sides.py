"""Pledges of one programme: the candidate's and, counted apart, those of organisations in the same programme."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils.http import urlencode

from .. import choices, services
from ..choices import TopicChoice
from ..counting import PledgeCount, count_pledges_by
from ..enums import PromisedBy
from ..models import Pledge
from ..overviews import pledge_list_links
from ..querysets import PledgeQuerySet

# Rows of each side on the page itself; the filtered list shows them all.
ROWS = 20


@dataclass(frozen=True)
class TopicRow:
    """How many pledges are about a topic, and the list of them."""

    topic: TopicChoice
    count: int
    url: str


@dataclass(frozen=True)
class Side:
    """The pledges that one side promised."""

    count: PledgeCount = field(default_factory=PledgeCount)
    rows: list[Pledge] = field(default_factory=list)
    topics: list[TopicRow] = field(default_factory=list)
    list_url: str = ""
    links: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_cut(self) -> bool:
        """Whether the list has more than the rows shown."""
        return self.count.total > len(self.rows)


@dataclass(frozen=True)
class Sides:
    candidate: Side = field(default_factory=Side)
    organisations: Side = field(default_factory=Side)


def both_sides(pledges: PledgeQuerySet, base: Mapping[str, str]) -> Sides:
    """Count both sides and read their first rows (five queries); `base` is the query of the pledge list with them."""
    counts = count_pledges_by(pledges, "promised_by")
    first_rows = (
        pledges.with_gate()
        .annotate(place=Window(RowNumber(), partition_by=F("promised_by"), order_by=["number", "pk"]))
        .filter(place__lte=ROWS)
        .select_related(pledges.standing_path, "municipality", "edition", "organisation")
        .prefetch_related("texts")
        .order_by("number", "pk")
    )
    rows: dict[str, list[Any]] = {}
    for row in first_rows:
        rows.setdefault(row.promised_by, []).append(row)
    services.amended([row for side_rows in rows.values() for row in side_rows], pledges.known_at)
    # The topics of all pledges: those of the rows and the numbers by topic in one query.
    codes: dict[int, list[str]] = {}
    numbers: dict[str, Counter[str]] = {}
    links = Pledge.topics.through._default_manager.filter(pledge__in=pledges.order_by().values("pk"))
    for pledge_id, promised_by, code in links.values_list("pledge_id", "pledge__promised_by", "topic__code"):
        codes.setdefault(pledge_id, []).append(code)
        numbers.setdefault(promised_by, Counter())[code] += 1
    for side_rows in rows.values():
        for row in side_rows:
            row.topic_codes = codes.get(row.pk, [])

    def side(promised_by: str) -> Side:
        query = {**base, "promised_by": promised_by}
        return Side(
            count=counts.get(promised_by, PledgeCount()),
            rows=rows.get(promised_by, []),
            topics=_topic_rows(numbers.get(promised_by, Counter()), query),
            list_url=_list_address(query),
            links=pledge_list_links(query),
        )

    return Sides(side(PromisedBy.CANDIDATE.value), side(PromisedBy.NGO.value))


def _topic_rows(numbers: Counter[str], query: Mapping[str, str]) -> list[TopicRow]:
    """The most frequent first."""
    topics = sorted(choices.topic_names(numbers), key=lambda topic: -numbers[topic.code])
    return [TopicRow(topic, numbers[topic.code], _list_address({**query, "topic": topic.code})) for topic in topics]


def _list_address(query: Mapping[str, str]) -> str:
    return f"{reverse('pledges:pledge_list')}?{urlencode(sorted(query.items()))}"
