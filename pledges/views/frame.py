"""What the pages of the record have in common."""

import datetime as dt
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.urls import reverse
from django.utils.translation import gettext as _

from zaveza import clock

from .. import drawing
from ..as_of import NOW, AsOf, known_mandate
from ..counting import PledgeCount
from ..models import Candidacy, Mandate, Municipality


def crumbs(*steps: tuple[str, str | None]) -> list[dict[str, Any]]:
    """The way to a page; the last step is the page itself."""
    return [{"title": title, "url": url} for title, url in steps]


def municipality_crumbs(municipality: Municipality, as_of: AsOf = NOW) -> list[tuple[str, str | None]]:
    """The way to a municipality, on the same day."""
    return [
        (_("Municipalities"), reverse("pledges:municipality_list") + as_of.query),
        (municipality.name, reverse("pledges:municipality", args=[municipality.slug]) + as_of.query),
    ]


def is_public(record: Any, at: dt.datetime | None = None) -> bool:
    """Whether a record that came along with another one may be shown, now or as known at a moment."""
    return bool(record.published_at and record.published_at <= (at or clock.now()))


def mandate_of(candidacy: Candidacy, as_of: AsOf = NOW) -> Mandate | None:
    """The public mandate that a candidacy won, once it has begun; loaded with it by `select_related`."""
    try:
        mandate: Mandate = candidacy.mandate
    except ObjectDoesNotExist:
        return None
    if not is_public(mandate) or (as_of.is_past and mandate.start > as_of.today):
        return None
    return known_mandate(mandate, as_of.today) if as_of.is_past else mandate


def mandate_dial(mandate: Mandate | None, count: PledgeCount, as_of: AsOf = NOW) -> drawing.MandateClock | None:
    """The clock of a mandate with what is final of the pledges counted."""
    if mandate is None:
        return None
    return drawing.mandate_clock(mandate.start, mandate.last_day, as_of.today, count.final_share)
