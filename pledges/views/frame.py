"""What the pages of the record have in common."""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.urls import reverse
from django.utils.translation import gettext as _

from zaveza import clock

from .. import drawing
from ..counting import PledgeCount
from ..models import Candidacy, Mandate, Municipality


def crumbs(*steps: tuple[str, str | None]) -> list[dict[str, Any]]:
    """The way to a page; the last step is the page itself."""
    return [{"title": title, "url": url} for title, url in steps]


def municipality_crumbs(municipality: Municipality) -> list[tuple[str, str | None]]:
    """The way to a municipality."""
    return [
        (_("Municipalities"), reverse("pledges:municipality_list")),
        (municipality.name, reverse("pledges:municipality", args=[municipality.slug])),
    ]


def is_public(record: Any) -> bool:
    """Whether a record that came along with another one may be shown."""
    return bool(record.published_at and record.published_at <= clock.now())


def mandate_of(candidacy: Candidacy) -> Mandate | None:
    """The public mandate that a candidacy won; loaded with it by `select_related`."""
    try:
        mandate: Mandate = candidacy.mandate
    except ObjectDoesNotExist:
        return None
    return mandate if is_public(mandate) else None


def mandate_dial(mandate: Mandate | None, count: PledgeCount) -> drawing.MandateClock | None:
    """The clock of a mandate with what is final of the pledges counted."""
    if mandate is None:
        return None
    return drawing.mandate_clock(mandate.start, mandate.last_day, clock.today(), count.final_share)
