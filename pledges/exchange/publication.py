"""When an import publishes, and since when: only into an empty ledger it takes the moment over from the file.

Otherwise the server says when (design: domain, Assessment), so that nobody back-dates; and who is confined to a hub
publishes step by step in the admin, not by a file. What was published once stays so, at that moment.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from ..models import ExchangeKey

if TYPE_CHECKING:
    from .importing import Run
    from .rows import Row
    from .table import Table


def moment_for(run: Run, row: Row, given: dt.datetime | None, complain: Any) -> dt.datetime | None:
    """The moment since which a record that is not published yet is public; None for a draft."""
    if given is None or row.replays:
        return given
    if run.is_confined:
        complain("published_at", _("Publish it in the admin: your role publishes nothing by an import."))
        return None
    if given > run.started:
        complain("published_at", _("An import publishes at once: this moment has not come yet."))
        return None
    row.is_redated = given != run.started
    return run.started


def remember(table: Table, rows: Iterable[Row]) -> None:
    """Note which records got another moment than their file has, so that the same file changes nothing later."""
    ExchangeKey.objects.bulk_create(
        (ExchangeKey(table=table.name, key=row.key, object_pk=row.pk) for row in rows if row.is_redated),
        ignore_conflicts=True,
    )


def redated(table: Table, rows: Iterable[Row], records: dict[str, Any]) -> set[str]:
    """The keys of those published records that came with a file of theirs (see `remember`)."""
    keys = [row.key for row in rows if row.values.get("published_at") and row.key in records]
    found = ExchangeKey.objects.filter(table=table.name, key__in=keys).values_list("key", "object_pk") if keys else ()
    return {key for key, pk in found if records[key].pk == pk}
