"""What tests of the public pages share: many pledges at once, and the SQL queries of a page's second request."""

import datetime as dt
from itertools import cycle
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pledges.enums import PledgeState, Status
from pledges.factories import PLEDGES_PUBLISHED, TopicFactory
from pledges.models import Pledge, PledgeStatus, PledgeText, Programme

CHANGED = dt.datetime(2025, 9, 22, 10, tzinfo=dt.UTC)
CHECKED = dt.datetime(2026, 1, 19, 10, tzinfo=dt.UTC)


def many_pledges(programme: Programme, count: int, *, first: int = 1, **fields: Any) -> list[Pledge]:
    """Public pledges of one programme with words, two topics and a status each, in a handful of statements."""
    candidacy = programme.candidacy
    code, year = candidacy.municipality.code, candidacy.edition.year
    pledges = Pledge.objects.bulk_create(
        Pledge(
            programme=programme,
            municipality=candidacy.municipality,
            edition=candidacy.edition,
            quote=f"Uredili bomo {number}. pot.",
            public_id=f"{code}-{year}-{number:02d}",
            number=number,
            state=PledgeState.PUBLISHED,
            published_at=PLEDGES_PUBLISHED,
            **fields,
        )
        for number in range(first, first + count)
    )
    PledgeText.objects.bulk_create(
        PledgeText(pledge=pledge, language="sl", title=f"Pot {pledge.number}") for pledge in pledges
    )
    topics = [TopicFactory(code="roads", name="Ceste"), TopicFactory(code="elderly", name="Starejši")]
    links = Pledge.topics.through
    links._default_manager.bulk_create(
        links(pledge_id=pledge.pk, topic_id=topic.pk) for pledge in pledges for topic in topics
    )
    statuses = cycle(Status)
    PledgeStatus.objects.bulk_create(
        PledgeStatus(
            pledge=pledge,
            status=next(statuses),
            last_changed=CHANGED,
            last_checked=CHECKED,
        )
        for pledge in pledges
    )
    return pledges


def queries_of(client: Client, path: str) -> list[str]:
    """The SQL of the second request for a page: caches of menus and choice lists are filled by the first."""
    assert client.get(path).status_code == 200
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(path).status_code == 200
    return [query["sql"] for query in captured.captured_queries]
